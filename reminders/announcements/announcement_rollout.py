"""An announcement's way: held, to the team, to one in a hundred, to everybody. Each step may be repeated."""

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


async def advance(tx: Tx, told: Announcement, *, now: datetime) -> Announcement:
    """What is due by now; the announcement as it is afterwards. Its row is locked by the caller."""
    if told.state == RUNNING:
        return await _let_go(tx, told, now=now) if told.starts_at is not None and now >= told.starts_at else told
    if told.state in {RECALLED, STOPPED}:
        # A sender may have given back what it had in hand when the stop came.
        await announcement_deliveries.cancel_unsent(tx, told.id, now=now)
    elif told.state not in OVER:
        await announcement_deliveries.hold(tx, told.id)
    await _change_what_arrived(tx, told, now=now)
    return told


async def _change_what_arrived(tx: Tx, told: Announcement, *, now: datetime) -> None:
    """Also what was in the air when somebody corrected it or took it back."""
    if told.state == RECALLED:
        await follow_up.plan_deletions(tx, told, now=now)
    elif told.amendment:
        await follow_up.plan_corrections(tx, told, now=now)


def is_settled(told: Announcement, now: datetime) -> bool:
    """Whether nothing with old words can arrive any more."""
    return told.amended_at is None or now > told.amended_at + follow_up.SETTLES_WITHIN


async def _let_go(tx: Tx, told: Announcement, *, now: datetime) -> Announcement:
    """As far as it may go now: the next stage once the one before has left, and has not failed."""
    await _change_what_arrived(tx, told, now=now)
    stage = TEAM if told.stage == HOLD else told.stage
    while True:
        standing = await announcement_deliveries.delivery_counts(tx, told.id, now=now)
        if is_failing(stage, standing, told.forgiven):
            return await _halt(tx, told, stage, now=now)
        if await announcement_deliveries.release(tx, told.id, _target(stage, standing)):
            standing = await announcement_deliveries.delivery_counts(tx, told.id, now=now)
        if standing.ready or standing.in_the_air:
            break
        if stage == EVERYBODY:
            return await _finish(tx, told, standing, now=now)
        stage = _NEXT[stage]
    await announcements.change_if(tx, told.id, {RUNNING}, stage=stage)
    return replace(told, stage=stage)


def _target(stage: str, standing: DeliveryCounts) -> int | None:
    """How many rows are let go in all by that stage; None for every one."""
    share = -(-(standing.rows - standing.team) // _ONE_IN)
    return {TEAM: standing.team, SHARE: standing.team + share}.get(stage)


def is_failing(stage: str, standing: DeliveryCounts, forgiven: int = 0) -> bool:
    """Whether it should go no further. What Telegram refuses to show the team it would refuse everybody."""
    if stage == TEAM and standing.counts.get(REFUSED, 0) > forgiven:
        return True
    failed = standing.failed - forgiven
    return failed >= _FAILING_AT_LEAST and failed > (failed + standing.counts.get(SENT, 0)) * _FAILING_SHARE


async def _halt(tx: Tx, told: Announcement, stage: str, *, now: datetime) -> Announcement:
    await announcement_deliveries.hold(tx, told.id)
    await announcements.change_if(tx, told.id, {RUNNING}, state=HALTED, stage=stage)
    _log.warning("an announcement stopped by itself", announcement=told.id, stage=stage)
    await _tell(tx, told, HALTED, now=now)
    return replace(told, state=HALTED, stage=stage)


async def _finish(tx: Tx, told: Announcement, standing: DeliveryCounts, *, now: datetime) -> Announcement:
    """Unless some are kept for their morning, or their hour."""
    if standing.counts.get(WAITING, 0) or standing.counts.get(HELD, 0):
        await announcements.change_if(tx, told.id, {RUNNING}, stage=EVERYBODY)
        return replace(told, stage=EVERYBODY)
    await announcements.change_if(tx, told.id, {RUNNING}, state=DONE, stage=EVERYBODY)
    _log.info("an announcement is done", announcement=told.id, rows=standing.rows)
    await _tell(tx, told, DONE, now=now)
    return replace(told, state=DONE, stage=EVERYBODY)


async def _tell(tx: Tx, told: Announcement, what: str, *, now: datetime) -> None:
    """A card that changes rings nobody's phone."""
    if told.author_id is not None:
        about = {"what": f"announcement {what}", "number": told.id}
        subject = f"{announcement_deliveries.subject(told.id)}/{told.run}/{what}/{told.forgiven}"
        await put_note(tx, subject, [told.author_id], about, now=now)
