"""Why a typed day and hour was not read: each reason by its name, with the words that the person should see again."""

from collections.abc import Sequence
from datetime import date


class NotReadError(ValueError):
    """What was typed is no moment that can be acted on; the kinds below say why."""


class NothingReadError(NotReadError):
    """Nothing was typed that is a day or an hour."""


class LeftOverError(NotReadError):
    """Some words are no part of a day or an hour."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.words = tuple(words)

    @property
    def length(self) -> int:
        """How many signs were not understood: the fewer, the likelier is the language."""
        return sum(map(len, self.words))


class ImpossibleError(NotReadError):
    """There is no such day or hour: 31/11, 25:00, 15:00 in the morning, an hour that a change of clocks leaves out."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class WrongWeekdayError(NotReadError):
    """That date is another weekday."""

    def __init__(self, words: str, day: date) -> None:
        super().__init__()
        self.words, self.day = words, day


class ContradictionError(NotReadError):
    """Two days, hours or zones were typed that cannot both be meant."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__()
        self.first, self.second = first, second


class HourMissingError(NotReadError):
    """A day was typed without its hour."""


class UnknownZoneError(NotReadError):
    """The hours of a place were meant whose zone is not known or not one."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
