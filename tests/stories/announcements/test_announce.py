"""Announcements: written, looked at, sent off, braked, corrected, taken back; and a report that adds up."""

import asyncio
import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import update

from db import tables
from db.engine.database import Database
from db.people import registrations
from db.people.participants import find
from rehearsal.world import running
from tests.support.world.announcements import FIRST_OF_THE_CROWD, allow, card, drafted, got, later, states, with_a_crowd
from tests.support.world.crowd import registered, someone
from tests.support.world.documents import file_of
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.restart import again
from tests.support.world.team import audit_of, joined, owner

pytestmark = pytest.mark.one_owner(confirm_above=50)


async def test_written_looked_at_sent_and_reported(world: World) -> None:
    olga = await with_a_crowd(world)
    await drafted(olga)
    assert olga.heard("borrador", "20 personas que permiten anuncios", "Falta portugués", "12:01: 20")
    await olga.presses("Vista previa")
    assert olga.heard("La sesión 2 tiene sala nueva.")
    await olga.presses("Enviar")
    assert "en espera" in card(olga)
    assert got(world, "sala nueva") == []
    await later(world)
    assert len(got(world, "sala nueva")) == 20
    assert "terminado" in card(olga)
    assert "100 %" in card(olga)
    assert "Entregados: 21" in card(olga)
    assert "En total: 21" in card(olga)
    assert olga.last.startswith("El anuncio 1 terminó")
    assert ("announced", {"n": 21, "announcement": 1}) in await audit_of(world)
    assert "sala" not in repr(await audit_of(world))


async def test_formatting_links_and_a_body_for_each_language(world: World) -> None:
    olga = await with_a_crowd(world)
    await drafted(olga, "Sala nueva & <grande>\nVer el plano - https://example.org/plano?a=1&b=2")
    await olga.presses("PT")
    await olga.says("Sala nova")
    assert olga.heard("Idiomas: español y portugués")
    assert not olga.heard("Falta portugués")
    assert olga.heard("Falta francés: 5 personas")
    await olga.presses("Enviar")
    await later(world)
    assert len(got(world, "Sala nova")) == 5
    assert len(got(world, "Sala nueva & <grande>")) == 15
    arrived = world.telegram.chat(FIRST_OF_THE_CROWD)[-1]
    assert arrived.keyboard == [[{"text": "Ver el plano", "url": "https://example.org/plano?a=1&b=2"}]]


async def test_a_photo_with_its_caption(world: World) -> None:
    olga = await with_a_crowd(world, 4)
    await olga.says("/announce")
    await olga.presses("Nuevo anuncio")
    await olga.does(lambda telegram, id_: telegram.sends_photo(id_, "El mapa"))
    await olga.presses("Vista previa")
    assert olga.heard("El mapa")
    await olga.presses("Enviar")
    await later(world)
    assert len(got(world, "El mapa")) == 4
    assert world.telegram.chat(FIRST_OF_THE_CROWD)[-1].media is not None


async def test_only_who_allows_announcements_gets_one(world: World) -> None:
    olga = owner(world)
    await olga.says("/start")
    await registered(world, [someone(each) for each in range(10)])
    await allow(world, all_but=5)
    stranger = world.person("Sin inscripción")
    await stranger.says("/start")
    await drafted(olga)
    assert olga.heard("8 personas que permiten anuncios")
    await olga.presses("Enviar")
    changes = world.telegram.users[FIRST_OF_THE_CROWD]
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:  # and who changes their mind during the hold gets none either
        await tx.execute(update(tables.consents).where(tables.consents.c.participant_id == 2).values(given=False))
    await database.close()
    await later(world)
    assert changes.id not in got(world, "sala nueva")
    assert len(got(world, "sala nueva")) == 7
    assert "No salieron: 1" in card(olga)
    assert "sala nueva" not in stranger.last


async def test_undone_within_a_minute_nothing_leaves_and_the_draft_is_back(world: World) -> None:
    olga = await with_a_crowd(world)
    await drafted(olga)
    await olga.presses("Enviar")
    await olga.presses("Deshacer el envío")
    assert olga.heard("borrador", "20 personas")
    await later(world, 600)
    assert got(world, "sala nueva") == []
    assert await states(world) == {}
    await olga.presses("Enviar")
    await later(world)
    assert len(got(world, "sala nueva")) == 20


async def test_the_audience_is_chosen_and_counted(world: World) -> None:
    olga = await with_a_crowd(world)
    await drafted(olga)
    for way, choice in (("Sector", "Academia"), ("País", "Haití")):
        await olga.presses("Para quién")
        await olga.presses(way)
        await olga.presses(choice)
        await olga.presses("Listo")
    there = [row for row in await rows(world, "registrations") if (row["country"], row["sector"]) == ("HT", "academia")]
    assert olga.heard(f"{len(there)} person", "Haití")
    await olga.presses("Para quién")
    await olga.presses("Sesión")
    assert any(label.startswith("sesión 1") for label in olga.buttons)


