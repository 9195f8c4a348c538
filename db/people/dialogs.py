"""Remembers at which step of a dialog each person is, with the answers so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, select, update
from sqlalchemy.sql.dml import ReturningInsert

from db.engine.database import Tx, dialect_insert
from db.tables import dialogs

# Versions begin at the clock: a button of an earlier conversation of that name fits none of the present one.
_VERSIONS = 1_000_000


@dataclass(frozen=True, slots=True)
class DialogState:
    """One person's step in a dialog, with what they have answered so far."""

    name: str
    step: str
    answers: Mapping[str, Any]
    updated_at: datetime
    version: int
    rests: bool = False


COLUMNS = (
    dialogs.c.name,
    dialogs.c.step,
    dialogs.c.answers,
    dialogs.c.updated_at,
    dialogs.c.version,
    dialogs.c.rests,
)
# Built once: these run with every update.
_CURRENT = select(*COLUMNS).where(dialogs.c.participant_id == bindparam("person"), dialogs.c.rests.is_(False))
_BY_NAME = select(*COLUMNS).where(
    dialogs.c.participant_id == bindparam("person"), dialogs.c.name == bindparam("dialog")
)


async def current(tx: Tx, participant_id: int) -> DialogState | None:
    """Returns the dialog that goes on with this person; None where there is none."""
    row = (await tx.execute(_CURRENT, {"person": participant_id})).first()
    return DialogState(*row) if row else None


async def get(tx: Tx, participant_id: int, name: str) -> DialogState | None:
    """Returns that dialog, whether it goes on or rests; None where there is none."""
    row = (await tx.execute(_BY_NAME, {"person": participant_id, "dialog": name})).one_or_none()
    return DialogState(*row) if row else None


def _going_on(participant_id: int) -> ColumnElement[bool]:
    return and_(dialogs.c.participant_id == participant_id, dialogs.c.rests.is_(False))


def _is_dialog(participant_id: int, name: str) -> ColumnElement[bool]:
    return and_(dialogs.c.participant_id == participant_id, dialogs.c.name == name)


async def begin(tx: Tx, participant_id: int, name: str, step: str, /, *, now: datetime, **answers: object) -> int:
    """Begins a dialog at that step, or begins it anew; any other dialog of theirs rests. Returns its version."""
    await _rest(tx, participant_id, all_but=name)
    told = {"person": participant_id, "dialog": name, "at_step": step, "given": answers, "moment": now}
    told["first"] = int(now.timestamp()) % _VERSIONS
    return (await tx.execute(_begin_statement(tx.dialect.name), told)).scalar_one()


@cache  # building it takes longer than running it
def _begin_statement(dialect: str) -> ReturningInsert[int]:
    place: dict[str, Any] = {
        "step": bindparam("at_step"),
        "answers": bindparam("given"),
        "updated_at": bindparam("moment"),
    }
    who: dict[str, Any] = {
        "participant_id": bindparam("person"),
        "name": bindparam("dialog"),
        "version": bindparam("first"),
    }
    statement = dialect_insert(dialect, dialogs).values(**who, **place, rests=False)
    new = {name: statement.excluded[name] for name in place}
    again = statement.on_conflict_do_update(
        index_elements=["participant_id", "name"], set_={**new, "rests": False, "version": dialogs.c.version + 1}
    )
    return again.returning(dialogs.c.version)


# Built once: it runs with most updates.
_REST = (
    update(dialogs)
    .where(
        dialogs.c.participant_id == bindparam("person"),
        dialogs.c.rests.is_(False),
        dialogs.c.name != bindparam("all_but"),
    )
    .values(rests=True)
)


async def _rest(tx: Tx, participant_id: int, *, all_but: str) -> None:
    await tx.execute(_REST, {"person": participant_id, "all_but": all_but})


async def move(
    tx: Tx, participant_id: int, state: DialogState, step: str, answers: Mapping[str, Any], *, now: datetime
) -> bool:
    """Moves on to that step; returns False where another replica, or an earlier tap, took this step already."""
    statement = update(dialogs).where(_is_dialog(participant_id, state.name), dialogs.c.version == state.version)
    place = {"step": step, "answers": dict(answers), "updated_at": now, "rests": False}
    return (await tx.execute(statement.values(version=state.version + 1, **place))).rowcount == 1


async def close(tx: Tx, participant_id: int, state: DialogState) -> bool:
    """Deletes the dialog after its last step; returns False where that step was taken already."""
    statement = delete(dialogs).where(_is_dialog(participant_id, state.name), dialogs.c.version == state.version)
    return (await tx.execute(statement)).rowcount == 1


async def rest(tx: Tx, participant_id: int) -> None:
    """Lets the dialog rest: what is typed next is no answer to it; it can be continued by its name."""
    await _rest(tx, participant_id, all_but="")


async def end(tx: Tx, participant_id: int, name: str | None = None) -> bool:
    """Deletes the dialog that goes on, or the one of that name; returns whether there was one."""
    which = _going_on(participant_id) if name is None else _is_dialog(participant_id, name)
    return (await tx.execute(delete(dialogs).where(which))).rowcount > 0


async def forget(tx: Tx, *, before: datetime, name: str | None = None) -> None:
    """Deletes dialogs (of that name) that nobody has continued since then: they may hold people's own words."""
    of_name = [] if name is None else [dialogs.c.name == name]
    await tx.execute(delete(dialogs).where(dialogs.c.updated_at < before, *of_name))
