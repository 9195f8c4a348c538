"""Wishes are carried out, or offered with the one button that does it: menu words, stop, a place, a person."""

import pytest

from tests.support.thorough import one_in
from tests.support.world.people import Person, World

LABELS = [
    ("es", ["menu", "Menú"], "Recordatorios"),
    ("es", ["recordatorios", "RECORDATORIOS"], "Activar en todas"),
    ("es", ["idioma", "cambiar idioma"], "Français"),
    ("es", ["zona horaria"], "Elegir país"),
    ("es", ["programa", "sesiones", "agenda"], "1. "),
    ("pt-br", ["menu", "voltar"], "Lembretes"),
    ("pt-br", ["fuso horario", "fuso"], "Escolher país"),
    ("en", ["menu", "back"], "Reminders"),
    ("en", ["programme", "sessions please"], "1. "),
    ("fr", ["menu", "retour"], "Rappels"),
    ("fr", ["programme", "séances"], "1. "),
    ("fr", ["langue"], "English"),
    ("es", ["borren todos mis datos"], "borrar"),
    ("pt-br", ["apaguem meus dados"], "apagar"),
    ("es", ["quiero volver al menú principal", "cómo hago para volver al principio"], "Recordatorios"),
    ("pt-br", ["quero retornar ao menu", "me leva pro início"], "Lembretes"),
    ("en", ["how do I get back to the main menu"], "Reminders"),
    ("fr", ["comment revenir au menu principal"], "Rappels"),
]


async def starts(world: World, language: str) -> Person:
    person = world.person("Ana", language=language)
    await person.says("/start")
    return person


@pytest.mark.parametrize(("language", "words", "button"), one_in(3, LABELS))
async def test_a_typed_label_opens_the_thing_itself(
    shared_world: World, language: str, words: list[str], button: str
) -> None:
    person = await starts(shared_world, language)
    for each in words:
        await person.says(each)
        assert any(button in label for label in person.buttons), (each, person.last, person.buttons)


@pytest.mark.parametrize(
    ("language", "words", "button"),
    [
        ("es", ["ya no quiero mensajes", "baja", "stop", "no me escriban más por favor", "/stop", "PAREN"], "Quitar"),
        ("pt-br", ["não quero mais receber mensagens", "parar", "descadastrar", "parem de mandar mensagem"], "Tirar"),
        ("en", ["I don't want any more messages", "unsubscribe", "stop texting me", "Stop!"], "Turn"),
        ("fr", ["ne plus recevoir", "je ne veux plus recevoir de messages", "arrêtez de m'écrire", "stop"], ""),
    ],
)
async def test_every_way_to_say_stop_offers_the_button_that_does_it(
    shared_world: World, language: str, words: list[str], button: str
) -> None:
    person = await starts(shared_world, language)
    for each in words:
        await person.says(each)
        data = [each["callback_data"] for row in person.chat[-1].keyboard for each in row if "callback_data" in each]
        assert "rem:all:off" in data, (each, person.last, button)


@pytest.mark.parametrize(
    ("language", "words", "place"),
    [
        ("es", "estoy en Lima", "Lima"),
        ("es", "vivo en Bogotá", "Bogotá"),
        ("es", "estoy en Bogta", "Bogotá"),
        ("pt-br", "moro em Recife", "Recife"),
        ("en", "I live in Kingston", "Kingston"),
        ("fr", "j'habite à Cayenne", "Cayenne"),
    ],
)
async def test_where_somebody_lives_sets_the_zone_after_one_tap(
    shared_world: World, language: str, words: str, place: str
) -> None:
    person = await starts(shared_world, language)
    await person.says(words)
    assert place in person.buttons[0], person.last
    await person.presses(person.buttons[0])
    assert not any("z:" in str(row) for row in person.chat[-1].keyboard), person.last


@pytest.mark.parametrize("words", ["no entiendo la palabra pansocial", "no entiendo qué es la diáspora"])
async def test_a_word_that_is_not_understood_is_explained(shared_world: World, words: str) -> None:
    person = await starts(shared_world, "es")
    await person.says(words)
    assert person.heard("Enfoque pansocial") or person.heard("Diáspora"), person.last


