"""Compares what was chosen with what was turned down, in one run on this machine: `make bench`.

`python -m benchmarks NAME [SECONDS]` runs one comparison: transport, planning, answers, statements, sending, echo,
latency, wave, first, start, window. `first` and `window` take a number of people instead of seconds, `start` a number
of rounds; `window 10000` runs for ten minutes. `echo 4 0` measures at a latency of 0 s alone, `echo 4 0.05` at 50 ms.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable

from telegram.request import BaseRequest, HTTPXRequest, RequestData

from benchmarks.answers import answers
from benchmarks.echo import HALL, echo, first_contact
from benchmarks.latency import latency, wave
from benchmarks.planning import planning
from benchmarks.sending_table import sending
from benchmarks.start import ROUNDS as STARTS
from benchmarks.start import start
from benchmarks.statements import statements
from benchmarks.window import PEOPLE, window
from telegram_io.transport import AiohttpRequest

CALLS, AT_ONCE, ROUNDS = 2_000, 32, 3
_USUAL_SECONDS = 10.0
_ANSWER = b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 25\r\n\r\n{"ok":true,"result":true}'


async def transport(address: str, request: BaseRequest) -> float:
    """Calls a second to a server that answers at once."""
    await request.initialize()
    slots = asyncio.Semaphore(AT_ONCE)

    async def call() -> None:
        async with slots:
            await request.do_request(f"{address}/bot1:x/sendMessage", "POST", RequestData([]))

    started = time.perf_counter()
    await asyncio.gather(*(call() for _ in range(CALLS)))
    taken = time.perf_counter() - started
    await request.shutdown()
    return CALLS / taken


async def transports(address: str) -> None:
    """Compares aiohttp with PTB's stock httpx, in turn, the best of each."""
    makers: dict[str, Callable[[], BaseRequest]] = {
        "ours (aiohttp)": AiohttpRequest,
        "stock (httpx)": lambda: HTTPXRequest(connection_pool_size=AT_ONCE),
    }
    best = dict.fromkeys(makers, 0.0)
    for _ in range(ROUNDS):
        for name, make in makers.items():
            best[name] = max(best[name], await transport(address, make()))
    for name, rate in best.items():
        print(f"transport  {name:<16}{rate:>9.0f} calls/s, {AT_ONCE} at once")
    ours, stock = best.values()
    print(f"transport  ratio ours/stock {ours / stock:.2f}\n")


class _Fast(asyncio.Protocol):
    """Answers each request at once, so that what is measured is the client."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._to = transport
        self._heard = b""

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while (end := self._heard.find(b"\r\n\r\n")) >= 0:
            head = self._heard[:end].lower()
            length = int(head.split(b"content-length:")[1].split(b"\r")[0]) if b"content-length:" in head else 0
            if len(self._heard) < end + 4 + length:
                return
            self._heard = self._heard[end + 4 + length :]
            assert isinstance(self._to, asyncio.WriteTransport)
            self._to.write(_ANSWER)


async def _served(work: Callable[[str], Awaitable[None]]) -> None:
    server = await asyncio.get_running_loop().create_server(_Fast, "127.0.0.1", 0)
    async with server:
        await work(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")


async def _all() -> None:
    await _served(transports)
    await planning()
    answers()
    for compare in (sending, echo, statements, latency):
        await compare(_USUAL_SECONDS)
    await first_contact()
    await start()
    await wave(_USUAL_SECONDS)


async def main(name: str = "", *options: str) -> None:
    """Runs every comparison, or the one of that name. Exits with the list of names where there is no such one."""
    seconds = float(options[0]) if options else _USUAL_SECONDS
    comparisons: dict[str, Callable[[], Awaitable[None]]] = {
        "": _all,
        "transport": lambda: _served(transports),
        "planning": planning,
        "answers": lambda: asyncio.to_thread(answers),
        "statements": lambda: statements(seconds),
        "sending": lambda: sending(seconds, *options[1:2]),
        "echo": lambda: echo(seconds, *map(float, options[1:2])),
        "latency": lambda: latency(seconds),
        "wave": lambda: wave(seconds),
        "first": lambda: first_contact(int(seconds) if options else HALL),
        "start": lambda: start(int(seconds) if options else STARTS),
        "window": lambda: window(int(seconds) if options else PEOPLE),
    }
    if name not in comparisons:
        sys.exit(f"there is no comparison {name!r}; choose one of: {', '.join(filter(None, comparisons))}")
    await comparisons[name]()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
