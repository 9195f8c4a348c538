"""Whatever a bot sends, Telegram answers: an envelope with a result or with a refusal, never a crash."""

import asyncio
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rehearsal.telegram.telegram import _METHODS, Upload
from tests.support.telegram.rehearsal_stage import PIXEL, Stage

CHATS = [1_000_001, 1_000_002, 404, "1000001", "--5", "@x", "-", "٣", "9" * 5000, 1e300, True]
NAMES = st.sampled_from([
    "chat_id", "from_chat_id", "user_id", "text", "parse_mode", "entities", "caption", "caption_entities",
    "reply_markup", "reply_parameters", "message_id", "message_ids", "media", "document", "photo", "file_id",
    "latitude", "longitude", "action", "commands", "scope", "language_code", "name", "menu_button", "results",
    "inline_query_id", "callback_query_id", "button", "url", "secret_token", "allowed_updates", "offset", "limit",
    "show_alert", "max_connections", "next_offset", "description",
])  # fmt: skip
KEYS = st.sampled_from([
    "type", "text", "id", "title", "offset", "length", "url", "user", "unix_time", "date_time_format", "command",
    "description", "inline_keyboard", "keyboard", "callback_data", "chat_id", "user_id", "media", "message_id",
    "input_message_content", "message_text", "language", "style", "remove_keyboard", "start_parameter", "web_app",
])  # fmt: skip
WORDS = st.sampled_from([
    "", "x", "HTML", "<b>x</b>", "<", "bold", "text_link", "date_time", "text_mention", "pre", "article", "photo",
    "document", "chat", "default", "attach://f", "typing", "https://example.org", "es", "1", "2", "-1", "\ud800", "[]",
    "[[]]", "{}", "[", "NaN", "1e999", "nan",
])  # fmt: skip
PLAIN = (
    st.none() | st.booleans() | st.integers(-3, 5) | st.sampled_from(CHATS) | st.floats() | WORDS | st.text(max_size=5)
)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=15
)
USUAL: dict[str, Any] = {"chat_id": 1_000_001, "from_chat_id": 1_000_001, "text": "x", "message_id": 2}
FILES = {"f": Upload("f.png", PIXEL), "document": Upload("x", b"x")}


def answered(method: str, params: dict[str, object]) -> None:
    stage = Stage()

    async def call() -> None:
        await stage.sends("<b>hola</b>", parse_mode="HTML")
        stage.telegram.forges_press(stage.ana, 2, "x")
        stage.telegram.asks_inline(stage.ana, "x")
        body = await stage.call(method, FILES, **params)
        assert body["ok"] is True or (body["ok"] is False and body["error_code"] >= 400 and body["description"])
        json.dumps(body, allow_nan=False).encode()
        stage.telegram.chat(stage.ana)
        json.dumps(stage.telegram.calls[-1].params)

    asyncio.run(call())


@settings(max_examples=settings().max_examples * 4)
@given(st.sampled_from(sorted(_METHODS)), st.dictionaries(NAMES, VALUES, max_size=8))
def test_any_call_gets_an_envelope(method: str, params: dict[str, object]) -> None:
    answered(method, USUAL | params)
