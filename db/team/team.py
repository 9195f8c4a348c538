"""Remembers who runs the cycle: owners by configuration, organizers and viewers by invitation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

from sqlalchemy import Insert, and_, bindparam, case, or_, select, update

from db.engine.database import Tx, dialect_insert, insert_into
from db.tables import participants, team

Role = Literal["viewer", "organizer", "owner"]
# From the least to the most: each may do what those before it may.
ROLES: tuple[Role, ...] = ("viewer", "organizer", "owner")
INVITED: tuple[Role, ...] = ("viewer", "organizer")
_LONGEST_NAME = 130


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team, as the team sees them."""

    id: int  # the participant's
    telegram_id: int
    role: Role
    name: str  # their number, for an owner who has used nothing of the team's yet
    since: datetime | None


def suffices(role: Role | None, least: Role) -> bool:
    """Returns whether that role may do what needs at least `least`."""
    return role is not None and ROLES.index(role) >= ROLES.index(least)


def role_of(telegram_id: int, kept: str | None, owners: Collection[int]) -> Role | None:
    """Returns the role by configuration, else as stored; an owner no longer configured has none until invited."""
    if telegram_id in owners:
        return "owner"
    return next((role for role in INVITED if role == kept), None)


# Built once: it runs with most of what concerns the team.
_MEMBERS = (
    select(participants.c.id, participants.c.telegram_id, team.c.role, team.c.name, team.c.since)
    .join_from(
        participants, team, and_(team.c.participant_id == participants.c.id, team.c.removed_at.is_(None)), isouter=True
    )
    .where(or_(team.c.participant_id.is_not(None), participants.c.telegram_id.in_(bindparam("owners", expanding=True))))
)


async def members(tx: Tx, owners: Collection[int]) -> list[Member]:
    """Returns the team as far as it has written to the bot, owners first, then by name."""
    rows = await tx.execute(_MEMBERS, {"owners": list(owners)})
    found = [
        Member(row.id, row.telegram_id, role, row.name or str(row.telegram_id), row.since)
        for row in rows
        if (role := role_of(row.telegram_id, row.role, owners)) is not None
    ]
    return sorted(found, key=lambda each: (-ROLES.index(each.role), each.name.casefold()))


async def organizers(tx: Tx, owners: Collection[int]) -> list[int]:
    """Returns who of the team may act, organizers and owners, as members() does: the participants' ids."""
    return [each.id for each in await members(tx, owners) if suffices(each.role, "organizer")]


async def join(tx: Tx, participant_id: int, role: Role, name: str, *, now: datetime) -> None:
    """Adds a person to the team, or changes their role."""
    place = {"role": role, "name": name[:_LONGEST_NAME], "since": now, "removed_at": None}
    statement = insert_into(tx, team).values({"participant_id": participant_id, **place})
    await tx.execute(statement.on_conflict_do_update(index_elements=["participant_id"], set_=place))


async def record_owner_name(tx: Tx, participant_id: int, name: str, *, now: datetime) -> None:
    """Stores an owner's name, for the list and the log; it gives no role."""
    told = {"person": participant_id, "called": name[:_LONGEST_NAME], "moment": now}
    await tx.execute(_owner_statement(tx.dialect.name), told)


@cache  # it runs with whatever an owner does, and building it took longer than running it
def _owner_statement(dialect: str) -> Insert:
    owner = {"participant_id": bindparam("person"), "role": "owner", "since": bindparam("moment")}
    statement = dialect_insert(dialect, team).values(**owner, name=bindparam("called"), removed_at=None)
    name, gone = statement.excluded.name, team.c.removed_at.is_not(None)
    # Who was removed before must not come back as what they were, once the configuration drops them.
    changed = {"name": name, "removed_at": None, "role": case((gone, "owner"), else_=team.c.role)}
    new = or_(team.c.name != name, gone)
    return statement.on_conflict_do_update(index_elements=["participant_id"], set_=changed, where=new)


async def was_ever_member(tx: Tx, participant_id: int) -> bool:
    """Returns whether they belong to the team, or once did."""
    statement = select(team.c.participant_id).where(team.c.participant_id == participant_id)
    return (await tx.execute(statement)).one_or_none() is not None


async def change_role(tx: Tx, participant_id: int, role: Role) -> bool:
    """Changes a member's role; returns whether it is another one than before."""
    statement = update(team).where(team.c.participant_id == participant_id, team.c.removed_at.is_(None))
    return (await tx.execute(statement.where(team.c.role != role).values(role=role))).rowcount == 1


async def remove(tx: Tx, participant_id: int, *, now: datetime) -> bool:
    """Removes a member; returns False where they did not belong to the team."""
    statement = update(team).where(team.c.participant_id == participant_id, team.c.removed_at.is_(None))
    return (await tx.execute(statement.values(removed_at=now))).rowcount == 1
