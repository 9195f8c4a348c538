"""What the team has published is known to every replica from its next answer on."""

from datetime import UTC, datetime

import pytest

from bot.work import load_answering
from db.engine.database import Database, Tx
from db.people import participants
from db.questions import answers, published, questions
from handlers.turn import PublishedKnowledge
from knowledge.answering.answering import Answering
from tests.support.knowledge.grading import CONTENT

NOW = datetime(2024, 10, 22, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def pack() -> Answering:
    return load_answering(CONTENT)


async def entry(tx: Tx, cycle: str) -> published.PublishedAnswer:
    """An answer that is published."""
    person = await participants.meet(tx, 7, language="es", now=NOW)
    asked = await questions.ask(tx, person.id, "¿habrá café?", "es", now=NOW)
    number = await answers.create_draft(tx, cycle, person.id, [asked], now=NOW)
    assert number is not None
    made = await published.create_draft(tx, cycle, number, {"es": "Sí."}, answered_at=NOW)
    found = await published.get(tx, made)
    assert found is not None
    await published.change(tx, found, state=published.PUBLISHED, asked={"es": ["¿habrá café?"]})
    again = await published.get(tx, made)
    assert again is not None
    return again


async def test_each_replica_sees_what_another_has_published_changed_and_removed(
    database_url: str, pack: Answering
) -> None:
    here, there, database, cycle = (
        PublishedKnowledge(pack),
        PublishedKnowledge(pack),
        Database(database_url),
        pack.cycle.key,
    )
    async with database.transaction() as tx:
        assert (await here(tx)).confirmed == (await there(tx)).confirmed == {}
        made = await entry(tx, cycle)
        assert (await here(tx)).confirmed == (await there(tx)).confirmed == {"habra cafe": f"team-{made.id}"}
        assert await there(tx) is await there(tx), "read anew only where something has changed"
        assert await published.change(tx, made, texts={"es": "No."})
        assert (await there(tx)).cycle.question(f"team-{made.id}").answer.fr == "No."
        assert not await published.change(tx, made, texts={"es": "Quizá."}), "somebody was faster"
        now = await published.get(tx, made.id)
        assert now is not None
        assert await published.remove(tx, now)
        assert (await there(tx)).confirmed == (await here(tx)).confirmed == {}
        assert pack.confirmed == {}, "the pack itself stays as it is"
    await database.close()


async def test_two_who_take_up_the_same_question_make_one_answer(database_url: str) -> None:
    database = Database(database_url)
    async with database.transaction() as tx:
        person = await participants.meet(tx, 7, language="es", now=NOW)
        asked = [await questions.ask(tx, person.id, f"¿café {n}?", "es", now=NOW) for n in range(3)]
        first = await answers.create_draft(tx, "c", person.id, asked[:2], now=NOW)
        assert await answers.create_draft(tx, "c", person.id, asked[:2], now=NOW) is None
        other = await answers.create_draft(tx, "c", person.id, asked, now=NOW)
        assert first is not None
        assert other is not None
        assert [each.id for each in await questions.questions_of_answer(tx, first)] == asked[:2]
        assert [each.id for each in await questions.questions_of_answer(tx, other)] == asked[2:]
    await database.close()
