"""A day or an hour that is claimed of a session is confirmed when it is right, and only then; checked by zoneinfo.

`CICLO_COMPOSED=5000 .venv/bin/python -m pytest -n 0 tests/knowledge/answers/test_claimed_times.py` tries 5,000.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import Grader
from tests.support.knowledge.ordinals import ORDINALS

_MANY = int(os.environ.get("CICLO_COMPOSED", "60"))
# A place as people write it, and its zone.
_PLACES = (
    ("Guayaquil", "America/Guayaquil"), ("Tijuana", "America/Tijuana"), ("Lima", "America/Lima"),
    ("Bogotá", "America/Bogota"), ("Caracas", "America/Caracas"), ("Santo Domingo", "America/Santo_Domingo"),
    ("Port-au-Prince", "America/Port-au-Prince"), ("Toronto", "America/Toronto"), ("Lisboa", "Europe/Lisbon"),
    ("Madrid", "Europe/Madrid"), ("Manaus", "America/Manaus"), ("São Paulo", "America/Sao_Paulo"),
    ("Asunción", "America/Asuncion"), ("Santiago de Chile", "America/Santiago"), ("Managua", "America/Managua"),
    ("Nairobi", "Africa/Nairobi"), ("Tokyo", "Asia/Tokyo"),
)  # fmt: skip
_WORDINGS: dict[Language, Sequence[str]] = {
    "es": (
        "¿en {place} la sesión {number} es a las {hour}?",
        "estoy en {place}. la sesión {number} es a las {hour}, ¿no?",
        "vivo en {place}, la sesión {number} empieza a las {hour}?",
        "para {place} la {ordinal} sesión sería a las {hour} ¿verdad?",
        "la sesión {number} a las {hour} hora de {place}, ¿cierto?",
    ),
    "pt": (
        "em {place} a sessão {number} é às {hour}h?",
        "estou em {place}. a sessão {number} é às {hour}h, né?",
        "moro em {place}, a sessão {number} começa às {hour}h?",
        "pra {place} a {ordinal} sessão seria às {hour}h, certo?",
        "a sessão {number} às {hour}h no horário de {place}, é isso?",
    ),
    "en": (
        "in {place} is session {number} at {hour}:00?",
        "I'm in {place}. session {number} is at {hour}:00, right?",
        "I live in {place}, does session {number} start at {hour}:00?",
        "so for {place} the {ordinal} session would be at {hour}:00, correct?",
        "session {number} at {hour}:00 {place} time, yes?",
    ),
    "fr": (
        "à {place} la séance {number} est à {hour}h ?",
        "je suis à {place}. la séance {number} est à {hour}h, non ?",
        "j'habite à {place}, la séance {number} commence à {hour}h ?",
        "pour {place} la {ordinal} séance serait à {hour}h, c'est ça ?",
        "la séance {number} à {hour}h heure de {place}, n'est-ce pas ?",
    ),
}
_STARTS = {
    n: datetime(2024, month, day, 17, tzinfo=UTC)
    for n, (day, month) in enumerate(((23, 10), (29, 10), (5, 11), (12, 11)), 1)
}
_DAYS = {1: (23, 0), 2: (29, 0), 3: (5, 1), 4: (12, 1)}  # of the sessions: the day, and which of the two months
_MONTHS: dict[Language, tuple[str, str]] = {
    "es": ("octubre", "noviembre"), "pt": ("outubro", "novembro"), "en": ("October", "November"),
    "fr": ("octobre", "novembre"),
}  # fmt: skip
_DAY_WORDINGS: dict[Language, Sequence[str]] = {
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
_YES = ("Sí", "Sim", "Yes", "Oui")
_NO = ("No", "Não", "Non")


@dataclass(frozen=True)
class Claim:
    """An hour that is claimed of one session in a place."""

    words: str
    language: Language
    session: int
    zone: str
    hour: int


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """A wording of one of the four languages with an hour that is right in every second claim, on the average."""
    language = draw(st.sampled_from(LANGUAGES))
    number = draw(st.integers(1, 4))
    place, zone = draw(st.sampled_from(_PLACES))
    right = _STARTS[number].astimezone(ZoneInfo(zone)).hour
    hour = (right + draw(st.sampled_from((0, 0, 0, 1, -1, 2, -3)))) % 24
    wording = draw(st.sampled_from(_WORDINGS[language]))
    ordinal = ORDINALS[language][number - 1]
    words = wording.format(place=place, number=number, hour=hour, ordinal=ordinal)
    return Claim(words.lower() if draw(st.booleans()) else words, language, number, zone, hour)


_ENDS: dict[Language, Sequence[str]] = {
    "es": (
        "¿en {place} la sesión {number} termina a las {hour}?",
        "estoy en {place}. la {ordinal} sesión acaba a las {hour}?",
    ),
    "pt": ("em {place} a sessão {number} termina às {hour}?", "moro em {place}. a {ordinal} sessão acaba às {hour}?"),
    "en": (
        "in {place} does session {number} end at {hour}?",
        "I'm in {place}. the {ordinal} session finishes at {hour}?",
    ),
    "fr": (
        "à {place} la séance {number} finit à {hour} ?",
        "je suis à {place}. la {ordinal} séance se termine à {hour} ?",
    ),
}


@st.composite
def claims_of_end(draw: st.DrawFn) -> Claim:
    """A wording that claims when a session ends there; the hour is right in every second claim, on the average."""
    language = draw(st.sampled_from(LANGUAGES))
    number = draw(st.integers(1, 4))
    place, zone = draw(st.sampled_from(_PLACES))
    right = (_STARTS[number] + timedelta(minutes=90)).astimezone(ZoneInfo(zone))
    hour = (right.hour + draw(st.sampled_from((0, 0, 0, 1, -1, 2)))) % 24
    written = f"{hour}h{right.minute:02}" if language in {"pt", "fr"} else f"{hour}:{right.minute:02}"
    ordinal = ORDINALS[language][number - 1]
    wording = draw(st.sampled_from(_ENDS[language]))
    return Claim(
        wording.format(place=place, number=number, hour=written, ordinal=ordinal), language, number, zone, hour
    )


def first_word(grader: Grader, language: Language, words: str) -> str:
    """Returns the first word that is answered: yes, or no."""
    return grader.text(grader.converse(language, words)).split()[0].rstrip(".,:")


@settings(max_examples=_MANY, deadline=None)
@given(claim=claims())
def test_a_claimed_hour_is_confirmed_where_it_is_right_and_denied_where_it_is_not(grader: Grader, claim: Claim) -> None:
    first = first_word(grader, claim.language, claim.words)
    there = grader.live[claim.session][0].astimezone(ZoneInfo(claim.zone)).hour
    right = there == claim.hour or there == claim.hour + 12  # "a las 2" may be in the afternoon
    assert first in (_YES if right else _NO), (claim.words, first)


@settings(max_examples=_MANY // 2, deadline=None)
@given(claim=claims_of_end())
def test_a_claimed_end_is_checked_against_the_end(grader: Grader, claim: Claim) -> None:
    first = first_word(grader, claim.language, claim.words)
    there = (_STARTS[claim.session] + timedelta(minutes=90)).astimezone(ZoneInfo(claim.zone)).hour
    right = there in {claim.hour, claim.hour + 12}
    assert first in (_YES if right else _NO), (claim.words, first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claimed_day_is_confirmed_where_it_is_right_and_denied_where_it_is_not(
    grader: Grader, language: Language
) -> None:
    for (n, (day, month)), wording, late in product(_DAYS.items(), _DAY_WORDINGS[language], (0, 1)):
        name = _MONTHS[language][month]
        words = wording.format(n=n, d=day + late, m=name, s=name[:3].lower())
        first = first_word(grader, language, words)
        assert first in (_NO if late else _YES), words