async def test_two_countries_on_one_card(world: World) -> None:
    """Haiti and Chile together, in one announcement and in one file."""
    olga = await with_a_crowd(world)
    await drafted(olga)
    await olga.presses("Para quién")
    await olga.presses("País")
    await olga.presses("Haití")
    await olga.presses("Chile")
    await olga.presses("Brasil")
    await olga.presses("✓ Brasil")
    there = [row for row in await rows(world, "registrations") if row["country"] in {"HT", "CL"}]
    assert olga.heard("Puede elegir varias", "Haití", "Chile", f"{len(there)} personas"), olga.last
    await olga.presses("Listo")
    assert olga.heard(f"{len(there)} personas que permiten anuncios", "Haití", "Chile")
    assert not olga.heard("Brasil")
    await olga.presses("Enviar")
    await later(world)
    await later(world)
    assert len(got(world, "sala nueva")) == len(there)
    await olga.says("/participantes")
    await olga.presses("Descargar")
    for country in ("Haití", "Chile"):
        await olga.presses("País:")
        await olga.presses(country)
    assert olga.heard(f"{len(there)} personas inscritas"), olga.last
    await olga.presses("Texto (CSV)")
    assert olga.heard("Haití y Chile")
    await olga.says("/team log")
    assert olga.heard("Haití y Chile") or olga.heard("Haití", "Chile"), olga.last


async def test_each_ones_nine_and_the_audiences_clock(world: World) -> None:
    olga = owner(world)
    await olga.says("/start")
    zones = ("Europe/Zurich", "America/Mexico_City", None)
    await registered(world, [someone(each, zone=zones[each % 3]) for each in range(9)])
    await allow(world)
    await drafted(olga)
    assert olga.heard("09:01: 3", "12:01: 3", "17:01: 3")
    await olga.presses("Cuándo")
    await olga.presses("A las 09:00 de cada quien")
    assert olga.heard("a las 09:00 de cada quien, el miércoles 23")
    await olga.presses("Enviar")
    for moment, so_far in (("06:59", 0), ("07:00", 3), ("12:00", 6), ("15:00", 9)):
        await world.turn_to(f"2024-10-23 {moment}")
        assert len(got(world, "sala nueva")) == so_far, moment
    assert "terminado" in card(olga)


@pytest.mark.parametrize(("words", "told"), [("mañana 9:00", "miércoles 23"), ("2024-11-04 02:00", "lunes 4")])
async def test_a_moment_is_echoed_where_it_matters_and_nights_are_counted(world: World, words: str, told: str) -> None:
    olga = owner(world)
    await olga.says("/start")
    await registered(world, [someone(0, zone="Europe/Zurich"), someone(1, zone="America/Mexico_City")])
    await allow(world)
    await drafted(olga)
    await olga.presses("Cuándo")
    await olga.says("quién sabe")
    assert olga.heard("No entendí «quién sabe»")
    await olga.says(words)
    assert olga.heard(told, "Buenos Aires", "UTC")
    if words.startswith("2024"):
        assert olga.heard("UTC 05:00", "Duermen: 2")


async def brakes(world: World, olga: Person, data: str, action: str) -> None:
    """Presses while messages are leaving, and waits until it is done, not until everything is."""
    before = len([each for each, _ in await audit_of(world) if each == action])
    world.telegram.forges_press(olga.id, olga.chat[-1].id, data)
    async with asyncio.timeout(10):
        while len([each for each, _ in await audit_of(world) if each == action]) == before:  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.01)


async def on_its_way(world: World) -> None:
    """Until something is about to leave, and cannot."""
    async with asyncio.timeout(10):
        while not {"waiting", "claimed"} & set(await states(world)):  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.02)


async def test_paused_resumed_and_stopped(world: World) -> None:
    olga = await with_a_crowd(world)
    await drafted(olga)
    await olga.presses("Enviar")
    rate_limiter = world.rehearsal.app.work.delivery.rate_limiter
    rate_limiter.halt(3600)  # nothing leaves, so that there is something to brake
    world.rehearsal.clock.jump(world.rehearsal.clock.now() + timedelta(seconds=61))
    await on_its_way(world)
    await brakes(world, olga, "an:h:1", "paused")
    assert "waiting" not in await states(world)
    await brakes(world, olga, "an:r:1", "resumed")
    await on_its_way(world)
    await brakes(world, olga, "an:x:1", "paused")  # it asks, and nothing leaves meanwhile
    assert "stopped" not in [each for each, _ in await audit_of(world)]
    await brakes(world, olga, "an:x:1:yes", "stopped")
    assert set(await states(world)) <= {"cancelled", "claimed"}
    rate_limiter._halted_until = 0.0  # Telegram answers again
    world.rehearsal.app.work.delivery.wake()
    await world.settle()
    assert await states(world) == {"cancelled": 21}
    assert got(world, "sala nueva") == []
    assert "detenido" in card(olga)
    assert " 0 %" in card(olga)


