"""Rolls announcements out stage by stage and keeps their progress cards true. Its state is in the database."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from db.announcements import announcement_deliveries, announcements
from db.announcements.announcement_deliveries import DeliveryCounts
from db.announcements.announcements import HALTED, OVER, Announcement
from db.delivery.outbox import AMENDMENT, CLAIMED, RECALL, SENT, WAITING
from db.engine.database import Database, Tx
from db.people import participants
from knowledge.programme.announcement_card import FollowUpCounts
from knowledge.programme.announcement_card import build_card as render_card
from locales.translator import Message, Translator, hash_message, render_message
from reminders.announcements import announcement_rollout
from reminders.clock import Clock, wait_for_event
from reminders.delivery.leader_election import LeaderElection
from telegram_io.sender import Sender

_log = structlog.get_logger(__name__)

# How often a stage is looked at while it runs; how often its card changes at most; the net under the moments.
_LOOK_SECONDS, _CARD_SECONDS, _SWEEP_SECONDS = 0.3, 3.0, 30.0
# Where other replicas may have changed something, which wakes nobody here.
_LOOK_AGAIN_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class _Seen:
    """One announcement as it was read."""

    announcement: Announcement
    counts: DeliveryCounts
    afterwards: FollowUpCounts
    next_moment: datetime | None
    card: tuple[int, Message] | None = None  # whose chat, what to show there
    message_id: int = 0

    @property
    def busy(self) -> bool:
        """Returns whether something is being sent now."""
        after = (*self.afterwards.amended.items(), *self.afterwards.recalled.items())
        moving = any(count for state, count in after if state in {WAITING, CLAIMED})
        return bool(moving or self.counts.in_the_air or (self.announcement.state == "running" and self.counts.ready))


@dataclass
class Announcer:
    """Looks at every announcement that is open: again and again while one moves, else when its moment comes."""

    database: Database
    translator: Translator
    sender: Sender
    clock: Clock
    leader_election: LeaderElection  # who sends also lets go, and shows how it goes
    settled: bool = False  # nothing moves at this moment, and every card is true
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _shown: dict[int, tuple[float, str, int]] = field(default_factory=dict)  # when, in which state, how many sent

    def wake(self) -> None:
        """Looks at the announcements at once: something has changed."""
        self.settled = False
        self._woken.set()

    def stop(self) -> None:
        """Stops; what is planned stays in the database."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Looks at the announcements until stopped. An error is logged, and they are looked at again."""
        self.clock.on_turn(self.wake)
        while not self._stopping:
            self._woken.clear()
            try:
                again = await self._look()
            except Exception:
                _log.exception("announcements could not be looked at")
                again = 1.0
            self.settled = again > _CARD_SECONDS and not self._woken.is_set()
            await wait_for_event(self._woken, again if self.database.is_sqlite else min(again, _LOOK_AGAIN_SECONDS))

    async def _look(self) -> float:
        """Advances every open one, each in a transaction; returns in how many seconds to look again."""
        if not self.leader_election.is_leader:
            return _SWEEP_SECONDS
        async with self.database.transaction() as tx:
            numbers = await announcements.open_ids(tx)
        again = _SWEEP_SECONDS
        for number in numbers:
            async with self.database.transaction() as tx:
                seen = await self._advance(tx, number)
            if seen is not None:
                shown = await self._show(seen)
                again = min(again, _LOOK_SECONDS if seen.busy or not shown else self._until(seen))
        return again

    def _until(self, seen: _Seen) -> float:
        """Returns the real seconds until it begins, or until the next of its rows may be sent."""
        now = self.clock.now()
        moments = [each for each in (seen.announcement.starts_at, seen.next_moment) if each is not None and each > now]
        walls = [wall for each in moments if (wall := self.clock.wall(each)) is not None]
        there = self.clock.wall(now)
        if not walls or there is None or seen.announcement.state in OVER:
            return _SWEEP_SECONDS
        return min(max((min(walls) - there).total_seconds(), 0.05), _SWEEP_SECONDS)

    async def _advance(self, tx: Tx, number: int) -> _Seen | None:
        now = self.clock.now()
        announcement = await announcements.get(tx, number, lock=True)
        if announcement is None:
            return None
        announcement = await announcement_rollout.advance(tx, announcement, now=now)
        counts = await announcement_deliveries.delivery_counts(tx, number, now=now)
        counted = [await announcement_deliveries.change_counts(tx, announcement, kind) for kind in (AMENDMENT, RECALL)]
        next_moment = await announcement_deliveries.next_not_before(tx, number, now=now)
        seen = _Seen(announcement, counts, FollowUpCounts(*counted), next_moment)
        seen = await self._with_card(tx, seen)
        settled = self._is_shown(seen) and announcement_rollout.is_settled(announcement, now)
        if announcement.state in OVER and not seen.busy and settled:
            await announcements.change_if(tx, number, {announcement.state}, open=False)
        return seen

    async def _with_card(self, tx: Tx, seen: _Seen) -> _Seen:
        """Adds what the card should show, where there is one."""
        place = await announcement_deliveries.card_location(tx, seen.announcement)
        person = await participants.get(tx, place[0]) if place is not None else None
        if place is None or person is None:
            return seen
        announcement, rate = seen.announcement, self._rate(seen)
        content = render_card(
            announcement,
            seen.counts,
            starts_at=announcement.starts_at,
            later=seen.next_moment,
            rate=rate,
            afterwards=seen.afterwards,
        )
        rendered = render_message(content, self.translator.reader(person.language, person.zone))
        return replace(seen, card=(person.telegram_id, rendered), message_id=place[1])

    def _rate(self, seen: _Seen) -> float | None:
        """Returns the messages a second since the card changed last, as measured."""
        known = self._shown.get(seen.announcement.id)
        sent = seen.counts.counts.get(SENT, 0)
        if known is None or sent <= known[2] or (passed := _time() - known[0]) <= 0:
            return None
        return (sent - known[2]) / passed

    def _is_shown(self, seen: _Seen) -> bool:
        return seen.card is None or hash_message(seen.card[1]) == seen.announcement.shown

    async def _show(self, seen: _Seen) -> bool:
        """Edits the card: every few seconds, at once where the state has changed; returns whether it is true."""
        if seen.card is None or self._is_shown(seen):
            return True
        number, state = seen.announcement.id, f"{seen.announcement.state} {seen.announcement.stage}"
        known = self._shown.get(number)
        if known is not None and known[1] == state and _time() - known[0] < _CARD_SECONDS and seen.busy:
            return False
        chat_id, rendered = seen.card
        self._shown[number] = (_time(), state, seen.counts.counts.get(SENT, 0))
        result = await self.sender.edit(chat_id, seen.message_id, rendered)
        if result.state in {"later", "unauthorized"}:
            return False
        async with self.database.transaction() as tx:
            await announcements.change_if(tx, number, {seen.announcement.state, HALTED}, shown=hash_message(rendered))
        return True


def _time() -> float:
    return asyncio.get_running_loop().time()
