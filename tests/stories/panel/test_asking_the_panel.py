"""Asking the panel: seen exactly as it is shown, taken back, refused with clear words, and voted for once."""

import json

import pytest

from tests.support.panel import DURING, ENDED, approves, asks_panel, in_time, sends_to_panel
from tests.support.world.people import World
from tests.support.world.registration import ana_of, registers, rows
from tests.support.world.team import organizer

pytestmark = pytest.mark.one_owner


async def test_a_question_is_shown_as_it_will_be_seen_and_waits_for_a_moderator(world: World) -> None:
    await organizer(world)
    await in_time(world)
    ana = world.person("Ana", last_name="Paz")
    await ana.says("/start s1")
    await ana.presses("Preguntar al panel")
    assert ana.heard("Preguntas al panel · sesión 1", "Puede preguntar y votar hasta")
    await ana.presses("Hacer una pregunta")
    assert ana.heard("Pregunta para el panel de la sesión 1", "hasta 300 letras")
    await ana.says("¿Cómo se  financia\nel <b>programa</b>?")
    assert ana.heard("Así se verá", "¿Cómo se financia el <b>programa</b>?", "— Sin nombre", "Todavía no se envió")
    await ana.presses("Mostrar mi nombre: Ana Paz")
    assert ana.heard("— Ana Paz")
    await ana.presses("Mostrarla sin nombre")
    assert ana.heard("— Sin nombre")
    await ana.presses("Enviar al panel")
    assert ana.heard("Enviada", "¿Cómo se financia el <b>programa</b>?", "— Sin nombre")
    bea = world.person("Bea")
    await bea.says("/panel")
    assert bea.heard("Todavía no hay preguntas en la lista"), "nobody sees what is not approved"
    assert not bea.heard("financia")


async def test_a_registered_person_may_show_the_country(world: World) -> None:
    await organizer(world)
    ana = ana_of(world)
    await registers(ana)
    await in_time(world)
    await ana.forges("pq:a:1")
    await ana.says("¿Quién paga el programa?")
    await ana.presses("Mostrar mi país")
    assert ana.heard("— ")
    label = ana.last.split("— ")[1].split("\n")[0]
    await ana.presses("Enviar al panel")
    kept = (await rows(world, "panel_questions"))[0]
    assert (kept["shown"], len(kept["label"])) == ("country", 2)
    assert label != kept["label"], "its name, not its code"


async def test_it_is_asked_in_one_message(world: World) -> None:
    """Everybody says theirs in one moment."""
    await organizer(world)
    await in_time(world, DURING)
    asked = [
        ("es", "pregunta para el panel: ¿quién paga el programa?", "¿quién paga el programa?", "Enviar al panel"),
        ("es", "Quiero preguntar al panel si habrá fondos", "si habrá fondos", "Enviar al panel"),
        ("es", "hola, tengo una pregunta para el panel: ¿quién paga?", "¿quién paga?", "Enviar al panel"),
        ("es", "mi pregunta al panel es ¿quién paga?", "¿quién paga?", "Enviar al panel"),
        ("es", "para los panelistas: ¿quién paga?", "¿quién paga?", "Enviar al panel"),
        ("pt-BR", "tenho uma pergunta pro painel: quem paga?", "quem paga?", "Enviar ao painel"),
        ("en", "I have a question for the speakers: who pays?", "who pays?", "Send to the panel"),
        ("fr", "bonjour, j’ai une question pour le panel : qui paie ?", "qui paie ?", "Envoyer au panel"),
        ("pt-BR", "Pergunta para o painel: quem paga o programa?", "quem paga o programa?", "Enviar ao painel"),
        ("en", "Question for the panel: who pays for it?", "who pays for it?", "Send to the panel"),
        ("fr", "Question pour le panel : qui paie le programme ?", "qui paie le programme ?", "Envoyer au panel"),
    ]
    people = [world.person("Ana", language=language) for language, *_ in asked]
    await world.all_say([(each, typed) for each, (_, typed, *_) in zip(people, asked, strict=True)])
    for each, (_, typed, words, send) in zip(people, asked, strict=True):
        assert words in each.last, (typed, each.last)
        assert send in each.buttons, typed
    await world.all_press([(each, send) for each, (*_, send) in zip(people, asked, strict=True)])
    kept = sorted(each["words"] for each in await rows(world, "panel_questions"))
    assert kept == sorted(words for _, _, words, _ in asked)


async def test_asked_for_the_question_its_address_is_left_out(world: World) -> None:
    await organizer(world)
    await in_time(world, DURING)
    ana = world.person("Ana")
    await ana.says("pregunta para el panel")
    await ana.says("hola, tengo una duda para los ponentes: ¿quién paga?")
    assert ana.heard("¿quién paga?"), ana.last
    assert not ana.heard("ponentes")


