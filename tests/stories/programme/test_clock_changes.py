"""Where the clocks change between two sessions, people are told which one begins at another hour."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from knowledge.time.clock_change import ClockChange, find_clock_changes
from tests.support.knowledge.local_times import LOCAL_TIMES
from tests.support.world.people import Person, World

TIMES = [
    (number, datetime(2024, month, day, 17, tzinfo=UTC))
    for number, (month, day) in enumerate(((10, 23), (10, 29), (11, 5), (11, 12)), start=1)
]
FROM_SESSION_3 = {"Nassau", "La Habana", "Puerto Príncipe", "Hamilton", "Cockburn Town", "Tijuana"} | {
    "Ciudad Juárez",
    "Matamoros",
    "Washington D. C. / Nueva York",
    "Ottawa",
}
FROM_SESSION_2 = {"Madrid", "Ginebra"}


@pytest.mark.parametrize("row", LOCAL_TIMES, ids=lambda row: row[1])
def test_the_golden_table_tells_where_and_from_which_session(row: tuple[str, ...]) -> None:
    """Every place the organizers publish: a change exactly where its hour differs, with both hours."""
    _, city, zone, *hours = row
    expected = [
        (n, hours[n - 2], hours[n - 1], "27" if n == 2 else "3") for n in (2, 3, 4) if hours[n - 2] != hours[n - 1]
    ]
    found = find_clock_changes(TIMES, zone)
    assert [shown(each, zone) for each in found] == expected
    numbers = [each.number for each in found]
    assert numbers == ([3] if city in FROM_SESSION_3 else [2] if city in FROM_SESSION_2 else [])


def shown(change: ClockChange, zone: str) -> tuple[int, str, str, str]:
    before, after, moment = (at.astimezone(ZoneInfo(zone)) for at in (change.before, change.after, change.moment))
    return change.number, f"{before:%H:%M}", f"{after:%H:%M}", f"{moment.day}"


WORDS = {
    "es": "en Puerto Príncipe los relojes cambian el domingo 3 de noviembre de 2024. La sesión 3 empieza "
    "allí a las 12:00; la anterior, a las 13:00.",
    "pt": "os relógios mudam em domingo, 3 de novembro de 2024. A sessão 3 começa lá às 12:00; a anterior, às 13:00.",
    "en": "the clocks change on Sunday 3 November 2024. Session 3 begins there at 12:00; the one before it, at 13:00.",
    "fr": "les horloges changent le dimanche 3 novembre 2024. La session 3 y commence à 12:00",
}


async def lives_in(person: Person, zone: str) -> None:
    await person.says("/start")
    await person.forges(f"z:{zone}")


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
async def test_it_is_said_when_the_zone_is_set_and_in_every_list_of_sessions(
    shared_world: World, language: str
) -> None:
    ana = shared_world.person("Ana", language=language)
    await lives_in(ana, "America/Port-au-Prince")
    assert ana.heard(WORDS[language])
    for command in ("/sessions", "/reminders"):
        await ana.says(command)
        assert ana.heard(WORDS[language])


async def test_it_is_not_said_where_no_clock_changes_nor_when_it_is_past(world: World) -> None:
    ana, eva = world.person("Ana"), world.person("Eva")
    await lives_in(ana, "America/Lima")
    assert not ana.heard("relojes")
    await lives_in(eva, "Europe/Madrid")
    assert eva.heard("La sesión 2 empieza allí a las 18:00; la anterior, a las 19:00")
    await world.turn_to("2024-11-04 12:00")
    await eva.says("/sesiones")
    assert not eva.heard("relojes")


async def notices(world: World, person: Person, until: str) -> list[tuple[str, str]]:
    """When notices came (UTC) and which session they are about, up to then."""
    await world.turn_to(until)
    told = [each for each in person.chat if each.from_bot and each.text.startswith("Atención")]
    return [(f"{each.sent_at:%d/%m %H:%M}", each.text.split("La sesión ")[1][:1]) for each in told]


async def wants(person: Person, zone: str, *sessions: int) -> None:
    await lives_in(person, zone)
    for number in sessions:
        await person.forges(f"rem:{number}:1h:on")


# Where the clocks change and where not, for every place, is in the golden table above; here it is sent.
NOTICES = {
    "America/Havana": [("03/11 17:00", "3")],
    "America/Port-au-Prince": [("03/11 17:00", "3")],
    "Europe/Madrid": [("27/10 17:00", "2")],
    "America/Nassau": [("03/11 17:00", "3")],
    "America/Mexico_City": [],
    "America/Tijuana": [("03/11 17:00", "3")],
    "America/New_York": [("03/11 17:00", "3")],
    "Europe/Zurich": [("27/10 17:00", "2")],
    "America/Argentina/Buenos_Aires": [],
}


async def test_a_notice_comes_once_two_days_before_the_first_session_at_another_hour(world: World) -> None:
    people = {zone: world.person("Ana") for zone in NOTICES}
    await world.all_say([(each, "/start") for each in people.values()])
    await world.all_forge([(each, f"z:{zone}") for zone, each in people.items()])
    for number in (1, 2, 3, 4):
        await world.all_forge([(each, f"rem:{number}:1h:on") for each in people.values()])
    came = {zone: await notices(world, each, "2024-11-13 00:00") for zone, each in people.items()}
    assert came == NOTICES


async def test_only_who_wants_that_session_is_told(world: World) -> None:
    ana, eva = world.person("Ana"), world.person("Eva")
    await wants(ana, "America/Havana", 1, 2, 4)
    await wants(eva, "America/Havana", 3)
    await eva.forges("mute:3:on")
    assert await notices(world, ana, "2024-11-13 00:00") == []
    assert await notices(world, eva, "2024-11-13 00:00") == []


async def test_who_travels_is_told_where_they_are_now(world: World) -> None:
    ana, eva = world.person("Ana"), world.person("Eva")
    await wants(ana, "America/Havana", 3)
    await wants(eva, "America/Havana", 3)
    await world.turn_to("2024-11-03 16:00")
    await ana.forges("z:America/Lima")
    assert await notices(world, ana, "2024-11-05 18:00") == []
    assert await notices(world, eva, "2024-11-05 18:00") == [("03/11 17:00", "3")]


async def test_a_notice_at_night_comes_before_the_night(world: World) -> None:
    """As a reminder would."""
    ana = world.person("Ana")
    await wants(ana, "Europe/Madrid", 2)
    await ana.forges("quiet:17:00-09:00")
    assert await notices(world, ana, "2024-10-29 12:00") == [("27/10 16:00", "2")]
