"""Counts registrations, delivered reminders and questions. Numbers only, nobody's data."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from db.delivery import outbox as outbox_rows
from db.engine.database import Tx
from db.people.attendances import GOING, WAITING
from db.tables import attendances, outbox, participants, presences, questions, registrations, sessions, talks


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
class Funnel:
    """Of a group of registered people: how many there are, came to a session, and came to all that are over."""

    registered: int
    came: int
    came_to_all: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who of the registered came, in numbers."""

    held: int  # sessions that are over, without cancelled ones
    total: Funnel
    countries: Mapping[str, Funnel]  # the most registered first
    sectors: Mapping[str, Funnel]
    sessions: Mapping[int, int]  # registered people who came, by the number of each session that is over


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


async def turnout_figures(tx: Tx, cycle: str, *, now: datetime) -> Turnout:
    """Counts who of the registered came to the sessions that are over."""
    over = (sessions.c.cycle == cycle, sessions.c.ends_at <= now, sessions.c.cancelled.is_(False))
    held = [row.number for row in await tx.execute(select(sessions.c.number).where(*over).order_by(sessions.c.number))]
    columns = (registrations.c.participant_id, registrations.c.country, registrations.c.sector)
    people = (await tx.execute(select(*columns).where(registrations.c.cycle == cycle))).all()
    here = select(presences.c.participant_id, sessions.c.number).join_from(presences, sessions)
    rows = (await tx.execute(here.where(*over, presences.c.came.is_(True)))).all()
    listed = {row.participant_id for row in people}
    came = Counter(row.participant_id for row in rows if row.participant_id in listed)
    counted = Counter(row.number for row in rows if row.participant_id in listed)

    def funnel(ids: Sequence[int]) -> Funnel:
        times = [came[id_] for id_ in ids]
        return Funnel(
            len(ids), sum(1 for each in times if each), sum(1 for each in times if held and each == len(held))
        )

    def grouped(column: str) -> Mapping[str, Funnel]:
        groups: dict[str, list[int]] = {}
        for row in people:
            groups.setdefault(row._mapping[column], []).append(row.participant_id)  # noqa: SLF001 - SQLAlchemy's public name
        return {key: funnel(groups[key]) for key in sorted(groups, key=lambda key: (-len(groups[key]), key))}

    total = funnel([row.participant_id for row in people])
    return Turnout(len(held), total, grouped("country"), grouped("sector"), {each: counted[each] for each in held})


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
