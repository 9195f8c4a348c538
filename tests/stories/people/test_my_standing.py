"""What somebody asks of themselves and of the present is answered from what is kept."""

from datetime import timedelta

import pytest

from tests.support.thorough import one_in
from tests.support.world.people import World
from tests.support.world.registration import ana_of, registers, with_everything
from tests.support.world.sessions import is_called_off, lives, moves


@pytest.mark.parametrize("words", ["¿estoy inscrita?", "ya estoy inscrito?", "quedé anotada o no"])
async def test_whether_i_am_registered(shared_world: World, words: str) -> None:
    ana = ana_of(shared_world)
    await ana.says("/start")
    await ana.says(words)
    assert ana.heard("No.", "Todavía no está en la lista")
    await registers(ana)
    await ana.says(words)
    assert ana.heard("Sí.", "Tiene lugar en las sesiones 1, 2, 3 y 4"), ana.last


async def test_what_is_asked_of_a_session_that_one_signed_up_for(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await ana.says("ya me anoté a la tercera, ¿de qué trata?")
    assert ana.heard("La sesión 3", "trata de"), ana.last
    await ana.says("ya me anoté a la 2?")
    assert ana.heard("No.", "Todavía no está en la lista"), ana.last


async def test_whether_i_wait(shared_world: World) -> None:
    ana = await with_everything(shared_world)
    await ana.says("¿estoy en lista de espera?")
    assert ana.heard("No.", "Tiene lugar"), ana.last


async def test_my_next_reminder(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await ana.says("/start")
    await ana.says("¿cuándo es mi próximo recordatorio?")
    assert ana.heard("No tiene ningún recordatorio")
    bea = await with_everything(shared_world)
    await bea.says("¿cuándo es mi próximo recordatorio?")
    assert bea.heard("Su próximo recordatorio es el martes 22 de octubre", "14:00", "sesión 1"), bea.last


async def test_what_has_moved(world: World) -> None:
    ana = ana_of(world)
    await ana.says("/start")
    await ana.says("¿se movió algo?")
    assert ana.heard("No: todas las sesiones están como se anunciaron")
    await moves(world, 2, by=timedelta(hours=26))
    await is_called_off(world, 3)
    await ana.says("hubo cambios?")
    assert ana.heard("La sesión 2", "miércoles 30 de octubre", "16:00"), ana.last
    assert ana.heard("La sesión 3", "se canceló")


async def test_who_cannot_get_in_is_told_the_state_and_whom_to_ask(world: World) -> None:
    ana = ana_of(world)
    await ana.says("/start")
    await ana.says("no puedo entrar, el enlace no funciona")
    assert ana.heard("La sesión 1 es el miércoles 23 de octubre"), ana.last
    assert "Preguntar al equipo" in ana.buttons
    await world.turn_to("2024-10-23 17:10")
    await ana.says("no puedo entrar, el enlace no funciona")
    assert ana.heard("La sesión 1 está en curso: empezó hace 10 minutos; termina a las 15:30"), ana.last


async def test_nine_oclock_comes_before_a_session_that_begins_in_the_night(shared_world: World) -> None:
    """Where it is past midnight when the session begins, the reminder of nine o'clock is of the day before."""
    kenji = shared_world.person("Kenji", language="es")
    await lives(kenji, "Asia/Tokyo")
    await kenji.forges("rem:2:09:00:on")
    await kenji.forges("quiet:-")
    await kenji.says("¿cuándo es mi próximo recordatorio?")
    assert kenji.heard("martes 29 de octubre", "09:00", "sesión 2"), kenji.last


MY_PLACES = [
    ("es", "¿tengo lugar para la del 23?", "Sí."),
    ("es", "ya me anoté en la de inclusión?", "No."),
    ("es", "estoy inscrita en la 1?", "Sí."),
    ("es", "¿entré a la sesión 2 o me quedé fuera?", "No."),
    ("es", "¿y en la 3 tengo lugar?", "No."),
    ("pt", "entrei na sessão 1 ou fiquei de fora?", "Sim."),
    ("en", "did I get in to session 1 or not", "Yes."),
    ("en", "is my seat in the second one confirmed?", "No."),
    ("fr", "ma place pour la 1 est confirmée ?", "Oui."),
    ("fr", "j’ai eu une place pour la séance 3 ou pas ?", "Non."),
]


async def test_whether_i_have_a_place_in_the_session_that_i_name(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await ana.says("/start")
    await registers(ana)
    for number in (2, 3, 4):
        await ana.forges(f"mine:s:{number}:off")
    heard = {}
    for language, words, first in MY_PLACES:
        await ana.says(f"/language {language}")
        await ana.says(words)
        heard[words] = ana.heard(first) or ana.last
    assert heard == dict.fromkeys(heard, True)


OWN_SESSIONS = [
    ("es", "¿cuándo es mi próxima sesión?"),
    ("es", "a qué hora son las mías"),
    ("es", "¿cuándo me toca?"),
    ("es", "ya me anoté, ¿cuándo tengo que conectarme?"),
    ("pt", "quando é a minha próxima?"),
    ("pt", "me passa os meus horários"),
    ("en", "when's my next one"),
    ("en", "which of mine are left?"),
    ("en", "I'm signed up, when do I need to log in"),
    ("fr", "c’est quand ma prochaine séance ?"),
    ("fr", "mes séances, c’est quels jours ?"),
    ("fr", "je suis inscrite, c’est quand que je me connecte"),
]
IN_NOVEMBER = {"es": "5 de noviembre", "pt": "5 de novembro", "en": "5 November", "fr": "5 novembre"}


async def test_when_my_own_sessions_are(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await ana.says("/start")
    await ana.says("¿cuándo es mi próxima sesión?")
    assert ana.heard("sesión 1", "23 de octubre"), "who has no place is told of the cycle's"
    await registers(ana)
    for number in (1, 2, 4):
        await ana.forges(f"mine:s:{number}:off")
    heard = {}
    for language, words in OWN_SESSIONS:
        await ana.says(f"/language {language}")
        await ana.says(words)
        heard[words] = ana.heard(IN_NOVEMBER[language]) and "23" not in ana.last
    assert heard == dict.fromkeys(heard, True)
    await ana.says("mes séances en heure de Paris")
    assert ana.heard("18:00", "Paris"), ana.last
    await ana.says("/language es")
    for words, told in (
        ("¿de qué trata mi próxima sesión?", "Motores"),
        ("recuérdame mi próxima sesión", "recordatorios"),
        ("quiero dejar mi próxima sesión", "/miinscripcion"),
    ):
        await ana.says(words)
        assert ana.heard(told), ana.last


async def test_yes_only_to_whether_they_are_registered(shared_world: World) -> None:
    ana = await with_everything(shared_world)
    await ana.says("/language pt")
    await ana.says("tenho que ir em todas que marquei?")
    assert not ana.heard("Sim."), ana.last
    await ana.says("/language es")
    await ana.says("puedo agregar la 4?")
    assert not ana.heard("No. "), "it would be a lie"


async def test_who_comes_late_hears_whether_it_is_still_on(world: World) -> None:
    ana = ana_of(world)
    await ana.says("/start")
    await world.turn_to("2024-10-23 17:20")
    for language, words, told in (
        ("es", "¿todavía puedo entrar?", "La sesión 1 está en curso"),
        ("pt", "já começou? dá pra entrar ainda?", "A sessão 1 está em andamento"),
        ("en", "has it started? can I still hop on?", "Session 1 is on"),
        ("fr", "je peux encore entrer ?", "La session 1 est en cours"),
    ):
        await ana.says(f"/language {language}")
        await ana.says(words)
        assert ana.heard(told), ana.last


@pytest.mark.parametrize(
    "words",
    one_in(
        2,
        [
            "ya estoy inscrita y no veo por dónde entrar a la primera, ya casi es hora",
            "já estou inscrita na primeira, por onde entro??",
            "I am registered for the first one but where do I click",
            "je suis inscrite mais où est-ce que je clique pour rentrer dans la première session",
        ],
    ),
)
async def test_who_is_registered_and_asks_the_way_in_gets_the_way_in(shared_world: World, words: str) -> None:
    ana = await with_everything(shared_world)
    await ana.says(words)
    assert ana.heard("sesión 1", "Preguntar al equipo"), ana.last
    assert not ana.heard("Organización:"), "their registration is not what they need"
