"""The Bot API's methods that write messages of text and places, and what every new message has in common."""

from rehearsal.telegram.keyboards import inline_part, reply_markup, show_phone_keyboard
from rehearsal.telegram.params import Params
from rehearsal.telegram.people import People
from rehearsal.telegram.records import Chat, Json, refused
from rehearsal.telegram.text.formatting import Parsed

_TYPING_SECONDS = 5.0
_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "record_audio",
    "upload_audio", "upload_document", "choose_sticker", "find_location", "pick_up_location", "record_video_note",
    "upload_video_note", "cancel",
}  # fmt: skip
_NORTHERNMOST, _EASTERNMOST = 90.0, 180.0


def send_message(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#sendmessage says."""
    return send(telegram, params, with_text(telegram, "text", "entities", params.words()))


def send_location(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#sendlocation says."""
    latitude, longitude = (_degrees(params, name) for name in ("latitude", "longitude"))
    if not (abs(latitude) <= _NORTHERNMOST and abs(longitude) <= _EASTERNMOST):  # what is no number lies nowhere, too
        raise refused("invalid location specified")
    return send(telegram, params, {"location": {"latitude": latitude, "longitude": longitude}})


def _degrees(params: Params, name: str) -> float:
    text = params.text(name).strip()
    if not text:
        raise refused(f"{name} is empty")
    try:
        return float(text)
    except ValueError:
        return 0.0  # as Telegram reads what is no number


def send_chat_action(telegram: People, params: Params) -> bool:
    """Does what https://core.telegram.org/bots/api#sendchataction says."""
    action = params.text("action").lower()
    if action not in _ACTIONS:
        raise refused("wrong parameter action in request")
    chat = telegram.writable(params.chat_id())
    chat.typing_until = 0.0 if action == "cancel" else telegram.seconds() + _TYPING_SECONDS
    telegram.changed("typing", chat.id)
    return True


def with_text(telegram: People, name: str, entities: str, parsed: Parsed) -> Json:
    """Returns the part of a message that is its text or caption; empty where there is none."""
    kept = [each for each in map(telegram.introduced, parsed.entities) if each is not None]
    return ({name: parsed.text} if parsed.text else {}) | ({entities: kept} if kept else {})


def send(telegram: People, params: Params, content: Json) -> Json:
    """Sends a new message of the bot's. Raises ApiError 400, 403 and 429."""
    return send_all(telegram, params, [content])[0]


def send_all(telegram: People, params: Params, contents: list[Json]) -> list[Json]:
    """Sends several at once, or none."""
    markup = reply_markup(params)
    chat = telegram.writable(params.chat_id())
    shared = _topic(params, chat) | _answered(params, chat)
    shared |= {"has_protected_content": True} if params.flag("protect_content") else {}
    telegram.limiter.pass_or_refuse(chat.id, len(contents), paid=params.flag("allow_paid_broadcast"))
    chat.typing_until = 0.0
    sent = [telegram.add_message(chat.id, shared | each | inline_part(markup), telegram.sender()) for each in contents]
    show_phone_keyboard(markup, chat, sent[-1]["message_id"])
    return sent


def _topic(params: Params, chat: Chat) -> Json:
    """Returns the topic of a forum that it is for. Raises ApiError 400 for one that takes nothing.

    "General" has no number: 1 is refused. Source: https://github.com/tdlib/telegram-bot-api/issues/472 and 798
    """
    number = params.integer("message_thread_id")
    if not number:
        return {}
    topic = chat.topics.get(number)
    if topic is None:
        raise refused("message thread not found")
    if topic.closed:
        raise refused("TOPIC_CLOSED")
    return {"message_thread_id": number, "is_topic_message": True}


def _answered(params: Params, chat: Chat) -> Json:
    """Returns the message that this one answers. Raises ApiError 400 where it is not there."""
    given = params.structure("reply_parameters", called="reply parameters")
    if given is not None and not isinstance(given, dict):
        raise refused("object expected as reply parameters")
    asked = Params(given or {"message_id": params.values.get("reply_to_message_id")}, {})
    number = asked.integer("message_id")
    message = chat.messages.get(number)
    if message is not None:
        return {"reply_to_message": {key: value for key, value in message.items() if key != "reply_to_message"}}
    if number > 0 and not (asked.flag("allow_sending_without_reply") or params.flag("allow_sending_without_reply")):
        raise refused("message to be replied not found")
    return {}


METHODS = {"sendmessage": send_message, "sendlocation": send_location, "sendchataction": send_chat_action}
