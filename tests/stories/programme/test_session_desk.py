"""An organizer moves a session, calls it off, restores it: counted first, then one tap does all of it."""

from datetime import datetime

import pytest

from tests.support.world.people import World
from tests.support.world.registration import ana_of, registers
from tests.support.world.reminders import reminders, subscribes, totals
from tests.support.world.sessions import asks_for_a_time, lives, session
from tests.support.world.team import audit_of, joined, owner

pytestmark = pytest.mark.one_owner


async def starts_at(world: World, number: int = 3) -> str:
    return f"{(await session(world, number)).starts_at:%m-%d %H:%M}"


async def test_a_new_time_is_counted_then_told_to_everybody_in_their_own_hours(world: World) -> None:
    olga, ana, eva, leo = owner(world), world.person("Ana"), ana_of(world), world.person("Leo", language="fr")
    await olga.says("/start")
    await lives(ana, "America/Port-au-Prince")
    await subscribes(ana)
    await registers(eva)
    await leo.says("/start")
    await world.turn_to("2024-11-04 17:00")
    assert reminders(ana)[-1] == "Recordatorio: sesión 3 / Inicio: en 1 día"
    await asks_for_a_time(olga)
    assert olga.heard("Argentina: martes 5 de noviembre de 2024, de 14:00 a 15:30", "UTC: martes 5", "de 17:00 a 18:30")
    before = await totals(world)
    await olga.says("6/11 23:00")
    assert olga.heard(
        "todavía no cambió nada",
        "Argentina: miércoles 6 de noviembre de 2024, de 23:00 a 00:30",
        "UTC: jueves 7 de noviembre de 2024, de 02:00 a 03:30",
        "El reloj más temprano, Puerto Príncipe: miércoles 6 de noviembre de 2024, de 21:00 a 22:30",
        "Se avisa a 4 personas o grupos.",
        "Con lugar: 1. En espera: 0. Con recordatorios: 1.",
        "Se corrige 1 mensaje ya entregado.",
        "Cae en otro día para 2 personas:",
        "Puerto Príncipe: 1 persona, mar 5 nov → mié 6 nov",
    ), olga.last
    assert (await totals(world), await starts_at(world)) == (before, "11-05 17:00")
    ana.listen()
    await olga.presses("Confirmar y avisar")
    assert olga.heard("Hecho. Se avisa a 4 personas o grupos", "se corrige 1 mensaje", "La cambió el equipo.")
    assert ana.heard("Cambio de fecha u hora: sesión 3", "miércoles 6 de noviembre de 2024\nDe 21:00 a 22:30")
    assert leo.heard("6 novembre")
    assert [each for each in reminders(ana) if "sesión 3" in each] == []  # corrected where it stood
    assert await starts_at(world) == "11-07 02:00"
    assert ("session_moved", {"session": 3, "messages": 5}) in await audit_of(world)
    await olga.says("/team log")
    assert olga.heard("Olga Paz: cambió la hora (sesión 3 y 5 mensajes)")


async def test_a_step_is_one_tap_and_goes_on_from_there(world: World) -> None:
    olga = owner(world)
    await asks_for_a_time(olga)
    await olga.presses("+1 día")
    await olga.presses("+1 h")
    await olga.presses("+1 h")
    assert olga.heard("Argentina: miércoles 6 de noviembre de 2024, de 16:00 a 17:30")
    await olga.presses("Confirmar")
    assert await starts_at(world) == "11-06 19:00"


async def test_what_is_no_time_or_in_the_past_changes_nothing(world: World) -> None:
    olga = owner(world)
    await asks_for_a_time(olga)
    await olga.says("jueves 6 15:00")  # a Wednesday
    assert olga.heard("«jueves» no coincide con la fecha: es miércoles 6 de noviembre de 2024")
    await olga.says("22/10/2024 11:00")
    assert olga.heard("Eso ya pasó: martes 22 de octubre de 2024, de 11:00 a 12:30")
    await olga.says("5/11 14:00")
    assert olga.heard("Ya está así")
    past = int(datetime.fromisoformat("2024-10-22T14:00+00:00").timestamp()) // 60
    await olga.forges(f"se:at:3:{past}:90:1")
    assert olga.toasts[-1].startswith("La sesión cambió mientras tanto")
    assert (await session(world, 3)).version == 1


