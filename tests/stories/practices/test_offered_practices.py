"""Practices that participants offer: told in a conversation, read by the team, found by everybody once accepted."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.loading.cycle_loader import load_cycle
from rehearsal.telegram.message_html import ChatMessage
from rehearsal.telegram.telegram import Telegram
from rehearsal.world import running
from tests.support.practices import SUMMARY, TITLE, WHO, accepts, begins_offer, fills, offers, offers_one, registered
from tests.support.thorough import one_in
from tests.support.world.documents import file_of
from tests.support.world.people import Person, World
from tests.support.world.registration import rows, twice
from tests.support.world.restart import again
from tests.support.world.team import audit_of, organizer

pytestmark = pytest.mark.one_owner


@pytest.mark.parametrize(
    ("language", "wish", "begin", "first", "skip", "send", "sent"),
    one_in(
        2,
        [
            (
                "es",
                "Quiero presentar mi práctica",
                "Empezar",
                "¿Cómo se llama",
                "Saltar",
                "Enviar al equipo",
                "Enviada.",
            ),
            (
                "pt-BR",
                "Quero apresentar minha prática",
                "Começar",
                "Como se chama",
                "Pular",
                "Enviar à equipe",
                "Enviada.",
            ),
            ("en", "I want to present my practice", "Begin", "practice called", "Skip", "Send to the team", "Sent."),
            (
                "fr",
                "Je veux présenter ma pratique",
                "Commencer",
                "Comment s’appelle",
                "Passer",
                "Envoyer à l",
                "Envoyée.",
            ),
        ],
    ),
)
async def test_it_is_offered_in_four_languages(  # noqa: PLR0917 - one row of words a language
    world: World, language: str, wish: str, begin: str, first: str, skip: str, send: str, sent: str
) -> None:
    olga = await organizer(world)
    ana = world.person("Ana", language=language)
    await begins_offer(ana, wish, begin)
    assert first in ana.last
    await fills(ana, skip=skip)
    assert TITLE in ana.last
    assert SUMMARY in ana.last
    await ana.presses(send)
    assert ana.heard(sent)
    kept = (await rows(world, "practice_offers"))[0]
    assert (kept["state"], kept["language"], kept["answers"]["country"]) == ("waiting", "es", "AR")
    assert kept["answers"]["objectives"] == [4, 15]
    await olga.presses("Ver la práctica")
    assert olga.heard("Práctica ofrecida 1", "español", TITLE, WHO, "Pertinencia", "Responde al objetivo 15")
    assert "Ana" not in olga.last, "the team does not see who offers it"


@pytest.mark.parametrize(
    ("language", "wish", "title", "country", "back", "name"),
    [
        ("es", "Quiero presentar mi práctica", TITLE, "¿En qué país", "Atrás", "¿Cómo se llama"),
        (
            "pt-BR",
            "Quero apresentar minha prática",
            "Balcão único para famílias migrantes",
            "Em que país",
            "Voltar",
            "Como se",
        ),
        (
            "en",
            "I want to present my practice",
            "One desk for the children of migrants",
            "which country",
            "Back",
            "called",
        ),
        ("fr", "Je veux présenter ma pratique", "Un guichet unique à Genève", "quel pays", "Retour", "Comment s’"),
    ],
)
async def test_a_title_typed_before_the_first_button_is_the_title(  # noqa: PLR0917 - one row of words a language
    shared_world: World, language: str, wish: str, title: str, country: str, back: str, name: str
) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says(wish)
    await ana.says(title)
    assert country in ana.last, ana.last
    assert title in ana.last, "what was taken for it is said"
    await ana.presses(back)
    assert name in ana.last, ana.last


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("¿Cuándo es la sesión 2?", "29 de octubre"),
        ("sesión 2", "29 de octubre"),
        ("cuándo es la próxima sesión", "23 de octubre"),
        ("quiero inscribirme", "inscri"),
        ("gracias", "de nada"),
        ("remesas", "remesas"),
        ("me van a deportar mañana", "ciclo no puede asesorar"),
    ],
)
async def test_what_is_no_title_is_answered_and_the_title_may_still_be_typed(
    shared_world: World, words: str, heard: str
) -> None:
    ana = shared_world.person("Ana")
    await ana.says("Quiero presentar mi práctica")
    await ana.says(words)
    assert heard in ana.last.lower() or any(heard in each.text for each in ana.news), ana.last
    assert "¿En qué país" not in ana.last


@pytest.mark.parametrize("words", ["Empezar", "sí", "seguir", "empezar."])
async def test_the_first_button_may_be_typed(shared_world: World, words: str) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/ofrecer")
    await ana.says(words)
    assert "¿Cómo se llama la práctica?" in ana.last, ana.last


async def test_a_title_that_is_too_long_says_so_and_one_after_leaving_is_a_question(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/ofrecer")
    await ana.says("Ventanilla " * 20)
    assert ana.heard("caben 150", "¿Cómo se llama"), ana.last
    await ana.presses("Cancelar")
    await ana.presses("Borrar lo empezado")
    await ana.says(TITLE)
    assert "¿En qué país" not in ana.last, ana.last


async def test_steps_are_corrected_skipped_left_and_gone_on_with_after_a_restart(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        ana = stage.person("Ana")
        await _begins(ana)
    async with running(again(stage).rehearsal):
        await stage.turn_to("2024-10-22 21:00")
        await _goes_on(stage, ana)


async def _begins(ana: Person) -> None:
    await ana.says("/ofrecer")
    await ana.presses("Empezar")
    await ana.says("sí")
    assert ana.heard("escríbalo en palabras")
    await ana.says("T" * 151)
    assert ana.heard("Son 151 letras, y caben 150")
    await ana.says("Ventanilla <b>única</b>")
    await ana.says("¿cuándo es la sesión 2?")
    assert ana.heard("29 de octubre"), "a question in between is answered"
    assert any("¿En qué país" in each.text for each in ana.news), "and the step goes on"
    await ana.presses("Atrás")
    assert ana.heard("¿Cómo se llama la práctica?")
    await ana.says(TITLE)
    await ana.presses("Varios países")
    await ana.presses("Cancelar")
    assert ana.heard("Guardé lo que escribió")


async def _goes_on(world: World, ana: Person) -> None:
    await ana.says("/ofrecer")
    await ana.presses("Seguir donde la dejé")
    assert ana.heard("¿Quién la lleva a cabo?")
    await ana.says(WHO)
    await ana.says(SUMMARY)
    await ana.says("Remesas")
    await ana.presses("Atrás")
    await ana.presses("Quitar el 20")
    await ana.says("99")
    assert ana.heard("al menos un objetivo")
    for number in ("4", "7"):
        await ana.presses(number)
    await ana.presses("Quitar el 7")
    await ana.presses("Continuar")
    await ana.says("http://localhost/x")
    assert ana.heard("No es una dirección")
    for _ in range(7):
        await ana.presses("Saltar")
    assert ana.heard("Esto es lo que se enviará", TITLE, "Varios países", "4 (")
    await ana.presses("Cambiar una respuesta")
    await ana.presses("Quién la lleva a cabo")
    await ana.says("Red de <ciudades> & amigas")
    assert ana.heard("Red de <ciudades> & amigas")
    await twice(ana, "Enviar al equipo")
    assert len(await rows(world, "practice_offers")) == 1, "two taps send it once"


async def test_the_team_asks_back_accepts_and_everybody_finds_it(world: World) -> None:
    olga = await organizer(world)
    ana = await offers(world)
    await olga.presses("Ver la práctica")
    await olga.presses("Preguntar")
    await olga.says("¿Sigue en marcha en 2024? <b>Gracias</b>")
    assert olga.heard("Así le llegará", "¿Sigue en marcha en 2024? <b>Gracias</b>")
    ana.listen()
    await olga.presses("Enviar la pregunta")
    assert ana.heard("le pregunta algo", "¿Sigue en marcha en 2024? <b>Gracias</b>")
    await ana.presses("Contestar")
    await ana.does(lambda telegram, me: telegram.sends_voice(me))
    assert ana.heard("solo puedo leer texto")
    await ana.says("¿cuándo es la sesión 2?")
    assert ana.heard("29 de octubre")
    assert any("Escriba su respuesta para el equipo" in each.text for each in ana.news)
    olga.listen()
    await ana.says("Sí, con presupuesto propio hasta 2026.")
    assert ana.heard("Su respuesta llegó al equipo")
    assert olga.heard("Una práctica ofrecida espera al equipo")
    await olga.presses("Ver la práctica")
    assert olga.heard("Sí, con presupuesto propio hasta 2026.")
    await olga.presses("Aceptar")
    ana.listen()
    await twice(olga, "Alcance local")
    assert ana.heard("El equipo aceptó su práctica")
    assert sum("aceptó su práctica" in each.text for each in ana.chat) == 1
    for language, found, mark, original in (
        ("es", "prácticas sobre ventanilla única de Argentina", "La ofreció una persona participante", ""),
        ("pt-BR", "práticas sobre ventanilla única", "oferecida por uma pessoa participante", "Texto original em esp"),
        ("en", "practices about ventanilla única", "Offered by a participant", "Original text in Spanish"),
        ("fr", "pratiques sur ventanilla única", "Proposée par une personne participante", "Texte original en esp"),
    ):
        bea = world.person("Bea", language=language)
        await bea.says(found)
        assert TITLE in bea.last, (language, bea.last)
        await bea.says("/start p_offered-1")
        assert bea.heard(TITLE, WHO, SUMMARY, mark, original), bea.last
        assert "Responde al objetivo 15" not in bea.last, "the criteria are the team's"
        await bea.says("/practices")
        await bea.forges("pc:AR:1")
        assert TITLE in bea.last, "a list by country has it, too"
    await bea.does(lambda telegram, me: telegram.asks_inline(me, "ventanilla única"))
    assert [each for each, _ in await audit_of(world)] == ["offer_asked", "offer_accepted"]


async def test_the_accepted_ones_are_a_file_for_the_next_pack(world: World, content: Path, tmp_path: Path) -> None:
    olga = await organizer(world)
    await offers(world)
    await accepts(olga)
    await olga.forges("oo:f")
    pack = shutil.copytree(content, tmp_path / "pmm-2025")
    with (pack / "practices.toml").open("ab") as file:
        file.write(file_of(world, olga)[1].split(b'team."\n', 1)[1])
    practice = load_cycle(pack).practices[-1]
    assert practice.id == "ar-ventanilla-unica-para-familias-migran"
    assert (practice.original, practice.scope, practice.objectives) == ("es", "local", (4, 15))
    assert practice.summary.fr == SUMMARY


async def test_it_is_declined_kindly_and_withdrawn_for_good(world: World) -> None:
    olga = await organizer(world)
    ana = await offers(world)
    await accepts(olga)
    await olga.presses("Sacar de las prácticas")
    await olga.presses("No publicar")
    await olga.says("Buscamos prácticas con resultados publicados.")
    ana.listen()
    await olga.presses("Enviar y no publicar")
    assert ana.heard("Gracias por compartir", "Esta vez el equipo no la publica", "con resultados publicados")
    bea = world.person("Bea")
    await bea.says("/start p_offered-1")
    assert TITLE not in bea.last
    for data in ("of:v:1", "of:x:1:yes", "of:r:1", "of:c:1", "oo:v:1", "oo:a:1:1:local", "oo:f"):
        await bea.forges(data)
        assert TITLE not in bea.last, data
    assert len(await rows(world, "practice_offers")) == 1, "nobody else's buttons do anything"
    await ana.forges("of:v:1")
    await ana.presses("Retirar")
    await ana.presses("Sí, retirarla")
    assert await rows(world, "practice_offers") == []
    await olga.forges("oo:v:1")
    assert olga.toasts[-1] == "Quien la ofreció la retiró."


async def test_what_was_read_is_what_is_accepted(world: World) -> None:
    """Who offered it changes it while an organizer reads."""
    olga = await organizer(world)
    ana = await offers(world)
    await olga.presses("Ver la práctica")
    await olga.presses("Aceptar")
    await ana.presses("Ver mi práctica")
    await ana.presses("Cambiar una respuesta")
    await ana.presses("Cambiar una respuesta")
    await ana.presses("Título")
    await ana.says("Otro título para esto")
    await ana.presses("Enviar al equipo")
    await olga.forges("oo:a:1:1:local")
    assert olga.toasts[-1].startswith("Cambió desde que la leyó")
    assert [each["state"] for each in await rows(world, "practice_offers")] == ["waiting"]


KINDS: dict[str, Callable[[Telegram, int], object]] = {
    "a picture with a caption": lambda telegram, me: telegram.sends_photo(me, "El mapa"),
    "a file": lambda telegram, me: telegram.sends_document(me),
    "a voice note": lambda telegram, me: telegram.sends_voice(me),
    "a sticker": lambda telegram, me: telegram.sends_sticker(me),
    "forwarded words": lambda telegram, me: telegram.forwards(me, "Lo que otra persona escribió"),
    "nothing but signs": lambda telegram, me: telegram.says(me, "\u200b.,;"),
}


async def test_anything_at_every_step_is_answered_and_nothing_is_taken(world: World) -> None:
    await organizer(world)
    ana = world.person("Ana")
    await begins_offer(ana)
    for words in (TITLE, "Argentina", WHO, SUMMARY, "4", "https://valleverde.gob.ar", *["Lo cumple bien"] * 6, ""):
        kept = [each["answers"] for each in await rows(world, "dialogs")]
        for kind, send in KINDS.items():
            await ana.does(send)
            assert ana.news, kind
            assert not any("Algo falló" in each.text for each in ana.news), (kind, [each.text for each in ana.news])
        assert [each["answers"] for each in await rows(world, "dialogs")] == kept
        if words:
            await ana.says(words)
    await ana.does(lambda telegram, me: telegram.edits(me, _number_of(ana.chat, WHO), "Otra institución"))
    assert ana.heard("Otra institución", "Esto es lo que se enviará"), "an edited answer counts"
    await ana.says("/cancelar")
    assert ana.heard("Guardé lo que escribió")
    await ana.presses("Seguir donde la dejé")
    await ana.presses("Enviar al equipo")
    await ana.does(lambda telegram, me: telegram.edits(me, _number_of(ana.chat, SUMMARY), "Desde 2023"))
    assert ana.heard("Si corrigió algo de su práctica ya enviada"), "once it is sent, an edit is no question"


def _number_of(chat: list[ChatMessage], words: str) -> int:
    return next(each.id for each in chat if not each.from_bot and each.text == words)


async def test_my_data_holds_it_and_deletion_takes_it(world: World) -> None:
    olga = await organizer(world)
    ana = await offers(world)
    await accepts(olga)
    await ana.says("/misdatos")
    assert ana.heard("1 práctica que ofreció")
    await ana.presses("Descargar")
    assert TITLE in json.dumps(json.loads(file_of(world, ana)[1]), ensure_ascii=False)
    await ana.says("/privacidad")
    assert ana.heard("Prácticas que ofrece", "se borra de aquí")
    await ana.forges("data:del:yes")
    assert await rows(world, "practice_offers") == []
    bea = world.person("Bea")
    await bea.says("/start p_offered-1")
    assert TITLE not in bea.last


async def test_three_may_wait_and_no_more(world: World) -> None:
    await organizer(world)
    ana = await offers(world)
    for _ in range(2):
        await offers_one(ana)
    await begins_offer(ana)
    assert ana.heard("Ya tiene 3 prácticas")


async def test_their_own_organization_is_one_tap(world: World) -> None:
    await organizer(world)
    ana = await registered(world, "Ana")
    await begins_offer(ana)
    await ana.says(TITLE)
    await ana.presses("Argentina")
    await ana.presses("Casa del Migrante")
    assert ana.heard("¿En qué consiste?")
