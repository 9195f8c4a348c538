"""Rolls an announcement out: held, to the team, to one in a hundred, to everybody. Each step may be repeated."""

from dataclasses import replace
from datetime import datetime

import structlog

from changes import announcements as follow_up
from db.announcements import announcement_deliveries, announcements
from db.announcements.announcement_deliveries import DeliveryCounts
from db.announcements.announcements import (
    DONE,
    EVERYBODY,
    HALTED,
    HOLD,
    OVER,
    RECALLED,
    RUNNING,
    SHARE,
    STOPPED,
    TEAM,
    Announcement,
)
from db.delivery.outbox import HELD, REFUSED, SENT, WAITING, put_note
from db.engine.database import Tx

_log = structlog.get_logger(__name__)

_NEXT = {HOLD: TEAM, TEAM: SHARE, SHARE: EVERYBODY}
_ONE_IN = 100
# It stops by itself where more than one in five fails, and it is no accident of a few.
_FAILING_SHARE, _FAILING_AT_LEAST = 0.2, 3


async def advance(tx: Tx, announcement: Announcement, *, now: datetime) -> Announcement:
    """Advances what is due by now; returns the announcement as it is afterwards. The caller has locked its row."""
    if announcement.state == RUNNING:
        begun = announcement.starts_at is not None and now >= announcement.starts_at
        return await _release_stage(tx, announcement, now=now) if begun else announcement
    if announcement.state in {RECALLED, STOPPED}:
        # A sender may have given back what it had in hand when the stop came.
        await announcement_deliveries.cancel_unsent(tx, announcement.id, now=now)
    elif announcement.state not in OVER:
        await announcement_deliveries.hold(tx, announcement.id)
    await _follow_up_sent(tx, announcement, now=now)
    return announcement


async def _follow_up_sent(tx: Tx, announcement: Announcement, *, now: datetime) -> None:
    """Plans corrections or deletions, also of what was being sent when somebody corrected it or took it back."""
    if announcement.state == RECALLED:
        await follow_up.plan_deletions(tx, announcement, now=now)
    elif announcement.amendment:
        await follow_up.plan_corrections(tx, announcement, now=now)


def is_settled(announcement: Announcement, now: datetime) -> bool:
    """Returns whether no message with the old text can arrive any more."""
    return announcement.amended_at is None or now > announcement.amended_at + follow_up.SETTLES_WITHIN


async def _release_stage(tx: Tx, announcement: Announcement, *, now: datetime) -> Announcement:
    """Releases as far as it may go now: the next stage once the one before is sent, and has not failed."""
    await _follow_up_sent(tx, announcement, now=now)
    stage = TEAM if announcement.stage == HOLD else announcement.stage
    while True:
        counts = await announcement_deliveries.delivery_counts(tx, announcement.id, now=now)
        if is_failing(stage, counts, announcement.forgiven):
            return await _halt(tx, announcement, stage, now=now)
        if await announcement_deliveries.release(tx, announcement.id, _target(stage, counts)):
            counts = await announcement_deliveries.delivery_counts(tx, announcement.id, now=now)
        if counts.ready or counts.in_the_air:
            break
        if stage == EVERYBODY:
            return await _finish(tx, announcement, counts, now=now)
        stage = _NEXT[stage]
    await announcements.change_if(tx, announcement.id, {RUNNING}, stage=stage)
    return replace(announcement, stage=stage)


def _target(stage: str, counts: DeliveryCounts) -> int | None:
    """Returns how many rows that stage releases in all; None for every one."""
    share = -(-(counts.rows - counts.team) // _ONE_IN)
    return {TEAM: counts.team, SHARE: counts.team + share}.get(stage)


def is_failing(stage: str, counts: DeliveryCounts, forgiven: int = 0) -> bool:
    """Returns whether it should stop. What Telegram refuses to show the team it would refuse everybody."""
    if stage == TEAM and counts.counts.get(REFUSED, 0) > forgiven:
        return True
    failed = counts.failed - forgiven
    return failed >= _FAILING_AT_LEAST and failed > (failed + counts.counts.get(SENT, 0)) * _FAILING_SHARE


async def _halt(tx: Tx, announcement: Announcement, stage: str, *, now: datetime) -> Announcement:
    await announcement_deliveries.hold(tx, announcement.id)
    await announcements.change_if(tx, announcement.id, {RUNNING}, state=HALTED, stage=stage)
    _log.warning("an announcement stopped by itself", announcement=announcement.id, stage=stage)
    await _notify_author(tx, announcement, HALTED, now=now)
    return replace(announcement, state=HALTED, stage=stage)


async def _finish(tx: Tx, announcement: Announcement, counts: DeliveryCounts, *, now: datetime) -> Announcement:
    """Ends it, unless some rows are kept back for a morning or an hour."""
    if counts.counts.get(WAITING, 0) or counts.counts.get(HELD, 0):
        await announcements.change_if(tx, announcement.id, {RUNNING}, stage=EVERYBODY)
        return replace(announcement, stage=EVERYBODY)
    await announcements.change_if(tx, announcement.id, {RUNNING}, state=DONE, stage=EVERYBODY)
    _log.info("an announcement is done", announcement=announcement.id, rows=counts.rows)
    await _notify_author(tx, announcement, DONE, now=now, unknown=counts.unknown)
    return replace(announcement, state=DONE, stage=EVERYBODY)


async def _notify_author(tx: Tx, announcement: Announcement, what: str, *, now: datetime, unknown: int = 0) -> None:
    """Writes to its author, for an edited card rings nobody's phone; `unknown`: how many may not have got it."""
    if announcement.author_id is not None:
        about = {"what": f"announcement {what}", "number": announcement.id, "unknown": unknown}
        subject = (
            f"{announcement_deliveries.subject(announcement.id)}/{announcement.run}/{what}/{announcement.forgiven}"
        )
        await put_note(tx, subject, [announcement.author_id], about, now=now)
