"""Joins and leaves sessions; a place given back goes to who waits longest, who is told."""

from collections.abc import Collection, Mapping

from changes import waiting_list
from db.people import attendances
from db.programme.live_programme import LiveSession
from handlers.turn import Turn


async def join_session(turn: Turn, live: LiveSession) -> str:
    """Gives a place in that session, or one on its waiting list; returns which."""
    capacity = await turn.capacity(live.number)
    return await attendances.join(turn.tx, turn.person.id, live.id, capacity, now=turn.now)


async def leave_session(turn: Turn, live: LiveSession) -> bool:
    """Gives the place back; whether there was one."""
    left = await attendances.leave(turn.tx, turn.person.id, live.id)
    if left:
        await fill_free_places(turn, live)
    return left


async def fill_free_places(turn: Turn, live: LiveSession) -> None:
    """Gives free places to who waits; they are told through the outbox."""
    capacity = await turn.capacity(live.number)
    await waiting_list.move_up(turn.tx, live, capacity, now=turn.now)


async def set_sessions(turn: Turn, numbers: Collection[int]) -> Mapping[int, str]:
    """Sets exactly those of the sessions that are not over; returns what became of each."""
    for number, live in (await turn.live()).items():
        if turn.now >= live.ends_at:
            continue
        await (join_session(turn, live) if number in numbers else leave_session(turn, live))
    return await attendances.sessions_of_person(turn.tx, turn.person.id, turn.cycle.key)


async def leave_all_sessions(turn: Turn) -> None:
    """Gives every place back."""
    for live in (await turn.live()).values():
        await leave_session(turn, live)