async def test_the_buttons_label_or_a_command_opens_the_list_in_four_languages(world: World) -> None:
    await organizer(world)
    await in_time(world, DURING)
    for language, label, command, heading in (
        ("es", "preguntas al panel", "/panel", "Preguntas al panel · sesión 1"),
        ("pt-BR", "perguntas ao painel", "/painel", "Perguntas ao painel · sessão 1"),
        ("en", "questions to the panel", "/panel", "Questions to the panel · session 1"),
        ("fr", "questions au panel", "/panel", "Questions au panel · session 1"),
    ):
        for typed in (label, command):
            ana = world.person("Ana", language=language)
            await ana.says(typed)
            assert ana.heard(heading), (typed, ana.last)


async def test_the_wish_alone_asks_for_the_question(world: World) -> None:
    await organizer(world)
    await in_time(world)
    ana = world.person("Ana")
    await ana.says("quiero preguntar al panel")
    assert ana.heard("Pregunta para el panel de la sesión 1")
    await ana.says("¿cómo puedo preguntar al panel?")
    assert ana.heard("Así se verá"), "the dialog goes on: what is typed is the question"


class TestRefusals:
    """Every refusal says why, and what can be done."""

    async def test_too_early(self, world: World) -> None:
        ana = world.person("Ana")
        await ana.says("pregunta para el panel de la sesión 3: ¿quién paga?")
        assert ana.heard("sesión 3", "desde un día antes")
        await ana.says("/sesiones 3")
        assert "Preguntar al panel" not in ana.buttons

    async def test_too_late(self, world: World) -> None:
        await in_time(world, "2024-10-23 18:10")
        ana = world.person("Ana")
        await ana.says("/start")
        await ana.forges("pq:a:1")
        await world.turn_to(ENDED)
        await ana.says("¿Quién paga?")
        assert ana.heard("La sesión 1 terminó", "Puede preguntar al equipo")
        assert await rows(world, "panel_questions") == []

    async def test_too_long_and_too_short(self, world: World) -> None:
        await in_time(world)
        ana = world.person("Ana")
        await ana.says("/start")
        await ana.forges("pq:a:1")
        await ana.says("a" * 301)
        assert ana.heard("Son 301 letras", "caben 300")
        await ana.says("??")
        assert ana.heard("No encuentro una pregunta")
        await ana.says("¿Y ahora sí?")
        assert ana.heard("Así se verá")

    async def test_the_sixth(self, world: World) -> None:
        await organizer(world)
        await in_time(world)
        ana = await asks_panel(world, "Ana", "¿Habrá café?")
        for words in ("¿Habrá agua fría?", "¿Quién paga el hotel?", "¿Dónde está la sede?", "¿Cuándo se evalúa esto?"):
            await sends_to_panel(ana, words)
        await ana.forges("pq:a:1")
        assert ana.heard("Ya tiene 5 preguntas abiertas")
        await ana.presses("Mis preguntas")
        await ana.presses("Retirar la 5")
        await ana.presses("Sí, retirarla")
        await ana.forges("pq:a:1")
        assert ana.heard("Pregunta para el panel")

    async def test_danger_is_answered_first(self, world: World) -> None:
        await in_time(world)
        ana = world.person("Ana")
        await ana.says("pregunta para el panel: mi marido me pega y me quiere matar, ¿qué hago?")
        assert ana.heard("Así se verá")
        assert len(ana.news) > 1, "help comes before the question"


