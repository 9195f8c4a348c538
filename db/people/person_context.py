"""What a turn needs to know of a person, in one statement instead of five: each costs more than all that it finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import and_, bindparam, exists, select

from db import tables as t
from db.engine.database import Tx
from db.people import conversation_context, dialogs, participants, tombstones
from db.people.conversation_context import REMEMBERED, Talk
from db.people.dialogs import DialogState
from db.people.participants import Participant


@dataclass(frozen=True, slots=True)
class PersonContext:
    """How things stood when a turn began."""

    person: Participant
    deleted_at: datetime | None  # when who had this number was deleted last
    dialog: DialogState | None  # the conversation that goes on
    talk: Talk | None  # what was talked about within the last minutes
    decided: bool  # whether they have ever been asked what they allow


_PERSON, _DIALOG, _TALK = len(participants.COLUMNS), len(dialogs.COLUMNS), len(conversation_context.COLUMNS)
_TELEGRAM_ID = participants.COLUMNS.index(t.participants.c.telegram_id)
_AT = (
    select(
        *participants.COLUMNS,
        *dialogs.COLUMNS,
        *conversation_context.COLUMNS,
        t.talks.c.updated_at,
        t.tombstones.c.deleted_at,
        exists().where(t.consents.c.participant_id == t.participants.c.id),
    )
    .select_from(t.participants)
    .outerjoin(t.team, and_(t.team.c.participant_id == t.participants.c.id, t.team.c.removed_at.is_(None)))
    .outerjoin(t.dialogs, and_(t.dialogs.c.participant_id == t.participants.c.id, t.dialogs.c.rests.is_(False)))
    .outerjoin(t.talks, t.talks.c.participant_id == t.participants.c.id)
    .outerjoin(t.tombstones, t.tombstones.c.mark == bindparam("mark"))
)
_ONE = _AT.where(t.participants.c.telegram_id == bindparam("whom"))
_MANY = _AT.where(t.participants.c.telegram_id.in_(bindparam("whom", expanding=True)))
# What was looked up ahead, for who answers many in one transaction. Each is used once, at the beginning of its turn.
_ahead: "WeakKeyDictionary[Tx, dict[int, Sequence[Any]]]" = WeakKeyDictionary()


async def look_ahead(tx: Tx, telegram_ids: Sequence[int]) -> None:
    """At all of them in one statement; at() finds them there."""
    if len(telegram_ids) > 1 and not await tombstones.any_of(tx, telegram_ids):
        rows = await tx.execute(_MANY, {"whom": list(telegram_ids), "mark": ""})
        _ahead[tx] = {row[_TELEGRAM_ID]: row for row in rows}


async def at(tx: Tx, telegram_id: int, *, now: datetime) -> PersonContext | None:
    """That person as they are now; None for somebody we have not met."""
    row: Sequence[Any] | None = _ahead.get(tx, {}).pop(telegram_id, None)
    if row is None:
        mark = await tombstones.mark_of(tx, telegram_id)
        row = (await tx.execute(_ONE, {"whom": telegram_id, "mark": mark})).first()
    return None if row is None else _read(row, now)


def _read(row: Sequence[Any], now: datetime) -> PersonContext:
    values: list[Any] = list(row)
    dialog, talk = values[_PERSON : _PERSON + _DIALOG], values[_PERSON + _DIALOG : -3]
    talked_at, deleted_at, decided = values[-3:]
    return PersonContext(
        Participant(*values[:_PERSON]),
        deleted_at,
        DialogState(*dialog) if dialog[0] is not None else None,
        Talk(*talk) if talked_at is not None and talked_at > now - REMEMBERED else None,
        bool(decided),
    )
