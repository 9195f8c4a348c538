"""The rehearsal's Telegram refuses what Telegram refuses, in its words."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearsal.clock import TurnableClock
from rehearsal.formatting import ParseError, parse_html, utf16_length
from rehearsal.telegram import Limits, LineCutError, Telegram

TOKEN = "1:abcdefghij"  # noqa: S105 - nobody's
NOON = datetime(2024, 10, 22, 15, tzinfo=UTC)
BUTTON = {"text": "Sí", "callback_data": "yes"}


class Stage:
    """A Telegram with Ana, who has pressed Start, and Beto, who has not."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.clock = TurnableClock(NOON, speed=0)
        self.telegram = Telegram(token=TOKEN, now=self.clock.now, limits=limits or Limits(enforced=False))
        self.ana = self.telegram.joins("Ana").id
        self.beto = self.telegram.joins("Beto").id
        self.telegram.says(self.ana, "/start")

    async def call(self, method: str, **params: Any) -> dict[str, Any]:  # noqa: ANN401 - any parameter
        return (await self.telegram.call(TOKEN, method, params)).body

    async def refusal(self, method: str, **params: Any) -> str:  # noqa: ANN401 - any parameter
        body = await self.call(method, **params)
        assert body["ok"] is False, body
        return f"{body['error_code']} {body['description']}"

    async def sends(self, text: str = "hola", **params: Any) -> dict[str, Any]:  # noqa: ANN401 - any parameter
        result: dict[str, Any] = (await self.call("sendMessage", chat_id=self.ana, text=text, **params))["result"]
        return result


@pytest.fixture
def stage() -> Stage:
    return Stage()


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


