"""The question for the hour on somebody's phone, and a button for each hour that exists."""

from datetime import UTC, datetime, timedelta

from handlers.turn import Turn
from knowledge.places.phone_hours import hours
from locales.reply import Button, Day, Hour, Keyboard, OnPhone, Value, rows, text

_HOURS_A_ROW = 4


def hour_question(turn: Turn) -> Value:
    """The hour as the phone itself writes it; on phones too old for that, a look at its clock."""
    return text("clock.ask", hour=OnPhone(_current_minute(turn), "t", text("clock.ask.old")))


def hour_keyboard(turn: Turn, *, everywhere: bool = False) -> Keyboard:
    """A button for each hour that it is somewhere at this moment."""
    at = _current_minute(turn)
    found = hours(at, everywhere=everywhere)
    shown = {minutes: (at + timedelta(minutes=minutes)).strftime("%H:%M") for minutes in found}
    twice = {hour for hour in shown.values() if list(shown.values()).count(hour) > 1}
    buttons = (
        Button(_hour_label(at, zone, with_day=shown[minutes] in twice), f"zh:{_minutes_since_1970(at)}:{minutes}")
        for minutes, zone in found.items()
    )
    return rows(*buttons, of=_HOURS_A_ROW)


def all_hours_button() -> Button:
    """Leads to every hour on earth."""
    return Button(text("clock.all_hours"), "zh")


def _hour_label(at: datetime, zone: str, *, with_day: bool) -> Value:
    return text("clock.day", hour=Hour(at, zone), day=Day(at, zone, "short")) if with_day else Hour(at, zone)


def _current_minute(turn: Turn) -> datetime:
    return turn.now.replace(second=0, microsecond=0)


def _minutes_since_1970(at: datetime) -> int:
    return int(at.timestamp()) // 60


def parse_minute(moment: str) -> datetime:
    """The moment in a button's address."""
    return datetime.fromtimestamp(int(moment) * 60, UTC)
