"""What an organizer types in their own words opens what they wish; to everybody else it is a question."""

import pytest

from tests.support.thorough import one_in
from tests.support.world.people import World
from tests.support.world.registration import ana_of, registers
from tests.support.world.team import owner

pytestmark = pytest.mark.one_owner


MOVES = {
    "mover la sesión 3 al miércoles 6 de noviembre a las 15": "de 15:00 a 16:30",
    "Quiero cambiar la sesión 3 para el 6/11 15:00": "de 15:00 a 16:30",
    "hay que pasar la sesion 3 al 6 de noviembre, 3 de la tarde": "de 15:00 a 16:30",
    "mudar a sessão 3 para quarta 6 de novembro às 15h": "de 15:00 a 16:30",
    "Please move session 3 to Wednesday 6 November 3 pm": "de 15:00 a 16:30",
    "reporter la séance 3 au mercredi 6 novembre à 15h": "de 15:00 a 16:30",
}


@pytest.mark.parametrize("words", one_in(2, list(MOVES)))
async def test_a_move_is_shown_as_a_dry_run_and_made_with_one_button(world: World, words: str) -> None:
    olga = owner(world)
    await olga.says(words)
    assert olga.heard("Sesión 3", "todavía no cambió nada", "miércoles 6 de noviembre de 2024", MOVES[words]), olga.last
    await olga.presses("Confirmar y avisar")
    assert olga.heard("Hecho"), olga.last


@pytest.mark.parametrize(
    "words", ["mover la sesión 3", "reschedule session 3", "déplacer la séance 3", "adiar a sessão 3"]
)
async def test_without_a_time_it_is_asked_for(world: World, words: str) -> None:
    olga = owner(world)
    await olga.says(words)
    assert olga.heard("Sesión 3", "¿Cuándo será?"), olga.last
    await olga.says("6/11 15:00")
    assert olga.heard("todavía no cambió nada", "de 15:00 a 16:30"), olga.last


async def test_a_time_that_is_not_understood_names_the_words(world: World) -> None:
    olga = owner(world)
    await olga.says("mover la sesión 3 al miércoles de ceniza a las 15")
    assert olga.heard("ceniza"), olga.last
    assert not olga.heard("todavía no cambió nada")


async def test_a_session_that_is_not_there_is_not_taken_for_another(world: World) -> None:
    olga = owner(world)
    await olga.says("mover la sesión 3")
    await olga.says("/menu")
    await olga.says("mover la sesión 9 al 6/11 15:00")
    assert olga.heard("Sesión 1", "Sesión 4"), olga.last
    assert not olga.heard("todavía no cambió nada")


@pytest.mark.parametrize(
    ("words", "opened"),
    [
        ("suspender la sesión 2", "Cancelar la sesión"),
        ("quiero enviar un anuncio a todos", "Nuevo anuncio"),
        ("send an announcement", "Nuevo anuncio"),
        ("el enlace de la sesión 2 es https://meet.example.org/2", "Guardar lo entendido"),
        ("Aquí está el link para la sesión 2: https://meet.example.org/2", "Guardar lo entendido"),
    ],
)
async def test_other_wishes_open_what_does_them(world: World, words: str, opened: str) -> None:
    olga = owner(world)
    await olga.says(words)
    assert opened in olga.buttons, olga.last


@pytest.mark.parametrize(
    ("words", "when"),
    one_in(
        2,
        [
            ("postpone session 3 by a day", "miércoles 6 de noviembre de 2024, de 14:00 a 15:30"),
            ("posponer la sesión 3 una semana", "martes 12 de noviembre de 2024, de 14:00 a 15:30"),
            ("adelantar la sesión 3 una hora", "martes 5 de noviembre de 2024, de 13:00 a 14:30"),
            ("adiar a sessão 3 em 2 horas", "martes 5 de noviembre de 2024, de 16:00 a 17:30"),
            ("move session 3 one hour earlier", "martes 5 de noviembre de 2024, de 13:00 a 14:30"),
            ("reporter la séance 3 d’une heure", "martes 5 de noviembre de 2024, de 15:00 a 16:30"),
        ],
    ),
)
async def test_it_may_be_moved_by_a_span(world: World, words: str, when: str) -> None:
    olga = owner(world)
    await olga.says(words)
    assert olga.heard("todavía no cambió nada", when), olga.last


