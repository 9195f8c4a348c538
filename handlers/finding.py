"""Finds who answers a command, a press, or words, in the table of contents."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from rapidfuzz import fuzz, process

from handlers.participant import free_words, start
from handlers.routes import COMMANDS, DIALOGS, PRESSES, RESTS_AFTER, UNREADABLE, Command, Feature
from handlers.turn import Turn
from locales.reply import Reply

_RESTS_AFTER = timedelta(hours=1)
# How alike two names of commands are, of 100, for one to be the other with a slip.
_NEAR = 85
_SHAPES = {
    "number": r"[0-9]{1,3}",
    "page": r"[0-9]{1,3}",
    "key": r"[a-z0-9_-]{1,48}",
    "code": r"es|pt|en|fr|[A-Z]{2}",
    "switch": r"on|off",
    "lead": r"[0-9]{1,3}[dhm]|[0-9]{1,2}:[0-9]{2}",
    "way": r"day|week|next|always|end",
    "hours": r"[0-9:-]{11}|off",
    "zone": r"[A-Za-z0-9_+/-]{1,60}",
    "moment": r"[0-9]{1,9}",  # in minutes since 1970
    "offset": r"-?[0-9]{1,3}",  # of that moment's hour to UTC, in minutes; nothing of it is kept
    **dict.fromkeys(("step", "field", "purpose"), r"[a-z]{1,16}"),
    "version": r"[0-9]{1,9}",
    "value": r"[A-Za-z0-9]{1,20}",
}


@dataclass(frozen=True, slots=True)
class Route:
    """Who answers, and with what."""

    feature: Feature
    values: Mapping[str, str] = field(default_factory=dict)

    async def __call__(self, turn: Turn) -> Reply:
        """Asks the feature."""
        return await self.feature(turn, **self.values)


class Routes:
    """Finds the feature for a command, a press, or words."""

    def __init__(self) -> None:
        self._commands = {name: each for each in COMMANDS for name in (each.name, *each.aliases.values())}
        self._presses = [(_pattern(shape), feature) for shape, feature in PRESSES.items()]

    def command(self, name: str, rest: str) -> Route | None:
        """The feature of that command, whatever language it is written in, also with a slip of the finger."""
        found = self._commands.get(name.lower()) or self._nearest(name.lower())
        if found is None:
            return None
        return Route(found.with_words, {"words": rest}) if found.with_words and rest else Route(found.feature)

    def _nearest(self, name: str) -> Command | None:
        """The command that was meant: /inscripcion, /sesione. None where nothing is near."""
        near = process.extractOne(name, self._commands.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
        return self._commands[near[0]] if near is not None else None

    def press(self, data: str) -> Route:
        """The feature behind that button; the menu, with a word of explanation, where there is none."""
        for pattern, feature in self._presses:
            if match := pattern.fullmatch(data):
                return Route(feature, match.groupdict())
        return Route(start.stale_button)

    def words(self, dialog: str | None) -> Route:
        """The conversation that is going on, else the answer to a question."""
        return Route(DIALOGS.get(dialog or "", free_words.heard))

    def unreadable(self, dialog: str | None) -> Route:
        """The conversation that is going on, else a word that only words are read."""
        return Route(UNREADABLE.get(dialog or "", start.unreadable))

    def listens(self, dialog: str, silent_for: timedelta) -> bool:
        """Whether that conversation still takes what is typed for its answer."""
        longest = RESTS_AFTER.get(dialog, _RESTS_AFTER)
        return longest is None or silent_for < longest


def _pattern(shape: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", shape)
    literal, names = parts[0::2], parts[1::2]
    groups = [f"(?P<{name}>{_SHAPES[name]})" for name in names]
    return re.compile("".join(a + b for a, b in zip(map(re.escape, literal), [*groups, ""], strict=True)))
