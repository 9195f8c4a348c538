"""Who is late: the link that they may see, the minutes passed, one button; wherever they ask while a session is on."""

import pytest

from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers
from tests.support.world.team import owner

ROOM = "https://zoom.example.org/j/1"


pytestmark = pytest.mark.one_owner


async def with_link(world: World) -> Person:
    olga = owner(world)
    await olga.says("/session 1")
    await olga.presses("Enlace, panelistas y más")
    await olga.presses(": enlace")
    await olga.says(ROOM)
    await olga.presses("Guardar")
    return olga


def ways_in(person: Person) -> list[str]:
    """The addresses of the buttons under the newest message."""
    return [button["url"] for row in person.chat[-1].keyboard for button in row if "url" in button]


async def test_the_late_see_since_when_and_the_way_in(world: World) -> None:
    await with_link(world)
    people = {words: ana_of(world) for words in ("hola", "/start", "/sesiones 1", "no puedo entrar", "/start s1")}
    for each in people.values():
        await registers(each)
    await world.turn_to("2024-10-23 17:12")
    await world.all_say([(each, words) for words, each in people.items()])
    for words, each in people.items():
        assert each.heard("empezó hace 12 minutos", "15:30"), (words, each.last)
        assert ways_in(each) == [ROOM], words


async def test_who_may_not_see_the_link_sees_the_minutes_only(world: World) -> None:
    await with_link(world)
    luz = world.person("Luz")
    await luz.says("/start")
    await world.turn_to("2024-10-23 17:00")
    await luz.says("/start")
    assert luz.heard("acaba de comenzar"), luz.last
    assert ways_in(luz) == []
    await luz.says("no puedo entrar")
    assert not luz.heard(ROOM)
    assert "Inscribirme" in " ".join(luz.buttons)


async def test_in_each_language(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/start")
    await world.turn_to("2024-10-23 17:12")
    for language, words in (
        ("pt", "começou há 12 minutos"),
        ("en", "it began 12 minutes ago"),
        ("fr", "elle a commencé il y a 12 minutes"),
    ):
        await ana.forges(f"lang:{language}")
        await ana.forges("s:1")
        assert ana.heard(words), ana.last
