"""Values become words: escaped, in the reader's language, at the reader's hour."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.localized import LANGUAGES, Language, language_of_phone
from locales.reply import Day, Duration, Hour, Listing, OnPhone, Value, text
from locales.translator import Reader, Translator, UnknownTextError, load_catalogues
from rehearsal.telegram.text.formatting import parse_html

SESSION_3 = datetime(2024, 11, 5, 17, 0, tzinfo=UTC)
translator = Translator(load_catalogues, "America/Argentina/Buenos_Aires")


def reader(language: Language = "es", zone: str | None = None) -> Reader:
    return translator.reader(language, zone)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("America/Port-au-Prince", "12:00"), ("Europe/Zurich", "18:00"), ("America/Tijuana", "09:00"), (None, "14:00")],
)
def test_an_hour_is_the_readers(zone: str | None, hour: str) -> None:
    """Session 3 comes after the clocks went back in Haiti and Geneva."""
    assert reader(zone=zone).plain(Hour(SESSION_3)) == hour


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("es", "martes 5 de noviembre de 2024"),
        ("pt", "terça-feira, 5 de novembro de 2024"),
        ("en", "Tuesday 5 November 2024"),
        ("fr", "mardi 5 novembre 2024"),
    ],
)
def test_a_day_is_written_as_the_language_does(language: Language, day: str) -> None:
    """In full, so that nobody takes 5/11 for 11/5."""
    assert reader(language).plain(Day(SESSION_3)) == day


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutos"),
        (1, "1 minuto"),
        (57, "57 minutos"),
        (90, "1 hora y 30 minutos"),
        (24 * 60, "1 día"),
        (25 * 60 + 10, "1 día y 1 hora"),
    ],
)
def test_a_length_of_time_is_never_rounded_into_a_lie(minutes: int, words: str) -> None:
    """90 minutes are not "2 hours"."""
    assert reader().plain(Duration(timedelta(minutes=minutes))) == words


@given(st.text())
def test_what_a_person_typed_is_shown_and_never_obeyed(typed: str) -> None:
    """Whatever it holds, Telegram reads it back as the same signs, without one entity."""
    shown = reader().render(text("zone.located", place=typed))
    parsed = parse_html(shown)
    assert typed.strip() in parsed.text or not typed.strip()
    assert [each for each in parsed.entities if each["type"] in {"bold", "italic", "text_link", "code"}] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_phone_shows_an_instant_itself_and_our_words_stand_in(language: Language) -> None:
    """Telegram's date_time entity carries the instant."""
    value: Value = OnPhone(SESSION_3, "wDt", Hour(SESSION_3))
    parsed = parse_html(reader(language).render(value))
    assert parsed.text == "14:00"
    assert [(each["type"], each["unix_time"]) for each in parsed.entities] == [("date_time", 1730826000)]


def test_lists_are_joined_as_people_say_them() -> None:
    """ "2, 5 y 12", not "2,5,12"."""
    assert reader("es").plain(Listing((2, 5, 12))) == "2, 5 y 12"
    assert reader("pt").plain(Listing((2, 5, 12))) == "2, 5 e 12"


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("inglés", "portugués e inglés"),
        ("Haití", "portugués y Haití"),
        ("Hiroshima", "portugués e Hiroshima"),
        ("Irlanda", "portugués e Irlanda"),
        ("Ítaca", "portugués e Ítaca"),
        ("hierro", "portugués y hierro"),
        ("iones", "portugués y iones"),
        ("francés", "portugués y francés"),
        (text("sessions.heading"), None),
    ],
)
def test_in_spanish_and_before_the_sound_i_is_e(last: Value, said: str | None) -> None:
    """Source: https://www.rae.es/dpd/y, 2.1."""
    shown = reader("es").plain(Listing(("portugués", last)))
    assert shown == (said or f"portugués y {reader('es').plain(last)}")


def test_a_key_without_a_sentence_is_an_error() -> None:
    """Nobody is ever shown a key."""
    with pytest.raises(UnknownTextError):
        reader().render(text("no.such.key"))


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("es-MX", "es"),
        ("pt-BR", "pt"),
        ("fr-CA", "fr"),
        ("ht", "fr"),
        ("qu", "es"),
        ("de", "en"),
        (None, "es"),
        ("", "es"),
    ],
)
def test_the_phones_language_is_the_nearest_of_the_four(tag: str | None, language: Language) -> None:
    """A phone in Haitian Creole reads French; one that says nothing reads Spanish."""
    assert language_of_phone(tag) == language
