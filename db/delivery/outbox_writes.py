"""Statements that put rows into the outbox for many people at once, or take rows back before they are sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select, update

from db.delivery.outbox import CANCELLED, SENT, WAITING, insert_selected
from db.engine.database import Tx
from db.tables import outbox, participants

_COLUMNS = [
    "kind", "subject", "participant_id", "session_id", "payload",
    "due_at", "deadline", "good_until", "state", "attempts", "not_before", "message_id", "language",
]  # fmt: skip

# The messages that have been sent already, for conditions on them; the rows that are written are in `outbox` too.
sent = outbox.alias("sent")


@dataclass(frozen=True, slots=True)
class NewRows:
    """What the rows of one statement have in common; all moments are aware and in UTC."""

    kind: str
    subject: str
    payload: Mapping[str, Any]
    due_at: datetime
    deadline: datetime
    good_until: datetime
    session_id: int | None = None
    state: str = WAITING
    not_before: datetime | None = None


def rows_for_people(rows: NewRows, *conditions: ColumnElement[bool]) -> Select[Any]:
    """Selects one new row for each participant who matches the conditions."""
    return select(
        *_values(rows, literal(rows.subject), participants.c.id, _null("message_id"), _null("language"))
    ).where(*conditions)


def rows_for_sent(rows: NewRows, *conditions: ColumnElement[bool], per_message: bool = False) -> Select[Any]:
    """Selects one new row for each message that was sent and matches the conditions on `sent` and its participant.

    With `per_message` the number of the message is added to the subject, so that one person may get several rows.
    """
    subject = literal(rows.subject)
    subjects = subject.concat(literal("/")).concat(cast(sent.c.id, String)) if per_message else subject
    found = select(*_values(rows, subjects, sent.c.participant_id, sent.c.message_id, sent.c.language))
    found = found.join_from(sent, participants, participants.c.id == sent.c.participant_id)
    return found.where(sent.c.state == SENT, sent.c.message_id.is_not(None), *conditions)


def _values(
    rows: NewRows,
    subject: ColumnElement[str],
    participant_id: ColumnElement[int],
    message_id: ColumnElement[Any],
    language: ColumnElement[Any],
) -> list[ColumnElement[Any]]:
    moment = outbox.c.due_at.type
    return [
        literal(rows.kind).label("kind"),
        subject.label("subject"),
        participant_id,
        literal(rows.session_id, outbox.c.session_id.type),
        literal(dict(rows.payload), outbox.c.payload.type),
        literal(rows.due_at, moment),
        literal(rows.deadline, moment),
        literal(rows.good_until, moment),
        literal(rows.state),
        literal(0),
        literal(rows.not_before, moment),
        message_id,
        language,
    ]


def _null(column: str) -> ColumnElement[Any]:
    return cast(literal(None), outbox.c[column].type)


async def insert_rows(tx: Tx, rows: Select[Any]) -> int:
    """Inserts those rows and returns how many were new; a row that is there already is left as it is."""
    return await insert_selected(tx, _COLUMNS, rows)


async def cancel_rows(tx: Tx, *conditions: ColumnElement[bool], reason: str, now: datetime) -> int:
    """Cancels the waiting rows that match the conditions and returns how many; what was claimed is not touched."""
    waiting = update(outbox).where(outbox.c.state == WAITING, *conditions)
    return (await tx.execute(waiting.values(state=CANCELLED, settled_at=now, reason=reason))).rowcount


async def count_rows(tx: Tx, *rows: Select[Any]) -> int:
    """Returns how many rows those statements would insert; inserts nothing."""
    return sum([await count(tx, select(func.count()).select_from(each.subquery())) for each in rows])


async def count_people(tx: Tx, *conditions: ColumnElement[bool]) -> int:
    """Returns how many participants match the conditions."""
    return await count(tx, select(func.count()).select_from(participants).where(*conditions))


async def count(tx: Tx, counted: Select[Any]) -> int:
    """Returns the one number that the statement selects."""
    return int((await tx.execute(counted)).scalar_one())
