"""Somebody edits what they wrote: it is taken, or they are told how to change it."""

from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers_tap_by_tap, rows, rows_of


async def edits(person: Person, words: str, *, last: str) -> None:
    """Edits the newest message of theirs that says that."""
    own = [each for each in person.chat if not each.from_bot and each.text == last]
    await person.does(lambda telegram, me: telegram.edits(me, own[-1].id, words))


async def test_an_edited_answer_of_a_registration_is_corrected(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers_tap_by_tap(ana, until="sector")
    await edits(ana, "Casa de la Migrante", last="Casa del Migrante")
    assert ana.heard("Corregido", "Casa de la Migrante", "¿De qué sector es?"), ana.last
    await ana.presses("Sociedad civil")
    await edits(ana, "Red Casa", last="Casa de la Migrante")
    (state,) = await rows_of(ana, "dialogs")
    assert (state["step"], state["answers"]["organization"]) == ("country", "Red Casa")


async def test_an_edit_that_is_no_answer_changes_nothing(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await ana.says("/registrarme")
    await ana.says("Ana Paz")
    await edits(ana, "123", last="Ana Paz")
    assert ana.heard("no parece un nombre", "¿A qué organización")
    (state,) = await rows_of(ana, "dialogs")
    assert state["answers"]["name"] == "Ana Paz"


async def test_an_answer_that_was_refused_may_be_edited_until_it_is_one(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers_tap_by_tap(ana, until="email")
    await ana.says("ana@")
    assert ana.heard("no está completa")
    await edits(ana, "ana@casa.org", last="ana@")
    assert ana.heard("¿A qué sesiones"), ana.last


async def test_an_edited_question_is_answered(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await ana.says("¿cuándo es la sesión 2?")
    await edits(ana, "¿cuándo es la sesión 3?", last="¿cuándo es la sesión 2?")
    assert ana.heard("Leí su mensaje editado", "5 de noviembre"), ana.last
    await ana.says("/sesione 1")
    await edits(ana, "/sesiones 4", last="/sesione 1")
    assert ana.heard("Sesión 4"), ana.last


async def test_after_the_registration_is_done_it_is_said_how_to_change_it(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers_tap_by_tap(ana)
    await edits(ana, "Red Casa", last="Casa del Migrante")
    assert ana.heard("editó", "Mi inscripción"), ana.last
    assert "Mi inscripción" in ana.buttons
    (kept,) = await rows_of(ana, "registrations")
    assert kept["organization"] == "Casa del Migrante"


async def test_an_old_question_that_is_edited_is_to_be_asked_again(world: World) -> None:
    ana = ana_of(world)
    await ana.says("¿cuándo es la sesión 2?")
    await world.turn_to("2024-10-22 18:00")
    await edits(ana, "¿cuándo es la sesión 3?", last="¿cuándo es la sesión 2?")
    assert ana.heard("editó", "escríbala de nuevo"), ana.last
    assert not ana.heard("noviembre")


async def test_edits_in_groups_and_by_strangers_are_none_of_our_business(world: World) -> None:
    beto = world.person("Beto")
    number = world.telegram.says(beto.id, "hola")
    world.telegram.waiting.clear()
    await beto.does(lambda telegram, me: telegram.edits(me, number, "buenas"))
    assert await rows(world, "participants") == []
