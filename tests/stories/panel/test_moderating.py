"""Moderating: one card that draws itself anew, each decision once, and nothing of the team for who is invited."""

import re

import pytest

from db.panel import moderation, panel_questions
from handlers.organizer.routes import PANEL_PRESSES
from tests.support.panel import approves, asks_panel, in_time, moderator
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.team import audit_of, joined, organizer

pytestmark = pytest.mark.one_owner


async def test_the_card_draws_itself_anew_for_everybody_who_moderates(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    mara = await moderator(world, olga)
    assert mara.heard("Usted modera el panel de la sesión 1")
    await mara.presses("Moderar las preguntas")
    assert mara.heard("Moderar el panel · sesión 1", "Todavía no hay preguntas")
    await olga.says("/panel")
    assert olga.heard("Moderar el panel · sesión 1"), "the command opens the card for who moderates"
    olga.listen()
    mara.listen()
    await asks_panel(world, "Ana", "¿Habrá café?")
    for each in (olga, mara):
        assert each.heard("Esperan: 1", "1. ¿Habrá café?", "Espera · Sin nombre · español · 0 votos")
        assert "Ana" not in each.last
    await mara.presses("Aprobar 1")
    assert mara.toasts[-1].startswith("Aprobada")
    assert olga.heard("En la lista: 1")
    cards = [each for each in olga.chat if each.from_bot and "Moderar el panel" in each.text]
    assert len(cards) == 1, "it is one message, changed in place"


async def test_the_first_question_is_told_once_and_no_approval_is_told_to_anybody(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    ana = await asks_panel(world, "Ana", "¿Habrá café?")
    assert olga.heard("Llegó la primera pregunta para el panel de la sesión 1")
    await asks_panel(world, "Bea", "¿Quién paga el hotel?")
    assert sum("primera pregunta" in each.text for each in olga.chat) == 1
    await olga.presses("Moderar las preguntas")
    assert olga.heard("Esperan: 2")
    ana.listen()
    await olga.presses("Aprobar 1")
    assert ana.news == []


async def test_two_who_press_at_once_decide_once(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    mara = await moderator(world, olga)
    ana = await asks_panel(world, "Ana", "¿Habrá café?")
    await mara.forges("pm:q:1:1")
    await approves(olga)
    ana.listen()
    await mara.forges("pm:d:1:1:1:decline")
    assert mara.toasts[-1].startswith("Alguien fue más rápido")
    assert mara.heard("En la lista: 1"), "she is shown how it stands"
    assert ana.news == []
    assert [each["state"] for each in await rows(world, "panel_questions")] == ["approved"]


async def test_who_asked_is_told_kindly_of_a_refusal(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    ana = await asks_panel(world, "Ana", "¿Habrá café?")
    ana.listen()
    await olga.forges("pm:q:1:1")
    await olga.presses("Rechazar")
    assert ana.heard("Gracias por su pregunta", "¿Habrá café?", "preguntar al equipo organizador")


async def test_merged_votes_count_each_person_once(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    await asks_panel(world, "Ana", "¿Habrá café?")
    await approves(olga)
    bea = await asks_panel(world, "Bea", "¿Sirven bebidas calientes?")
    await approves(olga)
    caio = world.person("Caio")
    await caio.says("/panel")
    await caio.forges("pq:v:1:0:on")
    await caio.forges("pq:v:2:0:on")
    await olga.forges("pm:q:1:2")
    await olga.presses("Unir a otra")
    assert olga.heard("¿Con cuál se une?", "1. ¿Habrá café?")
    await olga.presses("1")
    assert olga.toasts[-1].startswith("Unidas")
    await caio.says("/panel")
    assert caio.heard("2 votos"), "Caio once, and Bea who asked the other one"
    assert not caio.heard("bebidas")
    await bea.forges("pq:my:1")
    assert bea.heard("Se unió a otra")
    await bea.forges("pq:v:1:0:off")
    assert "1 voto" in bea.last
    await caio.presses("Quitar mi voto a la 1")
    assert "0 votos" in caio.last, "also the one for what was merged"


async def test_what_was_merged_waits_again_when_the_other_is_gone(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    ana = await asks_panel(world, "Ana", "¿Habrá café?")
    await asks_panel(world, "Bea", "¿Sirven bebidas calientes?")
    await olga.forges("pm:m:1:2:1:1")
    olga.listen()
    await ana.forges("data:del:yes")
    assert olga.heard("Esperan: 1", "1. ¿Sirven bebidas calientes?")
    await olga.presses("Aprobar 1")
    assert olga.heard("En la lista: 1")


async def test_the_order_is_the_moderators_until_votes_decide_again(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    for words in ("café", "perros", "almuerzo"):
        await asks_panel(world, words, f"¿Habrá {words}?")
        await approves(olga)
    await olga.forges("pm:q:1:3")
    await olga.presses("Subir")
    await olga.presses("Subir")
    assert olga.toasts[-1] == "Ahora es la 1 de la lista."
    bea = world.person("Bea")
    await bea.says("/panel")
    assert bea.heard("1. ¿Habrá almuerzo?", "2. ¿Habrá café?", "3. ¿Habrá perros?")
    await bea.forges("pq:v:2:0:on")
    assert "1. ¿Habrá almuerzo?" in bea.last
    await olga.forges("pm:v:1")
    await bea.says("/panel")
    assert bea.heard("1. ¿Habrá perros?")


async def test_moving_a_question_is_in_the_log(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    for words in ("café", "perros"):
        await asks_panel(world, words, f"¿Habrá {words}?")
        await approves(olga)
    await olga.forges("pm:q:1:2")
    await olga.presses("Subir")
    await olga.presses("Bajar")
    found = await audit_of(world)
    assert ("panel_up", {"session": 1, "question": 2}) in found
    assert ("panel_down", {"session": 1, "question": 2}) in found


async def test_what_is_being_asked_stays_so_where_the_next_one_comes_too_late(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    for words in ("café", "perros"):
        await asks_panel(world, words, f"¿Habrá {words}?")
        await approves(olga)
    await olga.forges("pm:q:1:1")
    await olga.presses("Preguntarla ahora")
    now = world.rehearsal.clock.now()
    async with world.rehearsal.app.database.transaction() as tx:
        seen = await panel_questions.get(tx, 2)
        assert seen is not None
        assert await moderation.set_state(tx, seen, "declined", now=now), "by another moderator, meanwhile"
        assert not await moderation.ask_now(tx, seen, now=now)
    assert [each["state"] for each in await rows(world, "panel_questions")] == ["asked", "declined"]


async def test_asked_one_at_a_time_then_answered(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    for words in ("café", "perros"):
        await asks_panel(world, words, f"¿Habrá {words}?")
        await approves(olga)
    for number in (1, 2):
        await olga.forges(f"pm:q:1:{number}")
        await olga.presses("Preguntarla ahora")
    bea = world.person("Bea")
    await bea.says("/panel")
    assert bea.heard("1. ¿Habrá perros?", "Se pregunta ahora", "2. ¿Habrá café?", "Ya se contestó en la sesión")
    await olga.forges("pm:q:1:2")
    await olga.presses("Ya se contestó")
    assert olga.heard("Contestadas: 2")


async def test_everything_is_in_the_log_with_names_and_without_words(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    mara = await moderator(world, olga)
    await asks_panel(world, "Ana", "¿Habrá café?")
    await approves(mara)
    found = await audit_of(world)
    assert ("moderator_joined", {"session": 1}) in found
    assert ("panel_approve", {"session": 1, "question": 1}) in found
    assert "café" not in repr(found)
    await olga.says("/team log")
    assert olga.heard("Mara", "aprobó una pregunta al panel", "pregunta 1")


class TestModeratorOfOneSession:
    """Who is invited to one session sees its panel, and nothing else of the team."""

    async def test_nothing_else_is_hers(self, world: World) -> None:
        olga = await organizer(world)
        await in_time(world)
        mara = await moderator(world, olga)
        for data in ("pm:2", "pm:i:1", "pm:inv:1", "qs", "tm", "pt", "se:1"):
            await mara.forges(data)
            assert not mara.heard("Moderar el panel"), data
            assert not mara.heard("Quiénes"), data
            assert "antes" in mara.toasts[-1] or mara.toasts[-1], data
        await mara.says("/participantes")
        assert not mara.heard("inscri")

    async def test_a_question_of_another_session_is_not_hers(self, world: World) -> None:
        olga = await organizer(world)
        await in_time(world)
        mara = await moderator(world, olga, number=2)
        await asks_panel(world, "Ana", "¿Habrá café?")
        for data in ("pm:q:2:1", "pm:d:2:1:1:approve", "pm:m:2:1", "pm:w:2:1", "pm:t:2:1:es"):
            await mara.forges(data)
            assert "café" not in mara.last, data
        assert [each["state"] for each in await rows(world, "panel_questions")] == ["waiting"]

    async def test_the_link_works_once_and_is_worth_nothing_afterwards(self, world: World) -> None:
        olga = await organizer(world)
        await olga.forges("pm:inv:1")
        link = re.search(r"start=(mod_[\w-]+)", olga.chat[-1].text)
        assert link is not None
        mara, nobody = world.person("Mara"), world.person("Nadie")
        await mara.says(f"/start {link[1]}")
        assert mara.heard("Usted modera")
        await nobody.says(f"/start {link[1]}")
        assert nobody.heard("ya no")
        await nobody.says("/start mod_ffffffffffffffffffffffff")
        await olga.forges("pm:i:1")
        assert olga.heard("Mara")
        await olga.presses("Quitar a Mara")
        await mara.forges("pm:1")
        assert not mara.heard("Moderar el panel")

    async def test_the_card_of_who_moderates_no_more_changes_no_more(self, world: World) -> None:
        olga = await organizer(world)
        await in_time(world)
        mara, vera = await moderator(world, olga), await joined(world, olga)
        for each in (mara, vera):
            await each.forges("pm:1")
            assert each.heard("Moderar el panel · sesión 1", "Todavía no hay preguntas")
        await olga.forges("pm:i:1")
        await olga.presses("Quitar a Mara")
        await olga.says("/team")
        for label in ("Vera", "Quitar del equipo", "Sí, quitar"):
            await olga.presses(label)
        await asks_panel(world, "Ana", "¿Habrá café?")
        await olga.forges("pm:1")
        assert olga.heard("café")
        for each in (mara, vera):
            assert "café" not in repr([message.text for message in each.chat])

    async def test_a_slip_in_the_command_opens_her_card_too(self, world: World) -> None:
        olga = await organizer(world)
        await in_time(world)
        mara = await moderator(world, olga)
        await mara.says("/panell")
        assert mara.heard("Moderar el panel · sesión 1")

    async def test_a_viewer_of_the_team_does_not_moderate(self, world: World) -> None:
        olga = await organizer(world)
        await in_time(world)
        await olga.says("/team")
        await olga.presses("Invitar con solo lectura")
        link = re.search(r"start=(team_[\w-]+)", olga.last)
        assert link is not None
        vera = world.person("Vera")
        await vera.says(f"/start {link[1]}")
        await vera.forges("pm:1")
        assert not vera.heard("Moderar el panel")


async def test_forged_data_of_a_stranger_does_nothing(world: World) -> None:
    await organizer(world)
    await in_time(world)
    await asks_panel(world, "Ana", "¿Habrá café?")
    before = await rows(world, "panel_questions")
    nobody = world.person("Nadie")
    await nobody.says("/start")
    for shape in PANEL_PRESSES:
        data = shape.replace("{number}", "1").replace("{id}", "1").replace("{version}", "1").replace("{other}", "1")
        for step in ("approve", "decline", "ask", "answered", "up", "zzz") if "{step}" in data else ("",):
            filled = data.replace("{step}", step).replace("{page}", "0").replace("{code}", "en")
            await nobody.forges(filled.replace("{switch}", "on"))
            assert "café" not in nobody.last, filled
    assert await rows(world, "panel_questions") == before
    assert await rows(world, "panel_screens") == []
    await nobody.forges("pq:x:1:yes")
    assert await rows(world, "panel_questions") == before, "nor is somebody else's question taken back"


async def _writes(olga: Person, words: str) -> None:
    await olga.forges("pm:w:1:1")
    await olga.says(words)


async def test_an_answer_waits_for_the_end_and_reaches_who_asked_and_who_voted(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    ana = await asks_panel(world, "Ana", "¿Habrá café?")
    await approves(olga)
    bea, caio = world.person("Bea"), world.person("Caio", language="pt-BR")
    for each in (bea, caio):
        await each.says("/panel" if each is bea else "/painel")
    await bea.presses("Votar por la 1")
    await _writes(olga, "Sí, <gratis> y caliente.")
    assert olga.heard("Respuesta escrita", "Sí, <gratis> y caliente.")
    ana.listen()
    bea.listen()
    await world.turn_to("2024-10-23 18:40")
    assert not ana.heard("Respuesta a su pregunta")
    await world.turn_to("2024-10-23 18:46")
    assert ana.heard("Respuesta a su pregunta al panel", "¿Habrá café?", "Sí, <gratis> y caliente.")
    assert bea.heard("Respuesta a una pregunta al panel por la que usted votó", "Sí, <gratis> y caliente.")
    assert not caio.heard("gratis")


async def test_what_was_not_asked_goes_to_the_inbox_and_its_answer_to_voters_too(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    ana = await asks_panel(world, "Ana", "¿Habrá café?")
    await approves(olga)
    bea = world.person("Bea")
    await bea.says("/panel")
    await bea.presses("Votar por la 1")
    await world.turn_to("2024-10-23 18:46")
    assert olga.heard("1 pregunta no se hizo al panel"), [each.text for each in olga.news]
    await ana.forges("pq:my:1")
    assert ana.heard("No hubo tiempo en la sesión")
    await olga.presses("Preguntas al equipo")
    assert olga.heard("1. ¿Habrá café?")
    await olga.presses("Ver 1")
    await olga.presses("Contestar")
    await olga.says("Sí, y gratis.")
    ana.listen()
    bea.listen()
    await olga.presses("Enviar la respuesta")
    assert ana.heard("¿Habrá café?", "Sí, y gratis.")
    assert bea.heard("por la que usted votó", "¿Habrá café?", "Sí, y gratis.")


async def test_an_answer_of_the_night_waits_for_the_morning(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    ana = await asks_panel(world, "Ana", "¿Habrá café?")
    await ana.forges("z:Asia/Tokyo")  # where the session ends after midnight
    await approves(olga)
    await _writes(olga, "Sí.")
    ana.listen()
    await world.turn_to("2024-10-23 18:46")
    assert not ana.heard("Respuesta a su pregunta"), "03:46 in Tokyo"
    await world.turn_to("2024-10-23 22:01")
    assert ana.heard("Respuesta a su pregunta")
