"""When reminders keep quiet: at night, for a while, or about one session; what was chosen is kept."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.people import participants
from db.people import subscriptions as subscribed
from handlers.participant.keyboards import home
from handlers.participant.reminders import subscriptions
from handlers.participant.reminders.quiet_hours_card import ALWAYS, is_paused, state
from handlers.turn import Turn
from knowledge.time.quiet_hours import CHOICES, parse_quiet
from locales.reply import Button, Reply, Value, reply, text

# The hour at which a pause of whole days ends, when the usual quiet hours do.
_MORNING = time(7)
_DAYS = {"day": 1, "week": 7}


async def pause(turn: Turn, toast: Value | None = None) -> Reply:
    """For how long; or the end of the pause that there is."""
    known = ("day", "week", "next", "always") if await _next_end(turn) is not None else ("day", "week", "always")
    ways = tuple((Button(text(f"silence.pause.{way}"), f"pause:{way}"),) for way in known)
    end = ((Button(text("silence.pause.end"), "pause:end"),),) if is_paused(turn) else ()
    return reply(text("silence.pause.ask"), *state(turn), keyboard=(*end, *ways, _back()), toast=toast)


async def pause_until(turn: Turn, way: str) -> Reply:
    """Keeps reminders back until then; or no longer."""
    until = turn.now if way == "end" else await _end_of(turn, way)
    if until is None:
        return await pause(turn)
    await participants.pause(turn.tx, turn.person.id, until)
    key = "silence.pause.ended" if way == "end" else "silence.pause.done"
    return await subscriptions.reminders(await turn.again(), text(key))


async def _end_of(turn: Turn, way: str) -> datetime | None:
    if way in _DAYS:
        zone = ZoneInfo(turn.person.zone or turn.cycle.zone)
        day = turn.now.astimezone(zone).date() + timedelta(days=_DAYS[way])
        return datetime.combine(day, _MORNING, zone).astimezone(UTC)
    return await _next_end(turn) if way == "next" else ALWAYS


async def _next_end(turn: Turn) -> datetime | None:
    ahead = [each.ends_at for each in (await turn.live()).values() if each.is_open(turn.now)]
    return min(ahead, default=None)


async def quiet(turn: Turn) -> Reply:
    """The hours in which no reminder should come."""
    buttons = tuple((Button(_choice(written), f"quiet:{written or 'off'}"),) for written in CHOICES)
    lines = (text("silence.quiet.ask"), *state(turn), *subscriptions.whose_hours(turn))
    return reply(*lines, keyboard=(*buttons, _back()))


def _choice(written: str) -> Value:
    hours = parse_quiet(written)
    if hours is None:
        return text("silence.quiet.off")
    return text("silence.quiet.choice", since=f"{hours.since:%H:%M}", until=f"{hours.until:%H:%M}")


async def choose_quiet(turn: Turn, hours: str) -> Reply:
    """Those hours from now on, or none."""
    written = "" if hours == "off" else hours
    if written and parse_quiet(written) is None:
        return await quiet(turn)
    await participants.set_quiet(turn.tx, turn.person.id, written)
    return await subscriptions.reminders(await turn.again(), text("silence.saved"))


async def mute(turn: Turn, number: str, switch: str) -> Reply:
    """One session silent, its reminders kept; or aloud again."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await subscriptions.reminders(turn)
    await subscribed.mute(turn.tx, turn.person.id, live.id, muted=switch == "on", now=turn.now)
    key = "silence.muted.done" if switch == "on" else "silence.unmuted.done"
    return await subscriptions.of_session(turn, number, text(key, number=live.number))


def _back() -> tuple[Button, ...]:
    return (Button(text("button.back"), "rem"), *home())
