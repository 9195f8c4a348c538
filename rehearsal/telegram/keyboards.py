"""Reply markup, as strictly as Telegram takes it."""

from collections.abc import Callable
from typing import Any

from rehearsal.telegram.params import Params
from rehearsal.telegram.records import Chat, Json, refused
from rehearsal.telegram.text.links import checked_link, linked_user

_MOST_BUTTONS = 100
_LONGEST_DATA_BYTES = 64
_LONGEST_PLACEHOLDER = 64
_STYLES = {"", "default", "primary", "danger", "success"}
_ACTIONS = {
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
}  # fmt: skip
_REQUESTS = {
    "request_location": "location", "request_contact": "phone number", "request_poll": "poll",
    "request_users": "users", "request_chat": "chats", "web_app": "web App",
}  # fmt: skip


def reply_markup(params: Params) -> Json | None:
    """Returns the markup of a call, whole and checked; None for none. Raises ApiError 400 in Telegram's words."""
    markup = params.structure("reply_markup", called="reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise refused("object expected as reply markup")
    return checked_markup(markup, private=params.integer("chat_id") > 0)


def checked_markup(markup: Json, *, private: bool) -> Json | None:
    """Returns the same for markup that came inside something else."""
    phone = _rows(markup, "keyboard", _phone_button)
    inline = _rows(markup, "inline_keyboard", _inline_button)
    if sum(map(len, inline)) > _MOST_BUTTONS:
        raise refused("reply markup is too long")
    if phone:
        for button in (each for row in phone for each in row):
            _refuse_outside_private_chats(button, private=private)
        return {**markup, "keyboard": phone}
    if inline:
        return {"inline_keyboard": inline}
    if len(str(markup.get("input_field_placeholder") or "")) > _LONGEST_PLACEHOLDER:
        raise refused("reply markup is too long")
    return markup if markup.get("remove_keyboard") or markup.get("force_reply") else None


def inline_part(markup: Json | None) -> Json:
    """Returns what a message keeps of its markup: an inline keyboard is part of it, a phone's own is not."""
    return {"reply_markup": markup} if markup is not None and "inline_keyboard" in markup else {}


def inline_keyboard(params: Params) -> Json:
    """Returns the inline keyboard for an edit, as part of a message. Raises ApiError 400 for any other markup."""
    markup = reply_markup(params)
    if markup is not None and "inline_keyboard" not in markup:
        raise refused("inline keyboard expected")
    return inline_part(markup)


def _rows(markup: Json, name: str, checked: Callable[[Any], Json]) -> list[list[Json]]:
    rows = markup.get(name)
    if rows is None:
        return []
    whole = f'"{name}" of the InlineKeyboardMarkup' if name == "inline_keyboard" else f'"{name}"'
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise refused(f"field {whole} must be an Array of Arrays")
    read = [[checked(button) for button in row] for row in rows]
    return [row for row in read if row]


def _labelled(button: Any, kind: str) -> Json:  # noqa: ANN401 - what a bot sent
    if not isinstance(button, dict):
        raise refused(f"can't parse {kind} button: {_EXPECTED[kind]}")
    if not isinstance(button.get("text"), str):
        raise refused(f"can't parse {kind} button: Can't find field \"text\"")
    if not button["text"].strip():
        raise refused(f"{kind} button text must be non-empty")
    if str(button.get("style") or "").lower() not in _STYLES:
        raise refused(f"can't parse {kind} button: invalid button style specified")
    return button


_EXPECTED = {
    "inline keyboard": "InlineKeyboardButton must be an Object",
    "keyboard": "KeyboardButton must be a String or an Object",
}


def _inline_button(given: Any) -> Json:  # noqa: ANN401 - what a bot sent
    button = _labelled(given, "inline keyboard")
    actions = [
        name for name in button if name in _ACTIONS and (button[name] or name.startswith(("switch", "callback_g")))
    ]
    if not actions:
        raise refused("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # Telegram would take one of them in silence; its manual says "exactly one", and a rehearsal is for finding out.
        raise refused(f"can't parse inline keyboard button: exactly one of {', '.join(actions)} may be used")
    if actions == ["callback_data"]:
        if not isinstance(button["callback_data"], str):
            raise refused('can\'t parse inline keyboard button: field "callback_data" must be of type String')
        if len(button["callback_data"].encode()) > _LONGEST_DATA_BYTES:
            raise refused("BUTTON_DATA_INVALID")
    return {**button, "url": _link(str(button["url"]))} if actions == ["url"] else button


def _link(url: str) -> str:
    if linked_user(url) is not None:
        return url
    checked = checked_link(url)
    if checked is None:
        raise refused(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return checked


def _phone_button(given: Any) -> Json:  # noqa: ANN401 - what a bot sent
    return _labelled({"text": given} if isinstance(given, str) else given, "keyboard")


def _refuse_outside_private_chats(button: Json, *, private: bool) -> None:
    asked = next((words for name, words in _REQUESTS.items() if button.get(name)), None)
    if asked is not None and not private:
        raise refused(f"{asked} can be requested in private chats only")


def show_phone_keyboard(markup: Json | None, chat: Chat, message_id: int) -> None:
    """Puts the phone's own keyboard under that message, or takes every one away."""
    if markup is None:
        return
    if markup.get("remove_keyboard"):
        chat.keyboards.clear()
    elif "keyboard" in markup:
        chat.keyboards.clear()
        chat.keyboards[message_id] = markup["keyboard"]
