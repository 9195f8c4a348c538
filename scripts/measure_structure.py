"""Prints the structure's figures: files in each folder, files that a press and a question enter."""

import asyncio
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from types import FrameType

sys.path.insert(0, str(Path(__file__).parent.parent))

import structlog

from bot.app import build
from bot.config.settings import DatabaseSettings, Settings
from bot.config.settings import Telegram as TelegramSettings
from rehearsal.clock import TurnableClock
from rehearsal.launcher import START
from rehearsal.telegram.request import RehearsalRequest
from rehearsal.telegram.telegram import Limits, Telegram
from rehearsal.world import Rehearsal, running

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "reminders", "changes", "telegram_io", "knowledge", "db", "locales")
TOKEN = "73195:nobodys"  # noqa: S105 - it opens only the Telegram in this process
FEATURE = "handlers/participant/programme/objectives.py"
_ROOM = 15


def folders() -> Counter[str]:
    """Returns how many files git keeps directly in each folder."""
    kept = (path for path in ROOT.rglob("*") if path.is_file() and not _is_made(path))
    return Counter(str(path.parent.relative_to(ROOT)) for path in kept)


def _is_made(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part.startswith(".") or part == "__pycache__" or part.endswith(".egg-info") for part in parts[:-1])


@contextmanager
def entered() -> Iterator[list[str]]:
    """Collects our files in the order in which a function of theirs is first called."""
    found: list[str] = []
    prefix = f"{ROOT}/"

    def watch(frame: FrameType, event: str, _arg: object) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(prefix):
            short = name.removeprefix(prefix)
            if short.split("/")[0] in PACKAGES and short not in found:
                found.append(short)

    sys.setprofile(watch)
    try:
        yield found
    finally:
        sys.setprofile(None)


async def walk(act: Callable[[Telegram, int], object]) -> list[str]:
    """Returns the files that an act of one person enters, in a bot that has answered the same person before."""
    clock = TurnableClock(START, speed=0)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            telegram=TelegramSettings(token=TOKEN),  # type: ignore[arg-type] # pydantic wraps the text
            database=DatabaseSettings(url=f"sqlite:///{folder}/figures.db"),
        )
        rehearsal = Rehearsal(telegram, clock, build(settings, clock=clock, request=RehearsalRequest(telegram)))
        async with running(rehearsal):
            ana = telegram.joins("Ana", language_code="es").id
            telegram.says(ana, "/objetivos")
            await rehearsal.settle()
            with entered() as found:
                act(telegram, ana)
                await rehearsal.settle()
    return found


def main() -> None:
    """Prints one line a figure."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    counted = folders()
    full = {name: count for name, count in counted.most_common() if count > _ROOM}
    print(f"folders: {len(counted)}, median {median(counted.values())}, with more than {_ROOM} files: {full or 'none'}")
    press = asyncio.run(walk(lambda telegram, ana: telegram.forges_press(ana, telegram.chat(ana)[-1].id, "o:7")))
    before = press.index(FEATURE)
    print(f"a press enters {before} files before its feature, {len(press)} in all")
    question = asyncio.run(walk(lambda telegram, ana: telegram.says(ana, "¿a qué hora es la sesión 2 en Lima?")))
    print(f"a free question enters {len(question)} files")
    if "--list" in sys.argv:
        print("\npress:", *press, sep="\n  ")
        print("\nquestion:", *question, sep="\n  ")
    for name in ("README.md", "README.es.md"):
        print(f"{name}: {(ROOT / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
