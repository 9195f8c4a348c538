"""A registration with something else in its middle: places, languages, cards, sessions that end, and double taps."""

import pytest
from icalendar import Calendar

from tests.support.world.documents import content, files
from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers, rows, rows_of, twice


async def test_a_place_told_in_the_middle_loses_nothing(shared_world: World) -> None:
    """By position, or by the button below an answer: neither begins a conversation of its own."""
    ana = ana_of(shared_world)
    await registers(ana, until="sector")
    await ana.shares_location(-12.05, -77.04)
    assert ana.heard("hora de Lima")
    await ana.says("¿a qué hora es la sesión 2 en Bogotá?")
    await ana.presses("Usar siempre")
    await ana.says("academia")
    assert ana.heard("¿En qué país trabaja?")
    (state,) = await rows_of(ana, "dialogs")
    assert state["answers"]["name"] == "Ana Quiñones"


@pytest.mark.parametrize("act", ["/idioma", "/sesiones", "/zonahoraria Lima", "/recordatorios", "/misdatos"])
async def test_any_other_card_offers_to_go_on(shared_world: World, act: str) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="sector")
    await ana.says(act)
    await ana.presses("Seguir con mi inscripción")
    assert ana.heard("¿De qué sector es?")
    await ana.presses("Cancelar")
    await ana.says(act)
    assert "Seguir con mi inscripción" not in ana.buttons


async def test_another_language_in_the_middle_goes_on_in_it(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="sector")
    await ana.says("/idioma")
    await ana.presses("Português")
    await ana.presses("Continuar minha inscrição")
    assert ana.heard("De que setor você é?"), ana.last
    await ana.says("Governo local")
    assert ana.heard("país")


async def test_a_chosen_session_that_ends_before_the_last_tap_is_chosen_anew(world: World) -> None:
    ana = ana_of(world)
    await registers(ana, until="sessions")
    await ana.says("1")
    await ana.presses("Saltar")
    await world.turn_to("2024-10-23 19:00")
    await ana.presses("Acepto e inscribirme")
    assert ana.heard("Las sesiones que eligió ya terminaron", "¿A qué sesiones")
    assert await rows(world, "registrations") == []
    await ana.says("2")
    await ana.presses("Acepto e inscribirme")
    assert ana.heard("Tiene lugar en la sesión 2")


async def test_the_cycle_ends_in_the_middle(world: World) -> None:
    ana = ana_of(world)
    await registers(ana, until="sessions")
    await world.turn_to("2024-11-13 12:00")
    for words in ("todas", "1"):
        await ana.says(words)
        assert ana.last.startswith("El ciclo ya terminó")
    await ana.presses("Todas")
    assert ana.last.startswith("El ciclo ya terminó")
    await ana.says("/registrarme")
    assert ana.last.startswith("El ciclo ya terminó")


async def test_a_double_tap_on_the_last_button_keeps_the_receipt(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="consent")
    await twice(ana, "Acepto e inscribirme")
    assert ana.last.startswith("Listo: su inscripción está hecha")
    assert ana.toasts == []
    await ana.presses("Mi inscripción")
    await ana.presses("Cancelar mi inscripción")
    await twice(ana, "Sí, cancelar")
    assert ana.last.startswith("Su inscripción está cancelada")


async def test_the_receipt_tells_their_hours_and_what_changes_and_what_comes_next(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await ana.says("/zonahoraria La Habana")
    await ana.presses("Sí, usar")
    await registers(ana)
    assert ana.heard("Sesión 1: miércoles 23 de octubre de 2024, 13:00", "Horas de La Habana.")
    assert ana.heard("relojes cambian el domingo 3 de noviembre", "no activa los recordatorios")
    assert {"Recordatorios", "Calendario"} <= set(ana.buttons)
    await ana.presses("Recordatorios")
    assert ana.chat[-2].text.startswith("Listo: su inscripción"), "the receipt stays"


def sessions_in(world: World, person: Person) -> tuple[str, list[str]]:
    """The method of their newest calendar file, and which sessions are in it."""
    read = Calendar.from_ical(content(world, files(person)[-1]))
    return str(read["METHOD"]), [str(each["UID"])[8] for each in read.walk("VEVENT")]


async def test_the_calendar_has_the_sessions_of_their_registration(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="sessions")
    await ana.says("1 y 3")
    await ana.presses("Saltar")
    await ana.presses("Acepto e inscribirme")
    await ana.presses("Calendario")
    assert sessions_in(shared_world, ana) == ("PUBLISH", ["1", "3"])
    await ana.forges("rem:4:1h:on")
    await ana.says("/calendario")
    assert sessions_in(shared_world, ana) == ("PUBLISH", ["1", "3", "4"])


async def test_a_session_one_leaves_leaves_the_calendar_too(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana)
    await ana.says("/calendario")
    await ana.forges("rem:2:1h:on")
    await ana.forges("mine:s:2:off")
    assert len(files(ana)) == 1, "they are still reminded of it"
    await ana.forges("mine:s:3:off")
    assert sessions_in(shared_world, ana) == ("CANCEL", ["3"])
    await ana.presses("Volver a ponerla")
    assert sessions_in(shared_world, ana) == ("PUBLISH", ["3"])
    await ana.says("/miinscripcion")
    await ana.presses("Cancelar mi inscripción")
    await ana.presses("Sí, cancelar")
    assert sessions_in(shared_world, ana) == ("CANCEL", ["1", "3", "4"])


@pytest.mark.parametrize(("words", "then"), [("volver", "organización"), ("omitir", "hace falta"), ("salir", "")])
async def test_back_and_skip_and_cancel_in_words_answer_once(shared_world: World, words: str, then: str) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="sector")
    await ana.says(words)
    assert ana.heard(then)
    assert len(ana.news) == 1


