"""Who runs the cycle: invited by a link that works once, changed, removed, and every act in the log."""

import pytest

from db import tables
from db.engine.database import Database
from rehearsal.world import running
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.restart import again
from tests.support.world.team import audit_of, invitation, joined, owner

pytestmark = pytest.mark.one_owner


def menu(world: World, person: Person, code: str = "es") -> list[str]:
    """The commands that only this person's phone shows."""
    shown = world.telegram.settings.get(("commands", f"{person.id}/chat", code), [])
    return [each["command"] for each in shown]


async def test_the_owner_is_the_configurations(world: World) -> None:
    olga = owner(world)
    await olga.says("/equipo")
    assert olga.heard("El equipo", "Olga Paz: responsable")
    assert "Quitar del equipo" not in olga.buttons


async def test_a_link_lets_one_person_in_once_with_its_role(world: World) -> None:
    olga, vera, late = owner(world), world.person("Vera"), world.person("Tarde")
    link = await invitation(olga, "Invitar con solo lectura")
    assert olga.heard("Invitación (solo lectura)", "hasta el jueves 24 de octubre de 2024, 12:00")
    await vera.says(link)
    assert vera.heard("Ya forma parte del equipo", "solo lectura", "sin datos de personas")
    await late.says(link)
    assert late.heard("Esta invitación ya no sirve")
    await olga.says("/team")
    assert olga.heard("Olga Paz: responsable\nVera: solo lectura")
    assert await audit_of(world) == [
        ("invited", {"role": "viewer"}),
        ("joined", {"role": "viewer"}),
        ("refused", {"route": "/start team_"}),
    ]


async def test_only_the_hash_of_a_link_is_kept(world: World) -> None:
    token = (await invitation(owner(world))).split("team_")[1]
    (kept,) = await rows(world, "invitations")
    assert token not in repr(kept)
    assert len(token) >= 32


async def test_a_link_expires_after_48_hours(world: World) -> None:
    olga, vera = owner(world), world.person("Vera")
    link = await invitation(olga)
    await world.turn_to("2024-10-24 15:00")
    await vera.says(link)
    assert vera.heard("Esta invitación ya no sirve")
    assert await rows(world, "team") != []
    await vera.says("/team")
    assert vera.heard("No conozco ese comando")


async def test_a_link_can_be_withdrawn(world: World) -> None:
    olga, vera = owner(world), world.person("Vera")
    link = await invitation(olga)
    await olga.says("/team")
    assert olga.heard("1 invitación sin usar")
    await olga.presses("Anular las invitaciones sin usar")
    assert olga.toasts[-1] == "1 invitación anulada"
    await vera.says(link)
    assert vera.heard("Elija")  # as any link that was never ours
    assert not vera.heard("equipo")


async def test_a_link_of_somebody_who_is_no_owner_any_more_is_worth_nothing(world: World) -> None:
    olga, vera = owner(world), world.person("Vera")
    link = await invitation(olga)
    services = world.rehearsal.app.work.handler.conversation.services
    object.__setattr__(services, "organizers", ())
    await vera.says(link)
    assert vera.heard("Esta invitación ya no sirve")


async def test_who_is_in_already_leaves_the_link_for_somebody_else(world: World) -> None:
    olga, vera = owner(world), world.person("Vera")
    link = await invitation(olga)
    await olga.says(link)
    assert olga.heard("Ya estaba en el equipo", "sigue sin usar")
    await vera.says(link)
    assert vera.heard("Ya forma parte")


async def test_a_role_is_changed_and_somebody_removed_in_two_taps(world: World) -> None:
    olga = owner(world)
    vera = await joined(world, olga)
    assert "equipo" in menu(world, vera)
    await olga.says("/team")
    await olga.presses("Vera")
    assert olga.heard("Vera: organización", "En el equipo desde el martes 22 de octubre de 2024")
    await olga.presses("Cambiar a: solo lectura")
    assert olga.heard("Vera: solo lectura")
    await olga.presses("Quitar del equipo")
    assert olga.heard("¿Quitar a Vera del equipo?")
    await vera.says("/team")
    assert vera.heard("El equipo")
    await olga.presses("Sí, quitar")
    assert not olga.heard("Vera")
    await vera.says("/team")
    assert vera.heard("No conozco ese comando")
    assert menu(world, vera) == []
    await olga.says("/team log")
    assert olga.heard("Olga Paz: quitó del equipo (Vera)", "Olga Paz: cambió un rol (Vera y solo lectura)")
    assert olga.heard("Vera: entró al equipo (organización)", "Vera: intentó sin permiso /team")


@pytest.mark.sets_menu
async def test_commands_are_in_the_menu_of_the_team_only(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await ana.says("/start")
    await olga.says("/start")
    assert "equipo" in menu(world, olga)
    assert "equipo" in menu(world, olga, "")
    assert "equipe" in menu(world, olga, "fr")
    assert menu(world, ana) == []
    everybody = [each["command"] for each in world.telegram.settings["commands", "default", "es"]]
    assert "equipo" not in everybody
    assert set(everybody) < set(menu(world, olga))


async def test_a_start_gives_the_team_its_menus(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        vera = await joined(stage, owner(stage))
    stage.telegram.settings.clear()
    async with running(again(stage).rehearsal):
        await stage.settle()
        assert "equipo" in menu(stage, vera)


async def test_who_has_everything_deleted_leaves_the_team_and_the_log_forgets_their_name(world: World) -> None:
    olga = owner(world)
    vera = await joined(world, olga)
    await vera.says("/misdatos")
    await vera.presses("Borrar todo lo mío")
    await vera.presses("Sí, borrar todo")
    assert menu(world, vera) == []
    await olga.says("/team log")
    assert olga.heard("Alguien cuyos datos se borraron: entró al equipo")
    assert not olga.heard("Vera")


async def test_the_log_has_pages_and_speaks_four_languages(world: World) -> None:
    olga = owner(world)
    for _ in range(14):
        await invitation(olga)
    await olga.says("/team registro")
    assert olga.heard("Página 1 de 2")
    await olga.presses("Siguiente")
    assert olga.heard("Página 2 de 2")
    for language, said in (("pt", "criou um convite"), ("en", "made an invitation"), ("fr", "a créé une invitation")):
        database = Database(world.settings.database.url)
        async with database.transaction() as tx:
            await tx.execute(tables.participants.update().values(language=language))
        await database.close()
        await olga.says("/team log")
        assert olga.heard(said)
