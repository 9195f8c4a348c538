"""Many people who are due a reminder at one moment, and the replicas that send it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.admin import schema
from db.engine.database import Database
from db.programme import live_programme
from rehearsal.telegram.telegram import Telegram
from tests.support.telegram.webhook_bots import PATH, free_port
from tests.support.world.crowd import wanting
from tests.support.world.people import TOKEN

PEOPLE = 90
DUE = datetime(2024, 10, 23, 16, tzinfo=UTC)
LONG_AGO = DUE - timedelta(days=30)


async def subscribed(address: str, telegram: Telegram, number: int = PEOPLE) -> list[int]:
    """So many who want to be reminded an hour before session 1, and have long said /start."""
    session_at = DUE + timedelta(hours=1)
    database = Database(address)
    await schema.ready(database)
    async with database.transaction() as tx:
        times = [(1, session_at, session_at + timedelta(minutes=90))]
        await live_programme.update_from_content(tx, "pmm-2024", times, now=LONG_AGO)
        session = (await live_programme.programme(tx, "pmm-2024"))[1]
        people = await wanting(tx, telegram, session, "1h", number)
    await database.close()
    return people


def reminded(telegram: Telegram, people: list[int]) -> Counter[int]:
    return Counter(each for each in people for said in telegram.chat(each) if said.text.startswith("Recordatorio"))


def write_config(file: Path, api: str, address: str) -> Path:
    port = free_port()
    file.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{api}"\n'
        f'[telegram.webhook]\nurl = "http://127.0.0.1:{port}{PATH}"\nport = {port}\n'
        f'[database]\nurl = "{address.replace("+asyncpg", "")}"\n'
        f'[cycle]\nreminders = ["1h"]\n[delivery]\nrate = 20\n'
        f"[clock]\nstart = {DUE.isoformat()}\n"
    )
    return file
