"""The outbox, for messages to people who have not just written: its kinds and states, and rows for single people."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from db.engine.database import Tx, insert_into, note_change
from db.tables import outbox

REMINDER, NOTICE, CALENDAR, PLACE = "reminder", "notice", "calendar", "place"
MOVED, CORRECTION, DIGEST = "moved", "correction", "digest"
CARD, AMENDMENT, RECALL = "card", "amendment", "recall"
DETAIL, REVISION = "detail", "revision"  # a detail of a session is known now; what was sent about it, edited
LETTER = "letter"  # of the team, to one person
AFTER, SURVEY, NUDGE = "after", "survey", "nudge"  # after a session, after the cycle; to who has not answered yet
SUMMARY = "summary"  # of a session or the cycle, for the team
PANEL, PANEL_ANSWER = "panel", "panel_answer"  # what became of a question to a panel; the team's answer to it
OFFER = "offer"  # what the team asks or has decided about an offered practice
MEETING = "meeting"  # asks one of two about the other; or tells both of each other
REPLY, QUESTION, ANSWER, NOTE, ANNOUNCEMENT = "reply", "question", "answer", "note", "announcement"
WAITING, HELD, CLAIMED = "waiting", "held", "claimed"
SENT, UNREACHABLE, REFUSED = "sent", "unreachable", "refused"
EXPIRED, CANCELLED, UNKNOWN = "expired", "cancelled", "unknown"
# A reason of CANCELLED: the person's pause lasts longer than the message is good for.
REMINDERS_PAUSED = "reminders are paused"
# One of these that may have arrived is not repeated: the team sees of announcements and answers whom they may not have
# reached, and decides; a nudge says again what was said. Of all others nobody would know that they are lost.
NEVER_TWICE = frozenset({ANNOUNCEMENT, ANSWER, NUDGE})
# About an announcement, whose number is in the payload.
ANNOUNCED = frozenset({ANNOUNCEMENT, CARD, AMENDMENT, RECALL})
# The team wrote their words: they may hold the link of a session that is not for everybody who gets them.
WRITTEN_FREELY = frozenset({*ANNOUNCED, ANSWER, LETTER, PANEL_ANSWER, OFFER})
# Messages to single people should arrive at once.
_AT_ONCE = timedelta(minutes=1)
_NOTE_GOOD_FOR, _PANEL_GOOD_FOR = timedelta(days=2), timedelta(days=30)


async def insert_rows(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts the rows that are not there yet; delivery is woken after the commit."""
    if rows:
        await tx.execute(insert_into(tx, outbox).on_conflict_do_nothing(), list(rows))
        note_change(tx, "outbox")


async def insert_selected(tx: Tx, columns: Sequence[str], rows: Select[Any]) -> int:
    """Inserts the selected rows that are not there yet; returns how many are new. Wakes delivery after the commit."""
    statement = insert_into(tx, outbox).from_select(list(columns), rows).on_conflict_do_nothing()
    new = (await tx.execute(statement)).rowcount
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
    """Inserts replies that a stop kept from being sent: they are sent after the next start."""
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
    """Inserts a question for each of those organizers; its words are read when it is sent."""
    rows = [
        _row(QUESTION, f"question/{question_id}", each, {"question": question_id}, now=now, good_until=good_until)
        for each in participant_ids
    ]
    await insert_rows(tx, rows)


async def put_answers(
    tx: Tx, subject: str, answer_id: int, asked: Mapping[int, int], *, now: datetime, good_until: datetime
) -> None:
    """Inserts the team's answer for each who asked (participant id to question id)."""
    rows = [
        _row(ANSWER, subject, each, {"answer": answer_id, "question": question}, now=now, good_until=good_until)
        for each, question in asked.items()
    ]
    await insert_rows(tx, rows)


async def put_panel(
    tx: Tx, kind: str, subject: str, payloads: Mapping[int, Mapping[str, Any]], *, now: datetime
) -> None:
    """Inserts what each is told about a question to a panel or an offered practice, for a month; repeated, nothing."""
    until = now + _PANEL_GOOD_FOR
    rows = [_row(kind, subject, each, what, now=now, good_until=until) for each, what in payloads.items()]
    await insert_rows(tx, rows)


async def put_meeting(
    tx: Tx,
    subject: str,
    participant_ids: Sequence[int],
    payload: Mapping[str, Any],
    *,
    now: datetime,
    until: datetime,
) -> None:
    """Inserts what each of two people is told about meeting the other; repeated, nothing."""
    await insert_rows(
        tx, [_row(MEETING, subject, each, payload, now=now, good_until=until) for each in participant_ids]
    )


async def put_letter(
    tx: Tx, participant_id: int, subject: str, html: str, *, now: datetime, good_until: datetime
) -> None:
    """Inserts words of the team to one person, as Telegram's HTML; a subject is sent once."""
    await insert_rows(tx, [_row(LETTER, subject, participant_id, {"html": html}, now=now, good_until=good_until)])


async def put_place(
    tx: Tx, participant_id: int, session_id: int, turn: int, *, now: datetime, good_until: datetime
) -> None:
    """Inserts the news of a free place for somebody who waited; `turn` is theirs in the waiting list."""
    row = _row(
        PLACE, f"place/{session_id}/{turn}", participant_id, {"session": session_id}, now=now, good_until=good_until
    )
    await insert_rows(tx, [row | {"session_id": session_id}])


async def put_note(
    tx: Tx,
    subject: str,
    participant_ids: Sequence[int],
    payload: Mapping[str, Any],
    *,
    now: datetime,
    kind: str = NOTE,
) -> None:
    """Inserts a note (or a summary) to each of those organizers; repeated, it inserts nothing."""
    until = now + _NOTE_GOOD_FOR
    rows = [_row(kind, subject, each, payload, now=now, good_until=until) for each in participant_ids]
    await insert_rows(tx, rows)


async def put_digest(tx: Tx, participant_id: int, *, since: datetime, now: datetime, good_until: datetime) -> None:
    """Inserts a digest for somebody who was unreachable since then."""
    subject = f"digest/{since.isoformat()}"
    row = _row(DIGEST, subject, participant_id, {"since": since.isoformat()}, now=now, good_until=good_until)
    await insert_rows(tx, [row])


async def totals(tx: Tx, kind: str | None = None) -> dict[str, int]:
    """Returns how many rows are in each state."""
    count = select(outbox.c.state, func.count().label("rows")).group_by(outbox.c.state)
    if kind is not None:
        count = count.where(outbox.c.kind == kind)
    return {row.state: row.rows for row in await tx.execute(count)}
