"""The inbox of what the bot could not answer: grouped, answered once, closed kindly, published for everybody."""

import pytest
from sqlalchemy import update

from db import tables
from db.engine.database import Database
from handlers.organizer.routes import PRESSES
from rehearsal.world import running
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.restart import again
from tests.support.world.team import OWNER, audit_of, joined, organizer

pytestmark = pytest.mark.one_owner


async def asks(world: World, name: str, words: str, language: str = "es") -> Person:
    """Somebody whose question the bot cannot answer, and who passes it on."""
    person = world.person(name, language=language)
    await person.says("/start")
    await person.forges("+team")
    await person.says(words)
    return person


async def test_the_same_question_is_one_group_the_most_asked_first(world: World) -> None:
    olga = await organizer(world)
    await olga.says("/preguntas")
    assert olga.heard("0 preguntas esperan")
    await asks(world, "Bea", "¿Se puede ir con <b>perros</b>?")
    await asks(world, "Ana", "¿Habrá café en la sede?")
    await asks(world, "Caio", "haverá café na sede?", "pt-BR")
    await olga.says("/preguntas")
    assert olga.heard("2 preguntas esperan", "1. ¿Habrá café en la sede?", "2 personas · español y portugués")
    assert olga.heard("2. ¿Se puede ir con <b>perros</b>?", "1 persona · español · última vez: mar 22 oct, 12:00")
    await olga.presses("Ver 2")
    assert olga.heard("1 persona pregunta", "1. ¿Se puede ir con <b>perros</b>? (español)")
    assert "Contestar" in olga.buttons
    await olga.presses("Volver")
    await olga.presses("Ver 1")
    assert olga.heard("2 personas preguntan", "2. haverá café na sede? (portugués)")


async def test_when_it_was_asked_is_told_in_the_organizers_own_zone(world: World) -> None:
    olga = await organizer(world)
    await olga.forges("z:Europe/Zurich")
    await asks(world, "Ana", "¿Habrá café en la sede?")
    await olga.says("/preguntas")
    assert olga.heard("última vez: mar 22 oct, 17:00")


async def test_many_questions_have_pages(world: World) -> None:
    olga = await organizer(world)
    words = ("café", "perros", "estacionamiento", "guardería", "almuerzo", "piscina", "bicicletas", "gimnasio")
    for number, each in enumerate(words):
        await asks(world, f"P{number}", f"¿Habrá {each}?")
    await olga.says("/preguntas")
    assert olga.heard("8 preguntas", "Página 1 de 2")
    await olga.presses("Siguientes")
    assert olga.heard("Página 2 de 2", "8. ¿Habrá")
    await olga.forges("qs:p:999")
    assert "Página 2 de 2" in olga.last


async def test_session_2_is_not_session_3(world: World) -> None:
    olga = await organizer(world)
    await asks(world, "Ana", "¿Habrá café en la sesión 2?")
    await asks(world, "Bea", "¿Habrá café en la sesión 3?")
    await olga.says("/questions")
    assert olga.heard("2 preguntas esperan")