async def test_what_telegram_refuses_to_show_the_team_stops_by_itself(world: World) -> None:
    olga = await with_a_crowd(world)
    await drafted(olga)
    await olga.presses("Enviar")
    world.telegram.fails("sendMessage", status=400, description="Bad Request: wrong button", times=1)
    await later(world)
    assert got(world, "sala nueva") == []
    assert "se detuvo solo" in card(olga)
    assert "Retenidos: 20" in card(olga)
    assert any("se detuvo solo" in each.text for each in olga.chat[-4:])
    await olga.presses("Seguir")
    await world.settle()
    assert len(got(world, "sala nueva")) == 20
    assert "Rechazados por Telegram: 1" in card(olga)
    assert "En total: 21" in card(olga)


async def test_many_need_a_second_organizer(world: World) -> None:
    olga = await with_a_crowd(world, 60)
    await drafted(olga)
    await olga.presses("Enviar")
    assert olga.heard("hay ninguna")
    vera = await joined(world, olga)
    await olga.says("/announce")
    await olga.presses("Anuncio 1")
    await olga.presses("Enviar")
    assert olga.heard("espera a que otra persona")
    assert vera.last.startswith("El anuncio 1, para 60 personas, espera")
    await olga.presses("Ver el anuncio")
    await olga.presses("Confirmar")
    assert olga.toasts[-1] == "Tiene que confirmar otra persona."
    await vera.presses("Ver el anuncio")
    await vera.presses("Confirmar")
    await later(world)
    assert len(got(world, "sala nueva")) == 60
    assert [each for each, _ in await audit_of(world)][-3:] == ["asked", "confirmed", "announced"]


async def test_corrected_where_it_arrived_then_taken_back(world: World) -> None:
    olga = await with_a_crowd(world, 8)
    await drafted(olga)
    await olga.presses("Enviar")
    await later(world)
    await olga.presses("Ver el anuncio")
    await olga.presses("Corregir")
    await olga.presses("español")
    await olga.says("La sesión 2 es en línea.")
    await olga.presses("Corregir ahora")
    assert len(got(world, "es en línea")) == 8
    assert got(world, "sala nueva") == []
    assert "Corregidos: 9 de 9" in card(olga)
    await later(world, 47 * 3600)
    await olga.presses("Retirar")
    await olga.presses("Sí, retirarlo")
    assert got(world, "es en línea") == []
    assert "Retirados: 9 de 9" in card(olga)
    assert "Entregados: 9" in card(olga)


async def _is_registered(world: World, telegram_id: int, name: str) -> None:
    now = world.rehearsal.clock.now()
    answers = {"name": name, "organization": "Casa", "sector": "society", "country": "AR", "email": None, "needs": None}
    async with world.rehearsal.app.database.transaction() as tx:
        person = await find(tx, telegram_id)
        assert person is not None
        await registrations.register(tx, person.id, world.rehearsal.app.cycle.key, answers, now=now)


async def test_who_blocked_the_bot_is_in_the_report_and_in_the_file(world: World) -> None:
    olga = await with_a_crowd(world)
    world.telegram.blocked.update({FIRST_OF_THE_CROWD + 3, FIRST_OF_THE_CROWD + 4})
    await _is_registered(world, FIRST_OF_THE_CROWD + 3, "Ana Paz")
    await drafted(olga)
    await olga.presses("Enviar")
    await later(world)
    assert "Bloquearon el bot o ya no están: 2" in card(olga)
    assert "En total: 21" in card(olga)
    await olga.presses("A quiénes no llegó")
    name, content = file_of(world, olga)
    assert name == "ciclo-1.csv"
    found = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert {row["Qué pasó"] for row in found} == {"bloqueó el bot o cerró su cuenta"}
    assert [row["Nombre"] for row in found] == ["Ana Paz", "Persona 0004"]


async def test_a_viewer_sees_and_sends_nothing(world: World) -> None:
    olga = await with_a_crowd(world)
    vera = await joined(world, olga, label="Invitar con solo lectura")
    await drafted(olga)
    await vera.says("/anunciar")
    assert "Nuevo anuncio" not in vera.buttons
    await vera.presses("Anuncio 1")
    assert vera.buttons == ["Vista previa", "Anuncios", "Menú"]
    await vera.forges("an:go:1")
    assert await states(world) == {}


async def test_a_draft_and_a_broadcast_survive_a_crash(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        olga = await with_a_crowd(stage)
        await drafted(olga)
    async with running(again(stage).rehearsal):
        await stage.settle()
        await olga.says("/announce")
        await olga.presses("Anuncio 1")
        await olga.presses("Enviar")
    stage.rehearsal.clock.jump(stage.rehearsal.clock.now() + timedelta(hours=1))
    async with running(again(stage).rehearsal):
        await stage.settle()
        assert sorted(got(stage, "sala nueva")) == list(range(FIRST_OF_THE_CROWD, FIRST_OF_THE_CROWD + 20))
        assert "terminado" in card(olga)
