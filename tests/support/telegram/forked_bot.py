"""A bot as a process of its own that begins with everything imported: it is forked from one that has done so."""

import asyncio
import gc
import multiprocessing
import os
import sys
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.__main__ import main

ROOT = Path(__file__).parents[3]
_COLLECTED = (700, 10, 10)  # as Python has it; tests/__init__.py wants it seldom


@dataclass
class Forked:
    """Such a process, with asyncio's words for it."""

    process: ForkServerProcess

    @property
    def pid(self) -> int:
        """Its number."""
        return self.process.pid or 0

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it runs."""
        return self.process.exitcode

    def kill(self) -> None:
        """Sends SIGKILL."""
        self.process.kill()

    def terminate(self) -> None:
        """Sends SIGTERM."""
        self.process.terminate()

    async def wait(self) -> int:
        """Returns how it ended."""
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        loop.add_reader(self.process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self.process.sentinel)
        self.process.join()
        return self.process.exitcode or 0


async def forked(*arguments: str, log: Path) -> Forked:
    """Starts `python -m bot` with those arguments; what it logs goes into that file.

    Imports and the content are most of a start's two seconds and a half of processor: the process that all of them
    are forked from has them once.
    """
    return Forked(await asyncio.to_thread(_start, arguments, log))  # the first one waits for the imports


def _start(arguments: tuple[str, ...], log: Path) -> ForkServerProcess:
    log.touch()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bot.command_line", "tests.support.telegram.content_read"])
    process = context.Process(target=_run, args=(arguments, log), daemon=True)
    process.start()
    return process


def _run(arguments: tuple[str, ...], log: Path) -> None:
    """Is the bot: its output, its folder and its arguments are those of a command that was typed."""
    gc.set_threshold(*_COLLECTED)
    os.chdir(ROOT)
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    sys.argv = ["bot", *arguments]
    main()
