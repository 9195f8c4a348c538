"""Strangers who hold connections open: each has seconds for its headers, and Telegram's calls find room."""

import asyncio
import contextlib
import logging
from collections.abc import Iterator

import aiohttp
import pytest

from bot.app import App
from bot.http.guarded_protocol import GuardedProtocol
from bot.logs import OneAMinute
from rehearsal.world import running
from tests.support.telegram.local_telegram import until
from tests.support.telegram.webhook_bots import PATH, by_webhook, free_port, look
from tests.support.world.people import World
from tests.support.world.restart import built

SLOW = b"POST /telegram HTTP/1.1\r\nHost: x\r\nX-Slow: "
CALL = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture
def hurried() -> Iterator[None]:
    """Small limits, so that a test need not wait."""
    before = GuardedProtocol.header_seconds, GuardedProtocol.most_connections
    GuardedProtocol.header_seconds, GuardedProtocol.most_connections = 0.3, 20
    yield
    GuardedProtocol.header_seconds, GuardedProtocol.most_connections = before


async def opened_doors(app: App) -> None:
    server = app.http_server
    await until(lambda: server is not None and bool(server.servers) and all(each.started for each in server.servers))


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(("before", "slow"), [(b"", b""), (b"", SLOW), (CALL, SLOW)])
async def test_slow_headers_are_given_up_whatever_came_before_them(stage: World, before: bytes, slow: bytes) -> None:
    rehearsal, port = stage.rehearsal, free_port()
    rehearsal.app = built(by_webhook(stage.settings, port), rehearsal.clock, rehearsal.telegram)
    async with running(rehearsal):
        await opened_doors(rehearsal.app)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        if before:
            writer.write(before)
            assert b"200 OK" in await reader.read(1000)
        writer.write(slow)
        async with asyncio.timeout(10):
            with contextlib.suppress(ConnectionResetError):
                while await reader.read(1000):
                    pass
        writer.close()


@pytest.mark.usefixtures("hurried")
async def test_many_silent_connections_keep_nobody_out(stage: World) -> None:
    rehearsal, port = stage.rehearsal, free_port()
    GuardedProtocol.header_seconds = 30.0
    rehearsal.app = built(by_webhook(stage.settings, port), rehearsal.clock, rehearsal.telegram)
    async with running(rehearsal), contextlib.AsyncExitStack() as opened:
        await opened_doors(rehearsal.app)
        for _ in range(60):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(SLOW)
            opened.callback(writer.close)
        assert await look(rehearsal.app, "/healthz") == (200, "ok")
        async with aiohttp.ClientSession() as session, session.post(f"http://127.0.0.1:{port}{PATH}") as reply:
            assert reply.status == 403
        assert all(len(each.server_state.connections) <= 21 for each in rehearsal.app.http_server.servers)  # type: ignore[union-attr]


def test_the_web_servers_lines_come_once_a_minute_and_all_others_always() -> None:
    once = OneAMinute()

    def passes(name: str, line: int, words: str = "Invalid HTTP request received.") -> bool:
        return once.filter(logging.LogRecord(name, logging.WARNING, __file__, line, words, (), None))

    assert [passes("uvicorn.error", 1) for _ in range(3)] == [True, False, False]
    assert passes("uvicorn.error", 2)
    assert [passes("asyncio", 3, "socket.accept() out of system resource") for _ in range(2)] == [True, False]
    assert all(passes("bot.updates", 4) for _ in range(3))
