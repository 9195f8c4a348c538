"""Where a conversation of several steps stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from db.database import Tx, insert_into
from db.tables import dialogs


@dataclass(frozen=True, slots=True)
class DialogState:
    """One person's place in a conversation, with what they have answered so far."""

    name: str
    step: str
    answers: Mapping[str, Any]
    updated_at: datetime


async def current(tx: Tx, participant_id: int) -> DialogState | None:
    """The conversation this person is in, if any."""
    columns = (dialogs.c.name, dialogs.c.step, dialogs.c.answers, dialogs.c.updated_at)
    row = (await tx.execute(select(*columns).where(dialogs.c.participant_id == participant_id))).one_or_none()
    return DialogState(*row) if row else None


async def begin(tx: Tx, participant_id: int, name: str, step: str, *, now: datetime, **answers: object) -> None:
    """Puts the person at that step, whatever they were in before."""
    place = {"name": name, "step": step, "answers": answers, "updated_at": now}
    row = {"participant_id": participant_id, "version": 1, **place}
    statement = insert_into(tx, dialogs).values(row)
    again = statement.on_conflict_do_update(
        index_elements=["participant_id"], set_={**place, "version": dialogs.c.version + 1}
    )
    await tx.execute(again)


async def end(tx: Tx, participant_id: int) -> bool:
    """Leaves the conversation; whether there was one."""
    result = await tx.execute(delete(dialogs).where(dialogs.c.participant_id == participant_id))
    return result.rowcount > 0
