"""Registering in the chat: short, patient, and never losing a word."""

import pytest

from tests.support.thorough import one_in
from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers_tap_by_tap, rows, rows_of


async def test_a_full_registration_takes_nine_taps_and_messages(shared_world: World) -> None:
    """Ten at most, says the promise: one command, one typed answer, seven taps."""
    ana = ana_of(shared_world)
    assert await registers_tap_by_tap(ana) == 9
    assert ana.heard("Listo: su inscripción está hecha", "Tiene lugar en las sesiones 1, 2, 3 y 4")
    (kept,) = await rows_of(ana, "registrations")
    assert (kept["name"], kept["organization"], kept["sector"]) == ("Ana Quiñones", "Casa del Migrante", "civil")
    assert (kept["country"], kept["email"], kept["needs"]) == ("AR", None, None)
    decided = {row["purpose"]: row["given"] for row in await rows_of(ana, "consents")}
    assert decided == {"registration": True, "announcements": False, "photos": False}
    assert await rows_of(ana, "dialogs") == []


WORDS = {
    # language: the command, what is asked and what is typed, the last button, the last question, the receipt
    "es": (
        "/registrarme",
        {"nombre completo": "Rosa Díaz", "organización": "OIM", "sector": "agencia de la ONU", "país": "Perú",
         "correo": "rosa@iom.int", "sesiones": "1 y 3", "interpretación": "Lengua de señas"},
        ("todo bien", "Acepto", "Listo"),
    ),
    "pt": (
        "/inscricao",
        {"nome completo": "Rosa Dias", "organização": "Cáritas", "setor": "sociedade civil", "país": "Brasil",
         "e-mail": "rosa@iom.int", "sessões": "1 e 3", "interpretação": "Libras"},
        ("tudo certo", "Aceito", "Pronto"),
    ),
    "en": (
        "/register",
        {"full name": "Rose Day", "organization": "City of Toronto", "sector": "local government", "country": "Canada",
         "e-mail": "rosa@iom.int", "sessions": "1 and 3", "interpretation": "Captions"},
        ("everything right", "I agree", "Done"),
    ),
    "fr": (
        "/inscription",
        {"nom complet": "Rose Jour", "organisation": "Université d'État", "secteur": "université", "pays": "Haïti",
         "e-mail": "rosa@iom.int", "sessions": "1 et 3", "interprétation": "Sous-titres"},
        ("Tout est-il juste", "accepte", "fait"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", one_in(2, list(WORDS)))
async def test_every_answer_may_be_typed_in_four_languages(shared_world: World, language: str) -> None:
    command, answers, (check, last, receipt) = WORDS[language]
    rosa = shared_world.person("R", language=language)
    await rosa.says(command)
    for question, words in answers.items():
        assert rosa.heard(question), (question, rosa.last)
        await rosa.says(words)
    name, *_, email, _, needs = answers.values()
    assert rosa.heard(check, name, email, needs), rosa.last
    await rosa.presses(last)
    assert rosa.heard(receipt), rosa.last
    (kept,) = await rows_of(rosa, "registrations")
    assert (kept["name"], kept["email"], kept["needs"]) == (name, email, needs)
    assert kept["country"] == {"es": "PE", "pt": "BR", "en": "CA", "fr": "HT"}[language]
    assert len(await rows_of(rosa, "attendances")) == 2


async def test_a_question_in_the_middle_is_answered_and_the_step_asked_again(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers_tap_by_tap(ana, until="organization")
    for question in ("¿cuándo es la sesión 2?", "cuándo es la sesión 2"):
        await ana.says(question)
        assert ana.heard("martes 29 de octubre"), ana.last
        assert ana.heard("¿A qué organización o institución pertenece?")
    await ana.says("gracias")
    assert ana.heard("¿A qué organización o institución pertenece?")
    await ana.says("Red Sin Fronteras")
    assert ana.heard("¿De qué sector es?")


async def test_what_cannot_be_an_answer_is_kindly_corrected(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await ana.says("/registrarme")
    for words, correction in (
        ("a" * 4000, "hasta 120 letras"),
        ("123", "no parece un nombre"),
        ("http://x.y", "nombre"),
    ):
        await ana.says(words)
        assert ana.heard(correction, "nombre completo"), ana.last
    await ana.does(lambda telegram, me: telegram.sends_photo(me))
    assert ana.heard("solo puedo leer texto", "nombre completo")
    await ana.does(lambda telegram, me: telegram.sends_sticker(me))
    assert ana.heard("solo puedo leer texto", "nombre completo")
    await ana.says("<b>Ana</b>")
    assert ana.heard("no parece un nombre")
    await registers_tap_by_tap(ana, until="email")
    for words in ("ana", "ana@", "ana@casa", "ana @casa.org"):
        await ana.says(words)
        assert ana.heard("no está completa", "correo electrónico"), words
    await ana.says("ana@casa.org")
    assert ana.heard("¿A qué sesiones")


async def test_back_change_and_cancel(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers_tap_by_tap(ana, until="sector")
    await ana.presses("Atrás")
    assert ana.heard("organización")
    await ana.says("Otra Casa & Cía.")
    await ana.presses("Sociedad civil")
    await ana.says("Peru")
    await ana.presses("Saltar")
    await ana.presses("Sesión 2")
    assert "✓ Sesión 2" in ana.buttons
    await ana.presses("Continuar")
    await ana.presses("Saltar")
    assert ana.heard("Otra Casa & Cía.", "Sesiones: 2")
    await ana.presses("Cambiar una respuesta")
    await ana.presses("Organización")
    await ana.says("Casa <i>Tres</i>")
    assert ana.heard("Casa <i>Tres</i>", "¿Está todo bien?")
    await ana.presses("Fotos o citas: no")
    await ana.presses("Cancelar")
    assert ana.heard("No se guardó nada")
    assert (await rows_of(ana, "registrations"), await rows_of(ana, "dialogs")) == ([], [])


async def test_a_button_of_an_earlier_step_changes_nothing(shared_world: World) -> None:
    """Three taps on one question, faster than the answer: the first one counts."""
    ana = ana_of(shared_world)
    await registers_tap_by_tap(ana, until="sector")
    message, row, column = ana._find("Sociedad civil")
    _, other_row, other_column = ana._find("Academia")
    shared_world.telegram.presses(ana.id, message, row, column)
    shared_world.telegram.presses(ana.id, message, other_row, other_column)
    await ana.does(lambda telegram, me: telegram.presses(me, message, row, column))
    assert ana.toasts[-1].startswith("Ese botón es de un paso anterior")
    assert "país" in ana.last
    (state,) = await rows_of(ana, "dialogs")
    assert (state["step"], state["answers"]["sector"]) == ("country", "civil")


async def test_days_later_it_goes_on_from_the_same_step(world: World) -> None:
    ana = ana_of(world)
    await registers_tap_by_tap(ana, until="email")
    await world.turn_to("2024-10-24 15:00")
    await ana.says("ana@casa.org")
    assert ana.heard("¿A qué sesiones")
    assert not ana.heard("1.</b>"), "the first session is over"
    await ana.says("/menu")
    await ana.says("/start")
    await ana.says("Lima")
    assert not ana.heard("sesiones quiere"), "the menu lets it rest"
    await ana.says("/registrarme")
    assert ana.heard("¿A qué sesiones")


async def test_the_zone_asked_in_the_middle_does_not_lose_it(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers_tap_by_tap(ana, until="country")
    await ana.says("/zonahoraria")
    await ana.says("Tijuana")
    await ana.presses("Sí, usar la hora")
    await ana.says("/registrarme")
    assert ana.heard("país")
    assert "México" in ana.buttons


async def test_free_words_go_straight_there(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await ana.says("anotame a la sesión 3")
    assert ana.heard("nombre completo")
    await ana.presses("Ana Quiñones")
    await ana.says("OIM")
    await ana.presses("ONU")
    await ana.presses("Argentina")
    await ana.presses("Saltar")
    assert ana.heard("interpretación"), "the session is known already"
    await ana.presses("Saltar")
    await ana.presses("Acepto")
    assert ana.heard("Tiene lugar en la sesión 3")
    await ana.says("anotame a la sesión 2")
    assert ana.heard("Su inscripción", "sesiones 2 y 3")
    await ana.says("ya no voy a la sesión 3")
    assert ana.heard("¿Deja su lugar en la sesión 3?")
    await ana.presses("Dejar mi lugar")
    assert ana.heard("Tiene lugar en la sesión 2")
    await ana.says("¿hay que inscribirse a la sesión 3?")
    assert not ana.heard("Su inscripción"), "a question is no wish"


async def test_one_answer_changed_and_all_of_it_cancelled_later(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers_tap_by_tap(ana)
    await ana.says("/miinscripcion")
    assert ana.heard("Su inscripción", "Ana Quiñones", "Sociedad civil", "Argentina")
    await ana.presses("Cambiar una respuesta")
    await ana.presses("Correo")
    await ana.says("ana@casa.org")
    assert ana.heard("Su inscripción", "ana@casa.org")
    await ana.presses("✓ Sesión 1")
    assert ana.heard("sesiones 2, 3 y 4")
    await ana.presses("Cambiar una respuesta")
    await ana.presses("Nombre")
    await ana.presses("Atrás")
    assert ana.heard("Su inscripción", "Ana Quiñones")
    await ana.presses("Lo que permito")
    await ana.presses("Anuncios: no")
    assert ana.heard("Usted dijo que sí")
    await ana.says("/miinscripcion")
    await ana.presses("Cancelar mi inscripción")
    await ana.presses("Sí, cancelar")
    assert ana.heard("cancelada")
    assert [await rows_of(ana, each) for each in ("registrations", "attendances", "consents")] == [[], [], []]


async def test_what_is_typed_long_after_becomes_nobodys_name(world: World) -> None:
    """Somebody was going to change their name, and went away."""
    ana = ana_of(world)
    await registers_tap_by_tap(ana)
    await ana.says("/miinscripcion")
    await ana.presses("Cambiar una respuesta")
    await ana.presses("Nombre")
    await world.turn_to("2024-10-22 17:00")
    await ana.says("Lima")
    (kept,) = await rows(world, "registrations")
    assert kept["name"] == "Ana Quiñones"


async def test_the_country_is_chosen_from_a_list_where_nothing_suggests_one(shared_world: World) -> None:
    ana = shared_world.person("Ana", language="es")
    await registers_up_to_country(ana)
    await ana.presses("Siguientes")
    assert "Atrás" in ana.buttons, "a page of the list can be left as its first page can"
    await ana.presses("Haití")
    assert ana.heard("correo electrónico")


async def registers_up_to_country(person: Person) -> None:
    await person.says("/registrarme")
    for words in ("Ana Quiñones", "OIM", "academia"):
        await person.says(words)
