"""Moments that one of the team types."""

from datetime import UTC, datetime

import pytest

from knowledge.time.moment_said import moment_said

NOW = datetime(2024, 10, 22, 15, tzinfo=UTC)  # a Tuesday, noon in Argentina


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("mañana 9:00", "2024-10-23 12:00"),
        ("amanhã às 9h", "2024-10-23 12:00"),
        ("tomorrow at 9", "2024-10-23 12:00"),
        ("demain 9h30", "2024-10-23 12:30"),
        ("2024-11-04 09:00", "2024-11-04 12:00"),
        ("4/11 9:00", "2024-11-04 12:00"),
        ("3/1 9:00", "2025-01-03 12:00"),
        ("hoy 18.30", "2024-10-22 21:30"),
        ("18:30", "2024-10-22 21:30"),
        ("9:00", "2024-10-23 12:00"),
        ("viernes 10", "2024-10-25 13:00"),
        ("martes 10:00", "2024-10-29 13:00"),
        ("mañana", None),
        ("2024-13-04 09:00", None),
        ("31/2 9:00", None),
        ("25:00", None),
        ("quién sabe", None),
        ("", None),
    ],
)
def test_a_moment(words: str, moment: str | None) -> None:
    found = moment_said(words, NOW, "America/Argentina/Buenos_Aires")
    assert (f"{found:%Y-%m-%d %H:%M}" if found else None) == moment
