"""What follows from an announcement: who gets it and until when, what is corrected, what can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from changes.conditions import is_reachable
from db.announcements import announcement_deliveries, corrections
from db.announcements.announcement_deliveries import Unsent, subject
from db.announcements.announcements import Announcement
from db.announcements.audiences import Audience, recipients
from db.delivery import outbox_writes
from db.delivery.outbox import AMENDMENT, ANNOUNCEMENT, CARD, HELD, RECALL, SENT
from db.delivery.outbox_writes import NewRows, sent
from db.engine.database import Tx
from db.tables import outbox, participants

# After that it is no news any more: nights and pauses of people, and of the announcement, end before.
GOOD_FOR = timedelta(days=2)
# Reminders are promised for a moment, an announcement is not: it leaves when nothing is more urgent.
YIELDS = timedelta(hours=1)
# Words that were written before a correction may leave that much later: those messages are corrected, too.
SETTLES_WITHIN = timedelta(seconds=10)
# Telegram lets a bot delete what is not older. Source: https://core.telegram.org/bots/api#deletemessage
RECALLABLE = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class DueMoment:
    """When people get it: everybody, or those in some zones at an hour of theirs."""

    at: datetime
    zones: Sequence[str] | None = None
    zone_of_the_rest: str = ""


async def plan_deliveries(tx: Tx, announcement: Announcement, team: Sequence[int], due: Sequence[DueMoment]) -> int:
    """Puts a held row for each of the team, first, and for each of its audience; returns how many are new."""
    everybody = recipients(announcement.cycle, Audience.from_json(announcement.audience))
    # Whoever runs the cycle sees it before anybody else: their rows have no grace, and so come first.
    first = DueMoment(min(each.at for each in due))
    members = outbox_writes.rows_for_people(
        _held(announcement, first, team=True), participants.c.id.in_(team), is_reachable()
    )
    rows = await outbox_writes.insert_rows(tx, members)
    for each in due:
        there = func.coalesce(participants.c.zone, each.zone_of_the_rest).in_(each.zones or ())
        chosen = everybody if each.zones is None else everybody.where(there)
        people = outbox_writes.rows_for_people(_held(announcement, each), participants.c.id.in_(chosen))
        rows += await outbox_writes.insert_rows(tx, people)
    return rows


def _held(announcement: Announcement, due: DueMoment, *, team: bool = False) -> NewRows:
    """Returns rows for one moment; at an hour of each person's own they may not leave before it, whatever the pace."""
    return NewRows(
        kind=ANNOUNCEMENT,
        subject=subject(announcement.id),
        payload={"announcement": announcement.id} | ({"team": True} if team else {}),
        due_at=due.at,
        deadline=due.at if team else due.at + YIELDS,
        good_until=due.at + GOOD_FOR,
        state=HELD,
        not_before=due.at if due.zones is not None else None,
    )


async def hold_unsent(tx: Tx, announcement: Announcement, what: Unsent, *, at: datetime) -> int:
    """Holds what did not leave, or what may not have arrived, to be sent from that moment on; returns how many."""
    values = {"due_at": at, "deadline": at + YIELDS, "until": at + GOOD_FOR}
    return await announcement_deliveries.hold_unsent(tx, announcement.id, what, **values)


async def put_card(tx: Tx, announcement: Announcement, participant_id: int, *, now: datetime) -> None:
    """Puts the one card that shows how it goes into the chat of who sends it."""
    about = f"{subject(announcement.id)}/{announcement.run}"
    rows = NewRows(CARD, about, {"announcement": announcement.id}, now, now, now + GOOD_FOR)
    await outbox_writes.insert_rows(tx, outbox_writes.rows_for_people(rows, participants.c.id == participant_id))


async def plan_corrections(tx: Tx, announcement: Announcement, *, now: datetime) -> int:
    """Puts a correction for each message that arrived with the old words; returns how many are new."""
    if announcement.amended_at is None:
        return 0
    language = await corrections.language_of_last(tx, announcement.id)
    which = sent.c.settled_at <= announcement.amended_at + SETTLES_WITHIN
    if language is not None:
        # Those that were in the air while another language was corrected, too.
        just_then = sent.c.settled_at > announcement.amended_at - 2 * SETTLES_WITHIN
        which = and_(which, or_(announcement_deliveries.reads(announcement, language, sent), just_then))
    return await _change_sent(tx, announcement, AMENDMENT, which, now=now)


async def plan_deletions(tx: Tx, announcement: Announcement, *, now: datetime) -> int:
    """Puts a deletion for each message that arrived and can still be deleted; returns how many are new."""
    return await _change_sent(tx, announcement, RECALL, sent.c.settled_at > now - RECALLABLE, now=now)


async def _change_sent(
    tx: Tx, announcement: Announcement, kind: str, which: ColumnElement[bool], *, now: datetime
) -> int:
    rows = NewRows(
        kind,
        announcement_deliveries.subject_of_change(announcement, kind),
        {"announcement": announcement.id},
        now,
        now,
        now + GOOD_FOR,
    )
    arrived = (sent.c.kind == ANNOUNCEMENT, sent.c.subject == subject(announcement.id))
    return await outbox_writes.insert_rows(tx, outbox_writes.rows_for_sent(rows, *arrived, which))


async def count_too_old(tx: Tx, announcement: Announcement, *, now: datetime) -> int:
    """Returns how many messages have arrived that can no longer be deleted."""
    arrived = and_(outbox.c.kind == ANNOUNCEMENT, outbox.c.subject == subject(announcement.id), outbox.c.state == SENT)
    return await outbox_writes.count(tx, select(func.count()).where(arrived, outbox.c.settled_at <= now - RECALLABLE))
