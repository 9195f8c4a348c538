"""At the start, who wants it is told that the session has begun, with the way in; nobody else is."""

from tests.support.world.people import World
from tests.support.world.reminders import subscribes


async def test_a_fourth_choice_tells_that_it_has_begun(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/recordatorios 1")
    assert any("al comenzar" in each for each in ana.buttons), ana.buttons
    await ana.presses("al comenzar")
    ana.listen()
    await world.turn_to("2024-10-23 16:59")
    assert ana.news == []
    await world.turn_to("2024-10-23 17:00")
    assert ana.heard("La sesión 1 ya comenzó", "De 14:00 a 15:30"), ana.last
    assert len(ana.buttons) == 1


async def test_nobody_is_told_at_the_start_who_did_not_ask_for_it(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    await world.turn_to("2024-10-23 16:55")
    ana.listen()
    await world.turn_to("2024-10-23 17:05")
    assert ana.news == []


async def test_it_never_comes_the_evening_before(world: World) -> None:
    """In Tokyo the session begins at two in the night: an evening before it would be untrue that it has begun."""
    ana = world.person("Ana")
    await ana.says("/start")
    await ana.forges("z:Asia/Tokyo")
    await ana.forges("rem:1:0m:on")
    ana.listen()
    await world.turn_to("2024-10-23 16:59")
    assert ana.news == []
    await world.turn_to("2024-10-23 17:00")
    assert ana.heard("ya comenzó")


async def test_its_calendar_rings_at_the_start(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/start")
    await ana.forges("rem:1:0m:on")
    await ana.says("/calendario 1")
    (document,) = [each.media for each in ana.chat if each.media]
    written = world.telegram.files[document["file_id"]].content
    assert written.count(b"BEGIN:VALARM") == 1
    assert b"TRIGGER:P0D" in written, written
