"""/session: how each session stands for the team, and the ways to change it."""

from collections.abc import Iterable

from changes import session_time
from db.programme.live_programme import LiveSession
from db.team.team import suffices
from handlers.participant.keyboards import home_row, is_number
from handlers.turn import Turn
from locales.reply import Button, Day, Hour, Keyboard, Reply, Value, reply, text


async def show_sessions(turn: Turn) -> Reply:
    """Shows all sessions, in the cycle's hours (/session)."""
    live = await turn.live()
    lines = [line for each in live.values() for line in ("", *_session_lines(turn, each))]
    buttons = tuple((Button(_button_label(turn, number), f"se:{number}"),) for number in live)
    return reply(text("desk.heading", place=turn.cycle.zone_name), *lines, keyboard=(*buttons, home_row()))


def _button_label(turn: Turn, number: int) -> Value:
    return text("session.button", number=number, title=turn.cycle.session(number).title)


def _session_lines(turn: Turn, live: LiveSession) -> Iterable[Value]:
    yield session_heading(turn, live)
    yield text("sessions.cancelled" if live.cancelled else "sessions.line", **session_hours(live, turn.cycle.zone))
    if live.by_organizer:
        yield text("desk.by_organizer")


def session_heading(turn: Turn, live: LiveSession) -> Value:
    """Returns its number and title."""
    return text("session.short", number=live.number, title=turn.cycle.session(live.number).title)


def session_hours(live: LiveSession, zone: str) -> dict[str, Value]:
    """Returns day, beginning and end there, as sentences take them."""
    return {"day": Day(live.starts_at, zone), "start": Hour(live.starts_at, zone), "end": Hour(live.ends_at, zone)}


async def session_by_words(turn: Turn, words: str) -> Reply:
    """Shows the card of that session (/session 3); the list for anything else."""
    return await (show_session_card(turn, words) if is_number(words) else show_sessions(turn))


async def show_session_card(turn: Turn, number: str) -> Reply:
    """Shows one session: when, for whom, and what can be changed."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await show_sessions(turn)
    return reply(
        session_heading(turn, live),
        *clock_lines(turn, live),
        *state_lines(live),
        "",
        await people_line(turn, live),
        keyboard=(*_session_buttons(turn, live), (Button(text("desk.button"), "se"), *home_row())),
    )


async def people_line(turn: Turn, live: LiveSession) -> Value:
    """Returns how many have a place in it, wait for one, and are reminded of it."""
    affected = await session_time.count_affected(turn.tx, live, now=turn.now)
    return text("desk.people", going=affected.going, waiting=affected.waiting, reminded=affected.reminded)


def done_line(messages: int) -> Value:
    """Returns that it is done and how many messages it makes, some of them later; or that there is nobody to tell."""
    return text("desk.done", n=messages) if messages else text("desk.done.nobody")


def clock_lines(turn: Turn, live: LiveSession) -> Iterable[Value]:
    """Yields when it is where the cycle is, and in UTC."""
    yield text("desk.in.cycle", place=turn.cycle.zone_name, **session_hours(live, turn.cycle.zone))
    yield text("desk.in", place="UTC", **session_hours(live, "UTC"))


def state_lines(live: LiveSession) -> Iterable[Value]:
    """Yields whether it is called off, and who has set its time."""
    if live.cancelled:
        yield text("desk.cancelled")
    if live.by_organizer:
        yield text("desk.by_organizer")


def _session_buttons(turn: Turn, live: LiveSession) -> Keyboard:
    number = live.number
    details_row = (
        Button(text("desk.details"), f"sd:{number}"),
        Button(text("places.button"), f"sp:{number}"),
        Button(text("presence.desk.button"), f"at:{number}"),
    )
    if not suffices(turn.role, "organizer"):
        return tuple((each,) for each in details_row)
    time = Button(text("desk.change_time"), f"se:t:{number}")
    found = [(time,)]
    if turn.now < live.ends_at:  # what is over can be neither called off nor restored
        opposite = "restore" if live.cancelled else "cancel"
        found.append((Button(text(f"desk.{opposite}"), f"se:x:{number}:{opposite}"),))
    if can_go_back(turn, live):
        found.append((Button(text("desk.reset"), f"se:x:{number}:reset"),))
    return (*((each,) for each in details_row), *found)


def can_go_back(turn: Turn, live: LiveSession) -> bool:
    """Returns whether the programme has another time for it, that is not over; a called off one is restored instead."""
    planned = turn.cycle.session(live.number)
    moved = (live.starts_at, live.ends_at) != (planned.starts_at, planned.ends_at)
    return live.by_organizer and moved and turn.now < planned.ends_at
