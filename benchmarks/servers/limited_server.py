"""A Bot API server that costs next to nothing, enforces limits of its own and writes down every call.

`python -m benchmarks.servers.limited_server '{"rate": 30, "burst": 1.5, "punish_seconds": 3}'` prints its port and runs
until its input ends. Its rules are described in rules.py. Controls: `/control/totals?expected=N&window=60`,
`/control/crowd?people=256`, `/control/trickle?people=100&rate=5&seconds=60`,
`/control/landed?first=1&last=9&since=…&until=…` (seconds since 1970).
"""

import asyncio
import json
import random
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks.servers.call_log import OK, Ledger
from benchmarks.servers.hooks import Hook
from benchmarks.servers.http_requests import Request, next_request
from benchmarks.servers.rules import Limiter, Rules
from benchmarks.servers.supply import Supply
from reminders.clock import SystemClock

_COUNTED = ("send", "edit", "copy", "forward")
_NOT_COUNTED = {"sendChatAction"}
_TOO_MANY, _BROKEN = 429, 502
_ME = (
    '{"id":1,"is_bot":true,"first_name":"Bench","username":"bench_bot","can_join_groups":true,'
    '"can_read_all_group_messages":false,"supports_inline_queries":true}'
)
_WEBHOOK = '{"url":"","has_custom_certificate":false,"pending_update_count":0}'
_FIXED = {"getMe": _ME, "getWebhookInfo": _WEBHOOK}

Reply = Callable[[bytes], None]


class Api:
    """Answers each call; what it says is small and the same, so that the client is what is measured."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._limiter = Limiter(rules)
        self._ledger = Ledger()
        self._date = int(SystemClock().now().timestamp())
        self._supply = Supply(self._ledger.asked, lambda: self._date)
        self._messages = 0
        self._chance = random.Random(rules.seed)  # noqa: S311 - the same faults in every run

    def handle(self, request: Request, reply: Reply) -> None:
        """Answers at once, or as late as the rules say."""
        if request.path.startswith("/control/"):
            reply(_answer(OK, json.dumps(self._control(request))))
            return
        late = partial(self._late, reply)
        method = request.method
        if method == "getUpdates":
            offset, limit = request.number("offset"), request.number("limit", 100)
            self._supply.fetch(offset, limit, request.number("timeout"), lambda found: late(_result(found)))
        elif method == "setWebhook":
            told = json.loads(request.body)
            self._supply.hook(Hook(told["url"], told["secret_token"]).bring)
            late(_result("true"))
        elif method.startswith(_COUNTED) and method not in _NOT_COUNTED:
            if self._chance.random() < self._rules.broken:
                late(_answer(_BROKEN, '{"ok":false,"error_code":502,"description":"Bad Gateway"}'))
                return
            answer = self._message(request)
            if self._chance.random() >= self._rules.lost:
                late(answer)
        else:
            late(_result(_FIXED.get(method, "true")))

    def _late(self, reply: Reply, answer: bytes) -> None:
        if self._rules.latency:
            asyncio.get_running_loop().call_later(self._rules.latency, reply, answer)
        else:
            reply(answer)

    def _message(self, request: Request) -> bytes:
        now, chat = asyncio.get_running_loop().time(), request.number("chat_id")
        wait = self._limiter.refused(chat, now)
        if wait is not None:
            self._ledger.note(now, chat, _TOO_MANY)
            words = f'"description":"Too Many Requests: retry after {wait}","parameters":{{"retry_after":{wait}}}'
            return _answer(_TOO_MANY, f'{{"ok":false,"error_code":429,{words}}}')
        self._messages += 1
        if self._ledger.note(now, chat, OK):
            self._supply.answered(chat)
        said = f'"message_id":{self._messages},"date":{self._date},"from":{_ME},"text":"said"'
        return _result(f'{{{said},"chat":{{"id":{chat},"type":"private","first_name":"Ana"}}}}')

    def _control(self, request: Request) -> Any:  # noqa: ANN401 - whatever becomes JSON
        address = urlsplit(request.path)
        asked = {name: float(values[0]) for name, values in parse_qs(address.query).items() if name != "text"}
        texts = parse_qs(address.query).get("text", [])
        self._date = int(SystemClock().now().timestamp())
        if address.path == "/control/crowd":
            self._supply.crowd(int(asked["people"]), texts)
        elif address.path == "/control/trickle":
            first = int(asked.get("first", 0))
            self._supply.trickle(range(first, first + int(asked["people"])), asked["rate"], asked["seconds"], texts)
        elif address.path == "/control/forget":
            self._ledger.forget_waits()
        now = asyncio.get_running_loop().time()
        if address.path == "/control/landed":
            ahead = now - SystemClock().now().timestamp()
            spans = (asked["since"] + ahead, asked["until"] + ahead)
            return {**self._ledger.landed(int(asked["first"]), int(asked["last"]), *spans), "ahead": ahead}
        totals = self._ledger.totals(now, expected=int(asked.get("expected", 0)), window=asked.get("window", 60.0))
        return {**totals, "asked_for": self._supply.asked_for}


class _Connection(asyncio.Protocol):
    def __init__(self, api: Api) -> None:
        self._api = api
        self._heard = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._to = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while (request := next_request(self._heard)) is not None:
            self._api.handle(request, self._say)

    def _say(self, answer: bytes) -> None:
        if not self._to.is_closing():
            self._to.write(answer)


def _result(result: str) -> bytes:
    return _answer(OK, f'{{"ok":true,"result":{result}}}')


def _answer(status: int, body: str) -> bytes:
    content = body.encode()
    head = f"HTTP/1.1 {status} .\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


async def _serve(rules: Rules) -> None:
    api = Api(rules)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(api), "127.0.0.1", 0, backlog=1024)
    async with server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await _input_ends()


def _input_ends() -> Coroutine[Any, Any, str]:
    """Stops when whoever started it has gone."""
    return asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(Rules(**json.loads(sys.argv[1] if len(sys.argv) > 1 else "{}"))))