class TestAnswering:
    """An answer goes to everybody who asked, in their language, once."""

    async def test_everybody_who_asked_gets_it_with_their_own_words(self, world: World) -> None:
        olga = await organizer(world)
        ana = await asks(world, "Ana", "¿Habrá café en la sede?")
        bea = await asks(world, "Bea", "¿hay café?")
        caio = await asks(world, "Caio", "haverá café na sede?", "pt-BR")
        await answers(olga, "Sí, <gratis> y & caliente.")
        assert olga.heard("Idiomas: español", "Falta portugués: 1 persona lo recibe en español")
        await olga.presses("Escribir en portugués")
        await olga.says("Sim, de graça.")
        assert not olga.heard("Falta")
        await olga.presses("Vista previa")
        assert olga.heard("Así llega en portugués (1 persona)")
        assert olga.heard("Resposta da equipe organizadora", "Você perguntou: haverá café na sede?", "Sim, de graça.")
        assert olga.heard("Respuesta del equipo organizador", "Sí, <gratis> y & caliente.")
        previewed = next(each.html for each in olga.news if "Sim, de graça" in each.html)
        for each in (ana, bea, caio):
            each.listen()
        await olga.presses("Enviar la respuesta")
        assert olga.toasts[-1] == "Va a 3 personas."
        assert olga.heard("En camino: 3. Toque «Actualizar»"), "nobody has been told yet that it has arrived"
        assert not olga.heard("Entregadas: 0"), olga.last
        assert ana.heard("Usted preguntó: ¿Habrá café en la sede?", "Sí, <gratis> y & caliente.")
        assert bea.heard("Usted preguntó: ¿hay café?", "Sí, <gratis> y & caliente.")
        assert caio.chat[-1].html == previewed, "exactly as it was shown"
        await olga.presses("Actualizar")
        assert olga.heard("enviada", "Ya la contestó Olga Paz", "Entregadas: 3 de 3")
        await olga.says("/preguntas")
        assert olga.heard("0 preguntas esperan")
        assert ("answered", {"n": 3, "answer": 1}) in await audit_of(world)
        assert "café" not in repr(await audit_of(world))

    async def test_words_that_take_the_place_of_others_are_said_to(self, world: World) -> None:
        olga = await organizer(world)
        await asks(world, "Ana", "¿Habrá café en la sede?")
        await answers(olga, "Sí.")
        assert not olga.heard("reemplaza")
        await olga.presses("Cambiar en español")
        await olga.says("Sí, y es gratis.")
        assert olga.heard("Este texto reemplaza al que había en español")

    async def test_a_language_that_nobody_wrote_gets_the_first_and_is_told_so(self, world: World) -> None:
        olga = await organizer(world)
        caio = await asks(world, "Caio", "haverá café na sede?", "pt-BR")
        await begins_to_answer(olga)
        await olga.presses("En inglés")
        await olga.says("There will be coffee.")
        await olga.presses("Enviar la respuesta")
        assert "There will be coffee." in caio.last
        assert "A equipe respondeu em inglês." in caio.last

    async def test_who_asked_twice_gets_one_answer_to_the_last(self, world: World) -> None:
        olga = await organizer(world)
        ana = await asks(world, "Ana", "¿Habrá café en la sede?")
        await ana.forges("+team")
        await ana.says("¿hay café??")
        await answers(olga, "Sí.")
        ana.listen()
        await olga.presses("Enviar la respuesta")
        assert [each.text for each in ana.news if "Usted preguntó" in each.text] == [ana.last]
        assert "¿hay café??" in ana.last

    async def test_nobody_is_answered_twice_however_often_one_taps(self, world: World) -> None:
        olga = await organizer(world)
        ana = await asks(world, "Ana", "¿Habrá café en la sede?")
        await answers(olga, "Sí.")
        await olga.presses("Enviar la respuesta")
        await olga.forges("qa:go:1:1")
        await olga.forges("qs:r:1")
        await olga.forges("qs:n:1:9")
        assert olga.toasts[-1] == "Ya la contestó Olga Paz"
        assert sum("Usted preguntó" in each.text for each in ana.chat) == 1

    async def test_an_answer_in_the_air_when_everything_stops_is_not_said_again(self, stage: World) -> None:
        world = stage
        async with running(stage.rehearsal):
            await stage.settle()
            olga = await organizer(world)
            ana = await asks(world, "Ana", "¿Habrá café en la sede?")
            await answers(olga, "Sí.")
            await olga.presses("Enviar la respuesta")
        database = Database(world.settings.database.url)
        async with database.transaction() as tx:  # as a crash would leave it
            mine = update(tables.outbox).where(tables.outbox.c.kind == "answer")
            await tx.execute(mine.values(state="claimed", lease_until=None, owner="a sender that died"))
        await database.close()
        ana.listen()
        async with running(again(world).rehearsal):
            await world.settle()
        assert not ana.heard("Usted preguntó")

    async def test_who_deleted_their_data_gets_nothing(self, world: World) -> None:
        olga = await organizer(world)
        ana = await asks(world, "Ana", "¿Habrá café en la sede?")
        await answers(olga, "Sí.")
        await ana.says("/misdatos")
        await ana.presses("Borrar")
        await ana.presses("Sí")
        await olga.presses("Enviar la respuesta")
        assert olga.toasts[-1].startswith("Ya no hay nadie a quien contestar")
        assert "Usted preguntó" not in ana.last
        await olga.presses("Borrar")
        assert olga.heard("0 preguntas")

    async def test_at_night_it_waits_for_the_morning_and_a_pause_does_not_hold_it(self, world: World) -> None:
        olga = await organizer(world)
        ana = await asks(world, "Ana", "¿Habrá café en la sede?")
        await ana.forges("pause:week")
        await world.turn_to("2024-10-23 02:00")
        await answers(olga, "Sí.")
        await olga.presses("Enviar la respuesta")
        assert "Usted preguntó" not in ana.last
        await world.turn_to("2024-10-23 10:01")
        assert "Usted preguntó" in ana.last

    async def test_a_question_that_asks_something_else_is_taken_out_and_later_ones_join(self, world: World) -> None:
        olga = await organizer(world)
        await asks(world, "Ana", "¿Habrá café en la sede?")
        bea = await asks(world, "Bea", "¿hay café?")
        await answers(olga, "Sí.")
        await olga.presses("Sacar una pregunta")
        await olga.presses("2")
        assert olga.heard("1 persona pregunta")
        await olga.says("/preguntas")
        assert olga.heard("1 pregunta espera", "Respuesta 1: la está escribiendo Olga Paz", "1. ¿hay café?")
        await asks(world, "Eva", "¿Habrá café?")
        await olga.presses("Respuesta 1")
        await olga.presses("Agregar 2 preguntas parecidas")
        assert olga.heard("3 personas preguntan")
        await olga.presses("Enviar la respuesta")
        assert "Usted preguntó: ¿hay café?" in bea.last

    async def test_the_same_words_are_one_line_and_leave_together(self, world: World) -> None:
        olga = await organizer(world)
        await asks(world, "Ana", "¿Habrá café en la sede?")
        for name in ("Bea", "Eva", "Flor"):
            await asks(world, name, "¿hay café?")
        await answers(olga, "Sí.")
        assert olga.heard("4 personas preguntan", "2. ¿hay café? (español, 3 personas)")
        await olga.presses("Sacar una pregunta")
        await olga.presses("2")
        assert olga.heard("1 persona pregunta")

    async def test_a_draft_survives_a_restart(self, stage: World) -> None:
        async with running(stage.rehearsal):
            await stage.settle()
            olga = await organizer(stage)
            ana = await asks(stage, "Ana", "¿Habrá café en la sede?")
            await begins_to_answer(olga)
        new = again(stage)
        async with running(new.rehearsal):
            await new.settle()
            olga = Person(new, olga.id)
            await olga.says("Sí, hay.")
            assert olga.heard("borrador", "Idiomas: español")
            await olga.presses("Enviar la respuesta")
            assert "Sí, hay." in Person(new, ana.id).last

    async def test_too_long_an_answer_is_not_taken(self, world: World) -> None:
        olga = await organizer(world)
        await asks(world, "Ana", "¿Habrá café en la sede?")
        await answers(olga, "x" * 3_500)
        assert olga.heard("Es demasiado larga: caben 3000")
        await olga.says("Sí")
        assert olga.heard("Idiomas: español")

    async def test_back_before_anything_is_written_leaves_no_draft(self, world: World) -> None:
        olga = await organizer(world)
        await asks(world, "Ana", "¿Habrá café en la sede?")
        await begins_to_answer(olga)
        await olga.presses("Volver")
        assert olga.heard("1 pregunta espera")
        assert [row["state"] for row in await rows(world, "answers")] == ["dropped"]

    async def test_a_dropped_draft_takes_nothing_any_more(self, world: World) -> None:
        olga = await organizer(world)
        vera = await joined(world, olga)
        await asks(world, "Ana", "¿Habrá café en la sede?")
        await answers(olga, "Sí.")
        await vera.forges("qa:b:1:es")
        await olga.presses("Borrar")
        await asks(world, "Bea", "¿Se puede ir con perros?")
        await olga.says("/preguntas")
        await olga.presses("Ver 2")
        await olga.presses("Contestar")
        await vera.says("Sí, a las diez.")
        assert vera.heard("no espera respuesta", "su texto no se envió ni se guardó")
        assert [row["html"] for row in await rows(world, "answer_bodies")] == []

    async def test_who_blocked_the_bot_is_counted(self, world: World) -> None:
        olga = await organizer(world)
        ana = await asks(world, "Ana", "¿Habrá café en la sede?")
        await asks(world, "Bea", "¿hay café?")
        world.telegram.blocked.add(ana.id)
        await answers(olga, "Sí.")
        await olga.presses("Enviar la respuesta")
        await olga.presses("Actualizar")
        assert olga.heard("Entregadas: 1 de 2", "No llegaron: 1")


