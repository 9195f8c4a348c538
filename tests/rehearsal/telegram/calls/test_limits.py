"""Telegram's limits: how much may be written, and how long the bot is told to wait."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearsal.telegram.limits import Limiter
from rehearsal.telegram.records import ApiError
from rehearsal.telegram.telegram import Limits, Upload
from tests.support.telegram.rehearsal_stage import BUTTON, Stage, keyboard


class Watch:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def limited(watch: Watch) -> Stage:
    """A Telegram with its real limits."""
    stage = Stage()
    stage.telegram.limiter = Limiter(Limits(), watch)
    return stage


async def taken(stage: Stage, chat_ids: list[int]) -> list[bool]:
    """Which of those messages Telegram takes, sent all at once."""
    return [(await stage.call("sendMessage", chat_id=each, text="hola"))["ok"] for each in chat_ids]


async def test_more_than_a_burst_to_one_chat_gets_429_and_how_long_to_wait(limited: Stage, watch: Watch) -> None:
    assert await taken(limited, [limited.ana] * 5) == [True, True, True, False, False]
    body = await limited.call("sendMessage", chat_id=limited.ana, text="hola")
    assert body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    watch.seconds += 3
    assert await taken(limited, [limited.ana] * 4) == [True, True, True, False]


async def test_one_a_second_goes_on_for_ever(limited: Stage, watch: Watch) -> None:
    for _ in range(20):
        assert await taken(limited, [limited.ana]) == [True]
        watch.seconds += 1


async def test_more_than_thirty_a_second_overall_gets_429(limited: Stage, watch: Watch) -> None:
    people = [limited.telegram.joins(f"P{number}").id for number in range(40)]
    for person in people:
        limited.telegram.says(person, "/start")
    assert await taken(limited, people) == [True] * 30 + [False] * 10
    watch.seconds += 1
    assert await taken(limited, people[30:]) == [True] * 10


async def test_a_group_gets_twenty_a_minute(limited: Stage, watch: Watch) -> None:
    group = limited.telegram.group("Ciclo", creator=limited.ana)
    limited.telegram.adds_bot(group, by=limited.ana)
    for _ in range(20):
        watch.seconds += 1.5
        assert await taken(limited, [group]) == [True]
    watch.seconds += 1.5
    body = await limited.call("sendMessage", chat_id=group, text="hola")
    assert body["parameters"]["retry_after"] == 30
    assert await taken(limited, [limited.ana]) == [True]


async def test_an_album_counts_as_many_messages_as_it_has(limited: Stage) -> None:
    album = [{"type": "document", "media": "attach://f"}] * 3
    await limited.does("sendMediaGroup", {"f": Upload("x.pdf", b"x")}, chat_id=limited.ana, media=album)
    assert await taken(limited, [limited.ana]) == [False]


async def test_what_is_refused_for_another_reason_is_not_counted(limited: Stage) -> None:
    for _ in range(10):
        await limited.refusal("sendMessage", chat_id=limited.ana, text="")
        await limited.refusal("sendMessage", chat_id=limited.beto, text="hola")
    assert await taken(limited, [limited.ana] * 3) == [True] * 3


async def test_edits_and_answers_to_presses_are_free(limited: Stage) -> None:
    sent = await limited.sends("0", reply_markup=keyboard(BUTTON))
    place = {"chat_id": limited.ana, "message_id": sent["message_id"]}
    for number in range(1, 20):
        press = limited.telegram.presses(limited.ana, sent["message_id"], 0, 0)
        await limited.does("answerCallbackQuery", callback_query_id=press)
        await limited.does("editMessageText", **place, text=str(number), reply_markup=keyboard(BUTTON))


async def test_a_test_may_do_without_limits(stage: Stage) -> None:
    assert all(await taken(stage, [stage.ana] * 100))


CHATS = st.sampled_from([1, 2, 3, -4])
SENDINGS = st.lists(st.tuples(st.floats(0, 2), CHATS), max_size=120)


def passes(limiter: Limiter, chat_id: int) -> int:
    """0 where the message passes, else the seconds that the bot is told to wait."""
    with contextlib.suppress(ApiError):
        limiter.pass_or_refuse(chat_id)
        return 0
    with pytest.raises(ApiError) as refused:
        limiter.pass_or_refuse(chat_id)
    return refused.value.parameters["retry_after"]


def never_more(times: list[float], most: int, window: float) -> bool:
    """Whether no stretch of that many seconds holds more than `most`."""
    return all(later - earlier >= window - 1e-6 for earlier, later in zip(times, times[most:], strict=False))


@given(SENDINGS)
def test_whenever_a_bot_writes_no_window_holds_too_much(sendings: list[tuple[float, int]]) -> None:
    watch, sent = Watch(), list[tuple[float, int]]()
    limiter = Limiter(Limits(overall_per_second=4, overall_burst=4), watch)
    for pause, chat in sendings:
        watch.seconds += pause
        if passes(limiter, chat) == 0:
            sent.append((watch.seconds, chat))
    assert never_more([moment for moment, _ in sent], 4, 1.0)
    for chat in {chat for _, chat in sent}:
        times = [moment for moment, where in sent if where == chat]
        assert never_more(times, 3, 3.0)
        assert chat > 0 or never_more(times, 20, 60.0)


@given(SENDINGS)
def test_who_waits_as_long_as_told_is_always_let_through(sendings: list[tuple[float, int]]) -> None:
    watch = Watch()
    limiter = Limiter(Limits(), watch)
    for pause, chat in sendings:
        watch.seconds += pause
        watch.seconds += (told := passes(limiter, chat))
        assert told == 0 or passes(limiter, chat) == 0
