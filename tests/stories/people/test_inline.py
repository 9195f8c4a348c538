"""In any chat, "@bot datos" offers cards to send; each leads back to the bot."""

from typing import Any

import pytest

from db.people import participants
from tests.support.world.people import World


async def offers(world: World, who: int, words: str) -> dict[str, Any]:
    query = world.telegram.asks_inline(who, words)
    await world.settle()
    answer = world.telegram.inline_answer(query)
    assert answer is not None
    return answer


def titles(answer: dict[str, Any]) -> list[str]:
    return [each["title"] for each in answer["results"]]


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("es", "datos", "Objetivo 1. Datos"),
        ("es", "sesion 3", "Sesión 3. Gobernanza de la migración"),
        ("es", "trata", "Objetivo 10."),
        ("pt", "remessas", "Objetivo 20."),
        ("en", "objective 9", "Objective 9."),
        ("fr", "enfants", "Principe 8"),
        ("es", "sello migrante", "Sello Migrante"),
    ],
)
async def test_words_find_cards_in_the_phones_language(world: World, language: str, words: str, first: str) -> None:
    ana = world.person("Ana", language=language)
    answer = await offers(world, ana.id, words)
    assert any(title.startswith(first) for title in titles(answer)[:3]), titles(answer)
    assert answer["button"]["start_parameter"] == "inline"


async def test_without_words_the_sessions_are_offered(world: World) -> None:
    ana = world.person("Ana")
    answer = await offers(world, ana.id, "")
    assert [title[:8] for title in titles(answer)] == ["Sesión 1", "Sesión 2", "Sesión 3", "Sesión 4"]
    assert answer["results"][0]["description"] == "miércoles 23 de octubre de 2024, 14:00, hora de Argentina"


async def test_a_picked_card_says_the_hour_for_everybody_and_opens_the_bot(world: World) -> None:
    ana = world.person("Ana")
    query = world.telegram.asks_inline(ana.id, "sesión 2")
    await world.settle()
    world.telegram.picks_inline(query, 0)
    await world.settle()
    card = world.telegram.chat(ana.id)[-1]
    assert not card.from_bot, "the bot answered its own card"
    assert "martes 29 de octubre de 2024, de 14:00 a 15:30, hora de Argentina" in card.text
    assert card.keyboard[0][0] == {"text": "Abrir en Ciclo", "url": "https://t.me/ciclo_bot?start=s2"}


@pytest.mark.parametrize("words", ["", "x" * 256, "<b>&", "😀", "objetivo 99", "sesión 0", "ñ\u0000"])
async def test_any_words_get_an_answer(world: World, words: str) -> None:
    ana = world.person("Ana")
    assert len((await offers(world, ana.id, words))["results"]) <= 12


async def test_typing_our_name_leaves_no_trace(world: World) -> None:
    ana = world.person("Ana")
    await offers(world, ana.id, "datos")
    async with world.rehearsal.app.database.transaction() as tx:
        assert await participants.find(tx, ana.id) is None


@pytest.mark.parametrize(("link", "words"), [("pr3", "Principio 3"), ("p_cl-sello-migrante", "Sello Migrante")])
async def test_the_way_back_opens_the_card(world: World, link: str, words: str) -> None:
    ana = world.person("Ana")
    await ana.says(f"/start {link}")
    assert ana.heard(words)
