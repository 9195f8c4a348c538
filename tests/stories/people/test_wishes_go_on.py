"""A few words go on with a wish that was done; "pará" is a wish, and the calendar is sent."""

import pytest

from tests.support.thorough import one_in
from tests.support.world.documents import files
from tests.support.world.people import Person, World


async def starts(world: World, language: str) -> Person:
    person = world.person("Ana", language=language)
    await person.says("/start")
    return person


def offered(person: Person) -> list[str]:
    return [each.get("callback_data", "") for row in person.chat[-1].keyboard for each in row]


@pytest.mark.parametrize(
    ("language", "first", "then", "leads"),
    one_in(
        2,
        [
            ("es", "no quiero más recordatorios", "mejor dejalos", "+rem"),
            ("es", "recordatorios", "solo para la 2", "+rem"),
            ("pt-br", "parar lembretes", "só da sessão 2", "+rem"),
            ("pt-br", "não quero mais lembretes", "liga de novo", "+rem"),
            ("en", "stop reminders", "only for session 2", "+rem"),
            ("en", "reminders", "the day before", "+rem"),
            ("fr", "plus de rappels", "finalement remets-les", "+rem"),
            ("es", "¿estoy inscripto?", "¿en cuáles?", "+mine"),
            ("pt-br", "tô inscrito?", "em quais?", "+mine"),
            ("en", "am i registered", "for which ones", "+mine"),
            ("fr", "suis-je inscrit ?", "auxquelles ?", "+mine"),
        ],
    ),
)
async def test_a_few_words_go_on_with_what_was_done(
    shared_world: World, language: str, first: str, then: str, leads: str
) -> None:
    person = await starts(shared_world, language)
    await person.says(first)
    await person.says(then)
    assert leads in offered(person), person.last


@pytest.mark.parametrize(
    "words", ["pará los recordatorios", "Pará los avisos", "para los recordatorios", "sacá los recordatorios"]
)
async def test_the_imperative_of_the_river_plate_stops_them(shared_world: World, words: str) -> None:
    ana = await starts(shared_world, "es")
    await ana.says(words)
    assert "rem:all:off" in offered(ana), ana.last


async def test_the_state_of_para_is_a_place(shared_world: World) -> None:
    ana = await starts(shared_world, "es")
    await ana.says("hora de la sesión 2 en Pará")
    assert ana.heard("La sesión 2") or ana.heard("la sesión 2"), ana.last


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "mandame el calendario"),
        ("es", "quiero el archivo ics"),
        ("pt-br", "manda o calendário"),
        ("en", "send me the calendar"),
        ("en", "can I get the calendar file"),
        ("fr", "envoie le calendrier"),
    ],
)
async def test_the_calendar_is_sent(shared_world: World, language: str, words: str) -> None:
    person = await starts(shared_world, language)
    await person.says(words)
    assert files(person), person.last
