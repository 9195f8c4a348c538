"""Remembers who would like to meet over an objective, who was asked about whom, and whether both have agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import and_, delete, exists, func, insert, select, update

from db.engine.database import Tx, insert_into
from db.tables import meeting_answers, meeting_wishes, meetings, participants, registrations

Side = Literal["offers", "seeks"]
OFFERS: Side = "offers"
SEEKS: Side = "seeks"
# So many at most: whoever wishes for everything could collect everybody.
MOST_WISHES = 3
# So long a proposal holds. Who has agreed is not asked about others before, so that a no looks like silence.
HOLDS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class MeetingWish:
    """One wish: on which objective, which side, and what the other one sees when both have agreed."""

    participant_id: int
    objective: int
    side: Side
    card: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people who might meet, or have met, as one of them is concerned."""

    id: int
    objective: int
    until: datetime
    met_at: datetime | None
    agreed: bool | None  # their own answer
    other_id: int | None  # None: has deleted their data
    other_agreed: bool | None


_COLUMNS = (
    meeting_wishes.c.participant_id,
    meeting_wishes.c.objective,
    meeting_wishes.c.side,
    meeting_wishes.c.card,
    meeting_wishes.c.since,
)


async def wish(  # noqa: PLR0917 - a row of the table
    tx: Tx, cycle: str, participant_id: int, objective: int, side: Side, card: str, *, now: datetime
) -> None:
    """Writes the wish; it takes the place of an earlier one of that person on that objective."""
    row = {"participant_id": participant_id, "cycle": cycle, "objective": objective}
    said = {"side": side, "card": card, "since": now}
    put = insert_into(tx, meeting_wishes).values({**row, **said})
    await tx.execute(put.on_conflict_do_update(index_elements=["participant_id", "cycle", "objective"], set_=said))


async def wishes_of_person(tx: Tx, cycle: str, participant_id: int) -> list[MeetingWish]:
    """Returns that person's own wishes, by objective."""
    mine = meeting_wishes.c.participant_id == participant_id, meeting_wishes.c.cycle == cycle
    rows = await tx.execute(select(*_COLUMNS).where(*mine).order_by(meeting_wishes.c.objective))
    return [MeetingWish(*row) for row in rows]


async def wish_on(tx: Tx, cycle: str, participant_id: int, objective: int) -> MeetingWish | None:
    """Returns that person's wish on that objective; None where they have none."""
    found = await wishes_of_person(tx, cycle, participant_id)
    return next((each for each in found if each.objective == objective), None)


async def withdraw(tx: Tx, cycle: str, participant_id: int, objective: int | None = None) -> bool:
    """Deletes that wish of that person, or all of theirs; returns whether there was any."""
    mine = [meeting_wishes.c.participant_id == participant_id, meeting_wishes.c.cycle == cycle]
    mine += [] if objective is None else [meeting_wishes.c.objective == objective]
    return (await tx.execute(delete(meeting_wishes).where(*mine))).rowcount > 0


async def free_wishes(tx: Tx, cycle: str, *, now: datetime) -> list[MeetingWish]:
    """Returns the wishes of people who can be asked now, the oldest first.

    They are registered, can be written to, and are not asked about somebody else.
    """
    busy = exists(
        select(meeting_answers.c.meeting_id)
        .join(meetings, meetings.c.id == meeting_answers.c.meeting_id)
        .where(meeting_answers.c.participant_id == meeting_wishes.c.participant_id, meetings.c.until > now)
        .where(meeting_answers.c.agreed.is_distinct_from(False))
    )
    here = and_(participants.c.id == meeting_wishes.c.participant_id, participants.c.unreachable_since.is_(None))
    listed = and_(registrations.c.participant_id == participants.c.id, registrations.c.cycle == cycle)
    wanted = select(*_COLUMNS).join(participants, here).join(registrations, listed)
    order = meeting_wishes.c.since, meeting_wishes.c.participant_id, meeting_wishes.c.objective
    rows = await tx.execute(wanted.where(meeting_wishes.c.cycle == cycle, ~busy).order_by(*order))
    return [MeetingWish(*row) for row in rows]