async def begins_to_answer(olga: Person) -> None:
    """The first question of the inbox; what she sends next is the answer."""
    await olga.says("/preguntas")
    await olga.presses("Ver 1")
    await olga.presses("Contestar")


async def answers(olga: Person, words: str) -> None:
    """She writes an answer to the first question, in Spanish."""
    await begins_to_answer(olga)
    await olga.says(words)


class TestTwoOrganizers:
    """Who comes second is told, and nothing of theirs is sent unseen."""

    async def test_the_second_sees_the_firsts_draft(self, world: World) -> None:
        olga = await organizer(world)
        vera = await joined(world, olga)
        await asks(world, "Ana", "¿Habrá café en la sede?")
        await vera.says("/preguntas")
        await vera.presses("Ver 1")
        await begins_to_answer(olga)
        await vera.presses("Contestar")
        assert vera.toasts[-1] == "La está contestando Olga Paz"
        assert vera.heard("Respuesta 1: borrador")

    async def test_both_write_and_the_second_is_shown_the_firsts_words(self, world: World) -> None:
        olga = await organizer(world)
        vera = await joined(world, olga)
        ana = await asks(world, "Ana", "¿Habrá café en la sede?")
        await begins_to_answer(olga)
        await vera.forges("qa:b:1:es")
        await olga.says("Sí.")
        await vera.says("No.")
        assert vera.heard("otra persona del equipo escribió", "Sí.", "Su texto no se guardó")
        await vera.says("Sí, a las diez.")
        assert vera.heard("Respuesta 1: borrador")
        await vera.presses("Enviar la respuesta")
        assert "Sí, a las diez." in ana.last

    async def test_what_the_other_has_changed_is_not_sent_unseen(self, world: World) -> None:
        olga = await organizer(world)
        vera = await joined(world, olga)
        ana = await asks(world, "Ana", "¿Habrá café en la sede?")
        await answers(olga, "Sí.")
        await vera.forges("qa:b:1:es")
        await vera.says("No.")
        await olga.presses("Enviar la respuesta")
        assert olga.toasts[-1].startswith("Cambió mientras tanto")
        assert "Usted preguntó" not in ana.last
        await olga.presses("Enviar la respuesta")
        assert "No." in ana.last

    async def test_going_back_leaves_the_others_draft_alone(self, world: World) -> None:
        olga = await organizer(world)
        vera = await joined(world, olga)
        await asks(world, "Ana", "¿Habrá café en la sede?")
        await begins_to_answer(olga)
        await vera.forges("qs:r:1")
        await vera.presses("Escribir en español")
        await vera.presses("Volver")
        await olga.says("Sí.")
        assert olga.heard("Idiomas: español")

    async def test_both_send_and_one_is_told_that_it_was_sent(self, world: World) -> None:
        olga = await organizer(world)
        vera = await joined(world, olga)
        ana = await asks(world, "Ana", "¿Habrá café en la sede?")
        await answers(olga, "Sí.")
        await vera.forges("qa:1")
        await vera.forges("qa:b:1:es")
        await olga.presses("Enviar la respuesta")
        await vera.says("Otra respuesta")
        assert vera.heard("Ya la contestó Olga Paz", "su texto no se envió ni se guardó")
        await vera.forges("qa:go:1:1")
        assert vera.toasts[-1] == "Ya la contestó Olga Paz"
        assert sum("Usted preguntó" in each.text for each in ana.chat) == 1


