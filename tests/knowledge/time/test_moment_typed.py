"""Days and hours as organizers type them, always in the cycle's hours."""

from datetime import UTC, datetime

import pytest

from knowledge.time.moment_typed import read_moment
from locales.localized import Language

NOW = datetime(2024, 10, 22, 15, tzinfo=UTC)
USUAL = datetime(2024, 11, 5, 17, tzinfo=UTC)


def read(words: str, language: Language = "es") -> str | None:
    """As UTC; with the end, where it was typed."""
    found = read_moment(words, language, "America/Argentina/Buenos_Aires", NOW, USUAL)
    if found is None:
        return None
    end = "" if found.ends_at is None else f" {found.ends_at:%m-%d %H:%M}"
    return f"{found.starts_at:%Y-%m-%d %H:%M}{end}"


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("6/11 15:00", "es"),
        ("6/11 15:00", "en"),  # the day first, whatever the language
        ("miércoles 6 15:00", "es"),
        ("Miércoles 6/11, 15 hs", "es"),
        ("el 6 de noviembre a las 15", "es"),
        ("quarta-feira 6 15h", "pt"),
        ("Wednesday 6 November 15:00", "en"),
        ("mercredi 6 novembre à 15h00", "fr"),
        ("2024-11-06 15:00", "es"),
    ],
)
def test_a_moment_is_read(words: str, language: Language) -> None:
    assert read(words, language) == "2024-11-06 18:00"


def test_what_is_left_out_stays_as_it_is() -> None:
    """An hour alone is on the session's day, a day alone at its hour, a day that is over next year's."""
    assert read("16:30") == "2024-11-05 19:30"
    assert read("7/11") == "2024-11-07 17:00"
    assert read("mañana 10:00") == "2024-10-23 13:00"
    assert read("miércoles 15:00") == "2024-10-23 18:00"
    assert read("5/1 14:00") == "2025-01-05 17:00"


def test_the_end_can_be_typed() -> None:
    assert read("6/11 15:00-17:00") == "2024-11-06 18:00 11-06 20:00"
    assert read("6/11 de 23:00 a 1:00") == "2024-11-07 02:00 11-07 04:00"


@pytest.mark.parametrize(
    "words",
    ["hola", "31/11 15:00", "25:00", "jueves 6 15:00", "martes 6/11 15:00", "6/11 1:00 2:00 3:00", ""],
)
def test_what_is_no_moment_is_not_guessed(words: str) -> None:
    assert read(words) is None
