"""The Bot API's methods that change, delete and pin messages."""

from rehearsal.telegram.keyboards import inline_keyboard
from rehearsal.telegram.methods.sending import with_text
from rehearsal.telegram.params import Params
from rehearsal.telegram.people import People
from rehearsal.telegram.records import Chat, Json, refused

_DELETABLE_SECONDS = 48 * 3600
_MOST_DELETED = 100
_MEDIA = ("photo", "document")
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_text(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#editmessagetext says."""
    content = with_text(telegram, "text", "entities", params.words())
    message = _own(telegram, params)
    if "text" not in message:
        raise refused("there is no text in the message to edit")
    return _edit(telegram, message, content | inline_keyboard(params), ("text", "entities"))


def edit_caption(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#editmessagecaption says."""
    content = with_text(telegram, "caption", "caption_entities", params.caption())
    message = _own(telegram, params)
    if not any(kind in message for kind in _MEDIA):
        raise refused("there is no caption in the message to edit")
    return _edit(telegram, message, content | inline_keyboard(params), ("caption", "caption_entities"))


def edit_markup(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#editmessagereplymarkup says."""
    keyboard = inline_keyboard(params)
    return _edit(telegram, _own(telegram, params), keyboard, ())


def _own(telegram: People, params: Params) -> Json:
    if not params.text("chat_id") and not params.text("message_id"):
        inline = params.text("inline_message_id")
        raise refused("MESSAGE_ID_INVALID" if inline else "message identifier is not specified")
    _, message = _find_message(telegram, params, "message to edit")
    if message["from"]["id"] != telegram.me["id"] or "forward_origin" in message:
        raise refused("message can't be edited")
    return message


def _find_message(telegram: People, params: Params, what: str) -> tuple[Chat, Json]:
    chat = telegram.writable(params.chat_id())
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise refused(f"{what} not found")
    return chat, message


def _edit(telegram: People, message: Json, wanted: Json, replaced: tuple[str, ...]) -> Json:
    names = (*replaced, "reply_markup")
    if {name: message[name] for name in names if name in message} == wanted:
        raise refused(_SAME)
    for name in names:
        message.pop(name, None)
    message |= wanted | {"edit_date": telegram.unix()}
    telegram.changed("chat", message["chat"]["id"])
    return message


def delete_message(telegram: People, params: Params) -> bool:
    """Does what https://core.telegram.org/bots/api#deletemessage says."""
    if not params.text("chat_id"):
        raise refused("chat identifier is not specified")
    if not params.integer("message_id"):
        raise refused("message identifier is not specified")
    chat, message = _find_message(telegram, params, "message to delete")
    if not _deletable(telegram, message):
        raise refused("message can't be deleted")
    _forget(telegram, chat, [message["message_id"]])
    return True


def delete_messages(telegram: People, params: Params) -> bool:
    """Answers as https://core.telegram.org/bots/api#deletemessages says: those that cannot be found are skipped."""
    numbers = params.array("message_ids", "message identifiers")
    if not numbers:
        raise refused("message identifiers are not specified")
    if len(numbers) > _MOST_DELETED:
        raise refused("too many message identifiers specified")
    if not all(isinstance(each, int) and each > 0 for each in numbers):
        raise refused("invalid message identifier specified")
    chat = telegram.writable(params.chat_id())
    there = [chat.messages[number] for number in numbers if number in chat.messages]
    if not all(_deletable(telegram, message) for message in there):
        raise refused("message can't be deleted")
    _forget(telegram, chat, [message["message_id"] for message in there])
    return True


def _deletable(telegram: People, message: Json) -> bool:
    """Returns whether it may be deleted: for two days, and in a group only what the bot itself wrote."""
    own = message["from"]["id"] == telegram.me["id"] or message["chat"]["id"] > 0
    return own and telegram.unix() - int(message["date"]) <= _DELETABLE_SECONDS


def _forget(telegram: People, chat: Chat, numbers: list[int]) -> None:
    for number in numbers:
        chat.messages.pop(number, None)
        chat.keyboards.pop(number, None)
    chat.pinned = [each for each in chat.pinned if each in chat.messages]
    telegram.changed("chat", chat.id)


def pin(telegram: People, params: Params) -> bool:
    """Does what https://core.telegram.org/bots/api#pinchatmessage says."""
    chat, message = _find_message(telegram, params, "message to pin")
    number = message["message_id"]
    chat.pinned = [*(each for each in chat.pinned if each != number), number]
    telegram.changed("chat", chat.id)
    return True


def unpin(telegram: People, params: Params) -> bool:
    """Does what https://core.telegram.org/bots/api#unpinchatmessage says: without a number, the newest."""
    chat = telegram.writable(params.chat_id())
    number = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise refused("message to unpin not found")
    chat.pinned.remove(number)
    telegram.changed("chat", chat.id)
    return True


def unpin_all(telegram: People, params: Params) -> bool:
    """Answers as https://core.telegram.org/bots/api#unpinallchatmessages says."""
    telegram.writable(params.chat_id()).pinned.clear()
    return True


METHODS = {
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "pinchatmessage": pin,
    "unpinchatmessage": unpin,
    "unpinallchatmessages": unpin_all,
}
