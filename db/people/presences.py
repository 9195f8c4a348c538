"""Remembers who came to which session: by the word that was said there, by a participants' report, or by the team."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from db.engine.database import Tx, insert_into
from db.tables import attendance_tries, participants, presences, registrations, sessions

WORD, REPORT, TEAM = "word", "report", "team"
_ROWS_A_STATEMENT = 1_000  # five values each: databases take some 32,000 in one statement


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether somebody came to a session, and how that is known."""

    came: bool
    source: str  # word, report, team
    at: datetime


async def presences_of_person(tx: Tx, participant_id: int, cycle: str) -> Mapping[int, Presence]:
    """Returns what is known of that person, by session number."""
    return (
        await presences_of_people(tx, cycle, select(participants.c.id).where(participants.c.id == participant_id))
    ).get(participant_id, {})


async def presences_of_people(tx: Tx, cycle: str, ids: Select[int]) -> Mapping[int, Mapping[int, Presence]]:
    """Returns what is known of those people, by person and session number."""
    found: dict[int, dict[int, Presence]] = {}
    columns = (presences.c.participant_id, sessions.c.number, presences.c.came, presences.c.source, presences.c.at)
    rows = await tx.execute(
        select(*columns)
        .join_from(presences, sessions)
        .where(sessions.c.cycle == cycle, presences.c.participant_id.in_(ids))
        .order_by(sessions.c.number)
    )
    for person, number, came, source, at in rows:
        found.setdefault(person, {})[number] = Presence(came, source, at)
    return found


async def record_came(tx: Tx, participant_ids: Iterable[int], session_id: int, source: str, *, now: datetime) -> int:
    """Records that those people came, once each; returns how many are new. What the team has said is left as it is."""
    what = {"session_id": session_id, "came": True, "source": source, "at": now}
    # In order: two replicas must not wait for each other in a circle.
    rows, new = [{"participant_id": person, **what} for person in sorted(set(participant_ids))], 0
    for at in range(0, len(rows), _ROWS_A_STATEMENT):
        put = insert_into(tx, presences).values(rows[at : at + _ROWS_A_STATEMENT]).on_conflict_do_nothing()
        new += (await tx.execute(put)).rowcount
    return new


async def correct(tx: Tx, participant_id: int, session_id: int, *, came: bool, now: datetime) -> None:
    """Sets what the team says: it wins over the word and over any report."""
    what = {"came": came, "source": TEAM, "at": now}
    put = insert_into(tx, presences).values(participant_id=participant_id, session_id=session_id, **what)
    await tx.execute(put.on_conflict_do_update(index_elements=["participant_id", "session_id"], set_=what))


async def known_people(tx: Tx, session_id: int, participant_ids: Iterable[int]) -> set[int]:
    """Returns those of whom something is known already, that they came or that they did not."""
    here = presences.c.session_id == session_id
    found = await tx.execute(
        select(presences.c.participant_id).where(here, presences.c.participant_id.in_(list(participant_ids)))
    )
    return {row.participant_id for row in found}


def who_came(cycle: str, number: int) -> Select[int]:
    """Returns the query for the ids of those who came to the session of that number."""
    here = (sessions.c.cycle == cycle, sessions.c.number == number, presences.c.came.is_(True))
    return select(presences.c.participant_id).join_from(presences, sessions).where(*here)


async def count_came(tx: Tx, session_id: int, cycle: str) -> tuple[int, int]:
    """Returns how many came to that session, and how many of them are registered."""
    here = (presences.c.session_id == session_id, presences.c.came.is_(True))
    registered = presences.outerjoin(
        registrations,
        (registrations.c.participant_id == presences.c.participant_id) & (registrations.c.cycle == cycle),
    )
    counted = select(func.count(), func.count(registrations.c.participant_id)).select_from(registered).where(*here)
    came, of_them = (await tx.execute(counted)).one()
    return int(came), int(of_them)


async def wrong_tries(tx: Tx, participant_id: int, window_id: int) -> int:
    """Returns how often that person has given a wrong word in that window."""
    mine = (attendance_tries.c.participant_id == participant_id, attendance_tries.c.window_id == window_id)
    return (await tx.execute(select(attendance_tries.c.wrong).where(*mine))).scalar_one_or_none() or 0


async def count_wrong_try(tx: Tx, participant_id: int, window_id: int) -> int:
    """Counts one more wrong word; returns how many there are now."""
    put = insert_into(tx, attendance_tries).values(participant_id=participant_id, window_id=window_id, wrong=1)
    again = put.on_conflict_do_update(
        index_elements=["participant_id", "window_id"], set_={"wrong": attendance_tries.c.wrong + 1}
    )
    return int((await tx.execute(again.returning(attendance_tries.c.wrong))).scalar_one())
