"""Remembers invitations to the team: links that work once, for two days; only their hash is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

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


async def create(
    tx: Tx, role: Role | Literal["moderator"], invited_by: int, *, now: datetime, session_id: int | None = None
) -> str:
    """Inserts an invitation, a moderator's for that session; returns its token, which is stored nowhere."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    row = {"mark": hash_token(token), "role": role, "invited_by": invited_by, "expires_at": now + GOOD_FOR}
    await tx.execute(insert(invitations).values(**row, session_id=session_id))
    return token


def hash_token(token: str) -> str:
    """Hashes the token. Without salt: a random token of 24 bytes is in no table of hashes."""
    return hashlib.sha256(token.encode()).hexdigest()


async def find(tx: Tx, token: str) -> Invitation | None:
    """Returns the invitation of that token, also one that is over; None where there is none."""
    columns = (invitations.c.id, invitations.c.role, participants.c.telegram_id)
    statement = (
        select(*columns, invitations.c.expires_at, invitations.c.used_at)
        .join_from(invitations, participants)
        .where(invitations.c.mark == hash_token(token), invitations.c.role.in_(INVITED))
    )
    row = (await tx.execute(statement)).one_or_none()
    return Invitation(*row) if row else None


async def accept(tx: Tx, invitation_id: int, *, now: datetime) -> bool:
    """Marks it as used; returns False where it is over or was used."""
    statement = update(invitations).where(invitations.c.id == invitation_id, _open(now))
    return (await tx.execute(statement.values(used_at=now))).rowcount == 1


def _open(now: datetime) -> ColumnElement[bool]:
    return and_(invitations.c.used_at.is_(None), invitations.c.expires_at > now)


async def count_open(tx: Tx, *, now: datetime) -> int:
    """Returns how many invitations can still be used."""
    return int((await tx.execute(select(func.count()).select_from(invitations).where(_open(now)))).scalar_one())


async def revoke_open(tx: Tx, *, now: datetime) -> int:
    """Deletes every open invitation; returns how many there were."""
    return (await tx.execute(delete(invitations).where(_open(now)))).rowcount
