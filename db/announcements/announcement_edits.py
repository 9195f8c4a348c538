"""What was announced is corrected where it arrived, or taken back: rows in the outbox, one a message."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import and_, func, literal, null, select

from db.announcements.announcement_deliveries import GOOD_FOR, subject
from db.announcements.announcements import Announcement
from db.delivery.outbox import AMENDMENT, ANNOUNCEMENT, RECALL, SENT, WAITING, insert_selected
from db.delivery.reminder_batches import COLUMNS
from db.engine.database import Tx
from db.tables import outbox

# Words that were written before a correction may leave that much later: those messages are corrected, too.
SETTLES_WITHIN = timedelta(seconds=10)
# Telegram lets a bot delete what is not older. Source: https://core.telegram.org/bots/api#deletemessage
RECALLABLE = timedelta(hours=48)


def about(told: Announcement, kind: str) -> str:
    """Under which corrections and recalls are kept: each correction once a message, a recall once."""
    return f"{subject(told.id)}/{told.amendment}" if kind == AMENDMENT else subject(told.id)


async def amend(tx: Tx, told: Announcement, *, now: datetime) -> int:
    """A correction for each message that arrived with the old words, however often it is asked."""
    if told.amended_at is None:
        return 0
    return await _put(tx, told, AMENDMENT, told.amended_at + SETTLES_WITHIN, None, now=now)


async def recall(tx: Tx, told: Announcement, *, now: datetime) -> int:
    """A deletion for each message that arrived and can still be deleted, however often it is asked."""
    return await _put(tx, told, RECALL, None, now - RECALLABLE, now=now)


async def too_old(tx: Tx, told: Announcement, *, now: datetime) -> int:
    """How many messages have arrived that can no longer be deleted."""
    arrived = and_(outbox.c.kind == ANNOUNCEMENT, outbox.c.subject == subject(told.id), outbox.c.state == SENT)
    old = select(func.count()).where(arrived, outbox.c.settled_at <= now - RECALLABLE)
    return int((await tx.execute(old)).scalar_one())


async def _put(
    tx: Tx, told: Announcement, kind: str, until: datetime | None, since: datetime | None, *, now: datetime
) -> int:
    moment = outbox.c.due_at.type
    arrived = and_(outbox.c.kind == ANNOUNCEMENT, outbox.c.subject == subject(told.id), outbox.c.state == SENT)
    values = select(
        literal(kind),
        literal(about(told, kind)),
        outbox.c.participant_id,
        null(),
        literal({"announcement": told.id}, outbox.c.payload.type),
        literal(now, moment),
        literal(now, moment),
        literal(now + GOOD_FOR, moment),
        literal(WAITING),
        literal(0),
        outbox.c.message_id,
    ).where(arrived, outbox.c.message_id.is_not(None))
    values = values if until is None else values.where(outbox.c.settled_at <= until)
    values = values if since is None else values.where(outbox.c.settled_at > since)
    return await insert_selected(tx, [*COLUMNS, "message_id"], values)


async def counts(tx: Tx, told: Announcement, kind: str) -> Mapping[str, int]:
    """How many corrections (the last one's) or deletions are in each state."""
    mine = and_(outbox.c.kind == kind, outbox.c.subject == about(told, kind))
    rows = await tx.execute(select(outbox.c.state, func.count()).where(mine).group_by(outbox.c.state))
    return {row[0]: row[1] for row in rows}
