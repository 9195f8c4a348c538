"""People who meet over an objective: asked one at a time, by day, and shown to each other only when both agree."""

import asyncio
import json

import pytest

from changes import practices
from db.people import participants
from db.practices import meetings
from tests.support.practices import registered
from tests.support.world.documents import file_of
from tests.support.world.people import Person, World
from tests.support.world.registration import rows, twice
from tests.support.world.team import OWNER, organizer

pytestmark = pytest.mark.one_owner


OFFER, SEEK = "Ofrezco experiencia", "Busco experiencia"


async def wishes(person: Person, side: str, card: str, objective: int = 15) -> None:
    """Says it on the objective's card, and agrees."""
    await person.forges(f"o:{objective}")
    await person.presses("Encontrar a alguien")
    await person.presses(side)
    await person.says(card)
    assert card in person.last
    await person.presses("Acepto")


async def two(world: World) -> tuple[Person, Person]:
    """One who offers, one who looks for it; both have been asked."""
    await organizer(world)
    ana, bea = await registered(world, "Ana"), await registered(world, "Bea")
    await wishes(ana, OFFER, "Ana Paz, <Casa>, @ana_paz")
    ana.listen()
    await wishes(bea, SEEK, "Bea Sol, bea@sol.org")
    return ana, bea


async def tidied(world: World, moment: str) -> None:
    """Then, after the tidying that comes every six hours."""
    await world.turn_to(moment)
    await world.rehearsal.app.work.scheduler.tidy()
    await world.settle()


async def test_both_agree_before_either_sees_the_other(world: World) -> None:
    ana, bea = await two(world)
    assert ana.heard(
        "objetivo 15", "hay alguien que busca la experiencia que usted ofrece", "«Ana Paz, <Casa>, @ana_paz»"
    )
    assert bea.heard("hay alguien que ofrece la experiencia que usted busca")
    assert "Bea Sol" not in repr([each.text for each in ana.chat])
    assert "@ana_paz" not in repr([each.text for each in bea.chat])
    await ana.presses("Sí, acepto")
    assert ana.heard("Si la otra persona también acepta")
    assert "@ana_paz" not in repr([each.text for each in bea.chat]), "one yes shows nothing"
    ana.listen()
    await twice(bea, "Sí, acepto")
    assert bea.heard("Las dos personas aceptaron encontrarse", "Ana Paz, <Casa>, @ana_paz")
    assert ana.heard("Las dos personas aceptaron encontrarse", "Bea Sol, bea@sol.org")
    assert sum("aceptaron encontrarse" in each.text for each in ana.chat) == 1


async def test_a_no_is_told_to_nobody_and_looks_like_silence(world: World) -> None:
    ana, bea = await two(world)
    await bea.presses("Esta vez no")
    assert bea.heard("No se le dice a nadie")
    caro = await registered(world, "Caro")
    await wishes(caro, SEEK, "Caro Luz, caro@luz.org")
    ana.listen()
    await ana.presses("Sí, acepto")
    said_after_no = ana.last
    assert len(ana.news) == 1, "not asked about Caro at once: that would tell of the no"
    await tidied(world, "2024-10-25 14:00")
    assert not any("hay alguien" in each.text for each in ana.chat)
    await tidied(world, "2024-10-25 16:00")
    assert any("hay alguien que busca" in each.text for each in ana.chat), "after three days she is asked about Caro"
    dan = await registered(world, "Dan")
    await wishes(dan, OFFER, "Dan Rey, dan@rey.org", objective=20)
    eva = await registered(world, "Eva")
    await wishes(eva, SEEK, "Eva Mar, eva@mar.org", objective=20)
    await eva.presses("Sí, acepto")
    assert eva.last == said_after_no, "the same words where the other one has not answered"
    assert not any("hay alguien" in each.text for each in bea.chat), "the same two are never asked again"


async def test_who_left_or_withdrew_disappears(world: World) -> None:
    ana, bea = await two(world)
    await ana.presses("Sí, acepto")
    await ana.says("Quiero encontrar a alguien")
    assert ana.heard("Objetivo 15", "ofrece experiencia")
    await ana.presses("Retirar lo del objetivo 15")
    await bea.presses("Sí, acepto")
    assert bea.heard("Si la otra persona también acepta"), "nothing is said of who withdrew"
    assert "@ana_paz" not in repr([each.text for each in bea.chat])
    caro = await registered(world, "Caro")
    await wishes(caro, OFFER, "Caro Luz", objective=4)
    await caro.forges("mine:off:yes")
    dan = await registered(world, "Dan")
    await wishes(dan, SEEK, "Dan Rey", objective=4)
    assert not any("hay alguien" in each.text for each in [*dan.chat, *caro.chat]), "who left the list is asked nothing"
    assert sorted(each["objective"] for each in await rows(world, "meeting_wishes")) == [4, 15], "Bea's and Dan's"


