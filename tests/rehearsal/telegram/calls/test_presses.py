"""Buttons under messages: who presses one gets an answer once, and soon."""

import pytest

from tests.support.telegram.rehearsal_stage import BUTTON, Stage, keyboard

OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


async def pressed(stage: Stage) -> str:
    sent = await stage.sends(reply_markup=keyboard(BUTTON))
    return stage.telegram.presses(stage.ana, sent["message_id"], 0, 0)


async def test_a_press_reaches_the_bot_with_its_message_and_data(stage: Stage) -> None:
    press = await pressed(stage)
    told = (await stage.updates(offset=-1))[0]["callback_query"]
    assert (told["id"], told["data"], told["from"]["id"]) == (press, "yes", stage.ana)
    assert told["message"]["reply_markup"] == keyboard(BUTTON)


async def test_a_press_is_answered_once_and_only_if_it_was_one(stage: Stage) -> None:
    press = await pressed(stage)
    assert stage.telegram.toast(press) is None
    assert await stage.does("answerCallbackQuery", callback_query_id=press, text="hecho") is True
    assert stage.telegram.toast(press) == {"text": "hecho", "show_alert": False}
    assert stage.telegram.toasts_of(stage.ana) == [{"text": "hecho", "show_alert": False}]
    for old in (press, "12345", ""):
        assert await stage.refusal("answerCallbackQuery", callback_query_id=old) == OLD


async def test_an_answer_without_words_stops_the_hourglass_and_shows_nothing(stage: Stage) -> None:
    press = await pressed(stage)
    await stage.does("answerCallbackQuery", callback_query_id=press)
    assert stage.telegram.toast(press) == {"text": "", "show_alert": False}
    assert stage.telegram.toasts_of(stage.ana) == []


@pytest.mark.parametrize(("seconds", "in_time"), [(14, True), (16, False)])
async def test_an_answer_comes_within_a_quarter_of_a_minute(stage: Stage, seconds: int, *, in_time: bool) -> None:
    press = await pressed(stage)
    stage.telegram.seconds_ahead += seconds
    assert (await stage.call("answerCallbackQuery", callback_query_id=press))["ok"] is in_time


async def test_the_rehearsals_clock_makes_no_press_old(stage: Stage) -> None:
    """Who turns the clock through the cycle waits no longer for an answer."""
    press = await pressed(stage)
    stage.clock.jump(stage.clock.now().replace(year=2025))
    await stage.does("answerCallbackQuery", callback_query_id=press)


async def test_an_answer_has_at_most_two_hundred_signs(stage: Stage) -> None:
    press = await pressed(stage)
    long = {"callback_query_id": press, "text": "😀" * 101, "show_alert": True}
    assert await stage.refusal("answerCallbackQuery", **long) == "400 Bad Request: MESSAGE_TOO_LONG"
    await stage.does("answerCallbackQuery", **long | {"text": "😀" * 100})
    assert stage.telegram.toasts_of(stage.ana)[0]["show_alert"] is True


async def test_an_answer_may_open_the_bots_own_link_or_a_web_address(stage: Stage) -> None:
    for url in ("t.me/ciclo_bot?start=s2", "https://example.org/"):
        await stage.does("answerCallbackQuery", callback_query_id=await pressed(stage), url=url)
    given = {"callback_query_id": await pressed(stage), "url": "javascript:alert(1)"}
    assert await stage.refusal("answerCallbackQuery", **given) == "400 Bad Request: URL_INVALID"


async def test_a_hostile_phone_presses_what_no_button_says_even_where_no_message_is(stage: Stage) -> None:
    stage.telegram.forges_press(stage.ana, 1, "drop table")
    stage.telegram.forges_press(stage.ana, 999, "s2")
    forged, lost = await stage.updates(offset=2)
    assert forged["callback_query"]["data"] == "drop table"
    assert forged["callback_query"]["message"]["text"] == "/start"
    assert (lost["callback_query"]["message"]["message_id"], lost["callback_query"]["message"]["date"]) == (999, 0)


async def test_only_a_button_that_is_there_and_no_link_can_be_pressed(stage: Stage) -> None:
    sent = await stage.sends(reply_markup=keyboard(BUTTON, {"text": "web", "url": "https://example.org"}))
    for row, column in ((1, 0), (0, 2), (-1, 0), (0, -1)):
        with pytest.raises(LookupError):
            stage.telegram.presses(stage.ana, sent["message_id"], row, column)
    with pytest.raises(LookupError):
        stage.telegram.presses(stage.ana, 999, 0, 0)
    with pytest.raises(ValueError, match="link"):
        stage.telegram.presses(stage.ana, sent["message_id"], 0, 1)


async def test_anybody_in_a_group_may_press(stage: Stage) -> None:
    group = stage.telegram.group("Ciclo", creator=stage.ana)
    stage.telegram.adds_bot(group, by=stage.ana)
    sent = await stage.does("sendMessage", chat_id=group, text="¿vienes?", reply_markup=keyboard(BUTTON))
    stage.telegram.presses(stage.beto, sent["message_id"], 0, 0, chat_id=group)
    told = (await stage.updates(offset=-1))[0]["callback_query"]
    assert (told["from"]["first_name"], told["message"]["chat"]["id"]) == ("Beto", group)
