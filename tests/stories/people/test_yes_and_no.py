"""A bare yes or no answers the question just asked, and no other one."""

import pytest

from tests.support.world.people import Person, World
from tests.support.world.registration import rows, rows_of
from tests.support.world.reminders import subscribes

pytestmark = pytest.mark.one_owner


async def zone_of(world: World, person: Person) -> str | None:
    zones: dict[int, str | None] = {row["telegram_id"]: row["zone"] for row in await rows(world, "participants")}
    return zones[person.id]


BARE = [("es", "sí"), ("es", "ok"), ("es", "no"), ("pt-br", "sim"), ("en", "yes"), ("en", "no"), ("fr", "oui")]


@pytest.mark.parametrize(("language", "word"), BARE)
async def test_at_the_question_where_one_is_it_names_no_place(shared_world: World, language: str, word: str) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says("/timezone")
    asked = ana.last
    await ana.says(word)
    assert not ana.heard("«"), ana.last
    says = {"es": "no dice dónde está", "pt-br": "não diz onde", "en": "does not say where", "fr": "ne dit pas où"}
    assert ana.heard(says[language], asked.splitlines()[0]), ana.last
    await ana.says("Lima")
    assert ana.heard("Lima")
    assert await zone_of(shared_world, ana) is None


@pytest.mark.parametrize("lead", ["/zonahoraria", "/zonahoraria Quito", "hola"])
async def test_yes_takes_the_place_that_was_just_proposed(shared_world: World, lead: str) -> None:
    ana = shared_world.person("Ana")
    await ana.says(lead)
    await ana.says("Vivo en Lima" if lead == "hola" else "Lima")
    await ana.says("sí")
    assert ana.heard("Listo", "Lima"), ana.last
    assert await zone_of(shared_world, ana) == "America/Lima"


async def test_no_to_a_proposal_asks_again_and_sets_nothing(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/zonahoraria Lima")
    await ana.says("no")
    assert ana.heard("Escriba su ciudad o su país"), ana.last
    await ana.says("sí")
    assert ana.heard("no dice dónde está"), ana.last
    assert await zone_of(shared_world, ana) is None


@pytest.mark.parametrize("between", ["/sesiones", "¿qué es el pacto mundial?", "gracias"])
async def test_ok_to_something_else_sets_no_zone(shared_world: World, between: str) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/start")
    await ana.says("vivo en Lima")
    await ana.says(between)
    await ana.says("ok")
    assert ana.heard("nada que confirmar", "Puede preguntarme lo que quiera del ciclo"), ana.last
    assert await zone_of(shared_world, ana) is None


async def test_a_press_in_between_ends_the_proposal(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/start")
    await ana.says("vivo en Lima")
    await ana.presses("Menú")
    await ana.says("sí")
    assert await zone_of(shared_world, ana) is None


async def test_ok_to_a_reminder_sets_no_zone(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    await world.turn_to("2024-10-23 15:55")
    await ana.says("vivo en Lima")
    ana.listen()
    await world.turn_to("2024-10-23 16:01")
    assert ana.news, "a reminder has come"
    await ana.says("ok")
    assert ana.heard("nada que confirmar"), ana.last
    assert await zone_of(world, ana) is None


async def test_yes_is_no_question_for_the_team(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/start")
    await ana.forges("+team")
    await ana.says("sí")
    assert await rows_of(ana, "questions") == []
    assert ana.heard("Escriba"), ana.last
    await ana.says("¿Habrá café en la sede?")
    assert len(await rows_of(ana, "questions")) == 1