class TestClosing:
    """What is not for the team is closed, and who asked is told kindly."""

    async def test_closed_in_two_taps(self, world: World) -> None:
        olga = await organizer(world)
        ana = await asks(world, "Ana", "¿habrá karaoke en la sede?")
        caio = await asks(world, "Caio", "haverá karaoke na sede?", "pt-BR")
        await olga.says("/preguntas")
        await olga.presses("Ver 1")
        await olga.presses("No nos corresponde")
        assert olga.heard("¿Cerrar sin respuesta?")
        await olga.presses("Sí, cerrar")
        assert "Usted preguntó: ¿habrá karaoke en la sede?" in ana.last
        assert "no es un tema de este ciclo" in ana.last
        assert "não é um tema deste ciclo" in caio.last
        assert {row["action"] for row in await rows(world, "audit")} >= {"question_closed"}

    async def test_only_what_was_shown_is_closed(self, world: World) -> None:
        olga = await organizer(world)
        await asks(world, "Ana", "¿quién gana el mundial?")
        await olga.says("/preguntas")
        await olga.presses("Ver 1")
        await olga.presses("No nos corresponde")
        bea = await asks(world, "Bea", "¿quién gana el mundial?")
        await olga.presses("Sí, cerrar")
        assert "no es un tema" not in bea.last
        assert olga.heard("1 pregunta espera")


