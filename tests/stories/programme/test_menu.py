"""A participant finds their way: sessions, objectives, principles, practices, help."""

import pytest

from tests.support.thorough import one_in
from tests.support.world.people import World


async def test_start_says_who_speaks_and_what_comes_next(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/start")
    assert ana.heard("Soy Ciclo", "sesión 1", "miércoles 23 de octubre de 2024", "hora de Argentina")
    assert ana.buttons == ["Sesiones", "Inscribirme", "Recordatorios", "Zona horaria", "Objetivos", "Más"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es-AR", "Elija un tema"),
        ("pt-BR", "Escolha um tema"),
        ("en-GB", "Choose a topic"),
        ("fr", "Choisissez un thème"),
        ("ht", "Choisissez un thème"),
    ],
)
async def test_the_first_words_are_in_the_phones_language(shared_world: World, language: str, words: str) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says("/start")
    assert ana.heard(words)


async def test_a_session_card_says_when_where_one_is_what_and_what_is_not_known(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/sesiones")
    assert ana.heard(
        "Sesión 1. Motores de la migración y vías regulares", "Sesión 4. Datos, decisiones basadas en evidencias"
    )
    await ana.presses("3. Gobernanza")
    assert ana.heard(
        "Sesión 3",
        "martes 5 de noviembre de 2024, de 14:00 a 15:30, hora de Argentina",
        "Según su teléfono: mar 5 nov, 14:00",
        "Trata y tráfico: 9, 10 y 11",
        "Todavía no lo sé",
        "enlace",
        "panelistas",
    )


async def test_a_card_is_edited_in_place_when_its_buttons_are_pressed(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/sessions")
    messages = len(ana.chat)
    await ana.presses("2. Inclusión")
    await ana.presses("Sesión 3")
    await ana.presses("Todas las sesiones")
    assert len(ana.chat) == messages
    assert ana.heard("Las sesiones")


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("s1", "Sesión 1"),
        ("s4", "Sesión 4"),
        ("o1", "Objetivo 1. Datos"),
        ("o23", "Objetivo 23"),
        ("s9", "Solo hay 4 sesiones"),
        ("o99", "El Pacto tiene 23 objetivos"),
        ("x", "Soy Ciclo"),
        ("s²", "Soy Ciclo"),
    ],
)
async def test_a_deep_link_opens_its_card(shared_world: World, link: str, words: str) -> None:
    ana = shared_world.person("Ana")
    await ana.says(f"/start {link}")
    assert ana.heard(words)


