"""Telegram's limits: overall, per chat, and what a 429 teaches."""

import asyncio
from collections import OrderedDict

_REMEMBERED_CHATS = 10_000
_GROUP_GAP_SECONDS = 60 / 20


class Pace:
    """Hands out turns to send: `rate` a second over all chats, `per_chat` a second to one, 20 a minute to a group.

    No bursts: where Telegram punishes them, every one costs more than it gains. Measured in real seconds, even in
    a rehearsal whose clock runs faster. Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits
    """

    def __init__(self, *, rate: float, per_chat: float) -> None:
        self._gap = 1 / rate
        self._chat_gap = 1 / per_chat
        self._next = 0.0
        self._halted_until = 0.0
        self._chats: OrderedDict[int, float] = OrderedDict()

    async def turn(self, chat_id: int) -> None:
        """Waits until that chat may be written to."""
        await self._until(self._reserve_chat(chat_id))
        await self._until(self._reserve())
        while asyncio.get_running_loop().time() < self._halted_until:
            await self._until(self._halted_until)
            await self._until(self._reserve())

    def halt(self, seconds: float) -> None:
        """Nobody sends for that long: Telegram said so."""
        self._halted_until = max(self._halted_until, asyncio.get_running_loop().time() + seconds)

    def _reserve(self) -> float:
        now = asyncio.get_running_loop().time()
        mine = max(now, self._next)
        self._next = mine + self._gap
        return mine

    def _reserve_chat(self, chat_id: int) -> float:
        now = asyncio.get_running_loop().time()
        mine = max(now, self._chats.pop(chat_id, 0.0))
        gap = max(self._chat_gap, _GROUP_GAP_SECONDS) if chat_id < 0 else self._chat_gap
        self._chats[chat_id] = mine + gap
        while len(self._chats) > _REMEMBERED_CHATS:
            self._chats.popitem(last=False)
        return mine

    @staticmethod
    async def _until(moment: float) -> None:
        delay = moment - asyncio.get_running_loop().time()
        if delay > 0:
            await asyncio.sleep(delay)