async def test_two_organizers_who_confirm_at_once_move_it_once(world: World) -> None:
    olga = owner(world)
    vera = await joined(world, olga)
    for each, button in ((olga, "+1 h"), (vera, "+1 día")):
        await asks_for_a_time(each)
        await each.presses(button)
    await olga.presses("Confirmar")
    await vera.presses("Confirmar")
    assert vera.toasts[-1] == "La sesión cambió mientras tanto: nada se hizo"
    assert vera.heard("de 15:00 a 16:30")
    assert (await session(world, 3)).version == 2


async def test_called_off_and_restored(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await olga.says("/start")
    await subscribes(ana)
    await olga.says("/cambiarsesion")
    await olga.presses("2. ")
    await olga.presses("Cancelar la sesión")
    assert olga.heard(
        "todavía no cambió nada", "Quedaría cancelada.", "Se avisa a 2 personas o grupos.", "recordatorios: 1"
    )
    await olga.presses("Sí, cancelar y avisar")
    assert olga.heard("Cancelada.")
    assert ana.heard("La sesión 2 se canceló")
    await olga.presses("Restablecer la sesión")
    ana.listen()
    await olga.presses("Sí, restablecer y avisar")
    assert olga.heard("Hecho. Se avisa a 2 personas o grupos", "se corrigen 2 mensajes")
    assert ana.heard("La sesión 2 sí se realiza", "martes 29 de octubre de 2024")
    assert sum("sí se realiza" in each.text for each in ana.news) == 1, "told once"
    notices = [each.text for each in world.telegram.chat(ana.id) if "La sesión 2" in each.text]
    assert notices[-2] == "La sesión 2 cambió de nuevo. Ahora: martes 29 de octubre de 2024, 14:00."
    await world.turn_to("2024-10-29 16:00")
    assert reminders(ana)[-1] == "Recordatorio: sesión 2 / Inicio: en 1 hora"


async def test_reset_gives_the_time_back_to_the_programme(world: World) -> None:
    olga = owner(world)
    await asks_for_a_time(olga)
    await olga.presses("+1 día")
    await olga.presses("Confirmar")
    await olga.presses("Volver a la hora del programa")
    assert olga.heard("Argentina: martes 5 de noviembre de 2024, de 14:00")
    await olga.presses("Sí, volver y avisar")
    assert await starts_at(world) == "11-05 17:00"
    assert not (await session(world, 3)).by_organizer
    assert not olga.heard("La cambió el equipo")


async def test_a_session_that_is_over_is_not_called_off(world: World) -> None:
    olga = owner(world)
    await world.turn_to("2024-10-23 19:00")
    await olga.says("/session 1")
    assert "Cancelar la sesión" not in olga.buttons
    assert "Cambiar día u hora" in olga.buttons
    await olga.says("/session 2")
    assert "Cancelar la sesión" in olga.buttons


async def test_a_viewer_looks_and_changes_nothing(world: World) -> None:
    olga = owner(world)
    vera = await joined(world, olga, label="Invitar con solo lectura")
    await vera.says("/session 3")
    assert vera.heard("Sesión 3", "Con lugar: 0. En espera: 0")
    looks = ["Enlace, panelistas y más", "Lugares y lista de espera", "Asistencia", "Las sesiones", "Menú"]
    assert vera.buttons == looks
    await vera.forges("se:x:3:cancel:1")
    assert not (await session(world, 3)).cancelled


async def test_people_hear_it_in_their_language(world: World) -> None:
    olga = owner(world)
    told = {"pt": "A sessão 3 foi cancelada", "en": "Session 3 is cancelled", "fr": "La session 3 est annulée"}
    people = {language: world.person("Ana", language=language) for language in told}
    await world.all_say([(each, "/start") for each in people.values()])
    await olga.says("/session 3")
    await olga.presses("Cancelar la sesión")
    await olga.presses("Sí, cancelar y avisar")
    for language, ana in people.items():
        assert told[language] in ana.last, ana.last
