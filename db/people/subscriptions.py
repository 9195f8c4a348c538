"""Who wants which reminder of which session."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import product

from sqlalchemy import delete, exists, select, update

from db.engine.database import Tx, insert_into
from db.engine.loose_index_scan import distinct_values_of_each
from db.tables import sessions, subscriptions


async def subscriptions_of_person(tx: Tx, participant_id: int, cycle: str) -> frozenset[tuple[int, str]]:
    """Returns what a person is subscribed to in that cycle, as (session number, lead)."""
    rows = await tx.execute(
        select(sessions.c.number, subscriptions.c.lead)
        .join_from(subscriptions, sessions)
        .where(subscriptions.c.participant_id == participant_id, sessions.c.cycle == cycle)
    )
    return frozenset((row.number, row.lead) for row in rows)


async def turn_on(
    tx: Tx, participant_id: int, session_ids: Iterable[int], leads: Iterable[str], *, now: datetime
) -> None:
    """Subscribes a person to each of those leads for each of those sessions; what was on is left as it is."""
    rows = [
        {"participant_id": participant_id, "session_id": session_id, "lead": lead, "since": now}
        for session_id, lead in product(session_ids, leads)
    ]
    if rows:
        await tx.execute(insert_into(tx, subscriptions).on_conflict_do_nothing(), rows)


async def turn_off(tx: Tx, participant_id: int, session_ids: Iterable[int], leads: Iterable[str] | None = None) -> None:
    """Deletes those leads (None: all) of those sessions."""
    statement = delete(subscriptions).where(
        subscriptions.c.participant_id == participant_id, subscriptions.c.session_id.in_(list(session_ids))
    )
    if leads is not None:
        statement = statement.where(subscriptions.c.lead.in_(list(leads)))
    await tx.execute(statement)


async def mute(tx: Tx, participant_id: int, session_id: int, *, muted: bool, now: datetime) -> None:
    """Mutes every lead of that session, or unmutes those that are due from now on."""
    statement = update(subscriptions).where(
        subscriptions.c.participant_id == participant_id, subscriptions.c.session_id == session_id
    )
    await tx.execute(statement.values(muted=True) if muted else statement.values(muted=False, since=now))


async def muted_sessions(tx: Tx, participant_id: int, cycle: str) -> frozenset[int]:
    """Returns the numbers of the sessions that are muted."""
    rows = await tx.execute(
        select(sessions.c.number)
        .join_from(subscriptions, sessions)
        .where(subscriptions.c.participant_id == participant_id, sessions.c.cycle == cycle, subscriptions.c.muted)
    )
    return frozenset(rows.scalars())


_LEADS = distinct_values_of_each(subscriptions.c.lead, subscriptions.c.session_id, sessions.c.id)
_WANTED_LEADS = select(_LEADS.c.value).distinct().where(_LEADS.c.value.is_not(None))


async def wanted_leads(tx: Tx) -> frozenset[str]:
    """Returns the leads that anybody wants of any session."""
    return frozenset((await tx.execute(_WANTED_LEADS)).scalars())


async def still_wants(tx: Tx, participant_id: int, session_id: int, lead: str | None = None) -> bool:
    """Returns whether that reminder (None: any) of that session is still wanted and not muted."""
    wanted = exists().where(
        subscriptions.c.participant_id == participant_id,
        subscriptions.c.session_id == session_id,
        subscriptions.c.muted.is_(False),
    )
    if lead is not None:
        wanted = wanted.where(subscriptions.c.lead == lead)
    return bool((await tx.execute(select(wanted))).scalar_one())


async def wanted_reminders(
    tx: Tx, participant_ids: Sequence[int], session_ids: Sequence[int]
) -> frozenset[tuple[int, int, str]]:
    """Returns (participant id, session id, lead) of the reminders that these people want and have not muted."""
    wanted = select(subscriptions.c.participant_id, subscriptions.c.session_id, subscriptions.c.lead).where(
        subscriptions.c.participant_id.in_(participant_ids),
        subscriptions.c.session_id.in_(session_ids),
        subscriptions.c.muted.is_(False),
    )
    return frozenset((row[0], row[1], row[2]) for row in await tx.execute(wanted))
