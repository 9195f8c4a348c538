"""No hour and no date is wrong: place × session × wording × moved or not, checked against zoneinfo alone.

`CICLO_COMPOSED=5000 .venv/bin/python -m pytest -n 0 tests/knowledge/answers/test_composed_hours.py` tries 5,000.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import Grader
from tests.support.knowledge.local_times import LOCAL_TIMES
from tests.support.knowledge.ordinals import ORDINALS
from tests.support.knowledge.phone_labels import dates, hours, plain

_MANY = int(os.environ.get("CICLO_COMPOSED", "60"))
# Other places of the same name are listed with their hours: "San José (Estados Unidos): inicio 10:00".
_NAMESAKE = (
    "mismo nombre",
    "mesmo nome",
    "same name",
    "meme nom",
    " del pais:",
    " do pais:",
    "the country:",
    "dans le pays :",
)

# A place as people write it, and its zone: the capitals of the region by their Spanish names, and others.
_PLACES = [(city.split(" / ")[0], zone) for _, city, zone, *_ in LOCAL_TIMES if city != "George Town"] + [
    ("Belém", "America/Belem"),
    ("Cancún", "America/Cancun"),
    ("Guayaquil", "America/Guayaquil"),
    ("Medellín", "America/Bogota"),
    ("Los Ángeles", "America/Los_Angeles"),
    ("Chicago", "America/Chicago"),
    ("Lisboa", "Europe/Lisbon"),
    ("London", "Europe/London"),
    ("Luanda", "Africa/Luanda"),
    ("Tokyo", "Asia/Tokyo"),
    ("GMT-5", "Etc/GMT+5"),
    ("UTC-03:00", "Etc/GMT+3"),
    ("UTC+1", "Etc/GMT-1"),
    ("GMT-6", "Etc/GMT+6"),
    ("UTC", "UTC"),
    ("EST", "America/New_York"),
    ("CET", "Europe/Paris"),
]
_SUBJECTS: dict[Language, Sequence[str]] = {
    "es": ("motores de la migración", "inclusión", "retorno y reintegración", "datos"),
    "pt": ("motores da migração", "inclusão", "retorno e reintegração", "dados"),
    "en": ("drivers of migration", "inclusion", "return and reintegration", "data"),
    "fr": ("moteurs de la migration", "inclusion", "retour et réintégration", "données"),
}
_WORDINGS: dict[Language, Sequence[str]] = {
    "es": (
        "¿a qué hora es la sesión {number} en {place}?",
        "sesion {number} {place}",
        "hora de la {ordinal} sesión en {place}",
        "cuándo es la sesión sobre {subject} en {place}",
        "estoy en {place}, ¿a qué hora empieza la sesión {number}?",
        "qué día y a qué hora es la de {subject}, hora de {place}",
    ),
    "pt": (
        "que horas é a sessão {number} em {place}?",
        "sessao {number} {place}",
        "horário da {ordinal} sessão em {place}",
        "quando é a sessão sobre {subject} em {place}",
        "estou em {place}, que horas começa a sessão {number}?",
        "que dia e que horas é a de {subject}, horário de {place}",
    ),
    "en": (
        "what time is session {number} in {place}?",
        "session {number} {place}",
        "time of the {ordinal} session in {place}",
        "when is the session on {subject} in {place}",
        "I am in {place}, what time does session {number} start?",
        "which day and what time is the one about {subject}, {place} time",
    ),
    "fr": (
        "à quelle heure est la séance {number} à {place} ?",
        "seance {number} {place}",
        "heure de la {ordinal} séance à {place}",
        "quand a lieu la séance sur {subject} à {place}",
        "je suis à {place}, à quelle heure commence la séance {number} ?",
        "quel jour et à quelle heure est celle sur {subject}, heure de {place}",
    ),
}
_MOVES = (timedelta(0), timedelta(hours=1), timedelta(hours=26), timedelta(days=-1, hours=-3), timedelta(days=2))


@dataclass(frozen=True)
class Composed:
    """One question put together, and the truth: which session, in which zone, moved by how much."""

    words: str
    language: Language
    session: int
    zone: str
    moved: timedelta


@st.composite
def composed(draw: st.DrawFn) -> Composed:
    """A wording of one of the four languages, filled."""
    language = draw(st.sampled_from(LANGUAGES))
    number = draw(st.integers(1, 4))
    place, zone = draw(st.sampled_from(_PLACES))
    wording = draw(st.sampled_from(_WORDINGS[language]))
    words = wording.format(
        number=number, place=place, ordinal=ORDINALS[language][number - 1], subject=_SUBJECTS[language][number - 1]
    )
    if draw(st.booleans()):
        words = words.lower() if " " in place or len(place) > 3 else words.replace("?", "")
    return Composed(words, language, number, zone, draw(st.sampled_from(_MOVES)))


@settings(max_examples=_MANY, deadline=None)
@given(asked=composed())
def test_no_hour_or_date_is_wrong(grader: Grader, asked: Composed) -> None:
    live = {number: _moved(times, asked, number) for number, times in grader.live.items()}
    at = replace(grader.situation(language=asked.language), live=live)
    said = plain(grader.text(grader.answering.answers(asked.words, at)))
    told = hours(said), dates(said)
    if not any(told):
        return  # an honest "I do not know": counted by `make eval`, and no wrong hour
    starts = live[asked.session][0]
    local = starts.astimezone(ZoneInfo(asked.zone))
    assert _minute(local) in told[0], f"{asked.words!r}, moved by {asked.moved}: {local:%d %b %H:%M} is not in {said!r}"
    # Where the whole programme is told instead, each of its hours has to be right, too.
    listed = len(told[1]) >= len(live)
    allowed = _allowed(live, asked, live if listed else (asked.session,))
    assert told[0] <= allowed or any(words in said for words in _NAMESAKE), f"{asked.words!r}: another hour in {said!r}"
    assert (local.day, local.month) in told[1] or not told[1], f"{asked.words!r}: {local:%d %b} is not in {said!r}"


def _moved(times: tuple[datetime, datetime], asked: Composed, number: int) -> tuple[datetime, datetime]:
    by = asked.moved if number == asked.session else timedelta(0)
    return times[0] + by, times[1] + by


def _allowed(live: dict[int, tuple[datetime, datetime]], asked: Composed, numbers: Iterable[int]) -> set[int]:
    """The beginnings and ends of those sessions, in that zone and in Argentina."""
    zones = (asked.zone, "America/Argentina/Buenos_Aires")
    moments = [moment for number in numbers for moment in live[number]]
    return {_minute(moment.astimezone(ZoneInfo(zone))) for zone in zones for moment in moments}


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