async def test_at_night_nobody_is_asked(world: World) -> None:
    await organizer(world)
    ana, bea = await registered(world, "Ana"), await registered(world, "Bea")
    await wishes(ana, OFFER, "Ana Paz")
    await world.turn_to("2024-10-23 01:30")  # 22:30 in Argentina
    await wishes(bea, SEEK, "Bea Sol")
    assert not any("hay alguien" in each.text for each in [*ana.chat, *bea.chat])
    await world.turn_to("2024-10-23 11:30")
    assert any("hay alguien que busca" in each.text for each in ana.chat)


async def test_forged_answers_and_strangers_learn_nothing(world: World) -> None:
    ana, _ = await two(world)
    zoe = world.person("Zoe")
    await zoe.forges("me:o:15")
    assert zoe.heard("inscríbase primero")
    for data in ("me:a:1:on", "me:a:1:off", "me:a:99:on", "me:x:15", "meq:check:1:yes", "me:o:99"):
        await zoe.forges(data)
        assert "Paz" not in zoe.last
        assert "Algo falló" not in zoe.last
    await ana.presses("Sí, acepto")
    await zoe.forges("me:a:1:on")
    assert [each["met_at"] for each in await rows(world, "meetings")] == [None]
    assert len(await rows(world, "meeting_wishes")) == 2


async def test_my_data_the_export_and_the_figures(world: World) -> None:
    ana, bea = await two(world)
    olga = Person(world, OWNER)
    await olga.forges("oo:0")
    assert olga.heard("menos de 5"), "two people are too few to be counted"
    await ana.says("/misdatos")
    assert ana.heard("1 objetivo por el que quiere encontrar a alguien", "1 propuesta de encuentro")
    await ana.presses("Descargar")
    kept = file_of(world, ana)[1].decode()
    assert "@ana_paz" in kept
    assert "Bea" not in kept
    assert json.loads(kept)["meeting_wishes"][0]["side"] == "offers"
    await ana.says("/privacidad")
    assert ana.heard("Encontrarse por un objetivo")
    await ana.forges("data:del:yes")
    assert [each["objective"] for each in await rows(world, "meeting_wishes")] == [15]
    await bea.presses("Sí, acepto")
    assert bea.heard("Si la otra persona también acepta")


@pytest.mark.parametrize(
    ("language", "wish", "heading", "choose", "side", "agree"),
    [
        (
            "pt-BR",
            "Quero encontrar alguém",
            "Encontrar-se por um objetivo",
            "Escolher um objetivo",
            "procuro",
            "Aceito",
        ),
        (
            "en",
            "I want to meet someone who works on objective 7",
            "Meeting over an objective",
            "Choose an objective",
            "I look for it",
            "I agree",
        ),
        (
            "fr",
            "Je veux rencontrer quelqu'un",
            "Se rencontrer autour d’un objectif",
            "Choisir un objectif",
            "je cherche",
            "J’accepte",
        ),
    ],
)
async def test_it_is_wished_for_in_words(  # noqa: PLR0917 - one row of words a language
    world: World, language: str, wish: str, heading: str, choose: str, side: str, agree: str
) -> None:
    stranger = world.person("Zoe", language=language)
    await stranger.says(wish)
    assert stranger.heard(heading)
    assert choose not in stranger.buttons, "for who is registered"
    ana = await registered(world, "Ana", language)
    await ana.says(wish)
    await ana.presses(choose)
    await ana.presses("15")
    await ana.does(lambda telegram, me: telegram.sends_sticker(me))
    await ana.says(side)
    await ana.presses("Ana Paz, Casa del Migrante")
    await ana.presses(agree)
    kept = (await rows(world, "meeting_wishes"))[0]
    assert (kept["objective"], kept["side"], kept["card"]) == (15, "seeks", "Ana Paz, Casa del Migrante")


async def test_who_looks_for_pairs_at_the_same_moment_asks_each_person_once(world: World) -> None:
    """As two replicas do."""
    people = [await registered(world, name) for name in ("Ana", "Bea", "Caro", "Dan")]
    database, now = world.rehearsal.app.database, world.rehearsal.clock.now()
    async with database.transaction() as tx:
        known = [await participants.find(tx, each.id) for each in people]
        for person, side in zip(known, (meetings.OFFERS, meetings.SEEKS, meetings.SEEKS, meetings.SEEKS), strict=True):
            assert person is not None
            await meetings.wish(tx, "pmm-2024", person.id, 15, side, "Alguien", now=now)

    async def looks() -> int:
        async with database.transaction() as tx:
            return await practices.match(tx, "pmm-2024", now=now)

    assert sum(await asyncio.gather(*(looks() for _ in range(4)))) == 1
    asked = [each["participant_id"] for each in await rows(world, "meeting_answers")]
    assert len(asked) == len(set(asked)) == 2
