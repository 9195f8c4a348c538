"""A Bot API that costs next to nothing: answers at once, or after a latency, and notes who was told what."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

TOKEN = "73195:token-of-nobody"  # noqa: S105 - it opens only the server in this process
ME = {"id": 73195, "is_bot": True, "first_name": "Ciclo", "username": "ciclo_bot"}


class FastApi:
    """What was sent to each chat, in order."""

    def __init__(self, latency: float = 0.0) -> None:
        self.told: defaultdict[int, list[str]] = defaultdict(list)
        self.sent = 0
        self.latency = latency
        self.hook = ""

    def answer(self, method: str, body: bytes) -> bytes:
        """Returns the result of a call."""
        result: object = True
        if method == "getMe":
            result = ME
        elif method == "setWebhook":
            self.hook = json.loads(body)["secret_token"]
        elif method == "sendMessage":
            asked = json.loads(body)
            chat, words = asked["chat_id"], asked["text"]
            self.sent += 1
            self.told[chat].append(words)
            result = {"message_id": self.sent, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "."}
        read = json.dumps({"ok": True, "result": result}).encode()
        return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (len(read), read)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """Serves over HTTP at that address."""
        server = await asyncio.get_running_loop().create_server(lambda: _Line(self), "127.0.0.1", 0)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


class _Line(asyncio.Protocol):
    def __init__(self, api: FastApi) -> None:
        self._api = api
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._to = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while (end := self._heard.find(b"\r\n\r\n")) >= 0:
            head = self._heard[:end]
            lower = head.lower()
            length = int(lower.split(b"content-length:")[1].split(b"\r")[0]) if b"content-length:" in lower else 0
            if len(self._heard) < end + 4 + length:
                return
            body = self._heard[end + 4 : end + 4 + length]
            self._heard = self._heard[end + 4 + length :]
            method = head.split(b" ", 2)[1].rsplit(b"/", 1)[-1].decode()
            reply = self._api.answer(method, body)
            if self._api.latency:
                asyncio.get_running_loop().call_later(self._api.latency, self._to.write, reply)
            else:
                self._to.write(reply)
