"""Stock bots that echo while they broadcast: `python -m benchmarks.peers.peers_latency WAY ADDRESS MESSAGES RATE`.

Knows nothing of Ciclo, so that any Python with the peers in it can run it.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine
from importlib import import_module
from typing import Any

from telegram.ext import Application, CallbackContext, MessageHandler, filters

from benchmarks.peers.peers_echo import echo
from benchmarks.peers.peers_sending import (
    TOKEN,
    Send,
    aiogram_bot,
    aiogram_patiently,
    application,
    by_gather,
    by_workers,
    need,
    ptb_once,
    ptb_patiently,
)

App = Application[Any, Any, Any, Any, Any, Any]
Context = CallbackContext[Any, Any, Any, Any]
Broadcast = Callable[[Context], Coroutine[Any, Any, None]]


def _ptb(app: App, broadcast: Broadcast) -> None:
    app.add_handler(MessageHandler(filters.ALL, echo))
    assert app.job_queue is not None
    app.job_queue.run_once(broadcast, 0)
    app.run_polling()


def limiter_gather(address: str, messages: int, rate: float) -> None:
    """Sends everything at once through AIORateLimiter."""
    _ptb(application(address, rate), lambda context: by_gather(ptb_once(context.bot), messages))


def limiter_workers(address: str, messages: int, rate: float) -> None:
    """Sends so many at once through AIORateLimiter."""
    _ptb(application(address, rate), lambda context: by_workers(ptb_once(context.bot), messages))


def no_limiter(address: str, messages: int, _rate: float) -> None:
    """Sends without a limiter: whoever is refused waits as long as Telegram says, and tries again."""
    app = Application.builder().token(TOKEN).base_url(f"{address}/bot").concurrent_updates(32).build()
    _ptb(app, lambda context: by_workers(ptb_patiently(context.bot), messages))


def aiogram(address: str, messages: int, _rate: float) -> None:
    """Sends with aiogram, which waits and tries again in the same way, replies too."""
    bot = aiogram_bot(address)
    send = aiogram_patiently(bot)
    dispatcher = import_module("aiogram").Dispatcher()

    async def answer(message: Any) -> None:  # noqa: ANN401 - aiogram's, which may not be installed
        await send(message.chat.id)

    dispatcher.message.register(answer)
    asyncio.run(_both(dispatcher.start_polling(bot), send, messages))


async def _both(polling: Awaitable[None], send: Send, messages: int) -> None:
    await asyncio.gather(polling, by_workers(send, messages))


WAYS: dict[str, tuple[Callable[[str, int, float], None], str]] = {
    "limiter-gather": (limiter_gather, "aiolimiter"),
    "limiter-workers": (limiter_workers, "aiolimiter"),
    "no-limiter": (no_limiter, "telegram"),
    "aiogram": (aiogram, "aiogram"),
}

if __name__ == "__main__":
    chosen, needed = WAYS[sys.argv[1]]
    need(needed)
    chosen(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