class TestPublishing:
    """An answer becomes the bot's own, in wordings that an organizer has looked at."""

    async def test_published_the_bot_gives_it_at_once(self, world: World) -> None:
        olga, bea = await organizer(world), world.person("Bea")
        await bea.says("¿habrá café en la sede?")
        assert not bea.heard("planta baja")
        await asks(world, "Ana", "Hola, soy Ana Quiroga de Lima. ¿Habrá café en la sede?")
        await answers(olga, "Sí, en la planta baja.")
        await olga.presses("Enviar la respuesta")
        await olga.presses("Publicar para cualquiera que pregunte")
        assert olga.heard("todavía no se publica", "• ¿Habrá café en la sede?", "Revise cada pregunta")
        assert not olga.heard("Quiroga")
        await bea.says("¿habrá café en la sede?")
        assert not bea.heard("planta baja"), "nothing is published by itself"
        await olga.presses("Publicar")
        assert olga.toasts[-1] == "Publicada: el bot ya la da."
        for words in ("¿habrá café en la sede?", "hay cafe en la sede", "Habrá CAFÉ en la sede"):
            await bea.says(words)
            assert bea.heard("Sí, en la planta baja.", "Contestado por el equipo organizador el martes 22"), words
        assert ("faq_published", {"answer": 1}) in await audit_of(world)
        await bea.says("¿cuándo es la sesión 2?")
        assert bea.heard("La sesión 2, «Inclusión»")

    async def test_the_wordings_are_the_organizers(self, world: World) -> None:
        olga = await self.published(world)
        await olga.presses("Preguntas en español")
        for words in ("escriban a ana@example.org", "llamen al +54 11 5555 1234", "sigan a @ana", "mire https://x.org"):
            await olga.says(words)
            assert olga.heard("un correo, una cuenta, un enlace o un número largo"), words
        await olga.says("¿dan algo caliente?\n¿hay bebidas calientes?")
        assert olga.heard("• ¿dan algo caliente?", "• ¿hay bebidas calientes?")
        assert not olga.heard("Habrá café")
        bea = world.person("Bea")
        await bea.says("¿dan algo caliente?")
        assert bea.heard("Sí, en la planta baja.")
        await olga.presses("Preguntas en español")
        await olga.says("-")
        assert olga.heard("Falta al menos una pregunta")

    async def published(self, world: World) -> Person:
        olga = await organizer(world)
        await asks(world, "Ana", "¿Habrá café en la sede?")
        await answers(olga, "Sí, en la planta baja.")
        await olga.presses("Enviar la respuesta")
        await olga.presses("Publicar para cualquiera que pregunte")
        await olga.presses("Publicar")
        return olga

    async def test_in_another_language_and_changed_afterwards(self, world: World) -> None:
        olga = await self.published(world)
        await olga.presses("Preguntas en inglés")
        await olga.says("Will there be coffee?")
        await olga.presses("Respuesta en inglés")
        await olga.says("Yes, downstairs.")
        bea = world.person("Bea", language="en-GB")
        caio = world.person("Caio", language="pt-BR")
        await caio.says("haverá café na sede?")
        assert caio.heard("Sí, en la planta baja.", "A equipe respondeu em espanhol.")
        await bea.says("will there be coffee?")
        assert bea.heard("Yes, downstairs.", "Answered by the organizing team on Tuesday 22 October 2024")
        await olga.presses("Respuesta en inglés")
        await olga.says("Yes, upstairs.")
        await bea.says("will there be coffee?")
        assert bea.heard("Yes, upstairs.")
        assert ("faq_changed", {"answer": 1}) in await audit_of(world)

    async def test_listed_and_removed(self, world: World) -> None:
        olga = await self.published(world)
        await olga.says("/preguntas")
        await olga.presses("Respuestas publicadas")
        assert olga.heard("1 respuesta", "1. ¿Habrá café en la sede?", "Contestado por el equipo")
        await olga.presses("Ver 1")
        await olga.presses("Dejar de publicar")
        await olga.presses("Sí, quitarla")
        assert olga.heard("0 respuestas")
        bea = world.person("Bea")
        await bea.says("¿habrá café en la sede?")
        assert not bea.heard("planta baja")
        assert "café" not in repr(await rows(world, "published"))
        assert ("faq_removed", {"answer": 1}) in await audit_of(world)

    async def test_it_survives_a_restart_and_who_asked_being_deleted(self, stage: World) -> None:
        async with running(stage.rehearsal):
            await stage.settle()
            await self.published(stage)
            ana = Person(stage, OWNER + 1)
            await ana.says("/misdatos")
            await ana.presses("Borrar")
            await ana.presses("Sí")
        new = again(stage)
        async with running(new.rehearsal):
            await new.settle()
            bea = new.person("Bea")
            await bea.says("¿habrá café en la sede?")
            assert bea.heard("Sí, en la planta baja.")

    async def test_it_is_given_in_other_words_and_languages_too(self, world: World) -> None:
        olga = await organizer(world)
        await asks(world, "Ana", "¿Entregan certificado de asistencia?")
        await answers(olga, "Sí, a quien asista a las cuatro.")
        await olga.presses("Enviar la respuesta")
        await olga.presses("Publicar para cualquiera que pregunte")
        await olga.presses("Publicar")
        for words, language in (
            ("dan constancia?", "es"), ("will I get a certificate of attendance", "en"),
            ("vocês dão certificado de participação?", "pt-br"), ("on reçoit une attestation à la fin?", "fr"),
        ):  # fmt: skip
            bea = world.person("Bea", language=language)
            await bea.says(words)
            assert bea.heard("Sí, a quien asista a las cuatro."), bea.last
        caio = world.person("Caio")
        await caio.says("¿se graban las sesiones?")
        assert not caio.heard("a quien asista")

    async def test_a_long_answer_is_shortened_before_it_is_published(self, world: World) -> None:
        olga = await organizer(world)
        await asks(world, "Ana", "¿Habrá café en la sede?")
        await answers(olga, "Sí. " * 300)
        await olga.presses("Enviar la respuesta")
        await olga.presses("Publicar para cualquiera que pregunte")
        await olga.presses("Publicar")
        assert olga.toasts[-1].startswith("Es demasiado larga para publicarla: caben 1000")
        await olga.presses("Respuesta en español")
        await olga.says("x" * 1_001)
        assert olga.heard("Es demasiado larga: caben 1000")
        await olga.says("Sí, <b>hay</b>.")
        await olga.presses("Publicar")
        bea = world.person("Bea")
        await bea.says("¿habrá café en la sede?")
        assert bea.heard("Sí, <b>hay</b>.")

    async def test_the_bot_stays_careful_with_people_of_their_own(self, world: World) -> None:
        olga = await self.published(world)
        await olga.presses("Preguntas en español")
        await olga.says("me deportan mañana, qué hago")
        assert olga.heard("contesta otra cosa, por cuidado: «me deportan mañana, qué hago»")
        bea = world.person("Bea")
        await bea.says("me deportan mañana, qué hago")
        assert not bea.heard("planta baja")


