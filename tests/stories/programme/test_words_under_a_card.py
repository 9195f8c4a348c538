"""What an organizer types under a session's card at once, without the button that asks for it."""

import pytest

from tests.support.world.announcements import later
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.team import joined, owner

pytestmark = pytest.mark.one_owner


async def opens(olga: Person, card: str) -> None:
    await olga.says("/session 3")
    await olga.presses(card)


async def test_details_are_read_back_and_kept_with_one_button(world: World) -> None:
    olga = owner(world)
    await opens(olga, "Enlace, panelistas y más")
    await olga.says("Enlace: https://meet.example.org/3\nPanelista: María Pérez - Red de Mujeres")
    assert olga.heard("Sesión 3", "todavía no cambió nada", "https://meet.example.org/3", "María Pérez"), olga.last
    assert await rows(world, "session_details") == []
    await olga.presses("Guardar lo entendido")
    assert {row["field"] for row in await rows(world, "session_details")} == {"link", "panelists"}


@pytest.mark.parametrize(
    ("typed", "proposed"), [("150", "Lugares: 150"), ("150 lugares", "Lugares: 150"), ("Sin límite", "sin límite")]
)
async def test_a_number_under_the_places_is_their_count(world: World, typed: str, proposed: str) -> None:
    olga = owner(world)
    await opens(olga, "Lugares y lista de espera")
    await olga.says(typed)
    assert olga.heard("todavía no cambió nada", proposed), olga.last
    assert await rows(world, "session_details") == []


@pytest.mark.parametrize("card", ["Enlace, panelistas y más", "Lugares y lista de espera"])
async def test_a_question_under_a_card_is_answered_as_anywhere(world: World, card: str) -> None:
    olga = owner(world)
    await opens(olga, card)
    await olga.says("¿cuándo es la sesión 2?")
    assert olga.heard("martes 29 de octubre"), olga.last
    await olga.says("4")
    assert olga.heard("martes 12 de noviembre"), olga.last


async def test_long_after_a_number_belongs_to_no_card(world: World) -> None:
    olga = owner(world)
    await opens(olga, "Lugares y lista de espera")
    await later(world, seconds=6 * 60)
    await olga.says("2")
    assert olga.heard("martes 29 de octubre"), olga.last


async def test_what_a_viewer_types_under_a_card_is_a_question(world: World) -> None:
    olga = owner(world)
    await olga.says("/start")
    vera = await joined(world, olga, label="Invitar con solo lectura")
    await opens(vera, "Lugares y lista de espera")
    await vera.says("2")
    assert vera.heard("martes 29 de octubre"), vera.last
