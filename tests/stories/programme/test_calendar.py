"""The sessions in people's own calendars: a file that calendars take without complaint, and renew."""

import warnings
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest
import vobject

from db.delivery import outbox
from db.programme import live_programme
from tests.support.world.documents import content, files
from tests.support.world.people import World

STARTS = [datetime(2024, month, day, 17, tzinfo=UTC) for month, day in ((10, 23), (10, 29), (11, 5), (11, 12))]


def events(written: bytes) -> list[dict[str, Any]]:
    """What two parsers that know nothing of each other read in it, without a warning; they must agree."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        one: Any = icalendar.Calendar.from_ical(written)
        other: Any = vobject.readOne(written.decode())
    assert one.errors == []
    found = []
    theirs = other.contents["vevent"]
    for event, same in zip(one.walk("VEVENT"), theirs, strict=True):
        assert event.errors == []
        assert str(event["UID"]) == same.uid.value
        assert event["DTSTART"].dt == same.dtstart.value
        assert event["DTEND"].dt == same.dtend.value
        assert str(event["SUMMARY"]) == same.summary.value
        assert str(event["DESCRIPTION"]) == same.description.value
        found.append(
            {
                "method": str(one["METHOD"]),
                "uid": str(event["UID"]),
                "start": event["DTSTART"].dt,
                "sequence": int(event["SEQUENCE"]),
                "status": str(event["STATUS"]),
                "summary": str(event["SUMMARY"]),
                "description": str(event["DESCRIPTION"]),
                "alarms": [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")],
            }
        )
    assert other.method.value == str(one["METHOD"])
    return found


async def moves(world: World, number: int, by: timedelta) -> None:
    async with world.rehearsal.app.database.transaction() as tx:
        live = (await live_programme.programme(tx, "pmm-2024"))[number]
        await live_programme.move(tx, live.id, live.starts_at + by, live.ends_at + by, now=world.rehearsal.clock.now())
    world.rehearsal.app.work.scheduler.refresh()
    await world.settle()


@pytest.mark.parametrize(
    ("language", "command", "summary", "part"),
    [
        ("es", "/calendario", "Sesión 1: ", "De 14:00 a 15:30, hora de Argentina"),
        ("pt", "/agenda", "Sessão 1: ", "14:00"),
        ("en", "/calendar", "Session 1: ", "14:00"),
        ("fr", "/agenda", "Session 1\u00a0: ", "14:00"),
    ],
)
async def test_the_file_holds_every_session_in_the_persons_language(
    world: World, language: str, command: str, summary: str, part: str
) -> None:
    ana = world.person("Ana", language=language)
    await ana.says(command)
    (file,) = files(ana)
    written = content(world, file)
    found = events(written)
    assert [each["start"] for each in found] == STARTS
    assert [each["uid"] for each in found] == [f"session-{n}.pmm-2024@ciclo.bot" for n in (1, 2, 3, 4)]
    assert {(each["method"], each["sequence"], each["status"]) for each in found} == {("PUBLISH", 0, "CONFIRMED")}
    assert found[0]["summary"].startswith(summary)
    assert part in found[0]["description"]
    assert b"DTSTART:20241023T170000Z\r\n" in written
    assert max(len(line) for line in written.split(b"\r\n")) <= 75


async def test_the_calendar_rings_when_the_chosen_reminders_do(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/start")
    for lead in ("24h", "10m"):
        await ana.forges(f"rem:2:{lead}:on")
    await ana.says("/calendario")
    (found,) = events(content(world, files(ana)[-1]))  # only the session they follow
    assert found["uid"] == "session-2.pmm-2024@ciclo.bot"
    assert found["alarms"] == [-timedelta(days=1), -timedelta(minutes=10)]
    await ana.says("/calendario 3")
    (found,) = events(content(world, files(ana)[-1]))
    assert (found["uid"], found["alarms"]) == ("session-3.pmm-2024@ciclo.bot", [-timedelta(hours=1)])


async def test_a_session_that_moves_is_sent_anew_once_with_the_next_sequence(world: World) -> None:
    ana, eva = world.person("Ana"), world.person("Eva")
    await ana.says("/calendario")
    await eva.says("/calendario 1")
    await moves(world, 3, timedelta(days=1))
    await moves(world, 3, timedelta(hours=1))
    world.rehearsal.app.work.scheduler.refresh()
    await world.settle()
    _, first, second = files(ana)
    assert first.text.startswith("Abra este archivo y su calendario muestra la nueva hora de la sesión 3.")
    found = [events(content(world, each))[0] for each in (first, second)]
    assert [(each["sequence"], each["start"]) for each in found] == [
        (1, STARTS[2] + timedelta(days=1)),
        (2, STARTS[2] + timedelta(days=1, hours=1)),
    ]
    assert {each["uid"] for each in found} == {"session-3.pmm-2024@ciclo.bot"}
    assert len(files(eva)) == 1
    await ana.says("/calendario")
    assert [each["sequence"] for each in events(content(world, files(ana)[-1]))] == [0, 0, 2, 0]


async def test_sessions_are_cancelled_in_the_calendar_and_come_back(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/calendario 2")
    await ana.presses("Quitarlas de mi calendario")
    assert ana.heard("Abra este archivo y su calendario quitará 1 sesión.")
    (gone,) = events(content(world, files(ana)[-1]))
    assert (gone["method"], gone["status"], gone["sequence"]) == ("CANCEL", "CANCELLED", 1)
    assert gone["uid"] == "session-2.pmm-2024@ciclo.bot"
    await ana.forges("cal:off")
    assert ana.heard("No le he dado ninguna sesión")
    await moves(world, 2, timedelta(days=1))
    assert len(files(ana)) == 2
    await ana.says("/calendario 2")
    (back,) = events(content(world, files(ana)[-1]))
    assert (back["method"], back["sequence"]) == ("PUBLISH", 2)


async def test_google_and_outlook_open_with_the_session_filled_in(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/calendario 1")
    google, outlook, work = (button for row in ana.chat[-1].keyboard for button in row if "url" in button)
    assert [google["text"], outlook["text"]] == ["Google: sesión 1", "Outlook: sesión 1"]
    assert (work["text"], urlsplit(work["url"]).netloc) == ("Outlook del trabajo: sesión 1", "outlook.office.com")
    assert urlsplit(work["url"]).query == urlsplit(outlook["url"]).query
    asked = parse_qs(urlsplit(google["url"]).query)
    assert asked["dates"] == ["20241023T170000Z/20241023T183000Z"]
    assert asked["text"][0].startswith("Sesión 1: ")
    asked = parse_qs(urlsplit(outlook["url"]).query)
    assert (asked["startdt"], asked["enddt"]) == (["2024-10-23T17:00:00Z"], ["2024-10-23T18:30:00Z"])


async def test_the_file_does_not_take_the_place_of_the_message_whose_button_asked_for_it(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/start")
    await ana.presses("Más")
    before = ana.last
    await ana.presses("Calendario")
    assert before in [each.text for each in ana.chat]
    assert len(files(ana)) == 1


async def test_past_sessions_are_not_given_and_in_the_end_none(world: World) -> None:
    ana = world.person("Ana")
    await world.turn_to("2024-11-06 00:00")
    await ana.says("/calendario")
    assert [each["uid"][:9] for each in events(content(world, files(ana)[-1]))] == ["session-4"]
    await world.turn_to("2024-11-13 00:00")
    await ana.says("/calendario")
    assert ana.heard("ya no hay sesiones para su calendario")


async def test_a_moved_session_reaches_who_is_offline_and_is_counted(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/calendario")
    world.telegram.fails("sendDocument", status=502, description="Bad Gateway")
    await moves(world, 4, timedelta(hours=1))
    async with world.rehearsal.app.database.transaction() as tx:
        assert await outbox.totals(tx, outbox.CALENDAR) == {"sent": 1}
    assert [events(content(world, each))[0]["sequence"] for each in files(ana)[1:]] == [1]


async def test_one_session_is_no_calendar_with_a_name_and_many_are(world: World) -> None:
    """Some calendars make a new calendar for a file with a name: one session belongs into the one there is."""
    ana = world.person("Ana")
    await ana.says("/calendario")
    assert b"X-WR-CALNAME" in content(world, files(ana)[-1])
    await ana.presses("Solo la sesión 2")
    assert b"X-WR-CALNAME" not in content(world, files(ana)[-1])
    assert [each["uid"][:9] for each in events(content(world, files(ana)[-1]))] == ["session-2"]
    assert len(files(ana)) == 2, "the file of all stays"
