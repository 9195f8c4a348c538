"""/session: how each session stands for the team, and the ways to change it."""

from collections.abc import Iterable

from changes import session_time
from db.programme.live_programme import LiveSession
from db.team.team import suffices
from handlers.participant.keyboards import home, is_number
from handlers.turn import Turn
from locales.reply import Button, Day, Hour, Keyboard, Reply, Value, reply, text


async def show(turn: Turn) -> Reply:
    """/session: all of them, in the cycle's hours."""
    live = await turn.live()
    lines = [line for each in live.values() for line in ("", *_short(turn, each))]
    buttons = tuple((Button(_label(turn, number), f"se:{number}"),) for number in live)
    return reply(text("desk.heading", place=turn.cycle.zone_name), *lines, keyboard=(*buttons, home()))


def _label(turn: Turn, number: int) -> Value:
    return text("session.button", number=number, title=turn.cycle.session(number).title)


def _short(turn: Turn, live: LiveSession) -> Iterable[Value]:
    yield heading(turn, live)
    yield text("sessions.cancelled" if live.cancelled else "sessions.line", **hours(live, turn.cycle.zone))
    if live.by_organizer:
        yield text("desk.by_organizer")


def heading(turn: Turn, live: LiveSession) -> Value:
    """Its number and title."""
    return text("session.short", number=live.number, title=turn.cycle.session(live.number).title)


def hours(live: LiveSession, zone: str) -> dict[str, Value]:
    """Day, beginning and end there, as sentences take them."""
    return {"day": Day(live.starts_at, zone), "start": Hour(live.starts_at, zone), "end": Hour(live.ends_at, zone)}


async def named(turn: Turn, words: str) -> Reply:
    """/session 3: that card; the list for anything else."""
    return await (card(turn, words) if is_number(words) else show(turn))


async def card(turn: Turn, number: str) -> Reply:
    """One session: when, for whom, and what can be changed."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await show(turn)
    return reply(
        heading(turn, live),
        *clocks(turn, live),
        *state(live),
        "",
        await people(turn, live),
        keyboard=(*_ways(turn, live), (Button(text("desk.button"), "se"), *home())),
    )


async def people(turn: Turn, live: LiveSession) -> Value:
    """How many come to it, and how many are reminded of it."""
    affected = await session_time.count_affected(turn.tx, live, now=turn.now)
    return text("desk.people", registered=affected.registered, reminded=affected.reminded)


def clocks(turn: Turn, live: LiveSession) -> Iterable[Value]:
    """When it is where the cycle is, and in UTC."""
    yield text("desk.in", place=turn.cycle.zone_name, **hours(live, turn.cycle.zone))
    yield text("desk.in", place="UTC", **hours(live, "UTC"))


def state(live: LiveSession) -> Iterable[Value]:
    """Whether it is called off, and whose its time is."""
    if live.cancelled:
        yield text("desk.cancelled")
    if live.by_organizer:
        yield text("desk.by_organizer")


def _ways(turn: Turn, live: LiveSession) -> Keyboard:
    number = live.number
    told = (Button(text("desk.details"), f"sd:{number}"),)
    if not suffices(turn.role, "organizer"):
        return (told,)
    time = Button(text("desk.change_time"), f"se:t:{number}")
    other = "restore" if live.cancelled else "cancel"
    found = [(time,), (Button(text(f"desk.{other}"), f"se:x:{number}:{other}"),)]
    if live.by_organizer:
        found.append((Button(text("desk.reset"), f"se:x:{number}:reset"),))
    return (told, *found)
