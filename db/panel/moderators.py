"""Remembers who moderates the panel of one session: invited by a link that works once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, bindparam, select, update

from db.engine.database import Tx, insert_into
from db.tables import invitations, moderators, sessions
from db.team.invitations import hash_token

ROLE: Final = "moderator"
_LONGEST_NAME = 130


@dataclass(frozen=True, slots=True)
class Moderator:
    """Somebody who moderates one session's panel."""

    id: int  # the participant's
    name: str


@dataclass(frozen=True, slots=True)
class ModeratorInvitation:
    """One link, found by its token; `inviter` is a participant's id."""

    id: int
    session_id: int
    inviter: int


async def find_invitation(tx: Tx, token: str) -> ModeratorInvitation | None:
    """Returns the invitation of that token, also one that is over; None where there is none."""
    columns = (invitations.c.id, invitations.c.session_id, invitations.c.invited_by)
    own = invitations.c.mark == hash_token(token), invitations.c.role == ROLE
    row = (await tx.execute(select(*columns).where(*own))).one_or_none()
    return ModeratorInvitation(*row) if row else None


async def join(tx: Tx, participant_id: int, session_id: int, name: str, *, now: datetime) -> None:
    """Makes that person a moderator of that session."""
    place = {"name": name[:_LONGEST_NAME], "since": now, "removed_at": None}
    row = {"participant_id": participant_id, "session_id": session_id, **place}
    statement = insert_into(tx, moderators).values(row)
    await tx.execute(statement.on_conflict_do_update(index_elements=["participant_id", "session_id"], set_=place))


_MODERATED = (
    select(sessions.c.number)
    .join_from(moderators, sessions)
    .where(moderators.c.participant_id == bindparam("person"), moderators.c.removed_at.is_(None))
    .where(sessions.c.cycle == bindparam("cycle_key"))
)


async def moderates(tx: Tx, participant_id: int, cycle: str) -> frozenset[int]:
    """Returns the numbers of the sessions whose panel that person moderates."""
    found = await tx.execute(_MODERATED, {"person": participant_id, "cycle_key": cycle})
    return frozenset(found.scalars())


async def moderators_of_session(tx: Tx, session_id: int) -> list[Moderator]:
    """Returns the moderators of that session, by name."""
    here = and_(moderators.c.session_id == session_id, moderators.c.removed_at.is_(None))
    columns = (moderators.c.participant_id, moderators.c.name)
    found = await tx.execute(select(*columns).where(here).order_by(moderators.c.name, moderators.c.participant_id))
    return [Moderator(*row) for row in found]


async def remove(tx: Tx, participant_id: int, session_id: int, *, now: datetime) -> bool:
    """Removes a moderator of that session; returns False where they were none."""
    own = moderators.c.participant_id == participant_id, moderators.c.session_id == session_id
    gone = update(moderators).where(*own, moderators.c.removed_at.is_(None)).values(removed_at=now)
    return (await tx.execute(gone)).rowcount == 1
