"""Inserts the reminders of many people that are due at one moment, with one INSERT…SELECT."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Exists, Select, and_, bindparam, exists, func, or_, select, update

from db.delivery import outbox_writes
from db.delivery.outbox import EXPIRED, REMINDER, WAITING
from db.delivery.outbox_writes import NewRows
from db.engine.database import Tx
from db.tables import outbox, participants, subscriptions


@dataclass(frozen=True, slots=True)
class BatchRows:
    """Messages of one kind about one session that are due at one moment."""

    subject: str
    session_id: int
    lead: str | None  # of the reminder they want; None: whoever wants any of that session
    payload: Mapping[str, Any]
    due_at: datetime
    deadline: datetime
    good_until: datetime
    zones: Sequence[str] | None = None  # only people there (None: everywhere)
    quiet: str | None = None  # only people with those quiet hours (None: all)
    zone_of_the_rest: str = ""  # of people who have set no zone
    kind: str = REMINDER


IdRange = tuple[int, int]  # participant ids from the first on, up to but without the second


async def insert_batch(tx: Tx, batch: BatchRows, among: IdRange | None = None) -> int:
    """Inserts one row for each subscriber of that batch, repeated or not; returns how many were new.

    Who subscribed after the moment it was due, or had reminders paused then, waits for the next; who blocked us gets
    no row.
    """
    return await outbox_writes.insert_rows(tx, _recipients(batch, among))


async def count_subscribers(tx: Tx, session_id: int, lead: str | None) -> int:
    """Returns how many people want that reminder (None: any) of that session: an estimate of a batch's size."""
    wanted = select(func.count()).where(subscriptions.c.session_id == session_id)
    if lead is not None:
        wanted = wanted.where(subscriptions.c.lead == lead)
    return int((await tx.execute(wanted)).scalar_one())


def _recipients(batch: BatchRows, among: IdRange | None) -> Select[Any]:
    rows = NewRows(
        batch.kind,
        batch.subject,
        batch.payload,
        batch.due_at,
        batch.deadline,
        batch.good_until,
        session_id=batch.session_id,
    )
    reachable = participants.c.unreachable_since.is_(None)
    return outbox_writes.rows_for_people(
        rows, _wanted(batch), *_in_slice(batch, among), reachable, _not_paused(batch.due_at)
    )


def _wanted(batch: BatchRows) -> Exists:
    wanted = exists().where(
        subscriptions.c.participant_id == participants.c.id,
        subscriptions.c.session_id == batch.session_id,
        subscriptions.c.muted.is_(False),
        subscriptions.c.since <= batch.due_at,
    )
    return wanted if batch.lead is None else wanted.where(subscriptions.c.lead == batch.lead)


def _in_slice(batch: BatchRows, among: IdRange | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if among is not None:
        found.append(participants.c.id.between(among[0], among[1] - 1))
    if batch.zones is not None:
        found.append(func.coalesce(participants.c.zone, batch.zone_of_the_rest).in_(batch.zones))
    if batch.quiet is not None:
        found.append(participants.c.quiet == batch.quiet)
    return found


def _not_paused(at: datetime) -> ColumnElement[bool]:
    return or_(participants.c.paused_until.is_(None), participants.c.paused_until <= at)


async def expire_superseded(tx: Tx, batch: BatchRows, among: IdRange | None = None) -> int:
    """Expires a person's earlier waiting reminders of the same session where this batch has brought a fresher one.

    Of several at one moment (moved before a night) the last that was planned stays.
    """
    asked = {"fresher": batch.subject, "session": batch.session_id, "moment": batch.due_at}
    if among is None:
        return (await tx.execute(_SUPERSEDED, asked)).rowcount
    return (await tx.execute(_SUPERSEDED_AMONG, asked | {"first": among[0], "last": among[1] - 1})).rowcount


_brought = outbox.alias("brought")
_fresher = exists().where(
    _brought.c.kind == REMINDER,
    _brought.c.subject == bindparam("fresher"),
    _brought.c.participant_id == outbox.c.participant_id,
    or_(_brought.c.due_at > outbox.c.due_at, and_(_brought.c.due_at == outbox.c.due_at, _brought.c.id > outbox.c.id)),
)
# Built once: it runs with every batch of reminders, for each slice of people.
_SUPERSEDED = (
    update(outbox)
    .where(outbox.c.kind == REMINDER, outbox.c.session_id == bindparam("session"), outbox.c.state == WAITING, _fresher)
    .values(state=EXPIRED, settled_at=bindparam("moment"), reason="a fresher reminder took its place")
)
_SUPERSEDED_AMONG = _SUPERSEDED.where(outbox.c.participant_id.between(bindparam("first"), bindparam("last")))
