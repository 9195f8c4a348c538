"""The team sees what came of a session: figures and a summary, in which nobody can be recognized."""

from datetime import timedelta

import pytest

from db.programme import attendance_windows
from rehearsal.world import running
from tests.support.afterwards import answers_of, registered_ana, sentences_of
from tests.support.panel import asks_panel, in_time
from tests.support.world.crowd import registered, someone
from tests.support.world.documents import file_of
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.restart import again
from tests.support.world.sessions import is_called_off, moves, session
from tests.support.world.team import joined, owner

SUMMARY = "Resumen de la sesión 1"
HALF_AN_HOUR = timedelta(minutes=30)


pytestmark = pytest.mark.one_owner


async def team_of(world: World) -> tuple[Person, Person]:
    """Olga, Vera whom she has invited, and a crowd of twelve."""
    olga = owner(world)
    await olga.says("/start")
    vera = await joined(world, olga)
    await registered(world, [someone(number) for number in range(12)], sessions=(1,))
    return olga, vera


def summaries(person: Person, words: str = SUMMARY) -> list[str]:
    return [each.text for each in person.chat if each.from_bot and words in each.text]


async def test_two_hours_after_the_end_the_team_gets_one_card(world: World) -> None:
    olga, vera = await team_of(world)
    await answers_of(world, 1, [("es", 5, "yes")] * 4 + [("es", 3, "maybe")])
    await world.turn_to("2024-10-23 20:29")
    assert summaries(olga) == []
    await world.turn_to("2024-10-23 20:31")
    assert len(summaries(olga)) == len(summaries(vera)) == 1
    (card,) = summaries(olga)
    assert "Con lugar en la sesión: 9" in card, card
    assert "En espera, sin lugar: menos de 5" in card, card
    assert "5 respuestas, utilidad 4,6 de 5" in card
    assert "Sí 4, tal vez 1, no 0" in card
    await world.turn_to("2024-10-24 12:00")
    assert len(summaries(olga)) == 1


async def test_groups_add_up_and_none_is_small(world: World) -> None:
    olga, _ = await team_of(world)
    await world.turn_to("2024-10-23 20:31")
    (card,) = summaries(olga)
    for heading in ("Por país", "Por sector", "Por idioma"):
        part = card.split(heading)[1].split("\n\n")[0].split("\n")[1:]
        numbers = [int(line.rsplit(": ", 1)[1]) for line in part]
        assert sum(numbers) == 9
        assert min(numbers) >= 5


async def test_fewer_than_five_answers_show_nothing(world: World) -> None:
    olga, _ = await team_of(world)
    await answers_of(world, 1, [("es", 1, "no")] * 4)
    await sentences_of(world, 1, ["Muy largo."])
    await world.turn_to("2024-10-23 20:31")
    assert "Hay menos de 5 respuestas" in summaries(olga)[0]
    await olga.presses("Frases sin nombres")
    assert olga.heard("No hay frases que pueda entregar"), olga.last


async def test_one_more_answer_makes_no_difference_that_can_be_seen(world: World) -> None:
    """Who looks before and after the sixth answer learns nothing of it; it comes in with four others."""
    olga, _ = await team_of(world)
    await world.turn_to("2024-10-23 20:31")
    await answers_of(world, 1, [("es", 5, "yes")] * 5)
    await olga.forges("sm:1")
    assert olga.heard("5 respuestas, utilidad 5,0 de 5"), olga.last
    await answers_of(world, 1, [("es", 1, "no")])
    await olga.forges("sm:1")
    assert olga.heard("5 respuestas, utilidad 5,0 de 5", "1 respuesta más espera"), olga.last
    await answers_of(world, 1, [("es", 1, "no")] * 4)
    await olga.forges("sm:1")
    assert olga.heard("10 respuestas, utilidad 3,0 de 5"), olga.last


async def test_rare_languages_are_merged(world: World) -> None:
    olga, _ = await team_of(world)
    await answers_of(world, 1, [("es", 4, "yes")] * 6 + [("pt", 2, "no")] * 3 + [("fr", 3, "no")] * 2)
    await world.turn_to("2024-10-23 20:31")
    (card,) = summaries(olga)
    assert "español: 5 respuestas" in card, card
    assert "varios idiomas juntos: 6 respuestas" in card, card
    assert "portugués: 3 respuestas" not in card
    assert {row["language"] for row in await rows(world, "feedback")} == {"es", None}


async def test_where_no_more_answers_can_come_the_summary_waits_for_none(world: World) -> None:
    """They came after the summary was told, in two rare languages; nobody has to open a chart first."""
    olga, _ = await team_of(world)
    await world.turn_to("2024-10-23 20:31")
    await answers_of(world, 1, [("pt", 2, "no")] * 3 + [("fr", 3, "no")] * 2)
    await olga.forges("sm:1")
    assert olga.heard("Hay menos de 5 respuestas"), olga.last
    world.rehearsal.clock.jump(world.rehearsal.clock.now() + timedelta(days=22))
    await world.rehearsal.app.work.scheduler.tidy()
    await olga.forges("sm:1")
    assert olga.heard("5 respuestas, utilidad 2,4 de 5"), olga.last


async def test_figures_by_session_and_language(world: World) -> None:
    olga, _ = await team_of(world)
    await answers_of(world, 1, [("es", 4, "yes")] * 6 + [("pt", 2, "no")] * 5 + [("fr", 3, "no")])
    await olga.says("/cifras")
    await olga.presses("Opiniones")
    assert olga.heard("Sesión 1, español, utilidad 4,0 de 5. Respuestas: 5"), olga.last
    assert olga.heard("Sesión 1, portugués, utilidad 2,0 de 5. Respuestas: 5"), olga.last
    assert olga.heard("Sesión 1: 2 respuestas más esperan"), olga.last
    assert not olga.heard("francés")


