"""What stories of offered practices share: an offer from its first question to its sending, and what the team sees."""

from typing import Any

from sqlalchemy import select, update

from db import tables
from db.engine.database import Database
from db.people import participants, registrations
from tests.support.world.people import START, Person, World

TITLE, WHO = "Ventanilla única para familias migrantes", "Municipalidad de Valle Verde"
SUMMARY = "Desde 2022 atiende a familias migrantes en un solo lugar: salud, escuela y documentos, con mediadoras."
CRITERIA = 6
_ANSWERS: dict[str, Any] = {
    "title": TITLE, "country": "AR", "implementer": WHO, "summary": SUMMARY, "objectives": [4, 15],
    "link": "https://valleverde.gob.ar/ventanilla", "criteriona": "Responde al objetivo 15 del Pacto",
    "criterionb": None, "criterionc": None, "criteriond": None, "criterione": None, "_said": {},
}  # fmt: skip


async def begins_offer(person: Person, wish: str = "Quiero presentar mi práctica", begin: str = "Empezar") -> None:
    """Wishes to offer a practice, and begins."""
    await person.says(wish)
    await person.presses(begin)


async def fills(person: Person, *, skip: str = "Saltar", link: str = "https://valleverde.gob.ar/ventanilla") -> None:
    """Answers every question up to the last look; the criteria are skipped but for the first."""
    for words in (TITLE, "Argentina", WHO, SUMMARY, "4 y 15", link, "Responde al objetivo 15 del Pacto"):
        await person.says(words)
    for _ in range(CRITERIA - 1):
        await person.presses(skip)


async def offers(world: World, name: str = "Ana") -> Person:
    """Somebody whose practice waits for the team."""
    person = world.person(name)
    await offers_one(person)
    return person


async def offers_one(person: Person) -> None:
    """Begins, skips the last criterion by typing, and sends; what is asked before is written as fills() answers it."""
    await begins_offer(person)
    dialogs, people = tables.dialogs, tables.participants.c
    who = select(people.id).where(people.telegram_id == person.id).scalar_subquery()
    async with person.world.rehearsal.app.database.transaction() as tx:
        here = dialogs.c.participant_id == who, dialogs.c.name == "offer"
        await tx.execute(update(dialogs).where(*here).values(step="criterionf", answers=_ANSWERS))
    await person.says("saltar")
    await person.presses("Enviar al equipo")
    assert person.heard("Enviada. Gracias por compartirla.")


async def accepts(olga: Person, number: int = 1, scope: str = "Alcance local") -> None:
    """Reads that offer and accepts it."""
    await olga.forges(f"oo:v:{number}")
    await olga.presses("Aceptar")
    await olga.presses(scope)


async def registered(world: World, name: str, language: str = "es") -> Person:
    """Somebody on the list, written straight into the table: by hand it takes ten messages."""
    person = world.person(name, last_name="Quiñones", language=language)
    await person.says("/start")
    answers = {"name": f"{name} Paz", "organization": "Casa del Migrante", "sector": "civil", "country": "AR"}
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        found = await participants.find(tx, person.id)
        assert found is not None
        await registrations.register(tx, found.id, "pmm-2024", answers, now=START)
    await database.close()
    return person