async def test_a_session_wished_for_in_the_middle_is_no_organization(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="organization")
    await ana.says("anotame a las sesiones 2 y 3")
    assert ana.heard("¿A qué organización")
    for words in ("OIM", "ONU", "Perú", "no", "no"):
        await ana.says(words)
    await ana.presses("Acepto e inscribirme")
    assert ana.heard("Tiene lugar en las sesiones 2 y 3"), ana.last
    await ana.says("anotame a las sesiones 1 y 4")
    assert ana.heard("Tiene lugar en las sesiones 1, 2, 3 y 4"), ana.last


MINE = {
    "quiero cambiar mi correo": "/miinscripcion",
    "no quiero que usen mi foto": "/miinscripcion", "¿cómo cancelo mi inscripción?": "/miinscripcion",
    "¿cómo borro mis datos?": "¿Borrar todo?", "¿cómo lo agrego a mi calendario?": "abra el archivo",
}  # fmt: skip


@pytest.mark.parametrize("question", MINE)
async def test_questions_about_what_is_theirs_lead_there(shared_world: World, question: str) -> None:
    ana = ana_of(shared_world)
    await ana.says(question)
    assert ana.heard(MINE[question]), ana.last


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("¿estoy inscrita?", "Sí"),
        ("¿en qué sesiones estoy inscrito?", "Tiene lugar"),
        ("mi inscripción", "Su inscripción"),
    ],
)
async def test_whether_one_is_registered_is_answered_by_the_registration(
    shared_world: World, question: str, first: str
) -> None:
    ana = ana_of(shared_world)
    await ana.says(question)
    assert ana.heard("Todavía no está en la lista")
    await registers(ana)
    await ana.says(question)
    assert ana.heard("Tiene lugar en las sesiones 1, 2, 3 y 4")
    assert ana.last.startswith(first)


async def test_whether_one_is_registered_is_no_personal_case(shared_world: World) -> None:
    for language, question in (("en", "am I registered?"), ("pt", "estou inscrito?"), ("fr", "suis-je inscrit ?")):
        someone = shared_world.person("Z", language=language)
        await someone.says(question)
        assert len(someone.buttons) == 2, someone.last


async def test_a_session_that_is_over_is_said_to_be_so_to_who_types(world: World) -> None:
    """A word above the chat is shown after presses only."""
    ana = ana_of(world)
    await registers(ana)
    await world.turn_to("2024-10-24 12:00")
    await ana.says("anotame a la sesión 1")
    assert ana.heard("Esa sesión ya terminó o no existe.", "Su inscripción")


NOT_COMING = {
    "es": ("no voy a la sesión 3", "¿Deja su lugar en la sesión 3?"),
    "pt": ("não vou na sessão 3", "sessão 3?"),
    "en": ("I am not going to session 3", "session 3?"),
    "fr": ("je n'irai pas à la session 3", "session 3"),
}


@pytest.mark.parametrize("language", NOT_COMING)
async def test_not_coming_gives_the_place_back_in_four_languages(shared_world: World, language: str) -> None:
    ana = ana_of(shared_world)
    await registers(ana)
    await ana.forges(f"lang:{language}")
    words, asked = NOT_COMING[language]
    await ana.says(words)
    assert ana.heard(asked), ana.last
    await ana.does(lambda telegram, me: telegram.presses(me, ana.chat[-1].id, 0, 0))
    going = [row["session_id"] for row in await rows_of(ana, "attendances")]
    assert len(going) == 3


async def test_a_button_nobody_made_is_kindly_refused(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="country")
    (state,) = await rows_of(ana, "dialogs")
    await ana.forges(f"reg:country:{state['version']}:pabc")
    assert ana.heard("No encuentro", "¿En qué país trabaja?")


async def test_a_question_at_the_end_brings_no_second_copy_of_all_answers(shared_world: World) -> None:
    """Seen by hand: every question before the last tap was followed by twelve lines that stood just above."""
    ana = ana_of(shared_world)
    await registers(ana, until="consent")
    await ana.says("¿es gratis?")
    assert ana.heard("ningún costo")
    assert ana.last == "Para terminar, toque «Acepto e inscribirme»."
    await ana.presses("Acepto e inscribirme")
    assert len(await rows_of(ana, "registrations")) == 1


async def test_a_yes_does_not_say_what_somebody_needs(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="needs")
    await ana.says("sí")
    assert ana.heard("Escriba qué necesita")
    await ana.says("interpretación al portugués")
    assert ana.heard("interpretación al portugués")
