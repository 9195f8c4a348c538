"""Counts registrations, delivered reminders and questions. Numbers only, nobody's data."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from db.delivery import outbox as outbox_rows
from db.engine.database import Tx
from db.people.attendances import GOING, WAITING
from db.tables import attendances, outbox, participants, questions, registrations, sessions, talks


@dataclass(frozen=True, slots=True)
class Registrations:
    """Those of one cycle: when they came, and how many there are of each kind."""

    moments: Sequence[datetime]  # the earliest first
    countries: Mapping[str, int]  # the most first, as all that follow
    sectors: Mapping[str, int]
    languages: Mapping[str, int]
    going: Mapping[int, int]  # by session number
    waiting: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Reminders by their outcome, and how late the sent ones came."""

    outcomes: Mapping[str, int]
    lateness: Sequence[timedelta]  # the least first


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions to the team by their state, and those that were not passed on (yet)."""

    states: Mapping[str, int]
    not_passed_on: int


async def registration_figures(tx: Tx, cycle: str) -> Registrations:
    """Counts the registrations of that cycle."""
    mine = registrations.c.cycle == cycle
    columns = (registrations.c.registered_at, registrations.c.country, registrations.c.sector, participants.c.language)
    rows = (await tx.execute(select(*columns).join_from(registrations, participants).where(mine))).all()
    return Registrations(
        sorted(row.registered_at for row in rows),
        _counted(row.country for row in rows),
        _counted(row.sector for row in rows),
        _counted(row.language for row in rows),
        await _attending(tx, cycle, GOING),
        await _attending(tx, cycle, WAITING),
    )


def _counted(values: Iterable[str]) -> Mapping[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda each: (-each[1], each[0])))


async def _attending(tx: Tx, cycle: str, state: str) -> Mapping[int, int]:
    """Counts people in that state by session, also where there are none."""
    here = (attendances.c.session_id == sessions.c.id) & (attendances.c.state == state)
    rows = await tx.execute(
        select(sessions.c.number, func.count(attendances.c.participant_id).label("people"))
        .join_from(sessions, attendances, here, isouter=True)
        .where(sessions.c.cycle == cycle)
        .group_by(sessions.c.number)
        .order_by(sessions.c.number)
    )
    return {row.number: row.people for row in rows}


async def delivery_figures(tx: Tx, cycle: str) -> Deliveries:
    """Counts the reminders of that cycle's sessions by outcome."""
    mine = (outbox.c.kind == outbox_rows.REMINDER, sessions.c.cycle == cycle)
    sent = select(outbox.c.due_at, outbox.c.settled_at).join_from(outbox, sessions)
    rows = await tx.execute(sent.where(*mine, outbox.c.state == outbox_rows.SENT, outbox.c.settled_at.is_not(None)))
    late = sorted(max(row.settled_at - row.due_at, timedelta()) for row in rows)
    states = select(outbox.c.state, func.count()).join_from(outbox, sessions).where(*mine)
    return Deliveries(await _by(tx, states.group_by(outbox.c.state)), late)


async def _by(tx: Tx, counting: Select[str, int]) -> Mapping[str, int]:
    rows = await tx.execute(counting)
    return dict(sorted(((row[0], row[1]) for row in rows), key=lambda each: (-each[1], each[0])))


async def question_figures(tx: Tx) -> Questions:
    """Counts the questions to the team by state."""
    states = select(questions.c.state, func.count()).group_by(questions.c.state)
    unanswered = select(func.count()).select_from(talks).where(talks.c.unanswered.is_not(None))
    return Questions(await _by(tx, states), int((await tx.execute(unanswered)).scalar_one()))