async def test_sentences_as_a_file_without_names(world: World) -> None:
    olga, vera = await team_of(world)
    await world.turn_to("2024-10-23 20:31")
    await answers_of(world, 1, [("es", 4, "yes")] * 5)
    words = [f"Frase {number}" for number in range(9)] + ["=2+2"]
    await sentences_of(world, 1, words)
    seen = set()
    for _ in range(2):
        await vera.forges("sm:1:csv")
        name, content = file_of(world, vera)
        lines = content.decode("utf-8-sig").splitlines()[1:]
        assert sorted(each.split(";")[1].strip('"') for each in lines) == sorted([*words[:-1], "'=2+2"])
        seen.add(tuple(lines))
        assert "opiniones" in name
    assert len(seen) == 2, "in an order drawn by lot"
    assert olga.id


async def test_strangers_and_viewers(world: World) -> None:
    olga, _ = await team_of(world)
    viewer, ana = await joined(world, olga, "Vito", "Invitar con solo lectura"), await registered_ana(world)
    await world.turn_to("2024-10-23 20:31")
    assert len(summaries(viewer)) == 1
    assert "Frases sin nombres" not in viewer.buttons
    for address in ("sm", "sm:1", "sm:1:csv", "sm:1:a4", "fg:feedback:light"):
        await ana.forges(address)
        assert not ana.heard("Resumen"), ana.last
    await viewer.forges("sm:1:csv")
    assert not viewer.heard("frases"), viewer.last


async def test_a_session_that_was_called_off_has_none(world: World) -> None:
    olga, _ = await team_of(world)
    await is_called_off(world, 1)
    await world.turn_to("2024-10-23 23:00")
    assert summaries(olga) == []
    await olga.forges("sm:1")
    assert olga.heard("Todavía no terminó ninguna sesión"), olga.last


async def test_a_session_that_is_held_a_day_later_after_all_is_summed_up_again(world: World) -> None:
    """Its summary was told already; what is told anew is of the day on which it was held."""
    olga, _ = await team_of(world)
    await world.turn_to("2024-10-23 20:31")
    assert len(summaries(olga)) == 1
    await moves(world, 1, by=timedelta(days=1))
    await world.turn_to("2024-10-24 20:31")
    assert len(summaries(olga)) == 2


async def test_at_the_end_the_summary_of_the_cycle(world: World) -> None:
    olga, _ = await team_of(world)
    await answers_of(world, 1, [("es", 4, "yes")] * 5)
    await answers_of(world, 0, [("es", 5, "yes")] * 5)
    await world.turn_to("2024-12-01 15:00")
    (card,) = summaries(olga, "Resumen del ciclo")
    assert "Inscritas en el ciclo: 12" in card, card
    assert "Sesión 1: 9" in card
    assert "Sesión 1: utilidad 4,0 de 5" in card
    assert "5 respuestas, utilidad 5,0 de 5" in card


async def test_questions_to_the_panel_are_counted(world: World) -> None:
    """Four are asked. One is taken back, one is merged into one that is answered, one stays without an answer."""
    olga, _ = await team_of(world)
    await in_time(world)
    words = ("¿Habrá café?", "¿Hay café?", "¿Quién paga el hotel?", "¿Habrá certificados?")
    people = [await asks_panel(world, f"P{number}", each) for number, each in enumerate(words)]
    await people[2].forges("pq:x:3:yes")
    await olga.forges("pm:m:1:2:1:1")
    for version, step in enumerate(("approve", "ask", "answered"), start=1):
        await olga.forges(f"pm:d:1:1:{version}:{step}")
    await world.turn_to("2024-10-23 20:31")
    (card,) = summaries(olga)
    assert "Preguntas al panel\nPreguntas recibidas: 3\nDe ellas, respondidas: 2" in card, card


async def test_a_kill_in_between_tells_once(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        olga, _ = await team_of(stage)
        await stage.turn_to("2024-10-23 19:00")
    stage.rehearsal.clock.jump(stage.rehearsal.clock.now() + timedelta(hours=2))
    for _ in range(2):
        async with running(again(stage).rehearsal):
            await stage.settle()
    assert len(summaries(olga)) == 1


async def test_it_is_ready_when_the_window_of_attendance_has_closed(world: World) -> None:
    olga, _ = await team_of(world)
    live = await session(world, 1)
    async with world.rehearsal.app.database.transaction() as tx:
        now, closes_at = live.ends_at - HALF_AN_HOUR, live.ends_at + HALF_AN_HOUR
        await attendance_windows.open_window(tx, live.id, "puente", opened_by=1, now=now, closes_at=closes_at)
    await world.turn_to("2024-10-23 19:01")
    assert summaries(olga) == []
    await world.turn_to("2024-10-23 19:03")
    assert len(summaries(olga)) == 1
    assert "Vinieron" not in summaries(olga)[0]
    assert "No se registró quién vino" in summaries(olga)[0]


@pytest.mark.parametrize("paper", ["a4", "letter"])
async def test_a_page_to_print(world: World, paper: str) -> None:
    """One page, whatever it holds; the size is the paper's."""
    olga, _ = await team_of(world)
    await world.turn_to("2024-10-23 20:31")
    await answers_of(world, 1, [("es", 4, "yes")] * 5)
    await olga.forges(f"sm:1:{paper}")
    name, content = file_of(world, olga)
    assert name == "ciclo-s1-2024-10-23.pdf"
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") == 1
    assert (b"595.28" in content) == (paper == "a4")