@pytest.mark.parametrize(
    "words", ["cupo de la sesión 2: 150", "poner 150 lugares en la sesión 2", "set capacity of session 2 to 150"]
)
async def test_places_are_proposed(world: World, words: str) -> None:
    olga = owner(world)
    await olga.says(words)
    assert olga.heard("Sesión 2", "todavía no cambió nada", "Lugares: 150"), olga.last


@pytest.mark.parametrize("asked", ["Cambiar día u hora", "Lugares y lista de espera"])
async def test_a_wish_in_the_middle_leaves_what_was_asked(world: World, asked: str) -> None:
    olga = owner(world)
    await olga.says("/session 3")
    await olga.presses(asked)
    await olga.says("quiero enviar un mensaje a todos")
    assert "Nuevo anuncio" in olga.buttons, olga.last
    await olga.says("4")
    assert olga.heard("martes 12 de noviembre"), olga.last


@pytest.mark.parametrize(
    ("words", "heard"),
    one_in(
        2,
        [
            ("preguntas sin contestar", "preguntas"),
            ("unanswered questions", "preguntas"),
            ("invitar a María al equipo", "equipo"),
            ("cancel session 2", "Con lugar: 0"),
            ("agregar un panelista a la sesión 2", "Lo que ustedes dicen de ella"),
            ("change the link of session 2", "Lo que ustedes dicen de ella"),
            ("abrir la asistencia", "Las sesiones"),
            ("download the list of participants", "0 personas inscritas"),
            ("asistencia de la sesión 1", "Asistencia a la sesión 1"),
            ("abrir la palabra de la sesión 1", "Asistencia a la sesión 1"),
            ("resumen de la sesión 1", "el resumen llega dos horas después"),
        ],
    ),
)
async def test_what_belongs_to_a_session_is_opened(world: World, words: str, heard: str) -> None:
    olga = owner(world)
    await olga.says(words)
    assert olga.heard(heard), olga.last
    assert not olga.heard("nota conceptual")


@pytest.mark.parametrize("words", ["¿quiénes se inscribieron?", "lista de participantes", "who has registered?"])
async def test_who_is_registered_is_shown(world: World, words: str) -> None:
    olga = owner(world)
    await registers(ana_of(world))
    await olga.says(words)
    await olga.presses("Ver la lista")
    assert olga.heard("Ana Quiñones"), olga.last


@pytest.mark.parametrize(
    "words", ["¿cuántas personas se inscribieron?", "cuántos inscritos hay", "how many registrations"]
)
async def test_how_many_are_registered_is_in_the_figures(world: World, words: str) -> None:
    olga = owner(world)
    await olga.says(words)
    assert olga.heard("personas inscritas"), olga.last


@pytest.mark.parametrize(
    ("words", "heard"),
    one_in(
        2,
        [
            ("¿cuándo es la sesión 3?", "martes 5 de noviembre"),
            ("¿se movió la sesión 3?", "martes 5 de noviembre"),
            ("¿cuál es el enlace de la sesión 3?", "Todavía no lo sé"),
            ("enlace de la sesión 3", "Todavía no lo sé"),
            ("cambiar mi zona horaria", "zona"),
        ],
    ),
)
async def test_an_organizers_questions_stay_questions(world: World, words: str, heard: str) -> None:
    olga = owner(world)
    await olga.says(words)
    assert olga.heard(heard), olga.last
    assert not olga.heard("todavía no cambió nada", "¿Cuándo será?")


async def test_nobody_else_gets_anything_of_the_teams(shared_world: World) -> None:
    """Each says theirs, all in one moment."""
    await registers(ana_of(shared_world))
    said = (
        *MOVES,
        "suspender la sesión 2",
        "quiero enviar un anuncio a todos",
        "lista de participantes",
        "abrir la palabra de la sesión 1",
        "el enlace de la sesión 2 es https://meet.example.org/2",
    )
    people = {words: shared_world.person("Vera") for words in said}
    await shared_world.all_say([(each, words) for words, each in people.items()])
    of_the_team = {"Confirmar y avisar", "Nuevo anuncio", "Cancelar la sesión", "Guardar lo entendido"}
    for words, vera in people.items():
        assert vera.news, words
        assert not vera.heard("todavía no cambió nada"), words
        assert not vera.heard("Ana Quiñones"), words
        assert not {*of_the_team, "Subir el informe de participantes"} & set(vera.buttons), words
