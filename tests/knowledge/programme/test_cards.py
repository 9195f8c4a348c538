"""Cards: the hour of every session in every zone there is, and room enough in a message for all of them."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config.content import CONTENT, load_content
from knowledge.programme.cards import SessionTime, objective_lines, practice_lines, session_lines
from knowledge.programme.cycle import Cycle
from knowledge.time.zones import all_zones, zone_label
from locales.localized import LANGUAGES, Language
from locales.reply import Reply
from locales.translator import Translator, load_catalogues
from rehearsal.telegram.text.formatting import parse_html, utf16_length

CYCLE: Cycle = load_content(CONTENT / "pmm-2024")
translator = Translator(load_catalogues, CYCLE.zone)
LONGEST_MESSAGE = 4096


def card(number: int, zone: str | None, language: Language = "es") -> str:
    session = CYCLE.session(number)
    when = SessionTime(session.starts_at, session.ends_at, zone, language)
    now = session.starts_at - timedelta(days=1)
    return translator.reader(language, zone).page(Reply(session_lines(CYCLE, session, when, now)))


@pytest.mark.parametrize("session", CYCLE.sessions, ids=lambda session: f"session {session.number}")
def test_every_session_shows_every_zones_hour_as_zoneinfo_has_it(session: object) -> None:
    """All IANA zones, not a sample: day, hour of beginning and of end, and whose hour it is."""
    found = CYCLE.session(session.number)  # type: ignore[attr-defined] # a session of the cycle
    for zone in all_zones():
        start, end = (
            datetime.fromtimestamp(each.timestamp(), ZoneInfo(zone)) for each in (found.starts_at, found.ends_at)
        )
        shown = parse_html(card(found.number, zone)).text
        assert f"De {start:%H:%M} a {end:%H:%M}, hora de" in shown, zone
        assert f"{start.day} de {('octubre', 'noviembre')[start.month - 10]} de 2024" in shown, zone
        if zone != CYCLE.zone:
            assert re.search(f"hora de (la )?(las )?{re.escape(zone_label(zone, 'es'))}", shown), zone
        assert "14:00 a 15:30, hora de" in shown, zone


@given(st.sampled_from(all_zones()), st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 - made aware below
def test_an_hour_is_zoneinfos_at_any_moment(zone: str, naive: datetime) -> None:
    """Also in the hours that the clocks repeat or skip."""
    moment = naive.replace(tzinfo=UTC)
    when = SessionTime(moment, moment + timedelta(minutes=90), zone, "es")
    shown = translator.reader("es", zone).page(
        Reply(session_lines(CYCLE, CYCLE.sessions[0], when, moment - timedelta(1)))
    )
    assert f"De {moment.astimezone(ZoneInfo(zone)):%H:%M} a " in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_fits_into_a_message(language: Language) -> None:
    reader = translator.reader(language, "America/Argentina/ComodRivadavia")
    cards = [card(each.number, "America/Port-au-Prince", language) for each in CYCLE.sessions]
    cards += [reader.page(Reply(objective_lines(CYCLE, each, language))) for each in CYCLE.objectives]
    cards += [reader.page(Reply(practice_lines(CYCLE, each, language))) for each in CYCLE.practices]
    assert max(utf16_length(parse_html(each).text) for each in cards) <= LONGEST_MESSAGE


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_card_says_that_a_practice_is_presented_at_a_session(language: Language) -> None:
    """A session follows from an objective only; no agenda names a practice."""
    reader = translator.reader(language, None)
    for each in CYCLE.practices:
        shown = reader.page(Reply(practice_lines(CYCLE, each, language))).lower()
        assert not any(
            word in shown for word in ("sesión 1", "sessão 1", "session 1", "se presenta en", "presented at")
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editorial_classification_is_always_marked(language: Language) -> None:
    marks = {"es": "no oficial", "pt": "não oficial", "en": "not official", "fr": "pas officiel"}
    reader = translator.reader(language, None)
    for each in CYCLE.practices:
        shown = reader.page(Reply(practice_lines(CYCLE, each, language)))
        assert (marks[language] in shown) is (each.objectives_from == "editorial"), each.id