async def lock_wishes(tx: Tx, cycle: str) -> None:
    """Lets no other replica look for pairs until this transaction ends: else somebody could be asked about two."""
    mine = select(meeting_wishes.c.objective).where(meeting_wishes.c.cycle == cycle)
    order = meeting_wishes.c.participant_id, meeting_wishes.c.objective
    await tx.execute(mine.order_by(*order).with_for_update())


async def were_asked(tx: Tx, one: int, other: int) -> bool:
    """Returns whether these two have been asked about each other before, on any objective."""
    mine, theirs = meeting_answers.alias("mine"), meeting_answers.alias("theirs")
    pair = mine.c.participant_id == one, theirs.c.participant_id == other
    found = select(mine.c.meeting_id).join(theirs, theirs.c.meeting_id == mine.c.meeting_id).where(*pair).limit(1)
    return (await tx.execute(found)).first() is not None


async def propose(tx: Tx, cycle: str, objective: int, people: Sequence[int], *, now: datetime) -> int:
    """Inserts a proposal for those two; returns its number."""
    row = {"cycle": cycle, "objective": objective, "until": now + HOLDS}
    number = int((await tx.execute(insert(meetings).values(row).returning(meetings.c.id))).scalar_one())
    await tx.execute(insert(meeting_answers), [{"meeting_id": number, "participant_id": each} for each in people])
    return number


async def get(tx: Tx, number: int, participant_id: int) -> Meeting | None:
    """Returns that meeting as one of the two is concerned; None for everybody else."""
    mine, theirs = meeting_answers.alias("mine"), meeting_answers.alias("theirs")
    other = and_(theirs.c.meeting_id == mine.c.meeting_id, theirs.c.participant_id != mine.c.participant_id)
    wanted = (
        select(
            meetings.c.id,
            meetings.c.objective,
            meetings.c.until,
            meetings.c.met_at,
            mine.c.agreed,
            theirs.c.participant_id,
            theirs.c.agreed,
        )
        .join(mine, mine.c.meeting_id == meetings.c.id)
        .join(theirs, other, isouter=True)
        .where(meetings.c.id == number, mine.c.participant_id == participant_id)
    )
    row = (await tx.execute(wanted)).one_or_none()
    return Meeting(*row) if row else None


async def lock(tx: Tx, number: int) -> None:
    """Lets nobody else answer that meeting until this transaction ends."""
    await tx.execute(select(meetings.c.id).where(meetings.c.id == number).with_for_update())


async def answer(tx: Tx, number: int, participant_id: int, *, agreed: bool) -> bool:
    """Writes that person's answer, once; returns False where there is one already."""
    mine = meeting_answers.c.meeting_id == number, meeting_answers.c.participant_id == participant_id
    statement = update(meeting_answers).where(*mine, meeting_answers.c.agreed.is_(None)).values(agreed=agreed)
    return (await tx.execute(statement)).rowcount == 1


async def mark_met(tx: Tx, number: int, *, now: datetime) -> bool:
    """Writes that both have agreed, once; from here on both may be asked about others."""
    statement = update(meetings).where(meetings.c.id == number, meetings.c.met_at.is_(None))
    return (await tx.execute(statement.values(met_at=now, until=now))).rowcount == 1


async def count(tx: Tx, cycle: str) -> tuple[int, int]:
    """Returns how many people wish to meet somebody, and how many meetings there were."""
    wishing = select(func.count(meeting_wishes.c.participant_id.distinct())).where(meeting_wishes.c.cycle == cycle)
    met = select(func.count()).select_from(meetings).where(meetings.c.cycle == cycle, meetings.c.met_at.is_not(None))
    return int((await tx.execute(wishing)).scalar_one()), int((await tx.execute(met)).scalar_one())


async def forget(tx: Tx, cycle: str) -> None:
    """Deletes all wishes and meetings of the cycle: some time after it."""
    await tx.execute(delete(meetings).where(meetings.c.cycle == cycle))
    await tx.execute(delete(meeting_wishes).where(meeting_wishes.c.cycle == cycle))
