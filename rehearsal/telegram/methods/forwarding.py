"""The Bot API's methods that copy and forward messages."""

from rehearsal.telegram.keyboards import inline_part, reply_markup
from rehearsal.telegram.methods.sending import send, with_text
from rehearsal.telegram.params import Params
from rehearsal.telegram.people import People
from rehearsal.telegram.records import Json, refused

_OF_THE_CONTENT = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "location",
    "sticker",
    "voice",
)


def copy_message(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#copymessage says."""
    content = _content(_source(telegram, params, "message to copy"))
    if "caption" in params.values and "text" not in content:
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content |= with_text(telegram, "caption", "caption_entities", params.caption())
    return {"message_id": send(telegram, params, content | inline_part(reply_markup(params)))["message_id"]}


def forward_message(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#forwardmessage says."""
    message = _source(telegram, params, "message to forward")
    if message.get("has_protected_content"):
        raise refused("message has protected content and can't be forwarded")
    origin = {"type": "user", "sender_user": message["from"], "date": message["date"]}
    content = _content(message) | {"forward_origin": message.get("forward_origin", origin)}
    return send(telegram, params.replaced({"reply_markup": None}), content)


def _source(telegram: People, params: Params, what: str) -> Json:
    chat = telegram.find_chat(params.chat_id("from_chat_id"))
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise refused(f"{what} not found")
    return message


def _content(message: Json) -> Json:
    content = {key: message[key] for key in _OF_THE_CONTENT if key in message}
    if not content:
        raise refused("message can't be copied")
    return content


METHODS = {"copymessage": copy_message, "forwardmessage": forward_message}
