"""Feedback: two taps and a sentence if one likes; it says what is kept before the first; once; nobody can trace it."""

import json
from datetime import timedelta

from rehearsal.world import running
from tests.support.afterwards import asked, rates, registered_ana, surveyed_before
from tests.support.world.documents import file_of
from tests.support.world.people import Person, World
from tests.support.world.registration import rows, twice
from tests.support.world.reminders import subscribes
from tests.support.world.restart import again

LATER = "2024-10-23 18:50"


async def after_session_one(world: World) -> Person:
    ana = await registered_ana(world)
    await world.turn_to(LATER)
    return ana


async def test_two_taps_are_enough(world: World) -> None:
    ana = await after_session_one(world)
    await ana.presses("4")
    assert ana.heard("¿Usará alguna de las prácticas"), ana.last
    assert ana.heard("Al tocar, se envía"), ana.last
    assert await rows(world, "feedback") == []
    await ana.presses("Tal vez")
    assert ana.heard("Enviado", "Gracias"), ana.last
    (row,) = await rows(world, "feedback")
    assert (row["number"], row["language"], row["usefulness"], row["practice"]) == (1, "es", 4, "maybe")
    assert row["day"] == "2024-10-23"


async def test_nothing_leads_from_an_answer_to_a_person(world: World) -> None:
    ana = await after_session_one(world)
    await rates(ana)
    await ana.presses("Agregar una frase")
    await ana.says("Me gustó mucho el ejemplo.")
    await ana.presses("Enviar")
    (row,), (sentence,) = await rows(world, "feedback"), await rows(world, "feedback_sentences")
    assert set(row) == {"id", "cycle", "number", "language", "usefulness", "practice", "day", "counted"}
    assert set(sentence) == {"id", "cycle", "number", "sentence"}
    (turn,) = await rows(world, "feedback_turns")
    assert set(turn) == {"participant_id", "cycle", "number", "state", "wrote", "nudged_at"}
    assert len(row["id"]) == 32, "drawn by lot: it tells no order"
    for name in ("audit", "dialogs", "talks", "outbox"):
        assert "Me gustó" not in json.dumps(await rows(world, name), default=str)
    assert all(each["payload"] is None or "Me gustó" not in each["payload"] for each in await rows(world, "inbox"))


async def test_a_double_tap_counts_once(world: World) -> None:
    ana = await after_session_one(world)
    await twice(ana, "4")
    await twice(ana, "Sí")
    await ana.forges("fb:1:1:no")
    assert "Ya recibí su respuesta" in ana.last, ana.last
    assert [row["usefulness"] for row in await rows(world, "feedback")] == [4]


async def test_a_replay_after_a_kill_counts_once(stage: World) -> None:
    """The process dies after the tap was kept and before it was acknowledged: Telegram brings it again."""
    async with running(stage.rehearsal):
        await stage.settle()
        ana = await after_session_one(stage)
        await ana.presses("5")
        message, row, column = ana._find("Sí")
        stage.telegram.fails("editMessageText", status=0, after_effect=True, times=5)
        stage.telegram.presses(ana.id, message, row, column)
    async with running(again(stage).rehearsal):
        await stage.settle()
        stage.telegram.presses(ana.id, message, row, column)
        await stage.settle()
        assert len(await rows(stage, "feedback")) == 1


async def test_a_sentence_is_shown_before_it_is_sent(world: World) -> None:
    ana = await after_session_one(world)
    await rates(ana)
    await ana.presses("Agregar una frase")
    assert ana.heard("tal como la escriba"), ana.last
    await ana.says("Más tiempo para <b>preguntas</b>")
    assert ana.heard("Más tiempo para <b>preguntas</b>", "sin su nombre"), ana.last
    assert await rows(world, "feedback_sentences") == []
    await ana.says("Más tiempo para preguntas")
    await twice(ana, "Enviar")
    assert [row["sentence"] for row in await rows(world, "feedback_sentences")] == ["Más tiempo para preguntas"]
    await ana.forges("fb:1:w")
    assert ana.heard("Ya recibí su frase"), ana.last
    await ana.says("¿cuándo es la sesión 2?")
    assert ana.heard("sesión 2"), ana.last


async def test_a_sentence_is_not_sent_or_too_long_or_a_picture(world: World) -> None:
    ana = await after_session_one(world)
    await rates(ana)
    await ana.presses("Agregar una frase")
    await ana.says("x" * 601)
    assert ana.heard("600"), ana.last
    await ana.does(lambda telegram, me: telegram.sends_document(me, "foto.pdf"))
    assert ana.heard("palabras"), ana.last
    await ana.says("mejor no")
    await ana.presses("No enviar")
    assert await rows(world, "feedback_sentences") == []
    assert await rows(world, "dialogs") == []


