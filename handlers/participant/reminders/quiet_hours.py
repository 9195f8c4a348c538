"""When reminders keep quiet: at night, for a while, or about one session; what was chosen is kept."""

from datetime import UTC, datetime, time, timedelta

from db.people import participants
from db.people import subscriptions as subscribed
from handlers.participant.keyboards import home_row
from handlers.participant.reminders import subscriptions
from handlers.participant.reminders.subscriptions import NO_END, is_paused, quiet_lines
from handlers.turn import Turn
from knowledge.time.quiet_hours import CHOICES, parse_quiet_hours
from locales.reply import Button, Reply, Value, reply, text
from locales.time_zone import time_zone

# The hour at which a pause of whole days ends, when the usual quiet hours do.
_MORNING = time(7)
_DAYS = {"day": 1, "week": 7}


async def ask_pause(turn: Turn, toast: Value | None = None) -> Reply:
    """Asks for how long; or offers the end of the pause that there is."""
    known = (
        ("day", "week", "next", "always") if await _next_session_end(turn) is not None else ("day", "week", "always")
    )
    ways = tuple((Button(text(f"silence.pause.{way}"), f"pause:{way}"),) for way in known)
    end = ((Button(text("silence.pause.end"), "pause:end"),),) if is_paused(turn) else ()
    return reply(
        text("silence.pause.ask"), *quiet_lines(turn), keyboard=(*end, *ways, _back_to_reminders()), toast=toast
    )


async def set_pause(turn: Turn, way: str) -> Reply:
    """Keeps reminders back until then; or no longer."""
    until = turn.now if way == "end" else await _pause_end(turn, way)
    if until is None:
        return await ask_pause(turn)
    await participants.pause(turn.tx, turn.person.id, until)
    key = "silence.pause.ended" if way == "end" else "silence.pause.done"
    return await subscriptions.show_reminders(await turn.again(), text(key))


async def _pause_end(turn: Turn, way: str) -> datetime | None:
    if way in _DAYS:
        zone = time_zone(turn.person.zone or turn.cycle.zone)
        day = turn.now.astimezone(zone).date() + timedelta(days=_DAYS[way])
        return datetime.combine(day, _MORNING, zone).astimezone(UTC)
    return await _next_session_end(turn) if way == "next" else NO_END


async def _next_session_end(turn: Turn) -> datetime | None:
    ahead = [each.ends_at for each in (await turn.live()).values() if each.is_open(turn.now)]
    return min(ahead, default=None)


async def ask_quiet_hours(turn: Turn) -> Reply:
    """Asks in which hours no reminder should come."""
    buttons = tuple((Button(_choice_label(written), f"quiet:{written or 'off'}"),) for written in CHOICES)
    lines = (text("silence.quiet.ask"), *quiet_lines(turn), *subscriptions.zone_line(turn))
    return reply(*lines, keyboard=(*buttons, _back_to_reminders()))


def _choice_label(written: str) -> Value:
    hours = parse_quiet_hours(written)
    if hours is None:
        return text("silence.quiet.off")
    return text("silence.quiet.choice", since=f"{hours.since:%H:%M}", until=f"{hours.until:%H:%M}")


async def set_quiet_hours(turn: Turn, hours: str) -> Reply:
    """Sets those hours from now on, or none."""
    written = "" if hours == "off" else hours
    if written and parse_quiet_hours(written) is None:
        return await ask_quiet_hours(turn)
    await participants.set_quiet(turn.tx, turn.person.id, written)
    return await subscriptions.show_reminders(await turn.again(), text("silence.saved"))


async def mute_session(turn: Turn, number: str, switch: str) -> Reply:
    """Mutes one session, its reminders kept; or ends that."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await subscriptions.show_reminders(turn)
    await subscribed.mute(turn.tx, turn.person.id, live.id, muted=switch == "on", now=turn.now)
    key = "silence.muted.done" if switch == "on" else "silence.unmuted.done"
    return await subscriptions.show_session_reminders(turn, number, text(key, number=live.number))


def _back_to_reminders() -> tuple[Button, ...]:
    return (Button(text("button.back"), "rem"), *home_row())
