"""People who talk to the bot: says(), presses(), heard()."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.config.settings import Settings
from rehearsal.telegram.message_html import ChatMessage
from rehearsal.telegram.telegram import Telegram
from rehearsal.world import Rehearsal

TOKEN = "73195:test-token-of-nobody"  # noqa: S105 - it opens only the Telegram in this process
# The day before the first session, 12:00 in Argentina.
START = datetime(2024, 10, 22, 15, 0, tzinfo=UTC)


# Without a repr: asyncio draws what its tasks hold each time that it sets a signal, in many milliseconds.
@dataclass(repr=False)
class World:
    """The stage of one test."""

    rehearsal: Rehearsal
    settings: Settings

    @property
    def telegram(self) -> Telegram:
        """The Telegram of this world."""
        return self.rehearsal.telegram

    def person(self, name: str, *, language: str | None = "es", **more: Any) -> "Person":  # noqa: ANN401 - as joins() takes it
        """Somebody who has a phone and has not written yet."""
        user = self.telegram.joins(name, language_code=language, **more)
        return Person(self, user.id)

    async def settle(self) -> None:
        """Until everything said is answered and everything due is sent."""
        await self.rehearsal.settle()

    async def all_say(self, said: Iterable[tuple["Person", str]]) -> None:
        """Everybody sends theirs in one moment: to wait for each answer takes four times as long."""
        for person, words in said:
            person.listen()
            self.telegram.says(person.id, words)
        await self.settle()

    async def all_press(self, pressed: Iterable[tuple["Person", str]]) -> None:
        """Everybody presses theirs in one moment."""
        for person, label in pressed:
            person.listen()
            self.telegram.presses(person.id, *person._find(label))
        await self.settle()

    async def all_forge(self, forged: Iterable[tuple["Person", str]]) -> None:
        """Everybody presses a button that nobody made, in one moment."""
        for person, data in forged:
            person.listen()
            self.telegram.forges_press(person.id, person.chat[-1].id, data)
        await self.settle()

    async def turn_to(self, moment: str) -> None:
        """Turns the clock: "2024-10-23 12:55" is a moment in UTC, written as ISO with an offset otherwise."""
        await self.rehearsal.turn_to(_moment(moment))


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(repr=False)
class Person:
    """Acts as a phone does and sees what it shows."""

    world: World
    id: int
    _before: dict[int, Any] = field(default_factory=dict)

    async def says(self, words: str) -> None:
        """Types and sends."""
        await self._do(lambda: self.world.telegram.says(self.id, words))

    async def presses(self, label: str) -> None:
        """Presses the newest button whose label holds those words."""
        number, row, column = self._find(label)
        await self._do(lambda: self.world.telegram.presses(self.id, number, row, column))

    async def forges(self, data: str) -> None:
        """Presses a button that nobody made, under a message of the bot."""
        if not self.world.telegram.chats[self.id].messages:
            await self.says("/start")
        number = next(self.world.telegram.newest_first(self.id)).id
        await self._do(lambda: self.world.telegram.forges_press(self.id, number, data))

    async def shares_location(self, latitude: float, longitude: float) -> None:
        """Sends where the phone is."""
        await self._do(lambda: self.world.telegram.shares_location(self.id, latitude, longitude))

    async def does(self, act: Callable[[Telegram, int], object]) -> None:
        """Anything else that a phone can do."""
        await self._do(lambda: act(self.world.telegram, self.id))

    async def _do(self, act: Callable[[], object]) -> None:
        self.listen()
        act()
        await self.world.settle()

    def listen(self) -> None:
        """From here on, what comes or changes is new."""
        self._before = self.world.telegram.appearances(self.id)

    @property
    def chat(self) -> list[ChatMessage]:
        """All that the phone shows, oldest first."""
        return self.world.telegram.chat(self.id)

    @property
    def news(self) -> list[ChatMessage]:
        """What the bot wrote or changed since this person last acted."""
        return [each for each in self.world.telegram.changed_since(self.id, self._before) if each.from_bot]

    @property
    def last(self) -> str:
        """The newest words of the bot."""
        return next((each.text for each in self.world.telegram.newest_first(self.id) if each.from_bot), "")

    def heard(self, *words: str) -> bool:
        """Whether one new message holds all those words."""
        return any(all(part in each.text for part in words) for each in self.news)

    @property
    def buttons(self) -> list[str]:
        """The labels under the newest message of the bot."""
        for message in self.world.telegram.newest_first(self.id):
            if message.from_bot:
                return [button["text"] for row in message.keyboard for button in row]
        return []

    @property
    def toasts(self) -> list[str]:
        """The short words shown above the chat after presses."""
        return [str(each.get("text") or "") for each in self.world.telegram.toasts_of(self.id)]

    def _find(self, label: str) -> tuple[int, int, int]:
        for message in self.world.telegram.newest_first(self.id):
            for row, buttons in enumerate(message.keyboard):
                for column, button in enumerate(buttons):
                    if label in button["text"] and "callback_data" in button:
                        return message.id, row, column
        raise AssertionError(f"no button {label!r}; the last ones: {self.buttons}")