async def test_an_objective_has_its_official_title_its_session_and_its_source(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/objetivos")
    assert ana.heard("Los 23 objetivos del Pacto", "10.", "23.")
    await ana.presses("10")
    assert ana.heard("Objetivo 10", "trata de personas", "Se trata en la sesión 3", "A/RES/73/195, anexo, párr. 16")


async def test_objectives_by_session_and_by_area(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/objectives")
    await ana.presses("Por sesión")
    await ana.presses("4. Datos")
    assert ana.heard("Datos", "Vulnerabilidades", "17.")
    await ana.presses("Todos los objetivos")
    await ana.presses("Por área")
    await ana.presses("Trabajo decente")
    assert ana.heard("6.", "18.")
    assert not ana.heard("17.")


async def test_the_ten_principles(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/principios")
    assert ana.heard("Los 10 principios rectores", "1. Centrado en las personas")
    await ana.presses("3")
    assert ana.heard("Principio 3. Soberanía nacional", "párr. 15 c)")


async def test_a_practice_names_its_source_and_is_never_said_to_be_presented(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/practicas")
    assert ana.heard("buenas prácticas", "No sé cuáles se presentan en cada sesión")
    await ana.presses("Por país")
    await ana.presses("Chile")
    await ana.presses("1")
    assert ana.heard("Dónde: Chile", "Objetivos", "Fuente: Abrir la fuente")


async def test_an_editorial_classification_is_marked_as_ours(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/start")
    await ana.forges("p:cl-sello-migrante")
    assert ana.heard("Sello Migrante", "La clasificación es nuestra, no oficial")


async def test_every_page_of_practices_can_be_turned(shared_world: World) -> None:
    ana = shared_world.person("Ana", language="en")
    await ana.says("/practices")
    await ana.presses("See all")
    pages = 1
    while "Next" in ana.buttons:
        await ana.presses("Next")
        pages += 1
    assert pages == 7
    assert ana.heard("Page 7 of 7", "31.")


@pytest.mark.parametrize(
    "command", ["/sesiones", "/sessoes", "/sessions", "/seances", "/SESIONES", "/sessions@ciclo_bot"]
)
async def test_commands_answer_in_four_languages(shared_world: World, command: str) -> None:
    ana = shared_world.person("Ana")
    await ana.says(command)
    assert ana.heard("Las sesiones")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/sesiones 2", "Sesión 2"),
        ("/sessions 9", "Solo hay 4 sesiones"),
        ("/sessions Lima", "Las sesiones"),
        ("/objetivos 15", "Objetivo 15"),
        ("/objectives ²", "Los 23 objetivos"),
        ("/recordatorios 3", "Sesión 3"),
        ("/reminders all", "Sesión 4"),
        ("/zonahoraria Lima", "Lima"),
        ("/timezone xqzt", "xqzt"),
    ],
)
async def test_words_behind_a_command_go_straight_to_the_card(shared_world: World, command: str, words: str) -> None:
    ana = shared_world.person("Ana")
    await ana.says(command)
    assert ana.heard(words)


async def test_the_language_can_be_changed_and_stays(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/idioma")
    await ana.presses("Français")
    assert ana.heard("Désormais, je vous écris en français")
    await ana.says("/sessions")
    assert ana.heard("Les sessions")


async def test_somebody_who_never_pressed_start_is_served_too(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/ayuda")
    assert ana.heard("Qué puede hacer aquí")


async def test_what_is_not_known_is_said_so(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("¿quién ganó el <b>mundial</b> de fútbol?")
    assert ana.heard("Lo siento, no lo sé")
    assert not ana.heard("mundial")
    assert "Preguntar al equipo" not in ana.buttons, "nobody of the team need be asked about football"
    assert "Menú" in ana.buttons


@pytest.mark.parametrize(
    "data",
    one_in(
        2,
        [
            "nonsense",
            "s:999",
            "o:0",
            "rem:7",
            "pc:ZZ:0",
            "zn:ZZ",
            "z:Mars/Base",
            "a:none",
            "p:none",
            "lang:xx",
            "rem:1:99h:on",
            "'; drop table participants;--",
            "+menu",
            "pall:999",
        ],
    ),
)
async def test_a_forged_or_foreign_button_gets_a_card_and_never_an_error(shared_world: World, data: str) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/start")
    await ana.forges(data)
    await ana.says("/sesiones")
    assert ana.heard("Las sesiones")
    assert "Algo falló" not in "".join(each.text for each in ana.chat)


async def test_a_button_under_a_deleted_message_is_answered_with_a_new_one(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/sesiones")
    number, chat = ana.chat[-1].id, ana.id
    press = shared_world.telegram.forges_press(chat, number, "s:2")
    del shared_world.telegram.chats[chat].messages[number]
    await shared_world.settle()
    assert "Sesión 2" in ana.last
    assert shared_world.telegram.toast(press) is not None


async def test_after_the_last_session_the_cycle_has_ended_and_questions_are_still_answered(world: World) -> None:
    ana = world.person("Ana")
    await world.turn_to("2024-11-12 18:31")
    await ana.says("/start")
    assert ana.heard("El ciclo ha terminado", "martes 12 de noviembre de 2024")
    await ana.says("/recordatorios")
    assert ana.heard("ya no hay recordatorios")
    await ana.says("/start s2")
    assert ana.heard("Esta sesión ya terminó")


async def test_during_a_session_it_is_under_way(world: World) -> None:
    ana = world.person("Ana")
    await world.turn_to("2024-10-23 17:20")
    await ana.says("/start")
    assert ana.heard("Ahora mismo", "sesión 1", "Termina a las 15:30")


async def test_in_a_group_a_command_is_answered_that_is_ours_or_names_the_bot(world: World) -> None:
    ana = world.person("Ana")
    group = world.telegram.group("Red de organizaciones", creator=ana.id)
    world.telegram.adds_bot(group, ana.id)
    world.telegram.says(ana.id, "hola a todas", chat_id=group)
    world.telegram.says(ana.id, "/help", chat_id=group)  # every bot's: another one in the group may be meant
    world.telegram.says(ana.id, "/sesiones", chat_id=group)
    world.telegram.says(ana.id, "/sesiones@ciclo_bot", chat_id=group)
    await world.settle()
    answers = [each for each in world.telegram.chat(group) if each.from_bot]
    assert [each.text.split("\n")[0][:12] for each in answers] == ["Hola. Soy Ci", "Las sesiones", "Las sesiones"]
    assert answers[2].keyboard == [[{"text": "Abrir el chat", "url": "https://t.me/ciclo_bot"}]]


async def test_privacy_says_what_is_kept_and_for_how_long(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/privacidad")
    assert ana.heard("No guardo su teléfono", "90 días después de la última sesión")


@pytest.mark.parametrize(
    ("typed", "heard"),
    [("/inscripcion", "inscrip"), ("/sesione", "Sesión 1"), ("/calendrio", "calendario"), ("/ayudaa", "/registrarme")],
)
async def test_a_command_with_a_slip_is_understood(shared_world: World, typed: str, heard: str) -> None:
    ana = shared_world.person("Ana")
    await ana.says(typed)
    assert ana.heard(heard), ana.last


async def test_a_command_that_is_like_none_says_so(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/pizza")
    assert ana.heard("No conozco ese comando")
