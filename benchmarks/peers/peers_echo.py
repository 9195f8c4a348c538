"""The stock echo bots by long polling: `python -m benchmarks.peers.peers_echo WAY ADDRESS` runs until it is killed.

Knows nothing of Ciclo, so that any Python with the peers in it can run it.
"""

import asyncio
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, MessageHandler, filters

from benchmarks.peers.peers_sending import TOKEN, aiogram_bot, need


async def echo(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
    """Says the same."""
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


def ptb(at_once: int) -> Callable[[str], None]:
    """Runs PTB as its examples have it; `at_once` updates are handled at a time, in no order."""

    def run(address: str) -> None:
        app = Application.builder().token(TOKEN).base_url(f"{address}/bot").concurrent_updates(at_once).build()
        app.add_handler(MessageHandler(filters.ALL, echo))
        app.run_polling()

    return run


def aiogram(address: str) -> None:
    """Runs aiogram as its examples have it: every update is a task of its own."""
    dispatcher = import_module("aiogram").Dispatcher()

    async def answer(message: Any) -> None:  # noqa: ANN401 - aiogram's, which may not be installed
        await message.answer(message.text)

    dispatcher.message.register(answer)
    asyncio.run(dispatcher.start_polling(aiogram_bot(address)))


WAYS: dict[str, tuple[Callable[[str], None], str]] = {
    "ptb-1": (ptb(1), "telegram"),
    "ptb-32": (ptb(32), "telegram"),
    "ptb-256": (ptb(256), "telegram"),
    "aiogram": (aiogram, "aiogram"),
}

if __name__ == "__main__":
    chosen, needed = WAYS[sys.argv[1]]
    need(needed)
    chosen(sys.argv[2])
