"""Reply markup, as strictly as Telegram takes it."""

from typing import Any

from rehearsal.params import Params
from rehearsal.records import ApiError, Chat, Json

_MOST_BUTTONS = 100
_LONGEST_DATA_BYTES = 64
_ACTIONS = {
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
}  # fmt: skip


def inline_keyboard(params: Params) -> Json | None:
    """The inline keyboard of a call; None for none or another kind. Raises ApiError 400."""
    markup = params.structure("reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise ApiError(400, "Bad Request: object expected as reply markup")
    if "inline_keyboard" not in markup:
        return None
    rows = [row for row in _rows(markup["inline_keyboard"]) if row]
    buttons = [button for row in rows for button in row]
    if len(buttons) > _MOST_BUTTONS:
        raise ApiError(400, "Bad Request: reply markup is too long")
    for button in buttons:
        _check(button)
    return {"inline_keyboard": rows} if rows else None


def _rows(rows: Any) -> list[list[Json]]:  # noqa: ANN401 - what a bot sent
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise ApiError(
            400, 'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    return rows


def _check(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise ApiError(400, 'Bad Request: can\'t parse inline keyboard button: field "text" must be non-empty')
    if len(_ACTIONS & button.keys()) != 1:
        raise ApiError(
            400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= _LONGEST_DATA_BYTES:
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    if "url" in button and not str(button["url"]).startswith(("http://", "https://", "tg://")):
        raise ApiError(400, f"Bad Request: inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def phone_keyboard(params: Params, chat: Chat, message_id: int) -> None:
    """Puts the phone's own keyboard under that message, or takes every one away."""
    markup = params.structure("reply_markup") or {}
    if markup.get("remove_keyboard"):
        chat.keyboards.clear()
    elif "keyboard" in markup:
        rows = [[each if isinstance(each, dict) else {"text": each} for each in row] for row in markup["keyboard"]]
        chat.keyboards.clear()
        chat.keyboards[message_id] = rows
