"""Who wants which reminder of which session."""

from collections.abc import Iterable
from datetime import datetime
from itertools import product

from sqlalchemy import delete, exists, func, select, update

from db.engine.database import Tx, insert_into
from db.tables import sessions, subscriptions


async def subscriptions_of_person(tx: Tx, participant_id: int, cycle: str) -> frozenset[tuple[int, str]]:
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


async def mute(tx: Tx, participant_id: int, session_id: int, *, muted: bool, now: datetime) -> None:
    """Keeps every lead of that session, but silent; or lets them be heard again, those that are due from now on."""
    mine = update(subscriptions).where(
        subscriptions.c.participant_id == participant_id, subscriptions.c.session_id == session_id
    )
    await tx.execute(mine.values(muted=True) if muted else mine.values(muted=False, since=now))


async def muted_sessions(tx: Tx, participant_id: int, cycle: str) -> frozenset[int]:
    """The numbers of the sessions that are silent."""
    rows = await tx.execute(
        select(sessions.c.number)
        .join_from(subscriptions, sessions)
        .where(subscriptions.c.participant_id == participant_id, sessions.c.cycle == cycle, subscriptions.c.muted)
    )
    return frozenset(rows.scalars())


async def wanted_leads(tx: Tx) -> frozenset[str]:
    """The leads that anybody wants of any session; from one to the next through the index."""
    found: set[str] = set()
    for session_id in (await tx.execute(select(sessions.c.id))).scalars():
        leads = select(func.min(subscriptions.c.lead)).where(subscriptions.c.session_id == session_id)
        lead = (await tx.execute(leads)).scalar_one()
        while lead is not None:
            found.add(lead)
            lead = (await tx.execute(leads.where(subscriptions.c.lead > lead))).scalar_one()
    return frozenset(found)


async def still_wants(tx: Tx, participant_id: int, session_id: int, lead: str | None = None) -> bool:
    """Whether that reminder (None: any) of that session is still wanted, and aloud."""
    wanted = exists().where(
        subscriptions.c.participant_id == participant_id,
        subscriptions.c.session_id == session_id,
        subscriptions.c.muted.is_(False),
    )
    if lead is not None:
        wanted = wanted.where(subscriptions.c.lead == lead)
    return bool((await tx.execute(select(wanted))).scalar_one())
