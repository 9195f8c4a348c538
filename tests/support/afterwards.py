"""What people find in their chats after a session, and how they answer."""

from datetime import timedelta

from sqlalchemy import update

from db import tables
from db.feedback import feedback
from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers
from tests.support.world.sessions import session

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
    live, (who,) = await session(world, number), await ids_of(world, person)
    mine, there = tables.attendances.c.participant_id == who, tables.attendances.c.session_id == live.id
    async with world.rehearsal.app.database.transaction() as tx:
        await tx.execute(update(tables.attendances).where(mine, there).values(state="waiting"))


async def ids_of(world: World, *people: Person) -> list[int]:
    """Returns their numbers in the database."""
    async with world.rehearsal.app.database.transaction() as tx:
        found = {row.telegram_id: row.id for row in await tx.execute(tables.participants.select())}
    return [found[each.id] for each in people]


async def surveyed_before(world: World) -> None:
    """Everybody was sent the survey of an earlier cycle, a month ago."""
    ago = world.rehearsal.clock.now() - timedelta(days=30)
    row: dict[str, object] = {
        "kind": "survey",
        "subject": "pmm-2023/cycle/survey",
        "payload": {"number": 0, "version": 1},
    }
    row |= {"state": "sent", "due_at": ago, "deadline": ago, "good_until": ago, "settled_at": ago}
    async with world.rehearsal.app.database.transaction() as tx:
        for person in (await tx.execute(tables.participants.select())).all():
            await tx.execute(tables.outbox.insert().values(participant_id=person.id, **row))


async def answers_of(world: World, number: int, given: list[tuple[str, int, str]]) -> None:
    """Answers about that session as if people had tapped them: language, mark, practice."""
    async with world.rehearsal.app.database.transaction() as tx:
        for language, mark, practice in given:
            await feedback.add(tx, feedback.Answer("pmm-2024", number, language, mark, practice, "2024-10-23"))


async def sentences_of(world: World, number: int, words: list[str]) -> None:
    """Sentences about that session, as if people had sent them."""
    async with world.rehearsal.app.database.transaction() as tx:
        for each in words:
            await feedback.add_sentence(tx, "pmm-2024", number, each)


async def came(world: World, number: int, *people: Person) -> None:
    """Records that those people came to that session."""
    live, who = await session(world, number), await ids_of(world, *people)
    now = world.rehearsal.clock.now()
    async with world.rehearsal.app.database.transaction() as tx:
        rows = [
            {"participant_id": each, "session_id": live.id, "came": True, "source": "word", "at": now} for each in who
        ]
        await tx.execute(tables.presences.insert(), rows)
