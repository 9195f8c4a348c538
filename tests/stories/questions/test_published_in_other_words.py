"""What the team has published is found in other words and other languages, before "the note does not say"."""

import pytest

from tests.support.world.people import World
from tests.support.world.team import owner

pytestmark = pytest.mark.one_owner


async def _publishes(world: World, asked: str, answer: str) -> None:
    olga = owner(world)
    await olga.says("/start")
    ana = world.person("Ana", language="es")
    await ana.says("/start")
    await ana.forges("+team")
    await ana.says(asked)
    await olga.says("/preguntas")
    for label in ("Ver 1", "Contestar"):
        await olga.presses(label)
    await olga.says(answer)
    for label in ("Enviar la respuesta", "Publicar para cualquiera que pregunte", "Publicar"):
        await olga.presses(label)


async def test_a_certificate_that_the_team_has_promised(world: World) -> None:
    await _publishes(world, "¿Entregan certificado de asistencia?", "Sí, se entrega a quien asista a las cuatro.")
    for language, asked in (
        ("es", "dan constancia?"),
        ("es", "y el certificado?"),
        ("pt", "vou receber certificado?"),
        ("en", "will I get a certificate of attendance"),
        ("fr", "on reçoit une attestation à la fin?"),
    ):
        reader = world.person("Rita", language=language)
        await reader.says(asked)
        assert reader.heard("Sí, se entrega a quien asista"), (asked, reader.last)


async def test_a_published_answer_to_another_question_changes_nothing(world: World) -> None:
    await _publishes(world, "¿Hay estacionamiento para bicicletas?", "Sí, en el patio.")
    rita = world.person("Rita", language="es")
    await rita.says("dan constancia?")
    assert rita.heard("no menciona certificados")
