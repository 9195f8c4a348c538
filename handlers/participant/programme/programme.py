"""The sessions: all of them, and one."""

from db.programme.live_programme import LiveSession
from handlers.participant.asking import ask
from handlers.participant.keyboards import home, is_number, neighbours
from handlers.participant.programme import session_details
from handlers.participant.programme.clock_change_notes import changes_ahead
from handlers.turn import Turn
from knowledge.programme.cards import session_lines
from knowledge.programme.session_details import NOTHING, Details
from knowledge.time.zones import zone_label
from locales.reply import Button, Day, Hour, Keyboard, Link, Reply, Value, reply, text


async def sessions(turn: Turn) -> Reply:
    """Every session with its day and hour for this person, and a button each."""
    live, told = await turn.live(), await turn.details()
    lines = [line for each in live.values() for line in ("", *_summary(turn, each, told.get(each.number, NOTHING)))]
    buttons = tuple((Button(_label(turn, number), f"s:{number}"),) for number in live)
    changes = await changes_ahead(turn, turn.person.zone)
    return reply(text("sessions.heading"), *whose_hours(turn), *lines, *changes, keyboard=(*buttons, home()))


def _summary(turn: Turn, live: LiveSession, told: Details) -> tuple[Value, ...]:
    key = "sessions.past" if turn.now >= live.ends_at else "sessions.line"
    if live.cancelled:
        key = "sessions.cancelled"
    zone = turn.person.zone or turn.cycle.zone
    heading = text("session.short", number=live.number, title=turn.cycle.session(live.number).title)
    hours = text(key, day=Day(live.starts_at, zone), start=Hour(live.starts_at, zone), end=Hour(live.ends_at, zone))
    link = () if told.link is None or not live.is_open(turn.now) else (Link(text("detail.enter"), told.link),)
    return heading, hours, *link


def whose_hours(turn: Turn) -> tuple[Value, ...]:
    """The place whose hours are shown."""
    if turn.person.zone is None and turn.person.is_group:
        return (text("sessions.hours.local", place=turn.cycle.zone_name),)
    if turn.person.zone is None:
        return (text("sessions.hours.cycle", place=turn.cycle.zone_name),)
    return (text("sessions.hours.local", place=zone_label(turn.person.zone, turn.language)),)


def _label(turn: Turn, number: int) -> Value:
    return text("session.button", number=number, title=turn.cycle.session(number).title)


async def session(turn: Turn, number: str) -> Reply:
    """The card of one session."""
    live = await turn.live()
    wanted = int(number)
    if wanted not in live:
        return await _no_such_session(turn)
    await ask.remember(turn, "session", number)
    told, over = (await turn.details()).get(wanted, NOTHING), not live[wanted].is_open(turn.now)
    card = session_lines(turn.cycle, turn.cycle.session(wanted), turn.when(live[wanted]), turn.now, told)
    known = session_details.buttons(wanted, told, over=over)
    return reply(*card, keyboard=(*known, *_around(turn, wanted, over=over)))


async def named(turn: Turn, words: str) -> Reply:
    """/sessions 2: that card; the list for anything else."""
    return await (session(turn, words) if is_number(words) else sessions(turn))


async def _no_such_session(turn: Turn) -> Reply:
    live = await turn.live()
    buttons = tuple((Button(_label(turn, number), f"s:{number}"),) for number in live)
    return reply(text("session.unknown_number", n=len(live)), keyboard=(*buttons, home()))


def _around(turn: Turn, number: int, *, over: bool) -> Keyboard:
    known = [session.number for session in turn.cycle.sessions]
    place = known.index(number)
    before = Button(text("session.before", number=known[place - 1]), f"s:{known[place - 1]}") if place else None
    last = place == len(known) - 1
    after = None if last else Button(text("session.after", number=known[place + 1]), f"s:{known[place + 1]}")
    remind = () if over else ((Button(text("session.remind"), f"rem:{number}"),),)
    hour = () if over else ((Button(text("session.other_hour"), "zone"),),)
    covers = ((Button(text("session.objectives"), f"so:{number}"),),)
    return (*covers, *remind, *hour, *neighbours(before, after), (Button(text("button.sessions"), "sessions"), *home()))
