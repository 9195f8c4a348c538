"""Who counts as not reminded of a session after an outage: what organizers are told."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Exists, and_, exists, or_

from changes.conditions import is_reachable
from db.delivery import outbox_writes
from db.delivery.outbox import CLAIMED, EXPIRED, MOVED, REMINDER, WAITING
from db.engine.database import Tx
from db.programme.live_programme import LiveSession
from db.tables import outbox, participants, subscriptions


async def count_missed(tx: Tx, live: LiveSession, due: Mapping[str, datetime]) -> int:
    """Returns how many people had a reminder of that session due (each lead's moment, in UTC) and got none at all.

    Who was told of a move has been told; who blocked us, paused, or silenced the session wanted none.
    """
    if not due:
        return 0
    not_paused = or_(participants.c.paused_until.is_(None), participants.c.paused_until <= min(due.values()))
    return await outbox_writes.count_people(tx, _wanted(live, due), ~_tried(live), is_reachable(), not_paused)


def _wanted(live: LiveSession, due: Mapping[str, datetime]) -> Exists:
    return exists().where(
        subscriptions.c.participant_id == participants.c.id,
        subscriptions.c.session_id == live.id,
        subscriptions.c.muted.is_(False),
        or_(*(and_(subscriptions.c.lead == lead, subscriptions.c.since <= at) for lead, at in due.items())),
    )


def _tried(live: LiveSession) -> Exists:
    """Returns whether sending was tried: sent, refused or unreachable."""
    return exists().where(
        outbox.c.participant_id == participants.c.id,
        outbox.c.session_id == live.id,
        outbox.c.kind.in_((REMINDER, MOVED)),
        outbox.c.state.not_in((EXPIRED, WAITING, CLAIMED)),
    )
