"""A day that is claimed of a session is confirmed when it is right, and only then, however the date is written."""

from collections.abc import Sequence
from itertools import product

import pytest

from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import Grader

_DAYS = {1: (23, 0), 2: (29, 0), 3: (5, 1), 4: (12, 1)}  # of the sessions: the day, and which of the two months
_MONTHS: dict[Language, tuple[str, str]] = {
    "es": ("octubre", "noviembre"), "pt": ("outubro", "novembro"), "en": ("October", "November"),
    "fr": ("octobre", "novembre"),
}  # fmt: skip
_WORDINGS: dict[Language, Sequence[str]] = {
    "es": ("¿la sesión {n} es el {d} de {m}?", "la sesión {n} cae el {d} de {m}, ¿no?", "la sesion {n} es el {d} {s}?"),
    "pt": ("a sessão {n} é no dia {d} de {m}?", "{d} de {m} é a sessão {n}, certo?", "a sessao {n} é dia {d} {s}?"),
    "en": (
        "session {n} is on the {d}th of {m}, right?",
        "session {n} is the {d} {s} one?",
        "is session {n} on {m} {d}",
    ),
    "fr": (
        "la séance {n} est le {d} {m} ?",
        "la séance {n} a lieu le {d} {m}, non ?",
        "la seance {n} est le {d} {s} ?",
    ),
}
_YES, _NO = ("Sí", "Sim", "Yes", "Oui"), ("No", "Não", "Non")


@pytest.fixture(scope="module")
def grader() -> Grader:
    return Grader()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claimed_day_is_confirmed_where_it_is_right_and_denied_where_it_is_not(
    grader: Grader, language: Language
) -> None:
    for (n, (day, month)), wording, late in product(_DAYS.items(), _WORDINGS[language], (0, 1)):
        name = _MONTHS[language][month]
        words = wording.format(n=n, d=day + late, m=name, s=name[:3].lower())
        first = grader.text(grader.converse(language, words)).split()[0].rstrip(".,:")
        assert first in (_NO if late else _YES), words
