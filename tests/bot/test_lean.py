"""What a running bot does not load: the memory and the time to start that it is spared."""

import json
import subprocess
import sys

import pytest

from tests.support.world.people import TOKEN

_LOADED = f"""
import json, sys
import bot.__main__
from bot.app import build
from bot.settings import DatabaseSettings, Settings, Telegram

build(Settings(telegram=Telegram(token={TOKEN!r}), database=DatabaseSettings(url="sqlite:///:memory:")))
print(json.dumps(sorted(sys.modules)))
"""

# httpx is PTB's usual way to Telegram; PostgreSQL, pictures, files and doors are loaded by who has need of them.
_SPARED = [
    "httpx",
    "rich",
    "sqlalchemy.orm",
    "sqlalchemy.dialects.postgresql",
    "asyncpg",
    "aiosqlite",
    "alembic",
    "icalendar",
    "PIL",
    "xlsxwriter",
    "email_validator",
    "uvicorn",
    "starlette",
    "sentry_sdk",
]


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules of a process of its own, in which a bot was built on SQLite."""
    told = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, check=True, text=True)  # noqa: S603 - our own lines
    return set(json.loads(told.stdout.splitlines()[-1]))


@pytest.mark.parametrize("name", _SPARED)
def test_what_nobody_needs_is_not_loaded(loaded: set[str], name: str) -> None:
    assert name not in loaded


def test_what_is_needed_is(loaded: set[str]) -> None:
    assert {"telegram", "sqlalchemy", "aiohttp", "babel", "knowledge.answers.answering"} <= loaded
