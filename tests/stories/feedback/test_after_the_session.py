"""After a session one message comes to who had a place: thanks, what there is of it, the next one, the first tap."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from db import tables
from db.delivery.outbox import AFTER, CLAIMED
from rehearsal.world import running
from tests.support.afterwards import ASKED, asked, came, registered_ana, wait_in_line
from tests.support.telegram.local_telegram import until
from tests.support.world.people import World
from tests.support.world.registration import rows
from tests.support.world.reminders import subscribes
from tests.support.world.restart import again
from tests.support.world.sessions import is_called_off, moves
from tests.support.world.team import owner

END, LATER = "2024-10-23 18:30", "2024-10-23 18:50"


pytestmark = pytest.mark.one_owner


async def test_one_message_with_thanks_the_next_session_and_the_first_tap(world: World) -> None:
    ana = await registered_ana(world)
    await world.turn_to(END)
    assert asked(ana) == 0
    await world.turn_to(LATER)
    assert ana.heard("Sesión 1", "Gracias", "La grabación y los materiales todavía no están", "Próxima", ASKED), (
        ana.last
    )
    assert ana.heard("anónim", "desde 5", "ya no se puede cambiar"), ana.last
    assert [each for each in ana.buttons if each in {"1", "2", "3", "4", "5"}] == ["1", "2", "3", "4", "5"]
    await world.turn_to("2024-10-24 23:00")
    assert asked(ana) == 2, "the one message, and one nudge by day"


async def test_what_is_there_already_is_in_the_same_message(world: World) -> None:
    olga, ana = owner(world), await registered_ana(world)
    await world.turn_to(END)
    await olga.says("/session 1")
    await olga.presses("Enlace, panelistas y más")
    await olga.presses(": grabación")
    await olga.says("https://video.example.org/s1")
    await olga.presses("Guardar")
    ana.listen()
    await world.turn_to(LATER)
    assert ana.heard("Gracias", "https://video.example.org/s1", ASKED), ana.last
    assert len(ana.news) == 1


async def test_a_recording_that_comes_later_is_put_into_the_message_and_told_to_who_asked(world: World) -> None:
    olga, ana, bea = owner(world), await registered_ana(world), await registered_ana(world)
    await world.turn_to(LATER)
    await ana.presses("Avisarme: grabación")
    await olga.says("/session 1")
    await olga.presses("Enlace, panelistas y más")
    await olga.presses(": grabación")
    await olga.says("https://video.example.org/s1")
    ana.listen()
    bea.listen()
    before = len(bea.chat)
    await olga.presses("Guardar")
    assert any(ASKED in each.text and "https://video.example.org/s1" in each.text for each in bea.news), bea.last
    assert len(bea.chat) == before, "changed where it stands, no new message"
    assert any(ASKED not in each.text and "https://video.example.org/s1" in each.text for each in ana.news)


async def test_thanks_that_were_in_hand_at_a_kill_come_after_the_next_start(stage: World) -> None:
    """The message asks what they thought and leads to the recording: lost is worse than twice."""
    async with running(stage.rehearsal):
        ana = await registered_ana(stage)
        await stage.turn_to(END)
    stage.telegram.fails("sendMessage", status=429, retry_after=3600, times=9)
    stage.rehearsal.clock.jump(datetime.fromisoformat(f"{LATER}+00:00"))
    async with running(again(stage).rehearsal):
        await until(lambda: any(each.status == 429 for each in stage.telegram.calls))
    stage.telegram.faults.clear()
    async with stage.rehearsal.app.database.transaction() as tx:  # as a kill -9 leaves it
        mine = update(tables.outbox).where(tables.outbox.c.kind == AFTER)
        await tx.execute(mine.values(state=CLAIMED, owner="dead", attempts=1, not_before=None))
    async with running(again(stage).rehearsal):
        await stage.settle()
    assert asked(ana) == 1


async def test_thanks_whose_answer_is_lost_may_come_twice_and_the_nudge_once(world: World) -> None:
    ana = await registered_ana(world)
    world.telegram.fails("sendMessage", status=500, after_effect=True, times=5, chat=ana.id)
    await world.turn_to(LATER)
    assert asked(ana) == 2
    await world.turn_to("2024-10-26 23:00")
    assert asked(ana) == 3


async def test_nobody_else_gets_it(world: World) -> None:
    """Luz has reminders only, Marie waits for a place, Bea has blocked the bot, Eva has switched it off."""
    luz, marie, bea, eva = world.person("Luz"), *[await registered_ana(world) for _ in range(3)]
    await subscribes(luz)
    await wait_in_line(world, marie, 1)
    world.telegram.blocks(bea.id)
    await eva.says("/miinscripcion")
    await eva.presses("permit")
    await eva.presses("después de las sesiones: sí")
    assert eva.heard("después de las sesiones: no") or "Mensajes después de las sesiones: no" in eva.buttons
    await world.turn_to("2024-10-25 20:00")
    assert [asked(each) for each in (luz, marie, bea, eva)] == [0, 0, 0, 0]


async def test_never_at_night(world: World) -> None:
    ana, quiet_off = await registered_ana(world, "Asia/Tokyo"), await registered_ana(world, "Asia/Tokyo")
    await quiet_off.forges("quiet:off")
    await world.turn_to("2024-10-23 22:50")
    assert (asked(ana), asked(quiet_off)) == (0, 0), "there it is 7:50"
    await world.turn_to("2024-10-24 00:10")
    assert (asked(ana), asked(quiet_off)) == (1, 1)


async def test_a_pause_holds_it_back(world: World) -> None:
    ana = await registered_ana(world)
    await ana.forges("pause:week")
    await world.turn_to(LATER)
    assert asked(ana) == 0


async def test_a_moved_session_is_not_over_and_a_cancelled_one_was_not(world: World) -> None:
    ana = await registered_ana(world)
    await world.turn_to("2024-10-23 16:00")
    await moves(world, 1, by=timedelta(hours=2))
    await world.turn_to("2024-10-23 20:00")
    assert asked(ana) == 0
    await world.turn_to("2024-10-23 21:00")
    assert asked(ana) == 1
    await is_called_off(world, 2)
    await world.turn_to("2024-10-30 12:00")
    assert not any("Sesión 2" in each.text and ASKED in each.text for each in ana.chat)


async def test_called_off_while_it_waits_for_the_morning(world: World) -> None:
    ana = await registered_ana(world, "Asia/Tokyo")
    await world.turn_to(LATER)
    await is_called_off(world, 1)
    await world.turn_to("2024-10-24 10:00")
    assert asked(ana) == 0


async def test_one_nudge_by_day_to_who_has_not_answered(world: World) -> None:
    ana, bea = await registered_ana(world), await registered_ana(world)
    await world.turn_to(LATER)
    await bea.presses("4")
    await bea.presses("Tal vez")
    await world.turn_to("2024-10-28 15:00")
    assert (asked(ana), asked(bea)) == (2, 1)
    row = next(each for each in await rows(world, "feedback_turns") if each["nudged_at"])
    assert 9 <= (row["nudged_at"] - timedelta(hours=3)).hour < 20


async def test_a_kill_in_between_sends_it_once(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        ana = await registered_ana(stage)
        await stage.turn_to(END)
    stage.rehearsal.clock.jump(stage.rehearsal.clock.now() + timedelta(hours=3))
    for _ in range(2):
        async with running(again(stage).rehearsal):
            await stage.settle()
    assert asked(ana) == 1


async def test_in_the_persons_language(world: World) -> None:
    words = {
        "pt": "Quão útil foi para você?",
        "en": "How useful was it for you?",
        "fr": "Vous a-t-elle été utile\u00a0?",
    }
    people = {language: await registered_ana(world) for language in words}
    for language, ana in people.items():
        await ana.forges(f"lang:{language}")
    await world.turn_to(LATER)
    for language, ana in people.items():
        assert ana.heard(words[language]), ana.last


async def test_where_it_is_known_who_came_only_they_are_asked(world: World) -> None:
    """Ana came; Bea has a place and did not; Eva waited for a place, and came."""
    ana, bea, eva = [await registered_ana(world) for _ in range(3)]
    await wait_in_line(world, eva, 1)
    await came(world, 1, ana, eva)
    await world.turn_to("2024-10-25 20:00")
    assert [asked(each) > 0 for each in (ana, bea, eva)] == [True, False, True]
    await bea.forges("fb:1")
    assert bea.heard(ASKED), "who had a place may answer, if they want to"
