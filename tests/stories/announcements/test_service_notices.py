"""Notices of logistics: for everybody who is registered or has reminders, with or without a yes to announcements."""

import pytest

from tests.support.world.announcements import drafted, later
from tests.support.world.people import World
from tests.support.world.registration import ana_of, registers
from tests.support.world.reminders import subscribes
from tests.support.world.team import owner

WORDS = "La sala de Zoom cambia media hora antes."


pytestmark = pytest.mark.one_owner


async def test_a_notice_reaches_who_is_registered_or_reminded_and_nobody_else(world: World) -> None:
    olga, ana, leo, eva, gone = owner(world), ana_of(world), world.person("Leo"), world.person("Eva"), ana_of(world)
    await registers(ana)
    await registers(gone)
    await subscribes(leo)
    await eva.says("/start")
    await drafted(olga, WORDS)
    assert olga.heard("0 personas que permiten anuncios"), olga.last
    await olga.presses("Para quién")
    await olga.presses("Quiénes")
    await olga.presses("inscritas o con recordatorios (aviso de logística)")
    assert olga.heard("3 personas inscritas o con recordatorios", "Es un aviso de servicio"), olga.last
    await olga.presses("Enviar")
    await gone.says("/miinscripcion")
    await gone.presses("Cancelar mi inscripción")
    await gone.presses("Sí, cancelar")
    await later(world)
    await later(world)
    assert ana.heard(WORDS)
    assert leo.heard(WORDS)
    assert not eva.heard(WORDS)
    assert not gone.heard(WORDS), "they left before it was sent"


async def test_of_one_session_it_reaches_who_concerns_that_session(world: World) -> None:
    olga, ana, leo = owner(world), ana_of(world), world.person("Leo")
    await registers(ana)
    await leo.says("/start")
    await leo.forges("rem:2:on")
    await ana.forges("mine:s:3:off")
    await drafted(olga, WORDS)
    await olga.presses("Para quién")
    await olga.presses("Quiénes")
    await olga.presses("aviso de logística")
    await olga.presses("Para quién")
    await olga.presses("Sesión")
    assert {"sesión 2: 2", "sesión 3: 0"} <= set(olga.buttons), olga.buttons


async def test_privacy_says_so(world: World) -> None:
    for language, words in (
        ("es", "avisos de logística"),
        ("pt", "avisos de logística"),
        ("en", "logistics"),
        ("fr", "logistique"),
    ):
        ana = world.person("Ana", language=language)
        await ana.says("/privacy")
        assert ana.heard(words), ana.last


async def test_the_team_sees_its_commands_in_help_and_at_the_start(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    for command in ("/inicio", "/ayuda"):
        await olga.says(command)
        assert olga.heard(
            "Para el equipo", "/anunciar", "/cambiarsesion", "/participantes", "/preguntas", "/cifras", "/equipo"
        )
        await ana.says(command)
        assert not ana.heard("/anunciar")
