"""An announcement and the people whom it reaches."""

from datetime import timedelta
from typing import Any

from db import tables
from tests.support.world.crowd import insert_all, registered, someone
from tests.support.world.people import Person, World
from tests.support.world.registration import database_of, rows
from tests.support.world.team import owner

FIRST_OF_THE_CROWD = 5_000_000


async def allow(world: World, *, all_but: int = 0) -> None:
    """Everybody on the list allows announcements and has a chat with the bot; every so many says no."""
    people = [row for row in await rows(world, "participants") if row["telegram_id"] >= FIRST_OF_THE_CROWD]
    answers = []
    for number, row in enumerate(people, start=1):
        given = not (all_but and number % all_but == 0)
        decided = {"version": 1, "asked_version": 1, "given": given, "decided_at": row["first_seen_at"]}
        answers.append({"participant_id": row["id"], "purpose": "announcements", **decided})
    async with database_of(world) as database, database.transaction() as tx:
        await insert_all(tx, tables.consents, answers)
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
        if user >= FIRST_OF_THE_CROWD
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
