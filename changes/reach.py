"""Splits those whom a message is for: who gets it now, later (after a night or a pause), and not at all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, literal, select

from changes.announcements import GOOD_FOR, DueMoment
from changes.session_time import is_as_told, may_know_the_old_time, soonest_start
from db.announcements.audiences import AudienceGroup
from db.delivery.outbox import MOVED, SENT
from db.engine.database import Tx
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from db.tables import outbox, participants
from knowledge.time.holding import TIME_TO_READ, held_back


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people and groups: at their moment, after a night, after a pause; not while they pause, blocked."""

    now: int = 0
    night: int = 0
    paused: int = 0
    never: int = 0
    blocked: int = 0

    @property
    def later(self) -> int:
        """Returns how many get it after their night or their pause."""
        return self.night + self.paused


def split_announcement(groups: Iterable[AudienceGroup], due: Sequence[DueMoment], zone: str) -> Reach:
    """Splits an announcement's audience at the moments when it is due; `zone` is that of who has told none.

    Who is of the team gets it first, whatever the hour. Whom the bot cannot reach is counted as blocked.
    """
    moments = {each: moment.at for moment in due for each in moment.zones or ()}
    found = Counter[str]()
    for each in groups:
        there = each.zone or zone
        at = moments.get(there, due[0].at)
        found[_outcome(each, at, there)] += each.people
    return Reach(**found)


def _outcome(group: AudienceGroup, at: datetime, zone: str) -> str:
    if group.blocked:
        return "blocked"
    if group.team:
        return "now"
    held = held_back(at, zone, group.quiet, group.paused_until, at + GOOD_FOR - TIME_TO_READ)
    return held.why if held is not None else "now"


async def split_change(tx: Tx, live: LiveSession, would: LiveSession, *, now: datetime, zone: str) -> Reach:
    """Splits those who would be told that the session is moved, called off or restored; changes nothing.

    Who was told nothing else than how it would be then (a move that is taken back before their morning) is not
    counted: they get no message. `zone` is that of who has told none.
    """
    changed = replace(would, changed_at=now)
    present = replace(live, changed_at=now)  # an earlier version by then; this one ends now
    versions = [*await live_programme.earlier_versions(tx, live.id), present]
    earlier = {each.version: each for each in versions}
    held = participants.c.zone, participants.c.quiet, participants.c.paused_until
    columns = (*held, participants.c.unreachable_since.is_not(None).label("is_gone"), _version_told(versions))
    who = select(*columns).where(*may_know_the_old_time(changed)).subquery()
    found = Counter[str]()
    for row in await tx.execute(select(*who.c, func.count().label("people")).group_by(*who.c)):
        before = earlier.get(row.version or 0)
        if before is None or is_as_told(before, changed):
            continue
        latest = soonest_start(before, changed) - TIME_TO_READ
        why = held_back(now, row.zone or zone, row.quiet, row.paused_until, latest)
        found["blocked" if row.is_gone else "now" if why is None else why.why] += row.people
    return Reach(**found)


def _version_told(versions: Sequence[LiveSession]) -> ColumnElement[int | None]:
    """Returns the version that a participant was told last, or else the one that held when they first wrote."""
    told = select(func.max(outbox.c.payload["version"].as_integer())).where(
        outbox.c.participant_id == participants.c.id,
        outbox.c.session_id == versions[-1].id,
        outbox.c.kind == MOVED,
        outbox.c.state == SENT,
    )
    seen = case(*((participants.c.first_seen_at <= each.changed_at, each.version) for each in versions), else_=None)
    return func.coalesce(told.scalar_subquery(), seen, literal(None)).label("version")
