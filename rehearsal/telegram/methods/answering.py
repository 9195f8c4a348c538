"""The Bot API's methods that answer button presses and inline queries."""

import re
from typing import Any

from rehearsal.telegram.keyboards import checked_markup
from rehearsal.telegram.methods.sending import with_text
from rehearsal.telegram.params import Params
from rehearsal.telegram.people import People
from rehearsal.telegram.records import ApiError, Json, refused
from rehearsal.telegram.text.formatting import utf16_length
from rehearsal.telegram.text.links import checked_link

_PRESS_SECONDS = 15.0
_INLINE_SECONDS = 10.0
_LONGEST_TOAST = 200
_MOST_RESULTS, _LONGEST_RESULT_ID_BYTES, _LONGEST_OFFSET_BYTES = 50, 64, 64
_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_OLD = "query is too old and response timeout expired or query ID is invalid"
_KINDS = {
    "article", "audio", "contact", "document", "gif", "location", "mpeg4_gif", "photo", "sticker", "venue", "video",
    "voice", "game",
}  # fmt: skip


def answer_press(telegram: People, params: Params) -> bool:
    """Does what https://core.telegram.org/bots/api#answercallbackquery says: once a press, and soon."""
    query = telegram.queries.get(params.text("callback_query_id"))
    if query is None or query["answer"] is not None or telegram.seconds() - query["at"] > _PRESS_SECONDS:
        raise refused(_OLD)
    if utf16_length(params.text("text")) > _LONGEST_TOAST:
        raise refused("MESSAGE_TOO_LONG")
    url = params.text("url")
    if url and not url.startswith(f"t.me/{telegram.me['username']}?start=") and checked_link(url) is None:
        raise refused("URL_INVALID")
    shown: Json = {"text": params.text("text"), "show_alert": params.flag("show_alert")} | ({"url": url} if url else {})
    query["answer"] = shown
    if shown["text"]:
        telegram.toasts.setdefault(query["user"], []).append(shown)
    telegram.changed("toast", query["user"])
    return True


def answer_inline(telegram: People, params: Params) -> bool:
    """Does what https://core.telegram.org/bots/api#answerinlinequery says."""
    results = params.array("results", "inline query results")
    if len(results) > _MOST_RESULTS:
        raise refused("too many inline query results specified")
    checked = [_result(telegram, each) for each in results]
    ids = [str(each["id"]) for each in checked]
    if any(not 1 <= len(each.encode()) <= _LONGEST_RESULT_ID_BYTES for each in ids):
        raise refused("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise refused("RESULT_ID_DUPLICATE")
    if len(params.text("next_offset").encode()) > _LONGEST_OFFSET_BYTES:
        raise refused("NEXT_OFFSET_INVALID")
    button = _start_button(params.structure("button", called="inline query results button"))
    query = telegram.inline.get(params.text("inline_query_id"))
    if query is None or query["answer"] is not None or telegram.seconds() - query["at"] > _INLINE_SECONDS:
        raise refused(_OLD)
    query["answer"] = {"results": checked, "next_offset": params.text("next_offset"), "button": button}
    telegram.changed("inline", query["user"])
    return True


def _result(telegram: People, given: Any) -> Json:  # noqa: ANN401 - what a bot sent
    """Reads one result, its text parsed. Raises ApiError 400."""
    if not isinstance(given, dict):
        raise refused("can't parse inline query result: Inline query result must be an object")
    kind = str(given.get("type", "")).lower()
    for name in ("type", "id", "title") if kind == "article" else ("type", "id"):
        if not isinstance(given.get(name), str):
            raise refused(f"can't parse inline query result: Can't find field \"{name}\"")
    if kind not in _KINDS:
        raise refused(f'can\'t parse inline query result: type "{kind}" is unsupported for the inline query result')
    return given | {"type": kind, "message": _message(telegram, given)}


def _message(telegram: People, result: Json) -> Json:
    """Returns what is sent into the chat when that result is picked."""
    content = result.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        if result["type"].lower() == "article":
            raise refused("can't parse inline query result: Input message content is not specified")
        return {}
    written = Params(content | {"text": content["message_text"]}, {})
    markup = result.get("reply_markup")
    shown = checked_markup(markup, private=False) if isinstance(markup, dict) else None
    try:
        message = with_text(telegram, "text", "entities", written.words())
    except ApiError as error:
        words = error.description.removeprefix("Bad Request: ")
        raise refused(f"can't parse inline query result: {words[0].upper()}{words[1:]}") from None
    return message | ({"reply_markup": shown} if shown else {})


def _start_button(given: Any) -> Json | None:  # noqa: ANN401 - what a bot sent
    if given is None:
        return None
    if not isinstance(given, dict):
        raise refused("can't parse inline query results button: InlineQueryResultsButton must be an Object")
    if not isinstance(given.get("text"), str):
        raise refused("can't parse inline query results button: Can't find field \"text\"")
    if ("start_parameter" in given) == ("web_app" in given):
        raise refused(
            "can't parse inline query results button: InlineQueryResultsButton must have exactly one optional field"
        )
    if "start_parameter" in given and not _PARAMETER.fullmatch(str(given["start_parameter"])):
        raise refused("START_PARAM_INVALID")
    return given


METHODS = {"answercallbackquery": answer_press, "answerinlinequery": answer_inline}
