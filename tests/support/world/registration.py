"""Ana registers; what is in a table afterwards."""

from typing import Any

from sqlalchemy import select

from db import tables
from db.engine.database import Database
from tests.support.world.people import Person, World


async def rows(world: World, name: str) -> list[dict[str, Any]]:
    """What is in that table."""
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        found = [dict(row._mapping) for row in await tx.execute(select(tables.metadata.tables[name]))]
    await database.close()
    return found


async def registers(person: Person, *, until: str = "") -> int:
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
