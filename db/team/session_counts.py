"""Counts who had a place in a session, and who came to one, by country, sector and language."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from db.engine.database import Tx
from db.people.attendances import GOING, WAITING
from db.tables import attendances, participants, presences, registrations


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
