"""Put, claim, note: every message to someone who has not just written to us."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, and_, func, or_, select, update

from db.database import Tx, insert_into
from db.tables import outbox, participants

REMINDER, REPLY, QUESTION, NOTICE, CALENDAR, PLACE = "reminder", "reply", "question", "notice", "calendar", "place"
WAITING, CLAIMED = "waiting", "claimed"
SENT, UNREACHABLE, REFUSED = "sent", "unreachable", "refused"
EXPIRED, CANCELLED, UNKNOWN = "expired", "cancelled", "unknown"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that is ours to send now."""

    id: int
    kind: str
    participant_id: int
    session_id: int | None
    payload: Mapping[str, Any]
    due_at: datetime
    good_until: datetime
    attempts: int
    chat_id: int  # in Telegram; a group's is negative


async def put_replies(
    tx: Tx,
    participant_id: int,
    update_id: int,
    messages: Sequence[Mapping[str, Any]],
    *,
    now: datetime,
    good_until: datetime,
) -> None:
    """Answers that a stop kept from being said: they leave at the next start."""
    rows = [
        _row(REPLY, f"{update_id}/{number}", participant_id, message, now=now, good_until=good_until)
        for number, message in enumerate(messages)
    ]
    await tx.execute(insert_into(tx, outbox).on_conflict_do_nothing(), rows)


def _row(
    kind: str, subject: str, participant_id: int, payload: Mapping[str, Any], *, now: datetime, good_until: datetime
) -> dict[str, Any]:
    return {
        "kind": kind,
        "subject": subject,
        "participant_id": participant_id,
        "payload": dict(payload),
        "due_at": now,
        "good_until": good_until,
        "state": WAITING,
        "attempts": 0,
    }


async def put_question(
    tx: Tx, question_id: int, participant_ids: Sequence[int], *, now: datetime, good_until: datetime
) -> None:
    """A question on its way to each of those organizers; its words are read when it is sent."""
    rows = [
        _row(QUESTION, f"question/{question_id}", each, {"question": question_id}, now=now, good_until=good_until)
        for each in participant_ids
    ]
    if rows:
        await tx.execute(insert_into(tx, outbox).on_conflict_do_nothing(), rows)


async def put_place(
    tx: Tx, participant_id: int, session_id: int, turn: int, *, now: datetime, good_until: datetime
) -> None:
    """A place has come free for somebody who waited; `turn` is theirs in the waiting list."""
    row = _row(
        PLACE, f"place/{session_id}/{turn}", participant_id, {"session": session_id}, now=now, good_until=good_until
    )
    await tx.execute(insert_into(tx, outbox).values(row).on_conflict_do_nothing())


async def forget_words(tx: Tx, letter_id: int) -> None:
    """Empties what was said: it may hold a person's own words."""
    await tx.execute(update(outbox).where(outbox.c.id == letter_id).values(payload={}))


async def cancel_waiting(tx: Tx, session_id: int, *, reason: str, now: datetime) -> int:
    """Takes back what has not left yet about that session."""
    waiting = update(outbox).where(outbox.c.session_id == session_id, outbox.c.state == WAITING)
    return (await tx.execute(waiting.values(state=CANCELLED, settled_at=now, reason=reason))).rowcount


async def expire(tx: Tx, *, now: datetime) -> int:
    """Marks what is past its good_until: it will never be sent."""
    late = update(outbox).where(outbox.c.state == WAITING, outbox.c.good_until <= now)
    return (await tx.execute(late.values(state=EXPIRED, settled_at=now, reason="past its deadline"))).rowcount


async def claim(tx: Tx, *, owner: str, now: datetime, lease_until: datetime, limit: int) -> list[Letter]:
    """The soonest deadlines first, ours until `lease_until`; also what a dead sender left."""
    lapsed = and_(outbox.c.state == CLAIMED, outbox.c.lease_until < now)
    # As a CTE: SKIP LOCKED inside IN (...) may take more than its LIMIT on PostgreSQL.
    chosen = (
        select(outbox.c.id)
        .where(or_(outbox.c.state == WAITING, lapsed), outbox.c.good_until > now)
        .order_by(outbox.c.good_until, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    mine = update(outbox).where(outbox.c.id.in_(select(chosen.c.id)))
    taken = mine.values(state=CLAIMED, owner=owner, lease_until=lease_until, attempts=outbox.c.attempts + 1)
    columns = (
        outbox.c.id,
        outbox.c.kind,
        outbox.c.participant_id,
        outbox.c.session_id,
        outbox.c.payload,
        outbox.c.due_at,
        outbox.c.good_until,
        outbox.c.attempts,
        _chat_of_it(),
    )
    letters = [Letter(*row) for row in await tx.execute(taken.returning(*columns))]
    return sorted(letters, key=lambda letter: (letter.good_until, letter.id))


def _chat_of_it() -> ScalarSelect[int]:
    return select(participants.c.telegram_id).where(participants.c.id == outbox.c.participant_id).scalar_subquery()


async def note(
    tx: Tx,
    letter_id: int,
    outcome: str,
    *,
    now: datetime,
    message_id: int | None = None,
    reason: str | None = None,
) -> None:
    """What became of it."""
    mine = update(outbox).where(outbox.c.id == letter_id, outbox.c.state == CLAIMED)
    await tx.execute(mine.values(state=outcome, settled_at=now, message_id=message_id, reason=reason))


async def give_back(tx: Tx, letter_ids: Collection[int] | None = None) -> None:
    """Lets claimed letters be claimed again: those, or all of them (None) when no other sender can be alive."""
    claimed = update(outbox).where(outbox.c.state == CLAIMED)
    if letter_ids is not None:
        claimed = claimed.where(outbox.c.id.in_(list(letter_ids)))
    await tx.execute(claimed.values(state=WAITING, owner=None, lease_until=None))


async def totals(tx: Tx, kind: str | None = None) -> dict[str, int]:
    """How many rows are in each state."""
    count = select(outbox.c.state, func.count().label("rows")).group_by(outbox.c.state)
    if kind is not None:
        count = count.where(outbox.c.kind == kind)
    return {row.state: row.rows for row in await tx.execute(count)}
