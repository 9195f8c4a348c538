"""Shows the sessions: all of them, and one; and where clocks change between them."""

from changes import panel
from db.programme.live_programme import LiveSession
from handlers.participant.keyboards import home_row, is_number, neighbour_row
from handlers.participant.presence import presence
from handlers.participant.programme import session_details
from handlers.turn import Turn
from knowledge.programme.cards import session_lines
from knowledge.programme.session_details import NO_DETAILS, SessionDetails
from knowledge.time.clock_change import describe_change, find_clock_changes
from knowledge.time.zones import zone_label
from locales.reply import Button, Day, Hour, Keyboard, Link, Reply, Value, reply, text


async def clock_changes_ahead(turn: Turn, zone: str | None) -> tuple[Value, ...]:
    """Returns a sentence for each clock change before a session still to come, after an empty line; else nothing."""
    live = await turn.live()
    times = [(each.number, each.starts_at) for each in live.values()]
    found = find_clock_changes(times, zone) if zone is not None else []
    lines = [describe_change(each, turn.language) for each in found if turn.now < each.after]
    return ("", *lines) if lines else ()


async def show_sessions(turn: Turn) -> Reply:
    """Shows every session with its day and hour for this person, and a button each."""
    live, details = await turn.live(), await turn.details()
    lines = [
        line
        for each in live.values()
        for line in ("", *_session_lines(turn, each, details.get(each.number, NO_DETAILS)))
    ]
    buttons = tuple((Button(_button_label(turn, number), f"s:{number}"),) for number in live)
    changes = await clock_changes_ahead(turn, turn.person.zone)
    return reply(text("sessions.heading"), *zone_line(turn), *lines, *changes, keyboard=(*buttons, home_row()))


def _session_lines(turn: Turn, live: LiveSession, details: SessionDetails) -> tuple[Value, ...]:
    key = "sessions.past" if turn.now >= live.ends_at else "sessions.line"
    if live.cancelled:
        key = "sessions.cancelled"
    zone = turn.person.zone or turn.cycle.zone
    heading = text("session.short", number=live.number, title=turn.cycle.session(live.number).title)
    hours = text(key, day=Day(live.starts_at, zone), start=Hour(live.starts_at, zone), end=Hour(live.ends_at, zone))
    link = () if details.link is None or not live.is_open(turn.now) else (Link(text("detail.enter"), details.link),)
    return heading, hours, *link


def zone_line(turn: Turn) -> tuple[Value, ...]:
    """Returns the place whose hours are shown."""
    if turn.person.zone is None and turn.person.is_group:
        return (text("sessions.hours.local", place=turn.cycle.zone_name),)
    if turn.person.zone is None:
        return (text("sessions.hours.cycle", place=turn.cycle.zone_name),)
    return (text("sessions.hours.local", place=zone_label(turn.person.zone, turn.language)),)


def _button_label(turn: Turn, number: int) -> Value:
    return text("session.button", number=number, title=turn.cycle.session(number).title)


async def show_session_card(turn: Turn, number: str) -> Reply:
    """Shows the card of one session."""
    live = await turn.live()
    wanted = int(number)
    if wanted not in live:
        return await _unknown_session(turn)
    await turn.remember("session", number)
    details, over = (await turn.details()).get(wanted, NO_DETAILS), not live[wanted].is_open(turn.now)
    card = session_lines(turn.cycle, turn.cycle.session(wanted), turn.when(live[wanted]), turn.now, details)
    known = session_details.detail_buttons(wanted, details, over=over)
    here, asking = await presence.here_row(turn, wanted), _panel_row(turn, live[wanted])
    return reply(*card, keyboard=(*here, *known, *asking, *_session_buttons(turn, wanted, over=over)))


async def session_by_words(turn: Turn, words: str) -> Reply:
    """Shows that card for "/sessions 2"; the list for anything else."""
    return await (show_session_card(turn, words) if is_number(words) else show_sessions(turn))


async def _unknown_session(turn: Turn) -> Reply:
    live = await turn.live()
    buttons = tuple((Button(_button_label(turn, number), f"s:{number}"),) for number in live)
    return reply(text("session.unknown_number", n=len(live)), keyboard=(*buttons, home_row()))


def _panel_row(turn: Turn, live: LiveSession) -> Keyboard:
    """Returns the way to ask the panel, from a day before the session; afterwards, to what it was asked."""
    if live.cancelled or turn.now < panel.opens_at(live):
        return ()
    key = "panel.ask.card" if panel.takes_questions(live, turn.now) else "panel.button"
    return ((Button(text(key), f"pq:{live.number}"),),)


def _session_buttons(turn: Turn, number: int, *, over: bool) -> Keyboard:
    known = [session.number for session in turn.cycle.sessions]
    place = known.index(number)
    before = Button(text("session.before", number=known[place - 1]), f"s:{known[place - 1]}") if place else None
    last = place == len(known) - 1
    after = None if last else Button(text("session.after", number=known[place + 1]), f"s:{known[place + 1]}")
    remind = () if over else ((Button(text("session.remind"), f"rem:{number}"),),)
    hour = () if over else ((Button(text("session.other_hour"), "zone"),),)
    covers = ((Button(text("session.objectives"), f"so:{number}"),),)
    return (
        *covers,
        *remind,
        *hour,
        *neighbour_row(before, after),
        (Button(text("button.sessions"), "sessions"), *home_row()),
    )
