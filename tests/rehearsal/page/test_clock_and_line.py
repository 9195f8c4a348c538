"""The clock of the rehearsal's page, the line to Telegram, and everybody's subscription."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.telegram.page_visitor import JOHN, MARIE, ORGANIZER, YOU, Visitor
from tests.support.world.people import START


async def clock(visitor: Visitor) -> dict[str, Any]:
    shown: dict[str, Any] = (await visitor.looks("state"))["clock"]
    return shown


async def test_the_line_of_the_cycle_holds_four_sessions_and_the_present(visitor: Visitor) -> None:
    shown = await visitor.looks("state")
    assert [each["number"] for each in shown["sessions"]] == [1, 2, 3, 4]
    first, last = shown["timeline"]["from"], shown["timeline"]["to"]
    moments = [shown["clock"]["now"], *(each["starts_at"] for each in shown["sessions"])]
    assert all(
        datetime.fromisoformat(first) < datetime.fromisoformat(each) < datetime.fromisoformat(last) for each in moments
    )


async def test_the_line_of_the_cycle_follows_a_session_that_the_organizer_moves(visitor: Visitor) -> None:
    await visitor.does("everyone-subscribes")
    before = (await visitor.looks("state"))["sessions"]
    assert (await visitor.does("organizer-moves-a-session"))["number"] == 1
    after = (await visitor.looks("state"))["sessions"]
    later = datetime.fromisoformat(after[0]["starts_at"]) - datetime.fromisoformat(before[0]["starts_at"])
    assert later == timedelta(days=1)
    assert after[1:] == before[1:]
    assert "24" in (await visitor.chat(MARIE))[-1]["html"]


async def test_a_session_moved_far_away_and_a_cancelled_one_are_still_on_the_line(visitor: Visitor) -> None:
    for words, button in (("/session 1", "se:t:1"), ("15/12/2024 14:00", "se:at:1:"), ("/session 2", "se:x:2:cancel")):
        await visitor.does(f"people/{ORGANIZER}/says", text=words)
        await visitor.presses(ORGANIZER, button)
    await visitor.presses(ORGANIZER, "se:x:2:cancel:")
    shown = await visitor.looks("state")
    moved, cancelled = shown["sessions"][:2]
    assert (moved["starts_at"][:10], cancelled["cancelled"]) == ("2024-12-15", True)
    assert shown["timeline"]["from"] < shown["clock"]["now"] < moved["ends_at"] < shown["timeline"]["to"]


async def test_where_no_session_is_ahead_none_can_be_moved(visitor: Visitor) -> None:
    await visitor.does("clock/to", to="2024-12-01T00:00")
    assert await visitor.refusal("organizer-moves-a-session") == (409, "none_ahead")


async def test_a_moment_without_an_offset_is_in_argentina(visitor: Visitor) -> None:
    await visitor.does("clock/to", to="2024-10-22T18:30")
    assert (await clock(visitor))["now"] == "2024-10-22T21:30:00+00:00"


async def test_the_clock_takes_its_speed_and_stands_still_again(visitor: Visitor) -> None:
    await visitor.does("clock/speed", speed=3600)
    assert (await clock(visitor))["speed"] == 3600
    await visitor.does("clock/speed", speed=0)
    stopped = await clock(visitor)
    assert stopped["now"] == (await clock(visitor))["now"]


REFUSED: tuple[tuple[str, object, tuple[int, str]], ...] = (
    ("clock/to", {"to": "2024-10-01T10:00"}, (400, "past")),
    ("clock/to", {"to": "2031-10-01T10:00"}, (400, "too_far")),
    ("clock/to", {"to": "mañana"}, (400, "bad_moment")),
    ("clock/to", {"to": ""}, (400, "bad_moment")),
    ("clock/to", {"to": 1729600000}, (400, "bad_value")),
    ("clock/to", {}, (400, "bad_value")),
    ("clock/speed", {"speed": -1}, (400, "bad_value")),
    ("clock/speed", {"speed": 1_000_000}, (400, "bad_value")),
    ("clock/speed", {"speed": "60"}, (400, "bad_value")),
    ("clock/speed", {"speed": True}, (400, "bad_value")),
    ("line", {"cut": "yes"}, (400, "bad_value")),
)


async def test_what_the_clock_cannot_do_is_refused_and_changes_nothing(visitor: Visitor) -> None:
    for path, body, refused in REFUSED:
        assert await visitor.refusal(path, body) == refused, (path, body)
    shown = await clock(visitor)
    assert (shown["now"], shown["speed"], shown["line_cut"]) == (START.isoformat(), 0, False)


async def test_numbers_that_json_does_not_have_are_refused(visitor: Visitor) -> None:
    headers = {"content-type": "application/json"}
    answer = await visitor.client.post("/rehearsal/clock/speed", content=b'{"speed": NaN}', headers=headers)
    assert answer.status_code == 400


async def test_everyone_subscribes_and_the_next_reminder_comes_in_each_ones_own_hour(visitor: Visitor) -> None:
    await visitor.does("everyone-subscribes")
    turned = await visitor.does("clock/next")
    assert datetime.fromisoformat(turned["turned_to"]).astimezone(ZoneInfo("America/Argentina/Buenos_Aires")).hour == 14
    for person, hour in ((MARIE, "13:00"), (JOHN, "19:00"), (YOU, "14:00")):
        assert hour in (await visitor.chat(person))[-1]["html"]


async def test_after_the_last_reminder_there_is_no_next_one(visitor: Visitor) -> None:
    await visitor.does("clock/to", to="2024-12-01T00:00")
    assert (await clock(visitor))["next"] is None
    assert (await visitor.does("clock/next"))["turned_to"] is None


async def test_somebody_who_is_away_cannot_subscribe_with_the_others(visitor: Visitor) -> None:
    await visitor.does(f"people/{MARIE}/offline")
    assert await visitor.refusal("everyone-subscribes") == (409, "not_everyone")


async def test_one_turn_of_the_clock_at_a_time(visitor: Visitor) -> None:
    first, second = await asyncio.gather(*(visitor.asks("clock/to", {"to": "2024-10-29T14:00"}) for _ in range(2)))
    assert sorted([first.status_code, second.status_code]) == [200, 409]


async def test_behind_a_cut_line_the_answer_waits_until_the_line_is_back(visitor: Visitor) -> None:
    await visitor.asks("line", {"cut": True})
    assert (await clock(visitor))["line_cut"]
    await visitor.asks(f"people/{YOU}/says", {"text": "/start"})
    await asyncio.sleep(0.1)
    assert all(not each["from_bot"] for each in await visitor.chat(YOU))
    await visitor.does("line", cut=False)
    assert any(each["from_bot"] for each in await visitor.chat(YOU))
