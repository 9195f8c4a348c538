"""The updates that a server of the benchmarks has: people who write in their own time, or once they are answered."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Protocol

from benchmarks.servers.rules import REPLIES_FROM

_TICK_SECONDS = 0.01


class Asked(Protocol):
    """Is told who writes, and when."""

    def __call__(self, now: float, chat: int) -> None:
        """Gets an update that somebody wrote."""
        ...


class Supply:
    """Updates by number; the bot's offset says from which on it wants them, as with Telegram."""

    def __init__(self, asked: Asked, wall: Callable[[], int]) -> None:
        self._asked = asked
        self._wall = wall
        self._updates: list[str] = []
        self._texts: Sequence[str] = ["hola"]
        self._again = False  # whoever is answered writes again
        self._poll: Callable[[], None] | None = None
        self.asked_for: float | None = None  # when somebody first asked for updates, by the loop's clock
        self.bring: Callable[[str], None] | None = None  # to a webhook, once one is set

    def crowd(self, people: int, texts: Sequence[str]) -> None:
        """Lets everybody write, and writes again as soon as they are answered."""
        self._again, self._texts = True, texts or self._texts
        for number in range(people):
            self._writes(REPLIES_FROM + number)

    def trickle(self, people: range, rate: float, seconds: float, texts: Sequence[str]) -> None:
        """Lets one person after the other write, `rate` a second, whether answered or not."""
        self._texts = texts or self._texts
        loop = asyncio.get_running_loop()
        started, number = loop.time(), 0

        def tick() -> None:
            nonlocal number
            gone = loop.time() - started
            while number < min(gone, seconds) * rate:
                self._writes(REPLIES_FROM + people[number % len(people)])
                number += 1
            if gone < seconds:
                loop.call_later(_TICK_SECONDS, tick)

        tick()

    def answered(self, chat: int) -> None:
        """Ends somebody's wait."""
        if self._again:
            self._writes(chat)

    def fetch(self, offset: int, limit: int, timeout: float, reply: Callable[[str], None]) -> None:
        """Answers long polling: gives what there is, or the first to come within `timeout` seconds."""
        self.begun()
        found = self._from(offset, limit)
        if found or not timeout:
            reply(f"[{','.join(found)}]")
            return

        def end() -> None:
            if timer.cancelled():
                return
            timer.cancel()
            self._poll = None
            reply(f"[{','.join(self._from(offset, limit))}]")

        timer = asyncio.get_running_loop().call_later(timeout, end)
        self._poll = end

    def begun(self) -> None:
        """Notes that somebody wants updates."""
        self.asked_for = self.asked_for or asyncio.get_running_loop().time()

    def hook(self, bring: Callable[[str], None]) -> None:
        """Brings updates from now on; those that wait, too."""
        self.begun()
        if self.bring is None:
            for each in self._updates:
                bring(each)
        self.bring = bring

    def _from(self, offset: int, limit: int) -> list[str]:
        start = max(offset - 1, 0)
        return self._updates[start : start + limit]

    def _writes(self, chat: int) -> None:
        number = len(self._updates) + 1
        who = f'"id":{chat},"first_name":"Ana"'
        text = json.dumps(self._texts[number % len(self._texts)])
        self._updates.append(
            f'{{"update_id":{number},"message":{{"message_id":{number},"date":{self._wall()},'
            f'"chat":{{{who},"type":"private"}},"from":{{{who},"is_bot":false,"language_code":"es"}},"text":{text}}}}}'
        )
        self._asked(asyncio.get_running_loop().time(), chat)
        if self.bring is not None:
            self.bring(self._updates[-1])
        if self._poll is not None:
            asyncio.get_running_loop().call_soon(self._poll)
            self._poll = None
