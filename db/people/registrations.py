"""Remembers who is registered for a cycle, and their answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, select, update

from db.engine.database import Tx, insert_into
from db.tables import registrations


@dataclass(frozen=True, slots=True)
class Registration:
    """One person's registration; `country` is in two letters (ISO 3166)."""

    name: str
    organization: str
    sector: str
    country: str
    email: str | None
    needs: str | None
    registered_at: datetime
    changed_at: datetime


# What people answer themselves, and may change one by one.
FIELDS = ("name", "organization", "sector", "country", "email", "needs")
_COLUMNS = (*(registrations.c[each] for each in FIELDS), registrations.c.registered_at, registrations.c.changed_at)


# Built once: it runs with most updates.
_OF_PERSON = select(*_COLUMNS).where(
    registrations.c.participant_id == bindparam("person"), registrations.c.cycle == bindparam("cycle_key")
)


async def registration_of_person(tx: Tx, participant_id: int, cycle: str) -> Registration | None:
    """Returns that person's registration; None where there is none."""
    row = (await tx.execute(_OF_PERSON, {"person": participant_id, "cycle_key": cycle})).one_or_none()
    return Registration(*row) if row else None


def _is_row(participant_id: int, cycle: str) -> ColumnElement[bool]:
    return and_(registrations.c.participant_id == participant_id, registrations.c.cycle == cycle)


async def register(tx: Tx, participant_id: int, cycle: str, answers: Mapping[str, Any], *, now: datetime) -> None:
    """Writes the registration; replaces an earlier one."""
    answered = {each: answers.get(each) for each in FIELDS}
    row = {"participant_id": participant_id, "cycle": cycle, "registered_at": now, "changed_at": now, **answered}
    statement = insert_into(tx, registrations).values(row)
    changed = {**answered, "changed_at": now}
    await tx.execute(statement.on_conflict_do_update(index_elements=["participant_id", "cycle"], set_=changed))


async def change_field(
    tx: Tx, participant_id: int, cycle: str, field: str, value: str | None, *, now: datetime
) -> None:
    """Changes one answer."""
    statement = update(registrations).where(_is_row(participant_id, cycle))
    await tx.execute(statement.values({field: value, "changed_at": now}))


async def cancel(tx: Tx, participant_id: int, cycle: str) -> bool:
    """Deletes the registration; returns whether there was one."""
    return (await tx.execute(delete(registrations).where(_is_row(participant_id, cycle)))).rowcount > 0


async def count(tx: Tx, cycle: str) -> int:
    """Returns how many people are registered."""
    statement = select(func.count()).where(registrations.c.cycle == cycle)
    return int((await tx.execute(statement)).scalar_one())
