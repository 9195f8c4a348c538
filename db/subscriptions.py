"""Who wants which reminder of which session."""

from collections.abc import Iterable
from datetime import datetime
from itertools import product

from sqlalchemy import delete, exists, select

from db.database import Tx, insert_into
from db.tables import participants, sessions, subscriptions


async def of(tx: Tx, participant_id: int, cycle: str) -> frozenset[tuple[int, str]]:
    """What a person is subscribed to in that cycle, as (session number, lead)."""
    rows = await tx.execute(
        select(sessions.c.number, subscriptions.c.lead)
        .join_from(subscriptions, sessions)
        .where(subscriptions.c.participant_id == participant_id, sessions.c.cycle == cycle)
    )
    return frozenset((row.number, row.lead) for row in rows)


async def turn_on(
    tx: Tx, participant_id: int, session_ids: Iterable[int], leads: Iterable[str], *, now: datetime
) -> None:
    """Every one of those leads for every one of those sessions; what was on stays on since when it was."""
    rows = [
        {"participant_id": participant_id, "session_id": session_id, "lead": lead, "since": now}
        for session_id, lead in product(session_ids, leads)
    ]
    if rows:
        await tx.execute(insert_into(tx, subscriptions).on_conflict_do_nothing(), rows)


async def turn_off(tx: Tx, participant_id: int, session_ids: Iterable[int], leads: Iterable[str] | None = None) -> None:
    """Those leads (all of them where None) of those sessions."""
    gone = delete(subscriptions).where(
        subscriptions.c.participant_id == participant_id, subscriptions.c.session_id.in_(list(session_ids))
    )
    if leads is not None:
        gone = gone.where(subscriptions.c.lead.in_(list(leads)))
    await tx.execute(gone)


async def zones(tx: Tx, cycle: str, leads: Iterable[str]) -> frozenset[str | None]:
    """Where the people are who want one of those leads; None stands for those who have not told."""
    somewhere = (
        select(participants.c.zone)
        .distinct()
        .join_from(subscriptions, participants)
        .join(sessions)
        .where(sessions.c.cycle == cycle, subscriptions.c.lead.in_(list(leads)))
    )
    return frozenset((await tx.execute(somewhere)).scalars())


async def still_wants(tx: Tx, participant_id: int, session_id: int, lead: str) -> bool:
    """Whether that reminder is still wanted now."""
    wanted = exists().where(
        subscriptions.c.participant_id == participant_id,
        subscriptions.c.session_id == session_id,
        subscriptions.c.lead == lead,
    )
    return bool((await tx.execute(select(wanted))).scalar_one())
