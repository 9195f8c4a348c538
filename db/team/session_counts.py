"""Counts who had a place in a session, and who was registered for the cycle, by country, sector and language."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from db.engine.database import Tx
from db.people.attendances import GOING, WAITING
from db.tables import attendances, participants, presences, registrations, sessions


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    """Some people, and how many there are of each kind; each kind adds up to all of them."""

    people: int
    countries: Mapping[str, int]
    sectors: Mapping[str, int]
    languages: Mapping[str, int]
    waiting: int = 0  # beside them, without a place


async def session_counts(tx: Tx, cycle: str, session_id: int) -> PeopleCounts:
    """Counts those with a place in that session."""
    mine = (attendances.c.participant_id == registrations.c.participant_id) & (attendances.c.session_id == session_id)
    rows = (await tx.execute(_people(cycle, attendances.c.state).join(attendances, mine))).all()
    return _counts([row for row in rows if row.state == GOING], sum(1 for row in rows if row.state == WAITING))


async def cycle_counts(tx: Tx, cycle: str) -> PeopleCounts:
    """Counts those who are registered for that cycle."""
    return _counts((await tx.execute(_people(cycle))).all())


def _people(cycle: str, *more: Any) -> Select[Any]:  # noqa: ANN401 - a column
    columns = (registrations.c.country, registrations.c.sector, participants.c.language, *more)
    people = select(*columns).select_from(registrations)
    return people.join(participants, participants.c.id == registrations.c.participant_id).where(
        registrations.c.cycle == cycle
    )


def _counts(rows: Sequence[Any], waiting: int = 0) -> PeopleCounts:
    return PeopleCounts(
        len(rows),
        Counter(row.country for row in rows),
        Counter(row.sector for row in rows),
        Counter(row.language for row in rows),
        waiting,
    )


async def came_counts(tx: Tx, cycle: str, session_ids: Collection[int]) -> PeopleCounts | None:
    """Counts the registered who came to one of those sessions at least; None where it is not known of anybody."""
    here = select(presences.c.participant_id).where(presences.c.session_id.in_(session_ids), presences.c.came.is_(True))
    if (await tx.execute(here.limit(1))).first() is None:
        return None
    mine = _people(cycle).where(registrations.c.participant_id.in_(here))
    return _counts((await tx.execute(mine)).all())


async def came_by_session(tx: Tx, cycle: str) -> Mapping[int, int]:
    """Returns how many of the registered came to each session, by number; sessions with nobody are left out."""
    came = (
        select(sessions.c.number)
        .join_from(presences, sessions)
        .join(
            registrations,
            (registrations.c.participant_id == presences.c.participant_id) & (registrations.c.cycle == cycle),
        )
    )
    rows = await tx.execute(came.where(sessions.c.cycle == cycle, presences.c.came.is_(True)))
    return Counter(row.number for row in rows)


async def places_by_session(tx: Tx, cycle: str) -> Mapping[int, int]:
    """Returns how many have a place in each session of that cycle, by number; sessions with nobody are left out."""
    placed = select(sessions.c.number).join_from(attendances, sessions)
    rows = await tx.execute(placed.where(sessions.c.cycle == cycle, attendances.c.state == GOING))
    return Counter(row.number for row in rows)
