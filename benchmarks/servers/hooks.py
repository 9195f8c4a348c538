"""Brings updates to a bot's webhook, as Telegram does: a hundred connections at most, a chat's next after its last."""

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_CONNECTIONS = 100
_AGAIN_SECONDS = 0.2


@dataclass
class Hook:
    """Where updates go; each is brought until it is taken."""

    url: str
    secret: str
    taken: int = 0
    refused: int = 0
    _waiting: "deque[str]" = field(default_factory=deque)
    _work: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: "set[asyncio.Task[None]]" = field(default_factory=set)

    def bring(self, update: str) -> None:
        """Brings an update as soon as a connection is free."""
        self._waiting.append(update)
        self._work.set()
        if len(self._tasks) < _CONNECTIONS and len(self._waiting) > 1 - bool(self._tasks):
            loop = asyncio.get_running_loop()
            self._tasks.add(loop.create_task(self._connection()))

    async def _connection(self) -> None:
        """Brings updates one after the other; opens the connection anew where the bot closes it."""
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                address = urlsplit(self.url)
                reader, writer = await asyncio.open_connection(address.hostname, address.port)
                try:
                    while True:
                        await self._one(reader, writer)
                finally:
                    writer.close()
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not self._waiting:
            self._work.clear()
            await self._work.wait()
        update = self._waiting.popleft()
        try:
            taken = await self._brought(update, reader, writer)
        except BaseException:
            self._waiting.appendleft(update)
            raise
        if taken:
            self.taken += 1
        else:
            self.refused += 1
            asyncio.get_running_loop().call_later(_AGAIN_SECONDS, self.bring, update)

    async def _brought(self, update: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        body = update.encode()
        head = (
            f"POST {urlsplit(self.url).path} HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {self.secret}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = answer.partition(b"content-length:")[2].partition(b"\r")[0].strip()
        if length:
            await reader.readexactly(int(length))
        return answer.split(b" ", 2)[1] == b"200"
