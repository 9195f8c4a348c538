"""The stage of a rehearsed cycle: the bot that is killed and starts again, phones that act all at once, a timeline."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from bot import logs
from bot.app import App, build
from bot.config.settings import CycleSettings, DatabaseSettings, DeliverySettings, Limits, Organizers, Settings
from bot.config.settings import Telegram as TelegramSettings
from locales.time_zone import time_zone
from rehearsal.clock import TurnableClock
from rehearsal.cycle.ledger import Ledger, Message
from rehearsal.cycle.players import ORGANIZER_ID, Player, add_players
from rehearsal.demo_people import TOKEN
from rehearsal.telegram.limits import Limits as TelegramLimits
from rehearsal.telegram.request import RehearsalRequest
from rehearsal.telegram.telegram import Telegram, User
from rehearsal.world import Rehearsal

# Two days before the first session, 9:00 in Argentina.
START = datetime(2024, 10, 21, 12, tzinfo=UTC)
_HURRIED = DeliverySettings(rate=1000, per_chat=30)
_PATIENCE_SECONDS = 150.0
_LAST_BREATH = 0.1
_SERIOUS = ("error", "critical")
Timeline = Callable[[str], None]


@dataclass(repr=False)
class Stage:
    """One rehearsed cycle: its world, its players, and what they did so far."""

    world: Rehearsal
    organizer: User
    ledger: Ledger
    settings: Settings
    write: Timeline
    group: asyncio.TaskGroup
    errors: list[str] = field(default_factory=list)
    seen: dict[int, dict[int, Message]] = field(default_factory=dict)  # each message as it came, by chat and number
    linked: set[int] = field(default_factory=set)
    screen: dict[str, int] = field(default_factory=dict)  # of the panel, as it was after the votes: words to votes
    _began: float = field(default_factory=monotonic)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _dying: bool = False
    _bot: "asyncio.Task[None] | None" = None

    @property
    def telegram(self) -> Telegram:
        """The Telegram that everybody uses."""
        return self.world.telegram

    @property
    def app(self) -> App:
        """The bot that runs now."""
        return self.world.app

    def tell(self, words: str) -> None:
        """Writes a line of the timeline: seconds since the beginning, the rehearsal's time where the cycle is."""
        local = self.world.clock.now().astimezone(time_zone(self.app.cycle.zone))
        self.write(f"{monotonic() - self._began:6.1f} s  {local:%d %b %H:%M}  {words}")

    async def start(self) -> None:
        """Starts the bot, and waits until it listens."""
        self._stop = asyncio.Event()
        self._bot = self.group.create_task(self.app.run(self._stop))
        await self.world.settle()

    async def kill(self) -> None:
        """Cuts the bot off in the middle of what it does: nothing is finished, nothing more is written."""
        assert self._bot is not None, "it was started"  # noqa: S101 - the acts' own order
        self._dying = True  # a process that is killed writes nothing into its log
        self._bot.cancel()
        await asyncio.wait([self._bot])
        await asyncio.sleep(_LAST_BREATH)  # what was being planned is cut off with it, a moment later
        self._dying = False
        self.world.clock.forget_listeners()
        self.world.app = _built(self.settings, self.world.clock, self.telegram)

    async def finish(self) -> None:
        """Stops the bot in order."""
        self._stop.set()
        if self._bot is not None:
            await asyncio.wait([self._bot])

    async def all_do(self, players: Iterable[Player], act: Callable[[Player], object]) -> None:
        """Lets all of them act at once, and waits until each was answered."""
        for player in players:
            act(player)
        await self.world.settle()

    def says(self, words: str) -> Callable[[Player], object]:
        """Returns what types those words."""
        return lambda player: self.telegram.says(player.id, words)

    def presses(self, address: str, times: int = 1) -> Callable[[Player], object]:
        """Returns what presses a button with that address, under the newest message, so many times in a row."""
        return lambda player: self._forge(player.id, address, times)

    def _forge(self, user_id: int, address: str, times: int = 1) -> None:
        newest = next(reversed(self.telegram.chats[user_id].messages))
        for _ in range(times):
            self.telegram.forges_press(user_id, newest, address)

    async def organizer_says(self, words: str) -> None:
        """Types in the organizer's chat."""
        self.telegram.says(self.organizer.id, words)
        await self.world.settle()

    async def organizer_opens(self, *addresses: str) -> None:
        """Presses buttons with those addresses in the organizer's chat, as an old message's would be."""
        for address in addresses:
            self._forge(self.organizer.id, address)
        await self.world.settle()

    async def organizer_presses(self, address: str) -> None:
        """Presses the newest button whose address begins so."""
        self.world.press_button(self.organizer, address)
        await self.world.settle()

    def _see(self, kind: str, chat_id: int | None) -> None:
        """Notes each message as it comes: later it may be edited."""
        if kind != "chat" or chat_id is None:
            return
        known, messages = self.seen.setdefault(chat_id, {}), self.telegram.chats[chat_id].messages
        number = next(reversed(messages), 0)
        if number and number not in known and messages[number]["from"]["is_bot"]:
            message = messages[number]
            text = str(message.get("text") or message.get("caption") or "")
            file = str(message.get("document", {}).get("file_name", ""))
            known[number] = Message(datetime.fromtimestamp(message["date"], UTC), text, file)
        if self.ledger.link and self.ledger.link in repr(messages.get(number)):
            self.linked.add(chat_id)

    def look(self) -> None:
        """Begins to note what comes to the phones."""
        self.telegram.subscribe(self._see)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Notes what the log calls an error, and who else was told of it is left alone."""

        def hear(event: logs.Event) -> None:
            if event.get("level") in _SERIOUS and not self._dying:
                self.errors.append(" ".join(str(event.get(each, "")) for each in ("event", "error", "at")))

        logs.listeners.append(hear)
        try:
            yield
        finally:
            logs.listeners.remove(hear)


def set_stage(group: asyncio.TaskGroup, folder: Path, people: int, write: Timeline) -> Stage:
    """Returns a stage with so many people; its database is a new file in that folder. The bot is not started yet."""
    clock = TurnableClock(START, speed=0)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=TelegramLimits(enforced=False))
    organizer, players = add_players(telegram, people)
    settings = Settings(
        telegram=TelegramSettings(token=TOKEN),  # type: ignore[arg-type] # pydantic wraps the text
        database=DatabaseSettings(url=f"sqlite:///{folder / 'cycle.db'}"),
        organizers=Organizers(ids=(ORGANIZER_ID,)),
        cycle=CycleSettings(),
        delivery=_HURRIED,
        limits=Limits(messages=1_000_000),  # the clock stands still while people press button after button
    )
    app = _built(settings, clock, telegram)
    world = Rehearsal(telegram, clock, app, (organizer, *(each.user for each in players)))
    world.patience_seconds = _PATIENCE_SECONDS
    stage = Stage(world, organizer, Ledger(players), settings, write, group)
    stage.look()
    return stage


def _built(settings: Settings, clock: TurnableClock, telegram: Telegram) -> App:
    return build(settings, clock=clock, request=RehearsalRequest(telegram))
