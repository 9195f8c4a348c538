"""The stock ways to send a broadcast: `python -m benchmarks.peers.peers_sending WAY ADDRESS MESSAGES RATE SECONDS`.

Knows nothing of Ciclo, so that any Python with the peers in it can run it. Who is told to wait does, and tries again.
"""

import asyncio
import contextlib
import json
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from telegram import Bot
from telegram.error import RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, Application, CallbackContext
from telegram.request import HTTPXRequest

TOKEN, WORDS, NOT_INSTALLED = "1:bench", "La sesión 3 empieza en 57 minutos.", 3
WORKERS, RETRIES = 32, 100

Send = Callable[[int], Awaitable[Any]]
Way = Callable[[str, int, float], Awaitable[None]]


async def by_workers(send: Send, messages: int, workers: int = WORKERS) -> None:
    """Sends so many at once, as a loop with a semaphore does."""
    numbers = iter(range(1, messages + 1))

    async def work() -> None:
        for number in numbers:
            await send(number)

    await asyncio.gather(*(work() for _ in range(workers)))


async def by_gather(send: Send, messages: int) -> None:
    """Sends all at once, and the limiter lets them through."""
    await asyncio.gather(*(send(number) for number in range(1, messages + 1)))


def ptb_patiently(bot: Bot) -> Send:
    """Waits as long as it is told, and tries again."""

    async def send(chat: int) -> None:
        for _ in range(RETRIES):
            try:
                await bot.send_message(chat, WORDS)
            except RetryAfter as error:
                pause = error.retry_after
                await asyncio.sleep(pause if isinstance(pause, int) else pause.total_seconds())
            else:
                return

    return send


def ptb_once(bot: Bot) -> Send:
    """Leaves the waiting to PTB's limiter."""

    async def send(chat: int) -> None:
        try:
            await bot.send_message(chat, WORDS)
        except TelegramError:
            return

    return send


async def ptb_loop(address: str, messages: int, _rate: float) -> None:
    """Uses PTB's Bot as it comes, 50 at once."""
    async with Bot(TOKEN, base_url=f"{address}/bot") as bot:
        await by_workers(ptb_patiently(bot), messages, 50)


async def ptb_tuned(address: str, messages: int, _rate: float) -> None:
    """Does the same with a pool no larger than needed: httpx looks through all of it for each call."""
    request = HTTPXRequest(connection_pool_size=WORKERS, pool_timeout=60)
    async with Bot(TOKEN, base_url=f"{address}/bot", request=request) as bot:
        await by_workers(ptb_patiently(bot), messages)


def application(address: str, rate: float) -> "Application[Any, Any, Any, Any, Any, Any]":
    """Builds PTB's whole stack with its own limiter, as far as there is a rate."""
    limiter = AIORateLimiter(overall_max_rate=rate, overall_time_period=1, max_retries=RETRIES)
    builder = Application.builder().token(TOKEN).base_url(f"{address}/bot").rate_limiter(limiter)
    return builder.pool_timeout(60).concurrent_updates(32).build()


async def _by_job(address: str, rate: float, broadcast: Callable[[Send], Awaitable[None]]) -> None:
    done = asyncio.Event()

    async def job(context: CallbackContext[Any, Any, Any, Any]) -> None:
        await broadcast(ptb_once(context.bot))
        done.set()

    async with application(address, rate) as app:
        await app.start()
        try:
            assert app.job_queue is not None
            app.job_queue.run_once(job, 0)
            await done.wait()
        finally:
            await app.stop()


async def ptb_gather(address: str, messages: int, rate: float) -> None:
    """Sends everything at once with JobQueue and AIORateLimiter."""
    await _by_job(address, rate, lambda send: by_gather(send, messages))


async def ptb_workers(address: str, messages: int, rate: float) -> None:
    """Sends so many at once with JobQueue and AIORateLimiter."""
    await _by_job(address, rate, lambda send: by_workers(send, messages))


async def aiogram_loop(address: str, messages: int, _rate: float) -> None:
    """Sends with aiogram in the same loop with a semaphore."""
    async with aiogram_bot(address) as bot:
        await by_workers(aiogram_patiently(bot), messages)


def aiogram_patiently(bot: Any) -> Send:  # noqa: ANN401 - aiogram's, which may not be installed
    """Waits as long as it is told, and tries again."""
    retry_after = import_module("aiogram.exceptions").TelegramRetryAfter

    async def send(chat: int) -> None:
        for _ in range(RETRIES):
            try:
                await bot.send_message(chat, WORDS)
            except retry_after as error:
                await asyncio.sleep(error.retry_after)
            else:
                return

    return send


def aiogram_bot(address: str) -> Any:  # noqa: ANN401 - aiogram's, which may not be installed
    """Makes a bot of aiogram's that talks to the benchmark's server."""
    server = import_module("aiogram.client.telegram").TelegramAPIServer.from_base(address)
    session = import_module("aiogram.client.session.aiohttp").AiohttpSession(api=server)
    return import_module("aiogram").Bot(TOKEN, session=session)


# Each with what it needs beside python-telegram-bot.
WAYS: dict[str, tuple[Way, str]] = {
    "ptb-loop": (ptb_loop, "telegram"),
    "ptb-tuned": (ptb_tuned, "telegram"),
    "ptb-gather": (ptb_gather, "aiolimiter"),
    "ptb-workers": (ptb_workers, "aiolimiter"),
    "aiogram-loop": (aiogram_loop, "aiogram"),
}


def need(module: str) -> None:
    """Ends this process with a word where that is not installed."""
    try:
        import_module(module)
    except ImportError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(NOT_INSTALLED)


def spent(before: float) -> str:
    """Prints what this process has used, as its last line."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return json.dumps({"cpu": time.process_time() - before, "memory": memory})


async def _run(way: Way, address: str, messages: int, rate: float, seconds: float) -> None:
    before = time.process_time()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await way(address, messages, rate)
    print(spent(before))


if __name__ == "__main__":
    chosen, needed = WAYS[sys.argv[1]]
    need(needed)
    asyncio.run(_run(chosen, sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])))
