"""One chat in order, many chats at once."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from telegram import Update
from telegram.ext import BaseUpdateProcessor


class InOrder(BaseUpdateProcessor):
    """PTB's update processor: an update waits only for earlier ones of its own chat."""

    def __init__(self, at_once: int = 256, *, hurries: Callable[[Update], bool] = lambda _: False) -> None:
        # PTB would count those that wait for their turn: one chat alone could take every place.
        super().__init__(sys.maxsize)
        self._slots = asyncio.Semaphore(at_once)
        self._hurries = hurries
        self._chats: dict[int, tuple[asyncio.Lock, int]] = {}

    @property
    def idle(self) -> bool:
        """Whether nothing is being handled or waits to be."""
        return not self._chats

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Handles the update when its chat's earlier ones are done."""
        if isinstance(update, Update) and self._hurries(update):
            await coroutine
            return
        async with self._place(_whose(update)), self._slots:
            await coroutine

    @asynccontextmanager
    async def _place(self, chat: int) -> AsyncIterator[None]:
        lock, waiting = self._chats.get(chat, (asyncio.Lock(), 0))
        self._chats[chat] = (lock, waiting + 1)
        try:
            async with lock:  # asyncio's locks are fair: first come, first served
                yield
        finally:
            lock, waiting = self._chats[chat]
            if waiting == 1:
                del self._chats[chat]
            else:
                self._chats[chat] = (lock, waiting - 1)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def _whose(update: object) -> int:
    """The conversation it belongs to: a person's, wherever they press, else the chat's."""
    if isinstance(update, Update):
        if update.effective_user is not None:
            return update.effective_user.id
        if update.effective_chat is not None:
            return update.effective_chat.id
    return 0
