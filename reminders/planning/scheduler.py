"""Wakes the planner when something is due: APScheduler holds the moments, the database the messages."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from reminders.clock import Clock, SystemClock
from reminders.planning.endings import Endings
from reminders.planning.planner import Planner
from reminders.planning.retention import Retention

# A net under the moments: whatever a failed or late tick left undone is found again this soon.
_SWEEP_SECONDS = 30
_TIDY_HOURS = 6
# Not at once: who waits while the bot starts is answered first.
_TIDY_AFTER = timedelta(minutes=1)
_BATCH = "batch"


class ReminderScheduler:
    """Keeps one date job for each batch, rebuilt from the database at start and when time or the programme changes."""

    def __init__(
        self,
        clock: Clock,
        planner: Planner,
        endings: Endings,
        retention: Retention,
        on_planned: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._planner = planner
        self._endings = endings
        self._retention = retention
        self._on_planned = on_planned
        self._moments: list[datetime] = []
        self._reminders: list[datetime] = []  # those of them that are reminders'
        self._asked = 0  # how often somebody asked for planning
        self._planning = False
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self.settled = False
        # A reminder that is late is still wanted: no grace time makes APScheduler drop it.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    async def start(self) -> None:
        """Plans what is due already, sets the moments to come, and lets them come."""
        await self._tick()
        self._scheduler.add_job(self._tick, "interval", seconds=_SWEEP_SECONDS, id="sweep")
        self._scheduler.add_job(self.tidy, "interval", hours=_TIDY_HOURS, id="tidy")
        self._add(self.tidy, "tidy after the start", SystemClock().now() + _TIDY_AFTER)
        self._scheduler.start()
        self._clock.on_turn(self.refresh)

    async def finish(self) -> None:
        """Begins no more jobs, waits for those that run, and stops. Cut off, they would leave a statement half done."""
        if self._scheduler.running:
            self._scheduler.pause()
        await self._idle.wait()
        self.stop()

    def stop(self) -> None:
        """Stops the jobs, also in the middle; what is planned stays in the database."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def refresh(self) -> None:
        """Looks at the clock and the programme again, at once; while it plans, once more after that."""
        self.settled = False
        self._asked += 1
        if not self._planning:  # APScheduler skips a job that is still running
            self._add(self._tick, "look again", None)

    def next_moment(self) -> datetime | None:
        """Returns the next moment (UTC) after now at which something is due: reminders, or the end of a session."""
        return self._first_after_now(self._moments)

    def next_reminders(self) -> datetime | None:
        """Returns the moment (UTC) of the next batch of reminders after now."""
        return self._first_after_now(self._reminders)

    def _first_after_now(self, moments: list[datetime]) -> datetime | None:
        now = self._clock.now()
        return next((moment for moment in moments if moment > now), None)

    async def _tick(self) -> None:
        """Plans what is due and sets the moments to come, all read from the database again.

        One at a time; asked for meanwhile, it plans once more: what was read before may be out of date.
        """
        self.settled = False
        self._asked += 1
        if not self._planning:
            async with self._noted():
                await self._plan_until_nobody_asks()

    async def _plan_until_nobody_asks(self) -> None:
        self._planning, answered = True, 0
        try:
            while answered != self._asked:
                answered = self._asked
                await self._plan(self._clock.now())
        finally:
            self._planning = False
        self.settled = True

    async def _plan(self, now: datetime) -> None:
        # One transaction, which reads the programme once: every look at the clock begins so.
        async with self._planner.database.transaction() as tx:
            planned, endings = await self._planner.batches(tx, now), await self._endings.read(tx)
            programme = await self._planner.catch_up(tx, now)
        reminders = {moment for opens_at, batch in planned for moment in (opens_at, batch.due_at)}
        self._reminders = sorted(reminders)
        self._set_moments(sorted(reminders | {*endings.moments(now)}), now)
        await self._planner.plan_due(now, planned)
        await self._planner.follow_up(programme, now)
        await self._endings.plan_due(endings, now)
        self._on_planned()

    def _set_moments(self, moments: list[datetime], now: datetime) -> None:
        """Sets a job for each moment after `now`, also for what has passed since: that is planned at once."""
        self._moments = moments
        for job in self._scheduler.get_jobs():
            if job.id.startswith(_BATCH):
                job.remove()
        for moment in moments:
            wall = self._clock.wall(moment) if moment > now else None
            if wall is not None:
                self._add(self._tick, f"{_BATCH} {moment.isoformat()}", wall)

    async def tidy(self) -> None:
        """Deletes what is no longer needed."""
        async with self._noted():
            await self._retention.tidy(self._clock.now())

    @asynccontextmanager
    async def _noted(self) -> AsyncIterator[None]:
        """Keeps finish() waiting for what runs inside."""
        self._running += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()

    def _add(self, job: Callable[[], Awaitable[None]], name: str, wall: datetime | None) -> None:
        # A DateTrigger without a date is due now.
        self._scheduler.add_job(job, DateTrigger(wall, UTC), id=name, replace_existing=True)
