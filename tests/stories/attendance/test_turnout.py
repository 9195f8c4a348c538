"""Registered, came, came to all: in figures with the floor of five, and in full in files."""

import pytest
from sqlalchemy import delete

from db.engine.database import Database
from db.people import presences
from db.programme import live_programme
from db.tables import attendances
from tests.support.world.crowd import registered, someone
from tests.support.world.documents import file_of, sheets
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.team import owner

pytestmark = pytest.mark.one_owner


async def came(world: World, number: int, people: list[int]) -> None:
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        live = await live_programme.programme(tx, "pmm-2024")
        await presences.record_came(tx, people, live[number].id, presences.WORD, now=world.rehearsal.clock.now())
    await database.close()


async def with_turnout(world: World) -> Person:
    """Forty are registered; 21 came to session 1, 9 of them to session 2 as well; two sessions are over."""
    olga = owner(world)
    await olga.says("/start")
    await registered(world, [someone(each) for each in range(40)])
    ids = sorted(row["participant_id"] for row in await rows(world, "registrations"))
    await world.turn_to("2024-10-30 12:00")
    await came(world, 1, ids[:21])
    await came(world, 2, ids[:9])
    return olga


async def test_before_any_session_there_is_nothing_to_show(world: World) -> None:
    olga = owner(world)
    await olga.says("/cifras")
    await olga.presses("Inscritas y venidas")
    assert olga.heard("Todavía no terminó ninguna sesión")


async def test_registered_came_and_came_to_all(world: World) -> None:
    olga = await with_turnout(world)
    await olga.says("/cifras")
    await olga.presses("Inscritas y venidas")
    assert olga.heard(
        "Inscritas: 40",
        "Vinieron al menos a una sesión: 21",
        "Vinieron a las 2 sesiones terminadas: 9",
        "Sesión 1: 21",
        "Sesión 2: 9",
    ), olga.last


async def test_by_country_and_sector_no_small_group_is_shown(world: World) -> None:
    olga = await with_turnout(world)
    for figure in ("camecountry", "camesector"):
        await olga.forges(f"+fg:{figure}:light")
        words = olga.last
        numbers = [
            int(each) for each in words.replace(")", " ").replace(":", " ").replace(";", " ").split() if each.isdigit()
        ]
        assert not [each for each in numbers if 0 < each < 5], words
        assert "menos de 5" in words
    await olga.forges("+fg:camecountry:light")
    assert olga.heard("Argentina (inscritas: 15; a todas: menos de 5): 9"), olga.last


async def test_a_file_has_it_in_full(world: World) -> None:
    olga = await with_turnout(world)
    await olga.forges("px:0:-:-:xlsx")
    book = sheets(file_of(world, olga)[1])
    heading, *people = book["Inscripciones"]
    first, second = heading.index("Vino: sesión 1"), heading.index("Vino: sesión 2")
    assert [sum(1 for each in people if each[place] == "sí") for place in (first, second)] == [21, 9]
    listed = book["sesión 3"]
    assert len(listed) == 1
    counted = {(row[0], row[1]): row[2] for row in book["Cifras"][1:]}
    assert counted["vinieron", "sesión 1"] == 21
    assert counted["Vinieron al menos a una sesión", None] == 21
    assert counted["Vinieron a las 2 sesiones terminadas", None] == 9
    assert counted["Vinieron al menos a una sesión", "Argentina"] == 9


async def test_the_file_of_one_session_has_also_who_came_without_a_place(world: World) -> None:
    olga = owner(world)
    await olga.says("/start")
    names = ("En Espera", "Con Lugar", "Sin Lugar")
    await registered(world, [someone(each, name=name) for each, name in enumerate(names)], sessions=(3,))
    ids = {row["name"]: row["participant_id"] for row in await rows(world, "registrations")}
    async with world.rehearsal.app.database.transaction() as tx:
        await tx.execute(delete(attendances).where(attendances.c.participant_id == ids["Sin Lugar"]))
    await world.turn_to("2024-11-06 12:00")
    await came(world, 3, [ids["Con Lugar"], ids["Sin Lugar"]])
    await olga.forges("px:3:-:-:xlsx")
    book = sheets(file_of(world, olga)[1])
    state, there, name = (book["sesión 3"][0].index(each) for each in ("Lugar", "Vino: sesión 3", "Nombre"))
    listed = {row[name]: (row[state], row[there]) for row in book["sesión 3"][1:]}
    assert listed["En Espera"] == ("en espera", None)
    assert listed["Con Lugar"] == ("con lugar", "sí")
    assert listed["Sin Lugar"] == ("sin lugar", "sí")
    assert ("vinieron", "sesión 3", 2) in book["Cifras"]
    await olga.forges("px:3g:-:-:csv")
    assert "Sin Lugar" not in file_of(world, olga)[1].decode(), "who has a place was asked for"
