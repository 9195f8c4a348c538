"""Shows when reminders keep quiet, and the buttons that change it."""

from datetime import UTC, datetime

from handlers.turn import Turn
from knowledge.time.quiet_hours import parse_quiet
from locales.reply import Button, Day, Hour, Keyboard, Value, text

# No cycle lasts that long: until they say otherwise.
NO_END = datetime(2999, 12, 31, tzinfo=UTC)


def is_paused(turn: Turn) -> bool:
    """Whether reminders are kept back now."""
    return turn.person.paused_until is not None and turn.now < turn.person.paused_until


def quiet_lines(turn: Turn) -> tuple[Value, ...]:
    """The pause, if there is one, and the quiet hours."""
    quiet = parse_quiet(turn.person.quiet)
    hours = text("silence.quiet", since=f"{quiet.since:%H:%M}", until=f"{quiet.until:%H:%M}") if quiet else None
    return (*_pause_lines(turn), hours or text("silence.quiet.none"))


def _pause_lines(turn: Turn) -> tuple[Value, ...]:
    until = turn.person.paused_until
    if until is None or until <= turn.now:
        return ()
    if until == NO_END:
        return (text("silence.paused.always"),)
    return (text("silence.paused", day=Day(until), hour=Hour(until)),)


def quiet_buttons(turn: Turn) -> Keyboard:
    """Under the list of reminders: the pause and the quiet hours."""
    pausing = (
        Button(text("silence.pause.end"), "pause:end") if is_paused(turn) else Button(text("silence.pause"), "pause")
    )
    return ((pausing, Button(text("silence.quiet.button"), "quiet")),)
