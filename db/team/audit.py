"""Remembers what the team did: who, what, when. Nothing of participants, no texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, insert, select, update

from db.engine.database import Tx
from db.tables import audit, moderators, team

REFUSED = "refused"
EXPORTED = "exported"  # a selection of the list, as a file
# What a participant's own act brings about: it is kept without saying whose.
CERTIFICATE_REISSUED = "certificate_reissued"
# Refusals of one route within that long are one row that counts them: a flood must not bury the rest.
_COUNTED_TOGETHER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the log; names are those of the team, None where somebody is gone or never belonged to it."""

    at: datetime
    who: str | None
    action: str
    details: Mapping[str, Any]
    whom: str | None
    times: int


async def record(
    tx: Tx, actor: int | None, action: str, details: Mapping[str, Any], *, now: datetime, member: int | None = None
) -> None:
    """Records what somebody of the team did; None is a participant, whoever it was.

    `details` hold counts and choices, never a participant's data."""
    row = {"at": now, "participant_id": actor, "action": action, "details": dict(details), "member_id": member}
    await tx.execute(insert(audit).values(row))


async def record_refusal(tx: Tx, actor: int | None, route: str, *, now: datetime) -> bool:
    """Counts a refusal; `actor` is None for strangers. Returns whether it is a new row."""
    recent = (
        select(audit.c.id, audit.c.details)
        .where(audit.c.action == REFUSED, audit.c.at > now - _COUNTED_TOGETHER)
        .where(audit.c.participant_id.is_(None) if actor is None else audit.c.participant_id == actor)
    )
    same = next((row.id for row in await tx.execute(recent) if row.details.get("route") == route), None)
    if same is not None:
        await tx.execute(update(audit).where(audit.c.id == same).values(times=audit.c.times + 1))
        return False
    row = {"at": now, "participant_id": actor, "action": REFUSED, "details": {"route": route}}
    await tx.execute(insert(audit).values(row))
    return True


async def count(tx: Tx) -> int:
    """Returns how many entries there are."""
    return int((await tx.execute(select(func.count()).select_from(audit))).scalar_one())


async def page(tx: Tx, number: int, *, size: int) -> Sequence[AuditEntry]:
    """Returns that page of the log, the newest first."""
    actor, member = team.alias("actor"), team.alias("member")
    who, whom = (
        func.coalesce(known.c.name, _moderator_name(person))
        for known, person in ((actor, audit.c.participant_id), (member, audit.c.member_id))
    )
    rows = await tx.execute(
        select(audit.c.at, who, audit.c.action, audit.c.details, whom, audit.c.times)
        .join_from(audit, actor, audit.c.participant_id == actor.c.participant_id, isouter=True)
        .join(member, audit.c.member_id == member.c.participant_id, isouter=True)
        .order_by(audit.c.at.desc(), audit.c.id.desc())
        .limit(size)
        .offset(number * size)
    )
    return [AuditEntry(*row) for row in rows]


def _moderator_name(person: ColumnElement[int]) -> ScalarSelect[str]:
    """Returns the name of somebody who moderates a panel without being in the team."""
    named = select(func.max(moderators.c.name)).where(moderators.c.participant_id == person)
    return named.correlate(audit).scalar_subquery()
