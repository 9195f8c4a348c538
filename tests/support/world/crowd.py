"""A crowd that is registered, written straight into the tables: registering each by hand would take minutes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert, select

from db import tables
from db.engine.database import Tx
from db.people import participants, subscriptions
from db.programme.live_programme import LiveSession
from rehearsal.telegram.telegram import Telegram
from tests.support.world.people import START, World
from tests.support.world.registration import database_of

COUNTRIES = ("AR", "AR", "AR", "BR", "BR", "HT", "CL", "MX")
SECTORS = ("national", "civil", "civil", "un", "academia")
LANGUAGES = ("es", "es", "pt", "fr")
_FIRST_NUMBER = 5_000_000


async def wanting(tx: Tx, telegram: Telegram, session: LiveSession, lead: str, number: int) -> list[int]:
    """So many who have a chat with the bot and have long wanted that reminder; their numbers in Telegram."""
    people, long_ago = [], START - timedelta(days=30)
    for each in range(number):
        user = telegram.joins(f"P{each}", language_code="es")
        telegram.started.add(user.id)
        person = await participants.meet(tx, user.id, language="es", now=long_ago)
        await subscriptions.turn_on(tx, person.id, [session.id], [lead], now=long_ago)
        people.append(user.id)
    return people


def someone(number: int, **told: Any) -> dict[str, Any]:  # noqa: ANN401 - a column's value
    """One registration, with what the test wants said."""
    usual = {
        "name": f"Persona {number:04}",
        "organization": f"Organización {number % 7}",
        "sector": SECTORS[number % len(SECTORS)],
        "country": COUNTRIES[number % len(COUNTRIES)],
        "email": f"persona{number}@example.org" if number % 2 else None,
        "needs": None,
        "registered_at": START - timedelta(hours=7 * number),
    }
    return usual | told


async def registered(world: World, crowd: Sequence[dict[str, Any]], *, sessions: Sequence[int] = (1, 2)) -> None:
    """They are on the list, and come to those sessions; every fourth one waits for the last of them."""
    people, lines, places = tables.participants, [], []
    async with database_of(world) as database, database.transaction() as tx:
        await insert_all(tx, people, [_person(each, told) for each, told in enumerate(crowd)])
        ids = {row.telegram_id: row.id for row in await tx.execute(select(people.c.telegram_id, people.c.id))}
        found = await tx.execute(select(tables.sessions.c.number, tables.sessions.c.id))
        known: dict[int, int] = {row.number: row.id for row in found}
        for number, told in enumerate(crowd):
            at: datetime = told["registered_at"]
            key = {"participant_id": ids[_FIRST_NUMBER + number]}
            lines.append(key | {"cycle": "pmm-2024", "changed_at": at} | told)
            for place, session in enumerate(sessions, start=1):
                waits = place == len(sessions) and number % 4 == 0
                there = {"session_id": known[session], "state": "waiting" if waits else "going"}
                places.append(key | {"since": at, "turn": number} | there)
        await insert_all(tx, tables.registrations, lines)
        await insert_all(tx, tables.attendances, places)


async def insert_all(tx: Tx, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """All those rows at once: one by one a crowd of sixty, with its consents, took 300 statements."""
    if rows:
        await tx.execute(insert(table), rows)


def _person(number: int, told: dict[str, Any]) -> dict[str, Any]:
    """Takes the zone out of what was told: it is kept with the person, not with the registration."""
    language, zone = LANGUAGES[number % len(LANGUAGES)], told.pop("zone", None)
    return {
        "telegram_id": _FIRST_NUMBER + number,
        "language": language,
        "first_seen_at": told["registered_at"],
        "zone": zone,
    }
