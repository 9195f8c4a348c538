"""Session 2 from the day before to the day after: Ana has a place, Marie waits, Luz has reminders, Olga organizes."""

from datetime import timedelta

import pytest

from rehearsal.world import running
from tests.support.afterwards import ASKED, answers_of, asked, registered_ana, wait_in_line
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.restart import again
from tests.support.world.team import owner

ROOM = "https://zoom.example.org/j/2"


pytestmark = pytest.mark.one_owner


async def details(olga: Person, field: str, words: str) -> None:
    await olga.says("/session 2")
    await olga.presses("Enlace, panelistas y más")
    await olga.presses(f": {field}")
    await olga.says(words)
    await olga.presses("Guardar")


async def people(world: World) -> tuple[Person, Person, Person, Person]:
    olga, ana, marie, luz = owner(world), await registered_ana(world), await registered_ana(world), world.person("Luz")
    for each in (ana, marie, luz):
        await each.says("/recordatorios 2")
        await each.presses("todos" if "todos" in " ".join(each.buttons) else "10 minutos")
    await wait_in_line(world, marie, 2)
    return olga, ana, marie, luz


def links(person: Person) -> int:
    return sum(1 for each in person.chat if each.from_bot and (ROOM in each.text or ROOM in repr(each.keyboard)))


async def test_from_the_day_before_to_the_day_after(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        olga, ana, marie, luz = await people(stage)
        await stage.turn_to("2024-10-28 15:00")
        await details(olga, "enlace", ROOM)
        await stage.turn_to("2024-10-29 17:12")
        await ana.says("no puedo entrar")
        assert ana.heard("empezó hace 12 minutos", ROOM), ana.last
        await marie.says("no puedo entrar")
        assert marie.heard("empezó hace 12 minutos"), marie.last
        assert links(marie) == 0, "she waits for a place"
        await luz.says("no puedo entrar")
        assert luz.heard("empezó hace 12 minutos"), luz.last
        before = {each.id: asked(each) for each in (ana, marie, luz)}
    # The machine dies at the end of the session, and comes back after the moment of the message.
    stage.rehearsal.clock.jump(stage.rehearsal.clock.now() + timedelta(hours=2))
    async with running(again(stage).rehearsal):
        await stage.settle()
        assert asked(ana) == before[ana.id] + 1, ana.last
        assert (asked(marie), asked(luz)) == (before[marie.id], before[luz.id])
        await ana.presses("5")
    async with running(again(stage).rehearsal):
        await stage.settle()
        await ana.presses("Sí")
        assert ana.heard("Enviado"), ana.last
        assert len(await rows(stage, "feedback")) == 1
        await answers_of(stage, 2, [("es", 4, "yes")] * 4)
        await stage.turn_to("2024-10-29 20:31")
        card = next(each.text for each in reversed(olga.chat) if "Resumen de la sesión 2" in each.text)
        assert "5 respuestas, utilidad 4,2 de 5" in card, card
        await details(olga, "grabación", "https://video.example.org/s2")
        assert any(ASKED not in each.text and "video.example.org" in each.text for each in ana.chat), "put in its place"
        now = asked(ana)
        await stage.turn_to("2024-10-30 23:00")
        assert (asked(ana), asked(marie), asked(luz)) == (now, before[marie.id], before[luz.id]), "nobody is nudged"
        assert len(await rows(stage, "feedback")) == 5
