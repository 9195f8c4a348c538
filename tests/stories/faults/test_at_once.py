"""Many people write at the same moment: each hears their own answer, and the database is asked little."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from db.delivery import inbox
from db.engine.database import Database, Tx
from handlers.participant.programme import sessions
from handlers.turn import Turn
from locales.reply import Reply
from tests.support.world.people import Person, World


@pytest.fixture
def statements(stage: World) -> Iterator[list[str]]:
    """What the database is asked from here on."""
    asked: list[str] = []
    engine = stage.rehearsal.app.database.engine.sync_engine

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def _of_answers(statements: list[str]) -> list[str]:
    """Without what the inbox needs to bring updates and to tick them off, which many updates share; without BEGIN.

    Nor the announcer's and the delivery's looks at what is open: on PostgreSQL they come by the clock, whatever is
    said; nor what tidying deletes, which happens once in six hours and at the start.
    """
    others = ("inbox", "outbox", "FROM announcements", "DELETE FROM")
    return [each for each in statements if not each.startswith("BEGIN") and not any(name in each for name in others)]


async def test_a_question_takes_five_statements(world: World, statements: list[str]) -> None:
    """Who they are and what was said; the programme, its details, what is published; what is talked about."""
    ana = world.person("Ana")
    await ana.says("hola")
    statements.clear()
    await ana.says("¿cuándo es la sesión 2?")
    assert ana.heard("2")
    assert len(_of_answers(statements)) <= 5, _of_answers(statements)


async def _all_say(world: World, people: list[Person], words: list[str]) -> None:
    for each, said in zip(people, words, strict=True):
        each.listen()
        world.telegram.says(each.id, said)
    await world.settle()


async def test_twenty_at_once_share_what_they_ask_of_the_database(world: World, statements: list[str]) -> None:
    people = [world.person(f"P{number}", language=("es", "pt", "en", "fr")[number % 4]) for number in range(20)]
    await _all_say(world, people, ["/start"] * 20)
    statements.clear()
    await _all_say(world, people, [f"sesión {number % 4 + 1}" for number in range(20)])
    for number, each in enumerate(people):
        assert len(each.news) == 1
        assert str(number % 4 + 1) in each.last
    if world.rehearsal.app.database.is_sqlite:
        # What is talked about is written for each; the rest is done for many at a time.
        assert len(_of_answers(statements)) < 20 * 2, _of_answers(statements)


async def test_a_hall_that_writes_for_the_first_time_is_met_together(world: World, statements: list[str]) -> None:
    hall = [world.person(f"P{number}", language=("es", "pt", "en", "fr")[number % 4]) for number in range(20)]
    await _all_say(world, hall, [f"sesión {number % 4 + 1}" for number in range(20)])
    for number, each in enumerate(hall):
        assert len(each.news) == 1
        assert str(number % 4 + 1) in each.last
    if world.rehearsal.app.database.is_sqlite:
        assert len(_of_answers(statements)) < 20 * 2, _of_answers(statements)


async def test_who_is_met_alone_takes_eight_statements(world: World, statements: list[str]) -> None:
    """As a question takes; and whether they were ever deleted, their row, and who they are, once more."""
    await world.person("Bea").says("hola")
    ana = world.person("Ana")
    statements.clear()
    await ana.says("¿cuándo es la sesión 2?")
    assert ana.heard("2")
    assert len(_of_answers(statements)) <= 8, _of_answers(statements)


async def test_one_whose_answer_fails_gets_an_apology_and_the_others_their_answers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [world.person(f"P{number}") for number in range(8)]
    await _all_say(world, people, ["hola"] * 8)
    of_all = sessions.show_sessions

    async def fails_for_one(turn: Turn) -> Reply:
        if turn.person.telegram_id == people[3].id:
            raise ValueError("a bug")
        return await of_all(turn)

    for routes in (world.rehearsal.app.work.handler.conversation.routes,):
        for name, command in list(routes._commands.items()):
            if command.name == "sessions":
                routes._commands[name] = type(command)(command.name, fails_for_one)
    monkeypatch.setattr(sessions, "show_sessions", fails_for_one)
    await _all_say(world, people, ["/sesiones"] * 8)
    for number, each in enumerate(people):
        assert len(each.news) == 1
        assert each.heard("sesiones") != (number == 3), each.last


async def test_one_that_another_replica_has_answered_is_not_answered_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ticking off many at once tells that one of them is somebody else's; all the others are answered, once."""
    people = [world.person(f"P{number}") for number in range(6)]
    await _all_say(world, people, ["hola"] * 6)
    claim = inbox.claim

    async def lost(tx: Tx, *, owner: str, seconds: float, limit: int) -> list[inbox.ClaimedUpdate]:
        taken = await claim(tx, owner=owner, seconds=seconds, limit=limit)
        for each in taken:
            if json.loads(each.payload or "{}").get("message", {}).get("chat", {}).get("id") == people[2].id:
                await inbox.mark_handled(tx, {each.update_id: None}, owner=owner, now=world.rehearsal.clock.now())
        return taken

    monkeypatch.setattr(inbox, "claim", lost)
    await _all_say(world, people, ["/sesiones"] * 6)
    assert [len(each.news) for each in people] == [1, 1, 0, 1, 1, 1]


def test_the_database_is_one_of_ours(stage: World) -> None:
    """What these stories look at."""
    assert isinstance(stage.rehearsal.app.database, Database)
