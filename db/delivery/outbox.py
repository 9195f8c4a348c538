"""What we have to say to people who have not just written to us: kinds, states, and what is put there."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select, update

from db.engine.changes import note_change
from db.engine.database import Tx, insert_into
from db.tables import outbox

REMINDER, NOTICE, CALENDAR, PLACE = "reminder", "notice", "calendar", "place"
MOVED, CORRECTION, DIGEST = "moved", "correction", "digest"
CARD, AMENDMENT, RECALL = "card", "amendment", "recall"
DETAIL, REVISION = "detail", "revision"  # something of a session is known now; what was said of it, changed in place
REPLY, QUESTION, ANSWER, NOTE, ANNOUNCEMENT = "reply", "question", "answer", "note", "announcement"
WAITING, HELD, CLAIMED = "waiting", "held", "claimed"
SENT, UNREACHABLE, REFUSED = "sent", "unreachable", "refused"
EXPIRED, CANCELLED, UNKNOWN = "expired", "cancelled", "unknown"
# Saying these twice is worse than once too few: one that may have arrived is listed, not repeated.
NEVER_TWICE = frozenset({ANNOUNCEMENT, ANSWER})
# About an announcement, whose number is in the payload.
ANNOUNCED = frozenset({ANNOUNCEMENT, CARD, AMENDMENT, RECALL})
# Messages to single people should arrive at once.
_AT_ONCE = timedelta(minutes=1)
_NOTE_GOOD_FOR = timedelta(days=2)


async def insert_rows(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts those that are not there yet; delivery is woken once they are committed."""
    if rows:
        await tx.execute(insert_into(tx, outbox).on_conflict_do_nothing(), list(rows))
        note_change(tx, "outbox")


async def insert_selected(tx: Tx, columns: Sequence[str], rows: Select[Any]) -> int:
    """Inserts what is selected and not there yet; returns how many are new. Delivery is woken where there are any."""
    put = insert_into(tx, outbox).from_select(list(columns), rows).on_conflict_do_nothing()
    new = (await tx.execute(put)).rowcount
    if new:
        note_change(tx, "outbox")
    return new


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
    await insert_rows(tx, rows)


def _row(
    kind: str, subject: str, participant_id: int, payload: Mapping[str, Any], *, now: datetime, good_until: datetime
) -> dict[str, Any]:
    return {
        "kind": kind,
        "subject": subject,
        "participant_id": participant_id,
        "payload": dict(payload),
        "due_at": now,
        "deadline": now + _AT_ONCE,
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
    await insert_rows(tx, rows)


async def put_answers(
    tx: Tx, subject: str, answer_id: int, asked: Mapping[int, int], *, now: datetime, good_until: datetime
) -> None:
    """The team's answer on its way to each who asked (participant to question)."""
    rows = [
        _row(ANSWER, subject, each, {"answer": answer_id, "question": question}, now=now, good_until=good_until)
        for each, question in asked.items()
    ]
    await insert_rows(tx, rows)


async def put_place(
    tx: Tx, participant_id: int, session_id: int, turn: int, *, now: datetime, good_until: datetime
) -> None:
    """A place has come free for somebody who waited; `turn` is theirs in the waiting list."""
    row = _row(
        PLACE, f"place/{session_id}/{turn}", participant_id, {"session": session_id}, now=now, good_until=good_until
    )
    await insert_rows(tx, [row])


async def put_note(
    tx: Tx, subject: str, participant_ids: Sequence[int], payload: Mapping[str, Any], *, now: datetime
) -> None:
    """Something organizers should know, once each, however often it is asked."""
    until = now + _NOTE_GOOD_FOR
    rows = [_row(NOTE, subject, each, payload, now=now, good_until=until) for each in participant_ids]
    await insert_rows(tx, rows)


async def put_digest(tx: Tx, participant_id: int, *, since: datetime, now: datetime, good_until: datetime) -> None:
    """What matters now, for somebody who was out of reach since then."""
    about = f"digest/{since.isoformat()}"
    row = _row(DIGEST, about, participant_id, {"since": since.isoformat()}, now=now, good_until=good_until)
    await insert_rows(tx, [row])


async def cancel_waiting(tx: Tx, session_id: int, *, reason: str, now: datetime) -> int:
    """Takes back what has not left yet about that session."""
    waiting = update(outbox).where(outbox.c.session_id == session_id, outbox.c.state == WAITING)
    return (await tx.execute(waiting.values(state=CANCELLED, settled_at=now, reason=reason))).rowcount


async def totals(tx: Tx, kind: str | None = None) -> dict[str, int]:
    """How many rows are in each state."""
    count = select(outbox.c.state, func.count().label("rows")).group_by(outbox.c.state)
    if kind is not None:
        count = count.where(outbox.c.kind == kind)
    return {row.state: row.rows for row in await tx.execute(count)}
