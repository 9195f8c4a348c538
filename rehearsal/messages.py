"""The Bot API's methods that write, change and delete messages."""

from typing import Any

from rehearsal.keyboards import inline_keyboard, phone_keyboard
from rehearsal.params import Params
from rehearsal.people import People
from rehearsal.records import ApiError, Json, Upload

_DELETABLE_SECONDS = 48 * 3600
_TYPING_SECONDS = 5.0
_LARGEST = {"photo": 10 * 2**20, "document": 50 * 2**20}
_SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def send_message(telegram: People, params: Params) -> Json:
    """https://core.telegram.org/bots/api#sendmessage"""
    parsed = params.words("text", required=True)
    return _send(telegram, params, {"text": parsed.text} | _entities("entities", parsed.entities))


def send_document(telegram: People, params: Params) -> Json:
    """https://core.telegram.org/bots/api#senddocument"""
    return _send_file(telegram, params, "document")


def send_photo(telegram: People, params: Params) -> Json:
    """https://core.telegram.org/bots/api#sendphoto"""
    return _send_file(telegram, params, "photo")


def send_location(telegram: People, params: Params) -> Json:
    """https://core.telegram.org/bots/api#sendlocation"""
    place = {name: float(params.text(name)) for name in ("latitude", "longitude")}
    return _send(telegram, params, {"location": place})


def send_media_group(telegram: People, params: Params) -> list[Json]:
    """https://core.telegram.org/bots/api#sendmediagroup"""
    media = params.structure("media") or []
    if not 2 <= len(media) <= 10:  # noqa: PLR2004 - Telegram's numbers
        raise ApiError(400, "Bad Request: there must be from 2 to 10 items in the media group")
    sent = []
    for each in media:
        one = Params(params.values | {each["type"]: each["media"], "caption": each.get("caption", "")}, params.files)
        sent.append(_send_file(telegram, one, each["type"]))
    return sent


def _send_file(telegram: People, params: Params, kind: str) -> Json:
    parsed = params.words("caption", required=False)
    upload = params.upload(kind)
    stored = telegram.keep(upload) if isinstance(upload, Upload) else _known(telegram, upload)
    if stored["file_size"] > _LARGEST[kind]:
        raise ApiError(413, "Request Entity Too Large")
    content: Json = {kind: [stored | {"width": 90, "height": 90}] if kind == "photo" else _document(telegram, stored)}
    if parsed.text:
        content |= {"caption": parsed.text} | _entities("caption_entities", parsed.entities)
    return _send(telegram, params, content)


def _document(telegram: People, stored: Json) -> Json:
    upload = telegram.files[stored["file_id"]]
    return stored | {"file_name": upload.name, "mime_type": upload.kind}


def _known(telegram: People, file_id: str) -> Json:
    if file_id not in telegram.files:
        raise ApiError(400, "Bad Request: wrong file identifier/HTTP URL specified")
    return {"file_id": file_id, "file_unique_id": file_id, "file_size": len(telegram.files[file_id].content)}


def _entities(name: str, entities: tuple[Json, ...]) -> Json:
    return {name: [dict(each) for each in entities]} if entities else {}


def _send(telegram: People, params: Params, content: Json) -> Json:
    chat_id = params.chat_id()
    chat = telegram.writable(chat_id)
    keyboard = inline_keyboard(params)
    telegram.limiter.pass_or_refuse(chat_id)
    chat.typing_until = 0.0
    message = telegram.add_message(
        chat_id, content | ({"reply_markup": keyboard} if keyboard else {}), telegram.sender()
    )
    phone_keyboard(params, chat, message["message_id"])
    return message


def edit_text(telegram: People, params: Params) -> Json:
    """https://core.telegram.org/bots/api#editmessagetext"""
    parsed = params.words("text", required=True)
    return _edit(telegram, params, {"text": parsed.text} | _entities("entities", parsed.entities), ("text", "entities"))


def edit_caption(telegram: People, params: Params) -> Json:
    """https://core.telegram.org/bots/api#editmessagecaption"""
    parsed = params.words("caption", required=False)
    names = ("caption", "caption_entities")
    return _edit(telegram, params, {"caption": parsed.text} | _entities("caption_entities", parsed.entities), names)


def edit_markup(telegram: People, params: Params) -> Json:
    """https://core.telegram.org/bots/api#editmessagereplymarkup"""
    return _edit(telegram, params, {}, ())


def _edit(telegram: People, params: Params, content: Json, replaced: tuple[str, ...]) -> Json:
    message = _own(telegram, params, "edit")
    if "text" in replaced and "text" not in message:
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    keyboard = inline_keyboard(params)
    wanted = content | ({"reply_markup": keyboard} if keyboard else {})
    names = (*replaced, "reply_markup")
    if {name: message[name] for name in names if name in message} == wanted:
        raise ApiError(400, _SAME)
    for name in names:
        message.pop(name, None)
    message |= wanted | {"edit_date": telegram.unix()}
    telegram.changed("chat", message["chat"]["id"])
    return message


def _own(telegram: People, params: Params, what: str) -> Json:
    chat = telegram.writable(params.chat_id())
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise ApiError(400, f"Bad Request: message to {what} not found")
    if message["from"]["id"] != telegram.me["id"]:
        raise ApiError(400, f"Bad Request: message can't be {what}ed")
    return message


def delete_message(telegram: People, params: Params) -> bool:
    """https://core.telegram.org/bots/api#deletemessage"""
    chat = telegram.writable(params.chat_id())
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise ApiError(400, "Bad Request: message to delete not found")
    if telegram.unix() - message["date"] > _DELETABLE_SECONDS:
        raise ApiError(400, "Bad Request: message can't be deleted")
    del chat.messages[message["message_id"]]
    telegram.changed("chat", chat.id)
    return True


def copy_message(telegram: People, params: Params) -> Json:
    """https://core.telegram.org/bots/api#copymessage"""
    source = telegram.chats.get(params.integer("from_chat_id"))
    message = source.messages.get(params.integer("message_id")) if source else None
    if message is None:
        raise ApiError(400, "Bad Request: message to copy not found")
    kept = {
        key: value for key, value in message.items() if key not in {"message_id", "date", "chat", "from", "edit_date"}
    }
    return {"message_id": _send(telegram, params, kept)["message_id"]}


def forward_message(telegram: People, params: Params) -> Json:
    """https://core.telegram.org/bots/api#forwardmessage"""
    copied: Any = copy_message(telegram, params)
    message = telegram.chats[params.chat_id()].messages[copied["message_id"]]
    message["forward_origin"] = {"type": "hidden_user", "sender_user_name": "Alguien", "date": telegram.unix()}
    return message


def send_chat_action(telegram: People, params: Params) -> bool:
    """https://core.telegram.org/bots/api#sendchataction"""
    chat = telegram.writable(params.chat_id())
    chat.typing_until = telegram.seconds() + _TYPING_SECONDS
    telegram.changed("typing", chat.id)
    return True


METHODS = {
    "sendmessage": send_message,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "sendlocation": send_location,
    "sendmediagroup": send_media_group,
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete_message,
    "copymessage": copy_message,
    "forwardmessage": forward_message,
    "sendchataction": send_chat_action,
}