PROBES: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "400 Bad Request: message text is empty"),
    ({"text": "  \n "}, "400 Bad Request: message text is empty"),
    ({"text": "x" * 4097}, "400 Bad Request: message is too long"),
    ({"text": "😀" * 2049}, "400 Bad Request: message is too long"),
    ({"text": "<b>x", "parse_mode": "HTML"}, '400 Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
    ({"text": "<x>x</x>", "parse_mode": "HTML"}, '400 Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
    ({"text": "ñ</b>", "parse_mode": "HTML"}, "400 Bad Request: can't parse entities: Unexpected end tag at byte offset 2"),
    ({"text": "<b><i>x</b></i>", "parse_mode": "HTML"}, '400 Bad Request: can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ({"text": "1 < 2", "parse_mode": "HTML"}, "400 Bad Request: can't parse entities: Unclosed start tag at byte offset 2"),
    ({"text": "<tg-time unix='1' format='q'>x</tg-time>", "parse_mode": "HTML"}, '400 Bad Request: can\'t parse entities: Invalid tag "tg-time" at byte offset 0'),
    ({"reply_markup": keyboard({"text": "x", "callback_data": "d" * 65})}, "400 Bad Request: BUTTON_DATA_INVALID"),
    ({"reply_markup": keyboard({"text": "x", "callback_data": ""})}, "400 Bad Request: BUTTON_DATA_INVALID"),
    ({"reply_markup": keyboard({"text": "x"})}, "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ({"reply_markup": keyboard(*[BUTTON] * 101)}, "400 Bad Request: reply markup is too long"),
    ({"reply_markup": keyboard({"text": "x", "url": "javascript:alert(1)"})}, "400 Bad Request: inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL"),
    ({"reply_markup": "{"}, "400 Bad Request: can't parse reply_markup JSON object"),
    ({"chat_id": 404}, "400 Bad Request: chat not found"),
    ({"chat_id": ""}, "400 Bad Request: chat_id is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("params", "refusal"), PROBES)
async def test_a_message_is_refused_in_telegrams_words(stage: Stage, params: dict[str, Any], refusal: str) -> None:
    assert await stage.refusal("sendMessage", **({"chat_id": stage.ana, "text": "hola"} | params)) == refusal


async def test_lengths_count_after_the_markup_in_utf16_units(stage: Stage) -> None:
    """4096 signs with tags around them fit; an emoji counts twice."""
    assert (await stage.sends(f"<b>{'x' * 4096}</b>", parse_mode="HTML"))["entities"][0]["length"] == 4096
    assert (await stage.sends("😀" * 2048))["text"] == "😀" * 2048


async def test_nobody_is_written_to_who_never_wrote_or_who_blocked(stage: Stage) -> None:
    assert (
        await stage.refusal("sendMessage", chat_id=stage.beto, text="hola")
        == "403 Forbidden: bot can't initiate conversation with a user"
    )
    stage.telegram.blocks(stage.ana)
    assert (
        await stage.refusal("sendMessage", chat_id=stage.ana, text="hola")
        == "403 Forbidden: bot was blocked by the user"
    )
    stage.telegram.unblocks(stage.ana)
    assert (await stage.sends())["text"] == "hola"


async def test_an_edit_must_change_something_that_is_there_and_ours(stage: Stage) -> None:
    sent = await stage.sends("uno", reply_markup=keyboard(BUTTON))
    place = {"chat_id": stage.ana, "message_id": sent["message_id"]}
    assert (await stage.refusal("editMessageText", **place, text="uno", reply_markup=keyboard(BUTTON))).startswith(
        "400 Bad Request: message is not modified"
    )
    assert (await stage.call("editMessageText", **place, text="dos"))["result"]["text"] == "dos"
    assert "reply_markup" not in stage.telegram.chats[stage.ana].messages[sent["message_id"]]
    assert (
        await stage.refusal("editMessageText", chat_id=stage.ana, message_id=999, text="x")
        == "400 Bad Request: message to edit not found"
    )
    assert (
        await stage.refusal("editMessageText", chat_id=stage.ana, message_id=1, text="x")
        == "400 Bad Request: message can't be edited"
    )


async def test_a_press_is_answered_once_and_only_if_it_was_one(stage: Stage) -> None:
    sent = await stage.sends(reply_markup=keyboard(BUTTON))
    press = stage.telegram.presses(stage.ana, sent["message_id"], 0, 0)
    assert (await stage.call("answerCallbackQuery", callback_query_id=press, text="hecho"))["ok"]
    assert stage.telegram.toasts_of(stage.ana) == [{"text": "hecho", "show_alert": False}]
    for old in (press, "12345"):
        assert (await stage.refusal("answerCallbackQuery", callback_query_id=old)).startswith(
            "400 Bad Request: query is too old"
        )


async def test_a_message_can_be_deleted_for_two_days(stage: Stage) -> None:
    sent = await stage.sends()
    stage.clock.jump(NOON + timedelta(hours=49))
    assert (
        await stage.refusal("deleteMessage", chat_id=stage.ana, message_id=sent["message_id"])
        == "400 Bad Request: message can't be deleted"
    )


async def test_more_than_a_burst_to_one_chat_gets_429_and_how_long_to_wait() -> None:
    stage = Stage(Limits())
    bodies = [await stage.call("sendMessage", chat_id=stage.ana, text=str(number)) for number in range(5)]
    assert [body["ok"] for body in bodies] == [True, True, True, False, False]
    assert bodies[-1]["error_code"] == 429
    assert bodies[-1]["parameters"]["retry_after"] >= 1


async def test_more_than_thirty_a_second_overall_gets_429() -> None:
    stage = Stage(Limits())
    people = [stage.telegram.joins(f"P{number}").id for number in range(40)]
    for person in people:
        stage.telegram.says(person, "/start")
    bodies = [await stage.call("sendMessage", chat_id=person, text="hola") for person in people]
    assert sum(body["ok"] for body in bodies) == 30


async def test_an_unknown_method_and_a_wrong_token(stage: Stage) -> None:
    assert await stage.refusal("sendTelepathy") == "404 Not Found"
    assert (await stage.telegram.call("2:wrong", "getMe", {})).body["error_code"] == 401


async def test_updates_come_until_they_are_confirmed(stage: Stage) -> None:
    first = (await stage.call("getUpdates"))["result"]
    assert (await stage.call("getUpdates"))["result"] == first
    assert (await stage.call("getUpdates", offset=first[-1]["update_id"] + 1))["result"] == []
    assert stage.telegram.updates_settled()


async def test_a_second_poller_ends_the_first_with_409(stage: Stage) -> None:
    async with asyncio.TaskGroup() as group:
        first = group.create_task(stage.call("getUpdates", offset=2, timeout=5))
        await asyncio.sleep(0.01)
        stage.telegram.says(stage.ana, "hola")
        second = group.create_task(stage.call("getUpdates", offset=2, timeout=0))
    assert {first.result().get("error_code"), second.result()["ok"]} <= {409, None, True}
    async with asyncio.TaskGroup() as group:
        early = group.create_task(stage.call("getUpdates", offset=3, timeout=5))
        await asyncio.sleep(0.01)
        late = group.create_task(stage.call("getUpdates", offset=3, timeout=0))
    assert early.result()["error_code"] == 409
    assert late.result()["ok"]


async def test_polling_beside_a_webhook_is_409(stage: Stage) -> None:
    await stage.call("setWebhook", url="https://example.org/hook")
    assert (await stage.refusal("getUpdates")).startswith(
        "409 Conflict: can't use getUpdates method while webhook is active"
    )


async def test_commands_are_kept_per_language_and_checked(stage: Stage) -> None:
    commands = [{"command": "sesiones", "description": "Las sesiones"}]
    await stage.call("setMyCommands", commands=commands, language_code="es")
    assert (await stage.call("getMyCommands", language_code="es"))["result"] == commands
    assert (await stage.call("getMyCommands", language_code="fr"))["result"] == []
    assert (
        await stage.refusal("setMyCommands", commands=[{"command": "Séance", "description": "x"}])
        == "400 Bad Request: BOT_COMMAND_INVALID"
    )


async def test_inline_answers_have_few_results_with_short_distinct_ids(stage: Stage) -> None:
    query = stage.telegram.asks_inline(stage.ana, "datos")
    many = [{"type": "article", "id": str(number)} for number in range(51)]
    assert (
        await stage.refusal("answerInlineQuery", inline_query_id=query, results=many)
        == "400 Bad Request: RESULTS_TOO_MUCH"
    )
    assert (
        await stage.refusal("answerInlineQuery", inline_query_id=query, results=[{"id": "x" * 65}])
        == "400 Bad Request: RESULT_ID_INVALID"
    )
    assert (await stage.call("answerInlineQuery", inline_query_id=query, results=many[:2]))["ok"]


async def test_faults_come_as_asked(stage: Stage) -> None:
    stage.telegram.fails("sendMessage", status=429, retry_after=7)
    assert await stage.refusal("sendMessage", chat_id=stage.ana, text="x") == "429 Too Many Requests: retry after 7"
    stage.telegram.fails("sendMessage", status=500, after_effect=True)
    with pytest.raises(LineCutError):
        await stage.sends("llegó")
    assert stage.telegram.chat(stage.ana)[-1].text == "llegó"
    stage.telegram.cut_line(cut=True)
    with pytest.raises(LineCutError):
        await stage.sends("no llegó")
    assert stage.telegram.chat(stage.ana)[-1].text == "llegó"


TAGS = st.sampled_from(["b", "i", "u", "s", "code", "blockquote", "tg-spoiler"])
MARKED = st.recursive(
    st.text(st.characters(exclude_characters="<&", exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=3)),
    max_leaves=12,
)


@given(MARKED)
def test_entities_lie_within_the_text(source: str) -> None:
    """Offsets and lengths are UTF-16 units of the text that is shown, whatever signs it holds."""
    parsed = parse_html(source)
    length = utf16_length(parsed.text)
    assert all(each["offset"] >= 0 and each["length"] > 0 for each in parsed.entities)
    assert all(each["offset"] + each["length"] <= length for each in parsed.entities)


@given(st.text())
def test_any_text_is_read_or_refused(source: str) -> None:
    """Never anything else than an answer or Telegram's refusal."""
    with contextlib.suppress(ParseError):
        assert parse_html(source).text == parse_html(source).text.strip()
