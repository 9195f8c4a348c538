"""Ana registers; what is in a table afterwards."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select, update

from db import tables
from db.engine.database import Database
from db.programme import live_programme
from tests.support.world.people import Person, World


@asynccontextmanager
async def database_of(world: World) -> AsyncIterator[Database]:
    """The bot's own, as long as it listens; otherwise one that is closed again: opening one costs as much as a look."""
    if world.telegram.getting_updates():
        yield world.rehearsal.app.database
        return
    database = Database(world.settings.database.url)
    try:
        yield database
    finally:
        await database.close()


async def rows(world: World, name: str) -> list[dict[str, Any]]:
    """What is in that table."""
    async with database_of(world) as database, database.transaction() as tx:
        return [dict(row._mapping) for row in await tx.execute(select(tables.metadata.tables[name]))]


async def rows_of(person: Person, name: str) -> list[dict[str, Any]]:
    """What is in that table of theirs: in a shared world others have rows there, too.

    Raises NoResultFound for somebody whom the bot does not know.
    """
    table, people = tables.metadata.tables[name], tables.participants.c
    async with database_of(person.world) as database, database.transaction() as tx:
        known = await tx.execute(select(people.id).where(people.telegram_id == person.id))
        found = await tx.execute(select(table).where(table.c.participant_id == known.scalar_one()))
        return [dict(row._mapping) for row in found]


# In the order in which they are asked: what is kept, and what is typed to say it.
_ANSWERS: dict[str, tuple[Any, str]] = {
    "name": ("Ana Quiñones", "Ana Quiñones"),
    "organization": ("Casa del Migrante", "Casa del Migrante"),
    "sector": ("civil", "sociedad civil"),
    "country": ("AR", "Argentina"),
    "email": (None, "saltar"),
    "sessions": (None, "todas"),
    "needs": (None, "saltar"),
    "consent": (None, "acepto"),
}


async def registers(person: Person, *, until: str = "") -> None:
    """Begins, and gives the last answer, by typing; what is asked before is written as answered: six turns less.

    The question `until`, or the receipt, is the bot's, as after registers_tap_by_tap(), and so is what is kept.
    """
    steps = list(_ANSWERS)
    last = steps.index(until) - 1 if until else len(steps) - 1
    await person.says("/registrarme")
    if last > 0:
        await _answered(person, steps[:last], steps[last])
    if last >= 0:
        await person.says(_ANSWERS[steps[last]][1])


async def _answered(person: Person, steps: list[str], following: str) -> None:
    """Writes those steps of the registration as answered, and the one that is asked now."""
    rehearsal, dialogs = person.world.rehearsal, tables.dialogs
    async with rehearsal.app.database.transaction() as tx:
        programme = (await live_programme.programme(tx, rehearsal.app.cycle.key)).values()
        answers = {step: _ANSWERS[step][0] for step in steps}
        if "sessions" in answers:
            answers["sessions"] = [each.number for each in programme if each.is_open(rehearsal.clock.now())]
        who = select(tables.participants.c.id).where(tables.participants.c.telegram_id == person.id).scalar_subquery()
        here = dialogs.c.participant_id == who, dialogs.c.name == "registration"
        await tx.execute(update(dialogs).where(*here).values(step=following, answers=answers))


async def registers_tap_by_tap(person: Person, *, until: str = "") -> int:
    """All steps, with suggestions where there are some; how many taps and messages that took."""
    acts = {
        "name": (person.presses, "Ana Quiñones"),
        "organization": (person.says, "Casa del Migrante"),
        "sector": (person.presses, "Sociedad civil"),
        "country": (person.presses, "Argentina"),
        "email": (person.presses, "Saltar"),
        "sessions": (person.presses, "Todas"),
        "needs": (person.presses, "Saltar"),
        "consent": (person.presses, "Acepto e inscribirme"),
    }
    await person.says("/registrarme")
    for number, (step, (act, what)) in enumerate(acts.items(), start=1):
        if step == until:
            return number
        await act(what)
    return 1 + len(acts)


def ana_of(world: World) -> Person:
    """Her phone knows her name and says where it is from."""
    return world.person("Ana", last_name="Quiñones", language="es-AR")


async def twice(person: Person, label: str) -> None:
    """Two taps, faster than the answer."""
    message, row, column = person._find(label)
    person.world.telegram.presses(person.id, message, row, column)
    await person.does(lambda telegram, me: telegram.presses(me, message, row, column))


async def with_everything(world: World) -> Person:
    """Ana is registered, gets reminders, and has asked something."""
    ana = ana_of(world)
    await registers(ana)
    await ana.says("/recordatorios")
    await ana.presses("Activar en todas")
    await ana.says("¿cuándo es la sesión 2?")
    return ana
