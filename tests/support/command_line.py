"""The bot's commands, run as a person runs them."""

import asyncio
import logging
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import structlog
from typer.testing import CliRunner

from bot.command_line import cli

ROOT = Path(__file__).parent.parent.parent
GOOD = '[telegram]\ntoken = "1:aaaaaaaaaa"\nbase_url = "http://127.0.0.1:9"\n'


def bot(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command to its end, in this process: to start another one takes two seconds."""
    with _logs_as_before():
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            done = CliRunner().invoke(cli, arguments, env=environment)
        else:  # a test's event loop runs in this thread; the command has one of its own
            with ThreadPoolExecutor(1) as thread:
                done = thread.submit(CliRunner().invoke, cli, arguments, env=environment).result()
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def bot_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command to its end, in a process of its own."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def _logs_as_before() -> Iterator[None]:
    """`run` sets logging up for its whole process; what comes afterwards in this one logs as before."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers, root.level
    try:
        yield
    finally:
        structlog.configure(**before)
        root.handlers, root.level = handlers, level
