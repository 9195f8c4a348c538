"""Links that let somebody into the team: once, for two days, and only their hash is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update

from db.engine.database import Tx
from db.tables import invitations, participants
from db.team.team import INVITED, Role

GOOD_FOR = timedelta(hours=48)
_TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True)
class Invitation:
    """One link, found by its token."""

    id: int
    role: Role
    inviter: int  # their Telegram id: it is worth nothing once they are no owner any more
    expires_at: datetime
    used_at: datetime | None


async def create(tx: Tx, role: Role, invited_by: int, *, now: datetime) -> str:
    """A new link's token, which nobody can read anywhere again."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    row = {"mark": _mark(token), "role": role, "invited_by": invited_by, "expires_at": now + GOOD_FOR}
    await tx.execute(insert(invitations).values(row))
    return token


def _mark(token: str) -> str:
    """No salt: a random token of 24 bytes is in no table of hashes."""
    return hashlib.sha256(token.encode()).hexdigest()


async def find(tx: Tx, token: str) -> Invitation | None:
    """The invitation behind that link, also one that is over; None where we made none."""
    columns = (invitations.c.id, invitations.c.role, participants.c.telegram_id)
    mine = (
        select(*columns, invitations.c.expires_at, invitations.c.used_at)
        .join_from(invitations, participants)
        .where(invitations.c.mark == _mark(token), invitations.c.role.in_(INVITED))
    )
    row = (await tx.execute(mine)).one_or_none()
    return Invitation(*row) if row else None


async def accept(tx: Tx, invitation_id: int, *, now: datetime) -> bool:
    """Takes it; False where it is over, or somebody took it a moment ago."""
    mine = update(invitations).where(invitations.c.id == invitation_id, _open(now))
    return (await tx.execute(mine.values(used_at=now))).rowcount == 1


def _open(now: datetime) -> ColumnElement[bool]:
    return and_(invitations.c.used_at.is_(None), invitations.c.expires_at > now)


async def count_open(tx: Tx, *, now: datetime) -> int:
    """How many links would still let somebody in."""
    return int((await tx.execute(select(func.count()).select_from(invitations).where(_open(now)))).scalar_one())


async def revoke_open(tx: Tx, *, now: datetime) -> int:
    """No open link lets anybody in any more; how many there were."""
    return (await tx.execute(delete(invitations).where(_open(now)))).rowcount
