"""Claims messages for sending and records their outcomes, so that none is lost or sent twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ScalarSelect, String, bindparam, func, or_, select, update

from db.delivery.outbox import CLAIMED, EXPIRED, HELD, NEVER_TWICE, UNKNOWN, WAITING
from db.engine.database import Tx
from db.tables import outbox, participants
from locales.localized import Language


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A claimed message, to be sent now."""

    id: int
    kind: str
    participant_id: int
    session_id: int | None
    payload: Mapping[str, Any]
    due_at: datetime
    good_until: datetime
    attempts: int
    message_id: int | None  # of a message to be changed
    chat_id: int  # in Telegram; a group's is negative
    language: Language | None = None  # of the message that a correction changes


def _chat_id() -> ScalarSelect[int]:
    return select(participants.c.telegram_id).where(participants.c.id == outbox.c.participant_id).scalar_subquery()


_MESSAGE_COLUMNS = (
    outbox.c.id,
    outbox.c.kind,
    outbox.c.participant_id,
    outbox.c.session_id,
    outbox.c.payload,
    outbox.c.due_at,
    outbox.c.good_until,
    outbox.c.attempts,
    outbox.c.message_id,
    _chat_id(),
    outbox.c.language,
)


async def expire(tx: Tx, *, now: datetime) -> int:
    """Expires waiting rows that are past their good_until; returns how many."""
    late = update(outbox).where(outbox.c.state == WAITING, outbox.c.good_until <= now)
    return (await tx.execute(late.values(state=EXPIRED, settled_at=now, reason="past its deadline"))).rowcount


async def recover_claims(
    tx: Tx, *, now: datetime, owner_is_gone: bool = False, owner: str | None = None, alive: str = ""
) -> None:
    """Recovers what a dead sender had claimed: rows past their lease; all of `owner`; all where no other can be alive.

    They may have been sent: what must not be sent twice becomes `unknown`, the rest is sent again. What `alive` has
    claimed stays: whoever looks knows what it is sending itself, however far the clock went on while the machine slept.
    """
    claimed = update(outbox).where(outbox.c.state == CLAIMED)
    if owner is not None:
        claimed = claimed.where(outbox.c.owner == owner)
    elif not owner_is_gone:
        claimed = claimed.where(outbox.c.lease_until < now, outbox.c.owner != alive)
    never_twice = claimed.where(outbox.c.kind.in_(NEVER_TWICE))
    reason = "a stop came while it was being sent"
    await tx.execute(never_twice.values(state=UNKNOWN, settled_at=now, reason=reason, owner=None, lease_until=None))
    await tx.execute(claimed.values(state=WAITING, owner=None, lease_until=None))


async def claim(tx: Tx, *, owner: str, now: datetime, lease_until: datetime, limit: int) -> list[OutboxMessage]:
    """Claims messages until `lease_until`, the soonest deadlines first."""
    ready = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now)
    # As a CTE: SKIP LOCKED inside IN (...) may take more than its LIMIT on PostgreSQL.
    chosen = (
        select(outbox.c.id)
        .where(outbox.c.state == WAITING, ready, outbox.c.good_until > now)
        .order_by(outbox.c.deadline, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    rows = update(outbox).where(outbox.c.id.in_(select(chosen.c.id)))
    statement = rows.values(state=CLAIMED, owner=owner, lease_until=lease_until, attempts=outbox.c.attempts + 1)
    messages = [
        (row[0], OutboxMessage(*row[1:]))
        for row in await tx.execute(statement.returning(outbox.c.deadline, *_MESSAGE_COLUMNS))
    ]
    return [message for _, message in sorted(messages, key=lambda each: (each[0], each[1].id))]


async def is_claimed_by(tx: Tx, outbox_id: int, owner: str) -> bool:
    """Returns whether that owner still holds the message: nobody has stopped it or taken it over."""
    claimed = select(outbox.c.id).where(outbox.c.id == outbox_id, outbox.c.state == CLAIMED, outbox.c.owner == owner)
    return (await tx.execute(claimed)).scalar_one_or_none() is not None


async def release(tx: Tx, owner: str) -> None:
    """Releases what that sender has claimed and not sent."""
    claimed = update(outbox).where(outbox.c.state == CLAIMED, outbox.c.owner == owner)
    await tx.execute(claimed.values(state=WAITING, owner=None, lease_until=None, attempts=outbox.c.attempts - 1))


async def next_not_before(tx: Tx, *, now: datetime) -> datetime | None:
    """Returns when the next message that is kept back may be sent (UTC); None where there is none."""
    kept = select(func.min(outbox.c.not_before)).where(outbox.c.state == WAITING, outbox.c.not_before > now)
    found: datetime | None = (await tx.execute(kept)).scalar_one_or_none()
    return found


@dataclass(frozen=True, slots=True)
class RecordedOutcome:
    """What became of a claimed message; `waiting` puts it back."""

    outbox_id: int
    state: str
    message_id: int | None = None
    reason: str | None = None
    not_before: datetime | None = None
    uncounted: int = 0  # 1: this attempt does not count
    erase_payload: bool = False  # it may hold a person's own words
    language: Language | None = None  # in which an announcement arrived


async def record_outcomes(tx: Tx, outcomes: Sequence[RecordedOutcome], *, now: datetime) -> None:
    """Records outcomes, only of messages that are still claimed."""
    claimed = update(outbox).where(outbox.c.id == bindparam("row_id"), outbox.c.state == CLAIMED)
    statement = claimed.values(
        state=bindparam("now_state"),
        settled_at=bindparam("settled"),
        message_id=func.coalesce(bindparam("message", type_=BigInteger), outbox.c.message_id),
        reason=bindparam("why"),
        not_before=bindparam("kept_until"),
        attempts=outbox.c.attempts - bindparam("uncounted"),
        language=func.coalesce(bindparam("arrived_in", type_=String), outbox.c.language),
        owner=None,
        lease_until=None,
    )
    await tx.execute(statement, [_changes(each, now) for each in outcomes])
    if erased := [each.outbox_id for each in outcomes if each.erase_payload]:
        await tx.execute(update(outbox).where(outbox.c.id.in_(erased)).values(payload={}))


def _changes(outcome: RecordedOutcome, now: datetime) -> dict[str, Any]:
    return {
        "row_id": outcome.outbox_id,
        "now_state": outcome.state,
        "settled": None if outcome.state in {WAITING, HELD} else now,
        "message": outcome.message_id,
        "why": outcome.reason,
        "kept_until": outcome.not_before,
        "uncounted": outcome.uncounted,
        "arrived_in": outcome.language,
    }
