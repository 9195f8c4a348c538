"""A session with few places: who waits moves up by themselves, and is told."""

from dataclasses import replace

import pytest

from rehearsal.world import running
from tests.support.world.people import Person, World
from tests.support.world.registration import registers, rows


@pytest.fixture
def stage(stage: World) -> World:
    """Session 2 has one place."""
    updates = stage.rehearsal.app.work.handler
    conversation = updates.conversation
    cycle = conversation.services.cycle
    sessions = tuple(each.model_copy(update={"capacity": 1}) if each.number == 2 else each for each in cycle.sessions)
    conversation.services = replace(conversation.services, cycle=replace(cycle, sessions=sessions))
    return stage


async def three(world: World) -> list[Person]:
    people = [world.person("Ana", last_name="Quiñones", language="es-AR") for _ in range(3)]
    for each in people:
        await registers(each)
    return people


async def test_the_waiting_list_moves_by_itself_and_tells_people(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        first, second, third = await three(stage)
        assert first.heard("Tiene lugar en las sesiones 1, 2, 3 y 4")
        assert second.heard("Tiene lugar en las sesiones 1, 3 y 4", "La sesión 2 está completa", "lista de espera")
        second.listen()
        third.listen()
        await first.says("/miinscripcion")
        await first.presses("✓ Sesión 2")
        assert second.heard("Hay lugar", "sesión 2", "martes 29 de octubre")
        assert not third.news
        third.listen()
        await second.presses("Dejar mi lugar en la sesión 2")
        assert third.heard("Hay lugar", "sesión 2")


async def test_a_place_comes_free_by_cancelling_and_by_deleting(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        first, second, third = await three(stage)
        await first.says("/misdatos")
        await first.presses("Borrar todo lo mío")
        second.listen()
        await first.presses("Sí, borrar todo")
        assert second.heard("Hay lugar")
        await second.says("/miinscripcion")
        await second.presses("Cancelar mi inscripción")
        third.listen()
        await second.presses("Sí, cancelar")
        assert third.heard("Hay lugar")
        states = {row["state"] for row in await rows(stage, "attendances")}
        assert states == {"going"}


async def test_who_left_the_list_is_not_told(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        first, second, third = await three(stage)
        await second.says("/miinscripcion")
        await second.presses("✓ Sesión 2")
        second.listen()
        third.listen()
        await first.says("/miinscripcion")
        await first.presses("✓ Sesión 2")
        assert third.heard("Hay lugar")
        assert not second.news


async def test_the_full_session_says_so_before_one_chooses(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        first, second = [stage.person("Ana", last_name="Quiñones", language="es-AR") for _ in range(2)]
        await registers(first)
        await registers(second, until="sessions")
        assert second.heard("2.", "completa: hay lista de espera")


async def test_who_only_waits_is_not_told_yes(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        _, second, _ = await three(stage)
        for number in (1, 3, 4):
            await second.forges(f"mine:s:{number}:off")
        for words in ("¿ya tengo cupo?", "¿estoy inscrita?", "¿cuánta gente hay delante mío?"):
            await second.says(words)
            assert second.heard("La sesión 2 está completa"), second.last
            assert not second.heard("Sí."), words
        await second.says("¿estoy en lista de espera?")
        assert second.heard("Sí.", "La sesión 2 está completa"), second.last
        await second.says("¿tengo lugar en la 2?")
        assert second.heard("No.", "La sesión 2 está completa"), second.last
