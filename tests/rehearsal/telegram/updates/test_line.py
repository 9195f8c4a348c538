"""What goes wrong between a bot and Telegram: faults on order, a slow or cut line, lost answers; and what is noted."""

import asyncio

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from rehearsal.telegram.request import RehearsalRequest
from rehearsal.telegram.telegram import LineCutError, Upload
from tests.support.telegram.rehearsal_stage import TOKEN, Stage


async def test_a_fault_comes_as_ordered_as_often_as_ordered(stage: Stage) -> None:
    stage.telegram.fails("sendMessage", status=429, retry_after=7, times=2)
    for _ in range(2):
        body = await stage.call("sendMessage", chat_id=stage.ana, text="x")
        assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 7})
        assert body["description"] == "Too Many Requests: retry after 7"
    assert (await stage.sends("x"))["text"] == "x"


async def test_a_fault_has_telegrams_words_or_its_own(stage: Stage) -> None:
    stage.telegram.fails("getMe", status=500)
    assert await stage.refusal("getMe") == "500 Internal Server Error"
    stage.telegram.fails("getMe", status=502, description="Bad Gateway")
    assert await stage.refusal("getMe") == "502 Bad Gateway"


async def test_a_fault_of_every_method_leaves_polling_alone(stage: Stage) -> None:
    stage.telegram.fails("*", status=500, times=2)
    assert (await stage.call("getUpdates"))["ok"]
    assert [(await stage.call(each))["ok"] for each in ("getMe", "getMyName", "getMe")] == [False, False, True]


async def test_one_fault_does_not_hit_other_methods(stage: Stage) -> None:
    stage.telegram.fails("sendMessage", status=500)
    assert (await stage.call("getMe"))["ok"]
    assert await stage.refusal("sendmessage", chat_id=stage.ana, text="x") == "500 Internal Server Error"


async def test_an_answer_may_be_lost_after_the_message_has_arrived(stage: Stage) -> None:
    stage.telegram.fails("sendMessage", status=500, after_effect=True)
    with pytest.raises(LineCutError):
        await stage.sends("llegó")
    assert stage.telegram.chat(stage.ana)[-1].text == "llegó"


async def test_behind_a_cut_line_nothing_arrives(stage: Stage) -> None:
    stage.telegram.cut_line(cut=True)
    with pytest.raises(LineCutError):
        await stage.sends("no llegó")
    stage.telegram.cut_line(cut=False)
    await stage.sends("llegó")
    assert [each.text for each in stage.telegram.chat(stage.ana)] == ["/start", "llegó"]


async def test_on_a_slow_line_a_message_arrives_later(stage: Stage) -> None:
    stage.telegram.latency = 0.05
    async with asyncio.TaskGroup() as group:
        group.create_task(stage.sends("despacio"))
        await asyncio.sleep(0.01)
        assert stage.telegram.chat(stage.ana)[-1].text == "/start"
    assert stage.telegram.chat(stage.ana)[-1].text == "despacio"


async def test_a_line_cut_while_a_message_is_on_its_way_loses_it(stage: Stage) -> None:
    stage.telegram.latency = 0.05

    async def cuts() -> None:
        await asyncio.sleep(0.01)
        stage.telegram.cut_line(cut=True)

    lost, _ = await asyncio.gather(stage.sends("perdido"), cuts(), return_exceptions=True)
    assert isinstance(lost, LineCutError)
    assert stage.telegram.chat(stage.ana)[-1].text == "/start"


async def test_every_call_is_noted_without_secrets_and_without_empty_polls(stage: Stage) -> None:
    await stage.updates()
    await stage.updates(offset=2)
    await stage.refusal("sendMessage", chat_id="404", text="x")
    await stage.does("setWebhook", url="https://example.org/hook", secret_token="no-lo-digas")  # noqa: S106 - nobody's
    polled, refused, hooked = stage.telegram.calls
    assert (polled.method, polled.status, polled.chat_id) == ("getUpdates", 200, None)
    assert (refused.chat_id, refused.status, refused.description) == (404, 400, "Bad Request: chat not found")
    assert hooked.params == {"url": "https://example.org/hook", "secret_token": "…"}
    assert TOKEN not in repr(stage.telegram.calls)


async def test_a_noted_call_shows_its_json_opened_and_its_files_by_name(stage: Stage) -> None:
    given = {"chat_id": stage.ana, "document": "attach://f", "reply_markup": '{"force_reply": true}'}
    await stage.does("sendDocument", {"f": Upload("año.pdf", b"12345")}, **given)
    shown = stage.telegram.calls[-1].params
    assert (shown["reply_markup"], shown["f"]) == ({"force_reply": True}, "año.pdf (5 bytes)")


async def test_a_wrong_token_opens_nothing(stage: Stage) -> None:
    answer = await stage.telegram.call("2:wrong", "getMe", {})
    assert answer.status == 401
    assert answer.body == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_methods_may_be_written_in_any_case_and_logging_out_is_true(stage: Stage) -> None:
    assert (await stage.does("GETME"))["username"] == "ciclo_bot"
    assert await stage.does("close") is True
    assert await stage.does("logOut") is True


async def test_whoever_listens_hears_what_changed_until_they_stop(stage: Stage) -> None:
    heard: list[tuple[str, int | None]] = []
    stop = stage.telegram.subscribe(lambda kind, chat: heard.append((kind, chat)))
    await stage.sends()
    stage.telegram.cut_line(cut=True)
    assert heard == [("chat", stage.ana), ("call", stage.ana), ("line", None)]
    stop()
    stop()
    stage.telegram.cut_line(cut=False)
    assert len(heard) == 3


@pytest.fixture
def bot(stage: Stage) -> Bot:
    """python-telegram-bot's own, on the rehearsal's request."""
    return Bot(TOKEN, request=RehearsalRequest(stage.telegram), get_updates_request=RehearsalRequest(stage.telegram))


async def test_a_library_sees_messages_files_and_refusals_as_from_telegram(stage: Stage, bot: Bot) -> None:
    assert (await bot.send_message(stage.ana, "hola")).text == "hola"
    sent = await bot.send_document(stage.ana, InputFile(b"BEGIN:VCALENDAR", "ciclo.ics"), caption="El ciclo")
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("ciclo.ics", "El ciclo")
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"BEGIN:VCALENDAR"
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(404, "hola")
    with pytest.raises(Forbidden, match="initiate"):
        await bot.send_message(stage.beto, "hola")


async def test_a_library_sees_trouble_as_from_a_network(stage: Stage, bot: Bot) -> None:
    stage.telegram.fails("sendMessage", status=429, retry_after=7)
    with pytest.raises(RetryAfter):
        await bot.send_message(stage.ana, "x")
    stage.telegram.fails("sendMessage", status=500, after_effect=True)
    with pytest.raises(TimedOut):
        await bot.send_message(stage.ana, "llegó")
    sent = await bot.send_document(stage.ana, InputFile(b"x", "x.txt"))
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)
    stage.telegram.cut_line(cut=True)
    with pytest.raises(NetworkError):
        await bot.send_message(stage.ana, "x")
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()


async def test_a_library_is_told_of_a_wrong_token(stage: Stage) -> None:
    ways = RehearsalRequest(stage.telegram), RehearsalRequest(stage.telegram)
    with pytest.raises(InvalidToken):
        await Bot("2:wrong", request=ways[0], get_updates_request=ways[1]).get_me()
