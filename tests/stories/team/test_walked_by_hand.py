"""What surprised an organizer who walked through a whole cycle by hand."""

import pytest
from sqlalchemy import update

from db import tables
from db.engine.database import Database
from tests.support.world.announcements import drafted, later, with_a_crowd
from tests.support.world.crowd import registered, someone
from tests.support.world.people import Person, World
from tests.support.world.team import OWNER, owner

pytestmark = pytest.mark.one_owner(confirm_above=0)


async def test_no_clock_is_both_the_earliest_and_the_latest(world: World) -> None:
    olga = owner(world)
    await olga.says("/start")
    await registered(world, [someone(0, zone="Asia/Tokyo"), someone(1)])
    await olga.says("/session 2")
    await olga.presses("Cambiar día u hora")
    await olga.presses("+1 día")
    assert olga.heard("El reloj más tardío, Tokio"), olga.last
    assert not olga.heard("El reloj más temprano"), olga.last


async def test_in_portuguese_the_hours_of_the_programme_have_their_article(world: World) -> None:
    olga = world.person("Olga", last_name="Paz", language="pt-br")
    await olga.says("/session 2")
    assert olga.heard("Horário da Argentina: terça-feira, 29 de outubro"), olga.last


async def details(olga: Person) -> None:
    await olga.says("/session 3")
    await olga.presses("Enlace, panelistas y más")


async def test_what_reaches_nobody_speaks_of_no_night(world: World) -> None:
    olga = owner(world)
    await details(olga)
    await olga.presses("Agregar: plataforma")
    await olga.says("Zoom")
    await olga.presses("Guardar")
    assert olga.heard("Hecho. No hay a quién avisar ahora.", "Plataforma: Zoom"), olga.last
    assert not olga.heard("0 mensajes")


async def test_a_file_joins_the_materials_that_are_there_with_one_button(world: World) -> None:
    olga = owner(world)
    await details(olga)
    await olga.presses("Agregar: materiales")
    await olga.says("Guía - https://example.org/guia.pdf")
    await olga.presses("Guardar")
    await olga.presses("Cambiar: materiales")
    await olga.does(lambda telegram, me: telegram.sends_document(me, "rosa.pdf", caption="Presentación de Rosa"))
    assert olga.heard("Reemplaza la lista que hay (materiales: 1)", "toque «Agregar a la lista»"), olga.last
    await olga.presses("Agregar a la lista")
    assert olga.heard("todavía no cambió nada", "· Guía", "· Presentación de Rosa (archivo)"), olga.last
    assert not olga.heard("Reemplaza")
    await olga.presses("Guardar")
    assert olga.heard("Lista de materiales: 2"), olga.last


async def test_announcements_are_listed_with_their_first_words(world: World) -> None:
    olga = await with_a_crowd(world, 2)
    await drafted(olga, "La sesión 2 cambia de sala.\n\nEs en el <piso> 4 y dura lo mismo que estaba previsto.")
    await drafted(olga, "Mañana no hay sesión.")
    await olga.says("/anunciar")
    assert olga.heard("Anuncio 1: borrador", "La sesión 2 cambia de sala. Es en el <piso> 4", "…"), olga.last
    assert olga.heard("Anuncio 2: borrador", "Mañana no hay sesión."), olga.last


async def test_where_it_reached_everybody_there_is_no_empty_file(world: World) -> None:
    olga = await with_a_crowd(world, 2)
    await drafted(olga)
    await olga.presses("Enviar")
    await later(world)
    await olga.forges("an:f:1")
    assert olga.heard("no hay nadie a quien no le haya llegado"), olga.last
    assert not any(each.media for each in olga.news)


async def one_person(world: World, **told: object) -> Person:
    olga = owner(world)
    await olga.says("/start")
    await registered(world, [someone(0, name="Ana Paz", **told)])
    return olga


async def writes(olga: Person) -> None:
    await olga.says("/participantes")
    await olga.presses("Ver la lista")
    await olga.presses("1")
    await olga.presses("Escribirle")


async def test_who_is_asleep_gets_a_message_in_the_morning_and_the_hour_is_said(world: World) -> None:
    olga = await one_person(world, zone="Asia/Tokyo")
    await writes(olga)
    await olga.says("Le reservamos un lugar.")
    await olga.presses("Enviar")
    assert olga.heard("Donde está Ana Paz es de noche", "miércoles 23", "07:00"), olga.last
    assert not olga.heard("Sale ahora")


async def test_who_has_blocked_the_bot_cannot_be_written_to_and_it_is_said(world: World) -> None:
    olga = await one_person(world)
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        hers = update(tables.participants).where(tables.participants.c.telegram_id != OWNER)
        await tx.execute(hers.values(unreachable_since=world.rehearsal.clock.now()))
    await database.close()
    await writes(olga)
    assert olga.heard("Ana Paz bloqueó el bot o ya no está"), olga.last
    await olga.says("Le reservamos un lugar.")
    assert "Enviar" not in olga.buttons
