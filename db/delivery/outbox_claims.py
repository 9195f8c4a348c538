"""Claims messages for sending and records their outcomes, so that none is lost or sent twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, ScalarSelect, String, bindparam, func, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

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


# Built once, with bound names: one of these runs with every look at the outbox.
_EXPIRED = (
    update(outbox)
    .where(outbox.c.state == WAITING, outbox.c.good_until <= bindparam("moment"))
    .values(state=EXPIRED, settled_at=bindparam("moment"), reason="past its deadline")
)
_CLAIMED = update(outbox).where(outbox.c.state == CLAIMED)
# Whose claims are recovered: of one sender, of everybody, or those past their lease but for a sender that is alive.
_CLAIMED_BY = {
    "one": _CLAIMED.where(outbox.c.owner == bindparam("claimant")),
    "all": _CLAIMED,
    "late": _CLAIMED.where(outbox.c.lease_until < bindparam("moment"), outbox.c.owner != bindparam("claimant")),
}
_UNKNOWN = {
    whose: claimed.where(outbox.c.kind.in_(NEVER_TWICE)).values(
        state=UNKNOWN,
        settled_at=bindparam("settled"),
        reason="a stop came while it was being sent",
        owner=None,
        lease_until=None,
    )
    for whose, claimed in _CLAIMED_BY.items()
}
_AGAIN = {whose: claimed.values(state=WAITING, owner=None, lease_until=None) for whose, claimed in _CLAIMED_BY.items()}


async def expire(tx: Tx, *, now: datetime) -> int:
    """Expires waiting rows that are past their good_until; returns how many."""
    return (await tx.execute(_EXPIRED, {"moment": now})).rowcount


async def recover_claims(
    tx: Tx, *, now: datetime, owner_is_gone: bool = False, owner: str | None = None, alive: str = ""
) -> None:
    """Recovers what a dead sender had claimed: rows past their lease; all of `owner`; all where no other can be alive.

    They may have been sent: what must not be sent twice becomes `unknown`, the rest is sent again. What `alive` has
    claimed stays: whoever looks knows what it is sending itself, however far the clock went on while the machine slept.
    """
    named: dict[str, Any]
    if owner is not None:
        whose, named = "one", {"claimant": owner}
    elif owner_is_gone:
        whose, named = "all", {}
    else:
        whose, named = "late", {"claimant": alive, "moment": now}
    await tx.execute(_UNKNOWN[whose], named | {"settled": now})
    await tx.execute(_AGAIN[whose], named)


@cache
def _claim_statement() -> ReturningUpdate[Any]:
    ready = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("moment"))
    # As a CTE: SKIP LOCKED inside IN (...) may take more than its LIMIT on PostgreSQL.
    chosen = (
        select(outbox.c.id)
        .where(outbox.c.state == WAITING, ready, outbox.c.good_until > bindparam("moment"))
        .order_by(outbox.c.deadline, outbox.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    rows = update(outbox).where(outbox.c.id.in_(select(chosen.c.id)))
    lease: dict[str, Any] = {"owner": bindparam("claimant"), "lease_until": bindparam("leased")}
    claimed = rows.values(state=CLAIMED, **lease, attempts=outbox.c.attempts + 1)
    return claimed.returning(outbox.c.deadline, *_MESSAGE_COLUMNS)


async def claim(tx: Tx, *, owner: str, now: datetime, lease_until: datetime, limit: int) -> list[OutboxMessage]:
    """Claims messages until `lease_until`, the soonest deadlines first."""
    asked = {"claimant": owner, "moment": now, "leased": lease_until, "most": limit}
    messages = [(row[0], OutboxMessage(*row[1:])) for row in await tx.execute(_claim_statement(), asked)]
    return [message for _, message in sorted(messages, key=lambda each: (each[0], each[1].id))]


async def is_claimed_by(tx: Tx, outbox_id: int, owner: str) -> bool:
    """Returns whether that owner still holds the message: nobody has stopped it or taken it over."""
    claimed = select(outbox.c.id).where(outbox.c.id == outbox_id, outbox.c.state == CLAIMED, outbox.c.owner == owner)
    return (await tx.execute(claimed)).scalar_one_or_none() is not None


async def release(tx: Tx, owner: str) -> None:
    """Releases what that sender has claimed and not sent."""
    claimed = update(outbox).where(outbox.c.state == CLAIMED, outbox.c.owner == owner)
    await tx.execute(claimed.values(state=WAITING, owner=None, lease_until=None, attempts=outbox.c.attempts - 1))


_KEPT_BACK = select(func.min(outbox.c.not_before)).where(
    outbox.c.state == WAITING, outbox.c.not_before > bindparam("moment")
)


async def next_not_before(tx: Tx, *, now: datetime) -> datetime | None:
    """Returns when the next message that is kept back may be sent (UTC); None where there is none."""
    found: datetime | None = (await tx.execute(_KEPT_BACK, {"moment": now})).scalar_one_or_none()
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


_RECORDED = _CLAIMED.where(outbox.c.id == bindparam("row_id")).values(
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


async def record_outcomes(tx: Tx, outcomes: Sequence[RecordedOutcome], *, now: datetime) -> None:
    """Records outcomes, only of messages that are still claimed."""
    await tx.execute(_RECORDED, [_changes(each, now) for each in outcomes])
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