async def test_it_is_taken_back_and_its_words_are_gone(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    ana = await asks_panel(world, "Ana", "¿Habrá café?")
    await approves(olga)
    await ana.forges("pq:my:1")
    assert ana.heard("Está en la lista y en la pantalla")
    await ana.presses("Retirar la 1")
    await ana.presses("Sí, retirarla")
    bea = world.person("Bea")
    await bea.says("/panel")
    assert not bea.heard("café")
    assert [(each["state"], each["words"]) for each in await rows(world, "panel_questions")] == [("withdrawn", "")]


async def test_an_abandoned_preview_leaves_nothing(world: World) -> None:
    await organizer(world)
    await in_time(world)
    ana = world.person("Ana")
    await ana.says("/start")
    await ana.forges("pq:a:1")
    await ana.says("¿Habrá café?")
    await ana.presses("No enviarla")
    assert await rows(world, "panel_questions") == []
    assert await rows(world, "dialogs") == []


async def test_a_button_of_an_earlier_preview_sends_nothing(world: World) -> None:
    await organizer(world)
    await in_time(world)
    ana = world.person("Ana")
    await ana.says("/start")
    await ana.forges("pq:a:1")
    await ana.says("¿Habrá café?")
    await ana.forges("pq:ok:1")
    await ana.forges("pq:as:1:name")
    assert await rows(world, "panel_questions") == []


class TestVoting:
    """One vote a person and question; nobody is told who voted."""

    async def test_a_vote_counts_once_and_can_be_taken_back(self, world: World) -> None:
        olga = await organizer(world)
        await in_time(world)
        ana = await asks_panel(world, "Ana", "¿Habrá café?")
        await approves(olga)
        bea = world.person("Bea")
        await bea.says("/panel")
        assert bea.heard("1. ¿Habrá café?", "Sin nombre · 0 votos")
        await bea.presses("Votar por la 1")
        assert "Sin nombre · 1 voto" in bea.last
        assert "Usted votó por ella" in bea.last
        await bea.forges("pq:v:1:0:on")
        assert "1 voto" in bea.last, "twice is once"
        await ana.forges("pq:v:1:0:on")
        assert "1 voto" in ana.last, "nobody votes for their own"
        await bea.presses("Quitar mi voto a la 1")
        assert "0 votos" in bea.last

    async def test_what_is_not_on_the_list_takes_no_votes(self, world: World) -> None:
        await organizer(world)
        await in_time(world)
        await asks_panel(world, "Ana", "¿Habrá café?")
        bea = world.person("Bea")
        await bea.says("/start")
        await bea.forges("pq:v:1:0:on")
        await bea.forges("pq:v:99:0:on")
        assert await rows(world, "panel_votes") == []

    async def test_nobody_votes_after_the_end(self, world: World) -> None:
        olga = await organizer(world)
        await in_time(world)
        await asks_panel(world, "Ana", "¿Habrá café?")
        await approves(olga)
        bea = world.person("Bea")
        await bea.says("/panel")
        await world.turn_to("2024-10-23 18:31")
        await bea.forges("pq:v:1:0:on")
        assert await rows(world, "panel_votes") == []

    async def test_the_same_again_is_offered_as_a_vote(self, world: World) -> None:
        olga = await organizer(world)
        await in_time(world)
        await asks_panel(world, "Ana", "¿Habrá café en la sede?")
        await approves(olga)
        bea = world.person("Bea")
        await bea.says("pregunta para el panel: ¿hay café en la sede?")
        assert bea.heard("Ya hay una pregunta parecida", "¿Habrá café en la sede?")
        await bea.presses("Votar por esa")
        assert "1 voto" in bea.last
        caio = world.person("Caio")
        await caio.says("pregunta para el panel: ¿hay café en la sede?")
        await caio.presses("La mía es otra")
        assert caio.heard("Así se verá")
        assert len(await rows(world, "panel_questions")) == 1

    async def test_the_list_has_pages_and_the_most_voted_first(self, world: World) -> None:
        olga = await organizer(world)
        await in_time(world)
        words = ("café", "perros", "estacionamiento", "guardería", "almuerzo", "piscina")
        for each in words:
            await asks_panel(world, each, f"¿Habrá {each}?")
            await approves(olga)
        bea = world.person("Bea")
        await bea.says("/start")
        await bea.forges("pq:v:6:0:on")
        assert bea.heard("Página 1 de 2", "1. ¿Habrá piscina?")
        await bea.presses("Siguientes")
        assert bea.heard("Página 2 de 2", "6. ¿Habrá almuerzo?")

    async def test_the_words_are_read_in_ones_language_where_the_team_translated(self, world: World) -> None:
        olga = await organizer(world)
        await in_time(world)
        await asks_panel(world, "Caio", "Haverá fundos para as prefeituras?", "pt-BR")
        await approves(olga)
        bea = world.person("Bea")
        await bea.says("/panel")
        assert bea.heard("Haverá fundos para as prefeituras?", "Escrita en portugués")
        await olga.forges("pm:t:1:1:es")
        await olga.says("¿Habrá fondos para las alcaldías?")
        await bea.says("/panel")
        assert bea.heard("¿Habrá fondos para las alcaldías?", "Traducida por el equipo; escrita en portugués")


async def test_my_data_holds_ones_own_questions_and_votes_and_the_deletion_takes_them(world: World) -> None:
    olga = await organizer(world)
    await in_time(world)
    ana = await asks_panel(world, "Ana", "¿Habrá café?")
    await approves(olga)
    bea = await asks_panel(world, "Bea", "¿Quién paga el hotel?")
    await bea.forges("pq:v:1:0:on")
    await bea.says("/misdatos")
    assert bea.heard("1 pregunta a un panel", "1 voto por preguntas al panel")
    await bea.presses("Descargar todo")
    file = bea.chat[-1].media
    assert file is not None
    content = json.loads(world.telegram.files[file["file_id"]].content)
    assert [each["words"] for each in content["panel_questions"]] == ["¿Quién paga el hotel?"]
    assert len(content["panel_votes"]) == 1
    await bea.forges("data:del:yes")
    assert [each["words"] for each in await rows(world, "panel_questions")] == ["¿Habrá café?"]
    assert await rows(world, "panel_votes") == []
    await ana.says("/panel")
    assert ana.heard("0 votos")


async def test_privacy_says_what_a_question_to_the_panel_shows(world: World) -> None:
    await organizer(world)
    ana = world.person("Ana")
    await ana.says("/privacidad")
    assert ana.heard("Preguntas al panel", "el equipo no puede ver de quién son")