async def test_no_thanks_and_never_again(world: World) -> None:
    ana, bea = await after_session_one(world), await registered_ana(world)
    await ana.presses("No, gracias")
    assert ana.heard("De acuerdo"), ana.last
    await world.turn_to("2024-10-25 20:00")
    assert asked(ana) == 1, "no nudge"
    await bea.forges("fb:off")
    assert bea.heard("No le escribiré después de las sesiones"), bea.last
    await world.turn_to("2024-11-01 20:00")
    assert asked(bea) == 0
    await bea.presses("Volver a recibirlos")
    await world.turn_to("2024-11-15 20:00")
    assert asked(bea) > 0
    assert asked(ana) > 1


async def test_who_was_not_there_answers_nothing(world: World) -> None:
    """A stranger, and who has reminders only; and nobody before the end."""
    luz, ana, leo = world.person("Luz"), await registered_ana(world), world.person("Leo")
    await subscribes(luz)
    await leo.says("/start")
    await ana.forges("fb:2:5:yes")
    await world.turn_to(LATER)
    for address in ("fb:1", "fb:1:5", "fb:1:5:yes", "fb:1:w", "fb:2:5:yes", "fb:9:5:yes", "fb:0:5:yes"):
        for each in (luz, leo):
            await each.forges(f"+{address}")
            assert each.heard("no puede responder") or each.heard("Todavía no"), (address, each.last)
    assert await rows(world, "feedback") == []


async def test_after_three_weeks_it_is_closed(world: World) -> None:
    ana = await after_session_one(world)
    await world.turn_to("2024-11-20 15:00")
    await ana.forges("fb:1:5:yes")
    assert ana.heard("ya se cerró"), ana.last


async def test_my_data_and_deletion(world: World) -> None:
    """The turns are theirs and go; the anonymous rows stay, for nobody knows whose they are."""
    ana = await after_session_one(world)
    await rates(ana)
    await ana.says("/misdatos")
    assert ana.heard("opini"), ana.last
    await ana.presses("Descargar")
    kept = json.loads(file_of(world, ana)[1])
    assert kept["feedback_turns"][0]["state"] == "given"
    assert "feedback" not in kept
    await ana.says("/privacidad")
    assert any("anónim" in each.text and "Opini" in each.text for each in ana.news), ana.last
    await ana.says("/misdatos")
    await ana.presses("Borrar")
    await ana.presses("Sí")
    assert await rows(world, "feedback_turns") == []
    assert len(await rows(world, "feedback")) == 1


async def test_the_cycle_is_asked_about_once_at_its_end(world: World) -> None:
    ana = await registered_ana(world)
    await world.turn_to("2024-11-30 15:00")
    question = "¿Qué tan útil le resultó el ciclo"
    assert 1 <= asked(ana, question) <= 2
    before = asked(ana)
    await world.turn_to("2024-12-03 15:00")
    assert asked(ana) == before
    await ana.forges("fb:0:5")
    await ana.presses("Sí")
    assert [row["number"] for row in await rows(world, "feedback")] == [0]


async def test_the_survey_of_another_cycle_does_not_stand_for_this_one(world: World) -> None:
    ana = await registered_ana(world)
    await surveyed_before(world)
    await world.turn_to("2024-11-30 15:00")
    assert asked(ana, "¿Qué tan útil le resultó el ciclo") >= 1


async def test_sentences_go_with_the_people_and_the_numbers_stay(world: World) -> None:
    """Some days after the cycle: a sentence may name somebody."""
    ana = await after_session_one(world)
    await rates(ana)
    await ana.presses("Agregar una frase")
    await ana.says("Gracias a Bea.")
    await ana.presses("Enviar")
    live = world.rehearsal.app.settings.privacy.retention_days
    world.rehearsal.clock.jump(world.rehearsal.clock.now() + timedelta(days=live + 60))
    await world.rehearsal.app.work.scheduler.tidy()
    assert await rows(world, "feedback_sentences") == []
    assert len(await rows(world, "feedback")) == 1


async def test_the_same_in_four_languages(world: World) -> None:
    sent = {"es": "Enviado", "pt": "Enviado", "en": "Sent", "fr": "Envoyé"}
    people = {each: await registered_ana(world) for each in sent}
    for language, ana in people.items():
        await ana.forges(f"lang:{language}")
    await world.turn_to(LATER)
    for language, ana in people.items():
        await ana.forges("fb:1:5")
        assert len(ana.buttons) >= 3
        await ana.forges("fb:1:5:yes")
        assert ana.heard(sent[language]), ana.last
    assert sorted(row["language"] for row in await rows(world, "feedback")) == ["en", "es", "fr", "pt"]
