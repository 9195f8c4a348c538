"""What people find in their chats after a session, and how they answer."""

from datetime import timedelta

from sqlalchemy import update

from db import tables
from db.engine.database import Database
from db.feedback import feedback
from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers

ASKED = "¿Qué tan útil le resultó?"


async def registered_ana(world: World, zone: str = "America/Argentina/Buenos_Aires") -> Person:
    """Ana has a place in every session; she has told where she is."""
    ana = ana_of(world)
    await registers(ana)
    await ana.forges(f"z:{zone}")
    ana.listen()
    return ana


def asked(person: Person, words: str = ASKED) -> int:
    """How many messages in that chat ask for feedback."""
    return sum(1 for each in person.chat if each.from_bot and words in each.text)


async def rates(person: Person, mark: str = "5", practice: str = "Sí") -> None:
    """Two taps."""
    await person.presses(mark)
    await person.presses(practice)


async def wait_in_line(world: World, person: Person, number: int) -> None:
    """Puts somebody with a place in that session onto its waiting list."""
    database, ids = Database(world.settings.database.url), {}
    async with database.transaction() as tx:
        found = await tx.execute(tables.participants.select())
        ids = {row.telegram_id: row.id for row in found}
        session = (await tx.execute(tables.sessions.select().where(tables.sessions.c.number == number))).one()
        mine = tables.attendances.c.participant_id == ids[person.id]
        there = tables.attendances.c.session_id == session.id
        await tx.execute(update(tables.attendances).where(mine, there).values(state="waiting"))
    await database.close()


async def surveyed_before(world: World) -> None:
    """Everybody was sent the survey of an earlier cycle, a month ago."""
    database, ago = Database(world.settings.database.url), world.rehearsal.clock.now() - timedelta(days=30)
    row: dict[str, object] = {
        "kind": "survey",
        "subject": "pmm-2023/cycle/survey",
        "payload": {"number": 0, "version": 1},
    }
    row |= {"state": "sent", "due_at": ago, "deadline": ago, "good_until": ago, "settled_at": ago}
    async with database.transaction() as tx:
        for person in (await tx.execute(tables.participants.select())).all():
            await tx.execute(tables.outbox.insert().values(participant_id=person.id, **row))
    await database.close()


async def answers_of(world: World, number: int, given: list[tuple[str, int, str]]) -> None:
    """Answers about that session as if people had tapped them: language, mark, practice."""
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        for language, mark, practice in given:
            await feedback.add(tx, feedback.Answer("pmm-2024", number, language, mark, practice, "2024-10-23"))
    await database.close()


async def sentences_of(world: World, number: int, words: list[str]) -> None:
    """Sentences about that session, as if people had sent them."""
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        for each in words:
            await feedback.add_sentence(tx, "pmm-2024", number, each)
    await database.close()


async def came(world: World, number: int, *people: Person) -> None:
    """Records that those people came to that session."""
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        session = (await tx.execute(tables.sessions.select().where(tables.sessions.c.number == number))).one()
        ids = {row.telegram_id: row.id for row in await tx.execute(tables.participants.select())}
        for each in people:
            row = {"participant_id": ids[each.id], "session_id": session.id, "came": True, "source": "word"}
            await tx.execute(tables.presences.insert().values(**row, at=world.rehearsal.clock.now()))
    await database.close()
