"""SIGTERM again and again amid an announcement: `python -m benchmarks.long.announcing [PEOPLE]`.

The real process, on SQLite and on PostgreSQL, started anew after each stop. At the end everybody must have it once.
"""

import asyncio
import sys
from collections import Counter
from datetime import timedelta

from sqlalchemy import func, insert, select

from benchmarks.long.kills import Stage, on_both
from db import tables
from db.admin import schema
from db.engine.database import Database
from tests.support.telegram.local_telegram import until
from tests.support.world.people import START
from tests.support.world.team import OWNER

WORDS = "La sesión 2 tiene sala nueva."
_RATE, _MOST_STOPS = 100, 15
_AMID = 1.5  # seconds in which it sends before it is stopped
_TEAM = f"[organizers]\nids = [{OWNER}]\nconfirm_above = 0\n"
_LONG_AGO = START - timedelta(days=3)


async def _allowing(stage: Stage, people: int) -> list[int]:
    """Gives so many registered people who allow announcements."""
    found = [stage.telegram.joins(f"P{number}", language_code="es").id for number in range(people)]
    stage.telegram.started.update(found)
    database = Database(stage.address)
    await schema.upgrade(database)
    told = {"organization": "Casa", "sector": "civil", "country": "AR", "cycle": "pmm-2024"}
    at = {"registered_at": _LONG_AGO, "changed_at": _LONG_AGO}
    yes = {"purpose": "announcements", "version": 1, "asked_version": 1, "given": True, "decided_at": _LONG_AGO}
    async with database.transaction() as tx:
        met = [{"telegram_id": each, "language": "es", "first_seen_at": _LONG_AGO} for each in found]
        await tx.execute(insert(tables.participants), met)
        ids = (await tx.execute(select(tables.participants.c.id))).scalars().all()
        listed = [{"participant_id": each, "name": f"P{each}", **told, **at} for each in ids]
        await tx.execute(insert(tables.registrations), listed)
        await tx.execute(insert(tables.consents), [{"participant_id": each, **yes} for each in ids])
    await database.close()
    return found


def _got(stage: Stage, people: list[int]) -> Counter[int]:
    """Counts how many have it how often."""
    return Counter(sum(each.from_bot and each.text == WORDS for each in stage.telegram.chat(one)) for one in people)


def _sent(stage: Stage, people: list[int]) -> int:
    return sum(times * number for times, number in _got(stage, people).items())


async def _states(stage: Stage) -> dict[str, int]:
    database = Database(stage.address)
    async with database.transaction() as tx:
        rows = tables.outbox
        mine = select(rows.c.state, func.count()).where(rows.c.kind == "announcement").group_by(rows.c.state)
        found = {row[0]: row[1] for row in await tx.execute(mine)}
    await database.close()
    return found


async def announcing(stage: Stage) -> str:
    """Stops it amid the announcement until everybody has it; returns what came of it."""
    stage.rate, stage.more = _RATE, _TEAM
    olga = stage.telegram.joins("Olga", language_code="es").id
    people = await _allowing(stage, int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
    bot = await stage.start()
    await until(stage.telegram.getting_updates)
    for words, answer in (("/anunciar", "Anuncios"), (None, "Envíe el mensaje"), (WORDS, "Anuncio 1")):
        newest = stage.telegram.chat(olga)[-1].id if stage.telegram.chat(olga) else 0
        stage.telegram.says(olga, words) if words else stage.telegram.forges_press(olga, newest, "an:new")
        await stage.heard(olga, answer)
    card = stage.telegram.chat(olga)[-1]
    go = next(each["callback_data"] for row in card.keyboard for each in row if each["text"] == "Enviar")
    stage.telegram.forges_press(olga, card.id, go)
    await until(lambda: _sent(stage, people) > max(2, len(people) // 50), 180)
    stops, codes = 0, Counter[int]()
    while stops < _MOST_STOPS and (await _states(stage)).keys() - {"sent"}:
        codes[await bot.stop()] += 1
        stops, before = stops + 1, _sent(stage, people)
        bot = await stage.start()
        await until(lambda before=before: _sent(stage, people) > before or _got(stage, people)[0] == 0, 120)  # type: ignore[misc]
        await asyncio.sleep(_AMID)
    await until(lambda: _got(stage, people)[0] == 0, 180)
    await asyncio.sleep(_AMID)
    await bot.stop()
    got, states = _got(stage, people), await _states(stage)
    doubled = sum(number for times, number in got.items() if times > 1)
    return f"{len(people)} people, {stops} stops (exit codes {dict(codes)}): {got[0]} lost, {doubled} doubled; {states}"


if __name__ == "__main__":
    on_both("announcing", START, announcing)
