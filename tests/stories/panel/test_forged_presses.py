"""Edited callback data of a stranger: no vote, no attendance and no decision comes of it."""

import pytest

from tests.support.attendance import at_the_session
from tests.support.panel import approves, asks_panel, in_time
from tests.support.world.people import World
from tests.support.world.registration import rows
from tests.support.world.team import organizer

pytestmark = pytest.mark.one_owner


async def test_votes_for_what_is_not_on_the_list_are_none(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    ana = await asks_panel(world, "Ana", "¿Habrá café?")
    await asks_panel(world, "Bea", "¿Quién paga el hotel?")
    await approves(olga)  # Ana's
    eve = world.person("Eve")
    await eve.says("/start")
    for number in ("2", "3", "0", "99999999", "999999999999999999999999", "-1", "1:1", "x"):
        await eve.forges(f"pq:v:{number}:0:on")
        assert await rows(world, "panel_votes") == [], number
    await ana.forges("pq:v:1:0:on")
    assert await rows(world, "panel_votes") == [], "one's own question has no vote of one's own"
    for _ in range(3):
        await eve.forges("pq:v:1:0:on")
        await eve.forges("pq:v:1:7:on")
    assert len(await rows(world, "panel_votes")) == 1, "once, whatever page is named"
    await world.turn_to("2024-10-23 18:31")
    await eve.forges("pq:v:1:0:off")
    assert len(await rows(world, "panel_votes")) == 1, "after the session nothing is changed"


async def test_nobody_takes_back_or_sends_what_somebody_else_asked(world: World) -> None:
    await organizer(world)
    await in_time(world)
    await asks_panel(world, "Ana", "¿Habrá café?")
    bea = world.person("Bea")
    await bea.forges("pq:a:1")
    await bea.says("¿Quién paga el hotel?")
    (state,) = [each for each in await rows(world, "dialogs") if each["name"] == "panel"]
    eve = world.person("Eve")
    await eve.says("/start")
    for data in ("pq:x:1", "pq:x:1:yes", f"pq:ok:{state['version']}", f"pq:as:{state['version']}:name", "pq:j:1:1"):
        await eve.forges(data)
        assert "hotel" not in eve.last, data
    (kept,) = await rows(world, "panel_questions")
    assert (kept["state"], kept["words"]) == ("waiting", "¿Habrá café?")


async def test_a_tap_or_a_forged_one_notes_nobody_as_there(world: World) -> None:
    olga = await organizer(world)
    word = await at_the_session(world, olga)
    eve = world.person("Eve")
    await eve.says("/start")
    forged = ("here:1", "here:2", "here:99", "at:1", "at:o:1", "at:o:1:30", "at:x:1", "pn:1", "pn:1:1:on", "pn:3:1:on")
    for data in (*forged, "ar:1", "ar:ok:1:1", "ct:on", "ct:l:1", "cert:a4"):
        await eve.forges(data)
        assert word.casefold() not in eve.last.casefold(), data
    assert await rows(world, "presences") == []
    assert await rows(world, "certificates") == []
    assert await rows(world, "cycle_switches") == []
    (window,) = await rows(world, "attendance_windows")
    await eve.says(word)
    assert eve.heard("Anotado"), "the word still counts: nobody has closed it"
    assert window["closes_at"] == (await rows(world, "attendance_windows"))[0]["closes_at"]