class TestWhoIsTold:
    """A question reaches everybody of the team who may answer it."""

    async def test_organizers_too_but_no_viewers(self, world: World) -> None:
        olga = await organizer(world)
        vera = await joined(world, olga)
        luis = await joined(world, olga, "Luis", label="Invitar con solo lectura")
        luis.listen()
        await asks(world, "Ana", "¿Habrá café en la sede?")
        assert "Pregunta 1 de una persona" in vera.last
        assert "Pregunta 1 de una persona" in olga.last
        assert not luis.heard("Pregunta")
        await vera.presses("Ver la pregunta")
        assert vera.heard("1 persona pregunta")

    async def test_who_was_removed_is_told_nothing_more(self, world: World) -> None:
        olga = await organizer(world)
        vera = await joined(world, olga)
        await olga.says("/team")
        for label in ("Vera", "Quitar del equipo", "Sí, quitar"):
            await olga.presses(label)
        await asks(world, "Ana", "¿Habrá café en la sede?")
        assert "Pregunta" not in vera.last


class TestWhoMay:
    """Viewers see how many ask, never the words; everybody else sees nothing."""

    @pytest.mark.parametrize(("language", "told"), [("es", "1. Una pregunta"), ("en", "1. A question")])
    async def test_a_viewer_sees_figures_and_what_is_published(self, world: World, language: str, told: str) -> None:
        olga = await organizer(world)
        vera = await joined(world, olga, label="Invitar con solo lectura")
        await vera.forges(f"lang:{language}")
        await asks(world, "Ana", "¿Habrá café en la sede?")
        await vera.says("/questions")
        assert vera.heard(told)
        assert not vera.heard("café")
        assert not any(label.startswith(("Ver", "See")) for label in vera.buttons)
        await vera.forges("qf:p:0")
        assert "0" in vera.last
        for data in ("qs:1", "qs:r:1", "qa:1", "qa:go:1:1", "qf:new:1", "qf:ok:1:1", "qf:x:1:yes", "qs:n:1:1"):
            await vera.forges(data)
            assert "café" not in vera.last, data
        assert await rows(world, "answers") == []

    @pytest.mark.parametrize(
        ("language", "stale"), [("es", "Ese botón ya no sirve"), ("fr", "Ce bouton ne fonctionne plus")]
    )
    async def test_strangers_and_participants_meet_nothing(self, world: World, language: str, stale: str) -> None:
        olga = await organizer(world)
        ana = await asks(world, "Ana", "¿Habrá café en la sede?", language)
        await answers(olga, "Sí.")
        before = {name: await rows(world, name) for name in ("answers", "answer_bodies", "questions", "published")}
        await ana.says("/questions")
        assert not ana.heard("café")
        for shape in (each for each in PRESSES if each.startswith(("qs", "qa", "qf"))):
            data = shape.format(id=1, page=0, version=1, code="es")
            await ana.forges(data)
            assert ana.toasts[-1].startswith(stale), data
            await ana.says("Mi respuesta")
        assert {name: await rows(world, name) for name in before} == before

    async def test_a_forged_button_of_nothing_is_no_error(self, world: World) -> None:
        olga = await organizer(world)
        await olga.says("/questions")
        for data in ("qs:77", "qs:r:77", "qs:n:77", "qs:n:77:1", "qa:77", "qa:b:77:es", "qa:b:77:AR", "qa:p:77",
                     "qa:go:77:1", "qa:d:77", "qa:m:77", "qa:o:77", "qa:o:77:1", "qf:77", "qf:new:77", "qf:w:77:es",
                     "qf:t:77:AR", "qf:ok:77:1", "qf:x:77", "qf:x:77:yes", "qf:p:999"):  # fmt: skip
            await olga.forges(data)
            assert "Algo falló" not in olga.last, data
            assert "error" not in olga.toasts[-1].lower(), data


async def test_everything_is_in_the_log_without_a_word_of_anybodys(world: World) -> None:
    olga = await organizer(world)
    await asks(world, "Ana", "¿Habrá café en la sede?")
    await answers(olga, "Sí.")
    await olga.presses("Enviar la respuesta")
    await olga.presses("Publicar para cualquiera que pregunte")
    await olga.presses("Publicar")
    await olga.says("/equipo registro")
    assert olga.heard("Olga Paz: empezó una respuesta (respuesta 1)", "contestó a 1 persona", "publicó una respuesta")
    assert not olga.heard("café")


async def test_when_the_cycle_is_long_over_answers_are_forgotten_too(world: World) -> None:
    olga = await organizer(world)
    await asks(world, "Ana", "¿Habrá café en la sede?")
    await answers(olga, "Sí.")
    await olga.presses("Enviar la respuesta")
    await olga.presses("Publicar para cualquiera que pregunte")
    await olga.presses("Publicar")
    await world.turn_to("2025-06-01 12:00")
    await world.rehearsal.app.work.scheduler.tidy()
    for name in ("questions", "answers", "answer_bodies", "published"):
        assert await rows(world, name) == [], name