@pytest.mark.parametrize(
    ("language", "words"),
    one_in(
        2,
        [
            ("es", "no me escriban de noche"),
            ("pt-br", "nao me mandem nada de madrugada"),
            ("en", "dont write to me at night"),
            ("fr", "ne m'écrivez pas la nuit"),
            ("es", "dejen de escribirme de madrugada"),
            ("pt-br", "parem de mandar mensagem de noite"),
            ("en", "stop texting me at night"),
            ("fr", "arrêtez de m'écrire la nuit svp"),
        ],
    ),
)
async def test_not_at_night_opens_quiet_hours(shared_world: World, language: str, words: str) -> None:
    person = await starts(shared_world, language)
    await person.says(words)
    data = [each["callback_data"] for row in person.chat[-1].keyboard for each in row if "callback_data" in each]
    assert any(each.startswith("quiet:") for each in data), person.last


@pytest.mark.parametrize("words", ["hablar con una persona", "soy panelista"])
async def test_who_wants_a_person_writes_to_the_team(shared_world: World, words: str) -> None:
    ana = await starts(shared_world, "es")
    await ana.says(words)
    assert ana.heard("Escriba su pregunta para el equipo"), ana.last


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("muda pra ingles", "English"),
        ("cambiar a portugués", "português"),
        ("switch to french", "français"),
        ("in english", "English"),
    ],
)
async def test_a_language_that_is_named_is_chosen(shared_world: World, words: str, heard: str) -> None:
    ana = await starts(shared_world, "es")
    await ana.says(words)
    assert ana.heard(heard), ana.last


@pytest.mark.parametrize("words", ["sí", "no", "no entiendo", "ok"])
async def test_a_bare_yes_or_no_leads_on(shared_world: World, words: str) -> None:
    ana = await starts(shared_world, "es")
    await ana.says(words)
    assert ana.heard("Puede preguntarme lo que quiera del ciclo"), ana.last


@pytest.mark.parametrize(
    ("language", "words", "sorry", "example"),
    [
        ("es", "no le entiendo", "Lamento no haber sido claro", "¿De qué trata la sesión 2?"),
        ("pt-br", "não ficou claro", "Desculpe se não fui claro", "De que trata a sessão 2?"),
        ("en", "sorry, i do not understand your answer", "I am sorry that I was not clear", "What is session 2 about?"),
        ("fr", "je n'ai rien compris", "Désolé de ne pas avoir été clair", "De quoi parle la session 2"),
    ],
)
async def test_who_does_not_understand_gets_examples_and_the_menu(
    shared_world: World, language: str, words: str, sorry: str, example: str
) -> None:
    person = await starts(shared_world, language)
    await person.says(words)
    assert person.heard(sorry, example), person.last
    assert len(person.buttons) > 3


@pytest.mark.parametrize("words", ["no entiendo el objetivo 4", "i don't understand principle 4"])
async def test_what_is_not_understood_of_a_thing_is_a_question(shared_world: World, words: str) -> None:
    ana = await starts(shared_world, "es")
    await ana.says(words)
    assert ana.heard(" 4. "), ana.last


@pytest.mark.parametrize(
    ("language", "words", "hour"),
    [
        ("fr", "je suis à montréal, heure de la 4e séance svp", "12:00"),
        ("es", "vivo en Tijuana, hora de la sesión 3 porfa", "09:00"),
        ("pt-br", "moro em Lisboa, horário da sessão 2", "17:00"),
    ],
)
async def test_who_says_where_they_are_and_asks_for_an_hour_gets_it(
    shared_world: World, language: str, words: str, hour: str
) -> None:
    person = await starts(shared_world, language)
    await person.says(words)
    assert person.heard(hour), person.last


@pytest.mark.parametrize(
    "words", ["¿qué objetivos no están en la sesión 2?", "¿hay que inscribirse?", "estoy en Lima, ¿a qué hora es la 2?",
              "no quiero mas recordatorios de la sesion 2? cuando es la sesion 3"]
)  # fmt: skip
async def test_a_question_is_no_wish(shared_world: World, words: str) -> None:
    ana = await starts(shared_world, "es")
    await ana.says(words)
    assert not ana.heard("¿Apago todos")
    assert not ana.heard("Puede preguntarme lo que quiera")
