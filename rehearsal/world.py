"""A rehearsal: the people, their Telegram, the clock, and the bot that they talk to."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from bot.app import App
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from rehearsal.clock import TurnableClock
from rehearsal.telegram.telegram import Telegram, User

# An answer takes a dozen milliseconds of processor, and the tests wait for twenty thousand of them.
_MOMENT, _CALM_MOMENT = 0.002, 0.001
_WITHOUT_A_LINE = 0.005  # where nobody can tell when all is done
# Whoever waits long looks less often: a twenty-fifth of what was waited may be lost by it. So many seconds at the most.
_SLOWER, _LONGEST_MOMENT = 25, 0.05
_PATIENCE_SECONDS = 30.0
# Looked at twice in a row: an answer may set off another.
_CALM_LOOKS = 2
_DAY = timedelta(days=1)


class NotSettledError(Exception):
    """The bot was still busy when patience ended."""


class NoSessionAheadError(Exception):
    """No session is ahead."""


@dataclass(repr=False)
class Rehearsal:
    """Everything that is on the stage."""

    telegram: Telegram
    clock: TurnableClock
    app: App
    cast: tuple[User, ...] = ()
    offline: set[int] = field(default_factory=set)
    patience_seconds: float = _PATIENCE_SECONDS
    _turning: asyncio.Lock = field(default_factory=asyncio.Lock)
    _programme: Mapping[int, LiveSession] = field(default_factory=dict)

    def settled(self) -> bool:
        """Returns whether everything said was heard and answered, and everything due was sent."""
        heard = self.telegram.updates_settled() and (self.telegram.getting_updates() or self.telegram.line_cut)
        return heard and self.app.idle()

    async def settle(self) -> None:
        """Waits until it is. Raises NotSettledError after `patience_seconds` of real time."""
        try:
            async with asyncio.timeout(self.patience_seconds):
                calm, began = 0, monotonic()
                while calm < _CALM_LOOKS:
                    waited = (monotonic() - began) / _SLOWER
                    await asyncio.sleep(_CALM_MOMENT if calm else min(max(_MOMENT, waited), _LONGEST_MOMENT))
                    calm = calm + 1 if self.settled() else 0
        except TimeoutError:
            raise NotSettledError(NotSettledError.__doc__) from None

    def next_moment(self) -> datetime | None:
        """Returns when the next reminders are due, in UTC."""
        return self.app.work.scheduler.next_reminders()

    async def turn_to(self, instant: datetime) -> None:
        """Turns the clock forward, through every due moment on the way, waiting until its messages are out.

        Raises ValueError for a moment that is past.
        """
        if instant < self.clock.now():
            raise ValueError("the clock only turns forward")
        async with self._turning:
            await self._look_again()
            while (due := self.app.work.scheduler.next_moment()) is not None and due <= instant:
                await self._jump(due)
            await self._jump(instant)

    async def _look_again(self) -> None:
        """Plans again: somebody may have subscribed a moment ago."""
        self.app.work.scheduler.refresh()
        if not self.telegram.line_cut:
            await self.settle()

    async def turn_to_next(self) -> datetime | None:
        """Turns to the next reminders; None when there are none."""
        await self._look_again()
        due = self.next_moment()
        if due is not None:
            await self.turn_to(due)
        return due

    async def _jump(self, instant: datetime) -> None:
        self.clock.reach(instant)
        if not self.telegram.line_cut:
            await self.settle()
        else:
            await asyncio.sleep(_WITHOUT_A_LINE)

    async def sessions(self) -> Sequence[dict[str, Any]]:
        """Returns the cycle's sessions as they stand now, moved and cancelled ones too, for the page's timeline."""
        # Before the bot listens, its database may still be on its way.
        if self.telegram.getting_updates():
            async with self.app.database.transaction() as tx:
                self._programme = await live_programme.programme(tx, self.app.cycle.key)
        shown = []
        for planned in self.app.cycle.sessions:
            live = self._programme.get(planned.number)
            times = live or planned
            shown.append(
                {
                    "number": planned.number,
                    "title": planned.title.es,
                    "starts_at": times.starts_at,
                    "ends_at": times.ends_at,
                    "cancelled": live is not None and live.cancelled,
                }
            )
        return shown

    async def organizer_moves_a_session(self) -> int:
        """Moves the next session a day later, tap by tap in the first organizer's chat; returns its number.

        Raises NoSessionAheadError, and LookupError where the bot offers no button for it.
        """
        now = self.clock.now()
        ahead = [each for each in await self.sessions() if each["starts_at"] > now and not each["cancelled"]]
        if not ahead:
            raise NoSessionAheadError(NoSessionAheadError.__doc__)
        session = min(ahead, key=lambda each: each["starts_at"])
        number, later = session["number"], session["starts_at"] + _DAY
        organizer = self.organizer()
        self.telegram.says(organizer.id, f"/session {number}")
        await self.settle()
        # Propose, then confirm: both buttons name the session and the new minute.
        proposed = f"se:at:{number}:{int(later.timestamp()) // 60}:"
        for address in (f"se:t:{number}", proposed, proposed):
            self.press_button(organizer, address)
            await self.settle()
        return int(number)

    def organizer(self) -> User:
        """Returns the organizer of the cast. Raises LookupError where there is none."""
        for person in self.cast:
            if person.id in self.app.settings.organizers.ids:
                return person
        raise LookupError("nobody of the cast is an organizer")

    def press_button(self, person: User, address: str, ending: str = "") -> None:
        """Presses the newest button whose address begins and ends so. Raises LookupError where there is none."""
        for message in reversed(self.telegram.chat(person.id)):
            for row, buttons in enumerate(message.keyboard):
                for column, button in enumerate(buttons):
                    data = str(button.get("callback_data", ""))
                    if data.startswith(address) and data.endswith(ending):
                        self.telegram.presses(person.id, message.id, row, column)
                        return
        raise LookupError(f"there is no button {address}…{ending}")

    async def everyone_subscribes(self) -> None:
        """Lets every person start the bot, tell their place, and turn on all reminders, tap by tap."""
        async with self._turning:
            for step in (self._starts, self._asks_for_the_zone, self._names_the_place, self._accepts):
                await self._all_do(step)
            for step in (self._asks_for_reminders, self._accepts):
                await self._all_do(step)

    async def _all_do(self, step: Callable[[User], None]) -> None:
        for person in self.cast:
            if person.id not in self.telegram.blocked:
                step(person)
        await self.settle()

    def _starts(self, person: User) -> None:
        self.telegram.says(person.id, "/start")

    def _asks_for_the_zone(self, person: User) -> None:
        self.telegram.says(person.id, "/timezone")

    def _names_the_place(self, person: User) -> None:
        self.telegram.says(person.id, PLACES.get(person.zone, person.zone))

    def _asks_for_reminders(self, person: User) -> None:
        self.telegram.says(person.id, "/reminders")

    def _accepts(self, person: User) -> None:
        self.press(person, 0)

    def press(self, person: User, row: int, column: int = 0) -> None:
        """Presses a button under the last message of that person's chat."""
        last = self.telegram.chat(person.id)[-1]
        self.telegram.presses(person.id, last.id, row, column)


PLACES = {
    "America/Port-au-Prince": "Port-au-Prince",
    "America/Mexico_City": "Ciudad de México",
    "Europe/Zurich": "Geneva",
    "America/Argentina/Buenos_Aires": "Buenos Aires",
}


@asynccontextmanager
async def running(rehearsal: Rehearsal) -> AsyncIterator[Rehearsal]:
    """Runs the bot of that rehearsal until the end of the block."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(rehearsal.app.run(stop))
        try:
            yield rehearsal
        finally:
            stop.set()
