"""Announcements: written, looked at, sent off, braked, corrected, taken back; and a report that adds up."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot.settings import Organizers, Settings
from db import tables
from db.database import Database
from tests.crowd import registered, someone
from tests.people import Person, World
from tests.stories.test_registration import rows
from tests.stories.test_team import OWNER, audit_of, owner

_FIRST = 5_000_000


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The same, with one owner, and a second organizer's word from 50 people on."""
    return settings.model_copy(update={"organizers": Organizers(ids=(OWNER,), confirm_above=50)})


async def allow(world: World, *, all_but: int = 0) -> None:
    """Everybody on the list allows announcements and has a chat with the bot; every so many says no."""
    database = Database(world.settings.database.url)
    people = [row for row in await rows(world, "participants") if row["telegram_id"] >= _FIRST]
    async with database.transaction() as tx:
        for number, row in enumerate(people, start=1):
            given = not (all_but and number % all_but == 0)
            decided = {"version": 1, "asked_version": 1, "given": given, "decided_at": row["first_seen_at"]}
            key = {"participant_id": row["id"], "purpose": "announcements"}
            await tx.execute(insert(tables.consents).values(**key, **decided))
    await database.close()
    for row in people:
        if row["telegram_id"] not in world.telegram.users:
            world.telegram.joins(f"P{row['telegram_id']}", user_id=row["telegram_id"])
        world.telegram.started.add(row["telegram_id"])


async def with_a_crowd(world: World, number: int = 20, **told: Any) -> Person:  # noqa: ANN401 - a column's value
    """Olga, and that many people who allow announcements."""
    olga = owner(world)
    await olga.says("/start")
    await registered(world, [someone(each, **told) for each in range(number)])
    await allow(world)
    return olga


async def drafted(olga: Person, words: str = "La sesión 2 tiene sala nueva.") -> None:
    """A draft with words in Spanish."""
    await olga.says("/anunciar")
    await olga.presses("Nuevo anuncio")
    await olga.says(words)


async def later(world: World, seconds: int = 61) -> None:
    """The clock goes on."""
    clock = world.rehearsal.clock
    await world.rehearsal.turn_to(clock.now() + timedelta(seconds=seconds))


def got(world: World, words: str) -> list[int]:
    """Whose chats hold a message from the bot with those words, once for each message."""
    return [
        user
        for user in world.telegram.users
        if user >= _FIRST
        for each in world.telegram.chat(user)
        if each.from_bot and words in each.text
    ]


def card(olga: Person) -> str:
    """The progress card as it is now."""
    return next(each.text for each in reversed(olga.chat) if each.from_bot and "En total" in each.text)


async def states(world: World, kind: str = "announcement") -> dict[str, int]:
    """How many rows are in each state."""
    found: dict[str, int] = {}
    for row in await rows(world, "outbox"):
        if row["kind"] == kind:
            found[row["state"]] = found.get(row["state"], 0) + 1
    return found


async def test_written_looked_at_sent_and_reported(world: World) -> None:
    olga = await with_a_crowd(world)
    await drafted(olga)
    assert olga.heard("borrador", "20 personas que permiten anuncios", "Falta portugués", "12:01: 20")
    await olga.presses("Vista previa")
    assert olga.heard("La sesión 2 tiene sala nueva.")
    await olga.presses("Enviar")
    assert "en espera" in card(olga)
    assert got(world, "sala nueva") == []
    await later(world)
    assert len(got(world, "sala nueva")) == 20
    assert "terminado" in card(olga)
    assert "100 %" in card(olga)
    assert "Entregados: 21" in card(olga)
    assert "En total: 21" in card(olga)
    assert olga.last.startswith("El anuncio 1 terminó")
    assert ("announced", {"n": 21, "announcement": 1}) in await audit_of(world)
    assert "sala" not in repr(await audit_of(world))
