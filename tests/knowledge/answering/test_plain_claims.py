"""Claims about one session, composed: its day, an objective, how many it has, its place, how long; yes where it is so.

When claims of these kinds were first tried, 226 of 4,770 got the wrong verdict and 1,177 none.
"""

from collections.abc import Iterator

import pytest

from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import Grader
from tests.support.knowledge.plain_wordings import PLAIN, contract
from tests.support.thorough import one_in

# As the concept note has them, without the answering side.
DAYS = {1: ("wednesday", 23), 2: ("tuesday", 29), 3: ("tuesday", 5), 4: ("tuesday", 12)}
OBJECTIVES = {1: (2, 5, 12, 6, 18), 2: (14, 15, 22, 16, 19, 20), 3: (4, 8, 13, 9, 10, 11, 21), 4: (1, 3, 23, 7, 17)}
WEEKDAYS = {
    "es": {"tuesday": "martes", "wednesday": "miércoles", "friday": "viernes"},
    "pt": {"tuesday": "terça-feira", "wednesday": "quarta-feira", "friday": "sexta-feira"},
    "en": {"tuesday": "tuesday", "wednesday": "wednesday", "friday": "friday"},
    "fr": {"tuesday": "mardi", "wednesday": "mercredi", "friday": "vendredi"},
}
VERDICT = {"es": ("Sí.", "No."), "pt": ("Sim.", "Não."), "en": ("Yes.", "No."), "fr": ("Oui.", "Non.")}


def values(language: Language, kind: str, number: int) -> Iterator[tuple[str, bool]]:
    """Yields what may be claimed of that session, and whether it is so."""
    match kind:
        case "weekday":
            yield from ((name, day == DAYS[number][0]) for day, name in WEEKDAYS[language].items())
        case "date":
            yield from ((str(day), number < 3 and day == DAYS[number][1]) for day in (23, 29))
        case "objective":
            yield from ((str(each), each in OBJECTIVES[number]) for each in (2, 16, 10, 17))
        case "count":
            yield from ((str(each), each == len(OBJECTIVES[number])) for each in (5, 6, 7))
        case "last":
            yield "", number == 4
        case "before":
            yield from (
                (PLAIN["names"][language][str(each)][0], number < each) for each in (1, 2, 3, 4) if each != number
            )
        case _:
            yield from (("60", True), ("120", False))


def composed(language: Language) -> Iterator[tuple[str, bool]]:
    """Yields each claim, and whether it is so."""
    for number, names in PLAIN["names"][language].items():
        for kind, wordings in PLAIN["claimed"][language].items():
            for value, holds in values(language, kind, int(number)):
                for words in (each.format(name=name, value=value) for each in wordings for name in names):
                    yield contract(words, language), holds


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_where_it_is_so_and_no_where_not(grader: Grader, language: Language) -> None:
    """One of eleven claims; thoroughly each. A date that is no day of the session is a claim about another day."""
    wrong = []
    for words, holds in one_in(11, list(composed(language)), begin=LANGUAGES.index(language)):
        said = grader.text(grader.ask(words, language=language))
        if not said.startswith(VERDICT[language][0 if holds else 1]):
            wrong.append(f"{words} => {said[:80]}")
    assert wrong == []
