"""The Bot API's methods about chats and who is in them."""

from rehearsal.telegram.params import Params
from rehearsal.telegram.people import People
from rehearsal.telegram.records import Json, refused


def get_chat(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#getchat says."""
    chat = telegram.find_chat(params.chat_id())
    about = {
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    pinned = {"pinned_message": chat.messages[chat.pinned[-1]]} if chat.pinned else {}
    return telegram.chat_json(chat.id) | about | pinned


_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_member(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#getchatmember says."""
    chat = telegram.find_chat(params.chat_id())
    number = params.integer("user_id")
    if number <= 0:
        raise refused("invalid user_id specified")
    if number != telegram.me["id"] and number not in telegram.users:
        raise refused("PARTICIPANT_ID_INVALID")
    if chat.members_hidden and number != telegram.me["id"]:  # the bot administers no group
        raise refused("CHAT_ADMIN_REQUIRED")
    status = "member" if chat.id > 0 and number in {chat.id, telegram.me["id"]} else chat.members.get(number, "left")
    return telegram.member_json(number, status)


def get_administrators(telegram: People, params: Params) -> list[Json]:
    """Answers as https://core.telegram.org/bots/api#getchatadministrators says: no other bots."""
    chat = telegram.find_chat(params.chat_id())
    if chat.id > 0:
        raise refused("there are no administrators in the private chat")
    return [telegram.member_json(number, "creator") for number, status in chat.members.items() if status == "creator"]


def count_members(telegram: People, params: Params) -> int:
    """Does what https://core.telegram.org/bots/api#getchatmembercount says."""
    chat = telegram.find_chat(params.chat_id())
    return sum(status in {"creator", "member"} for status in chat.members.values()) if chat.id < 0 else 2


def leave(telegram: People, params: Params) -> bool:
    """Does what https://core.telegram.org/bots/api#leavechat says."""
    chat = telegram.find_chat(params.chat_id())
    if chat.id > 0:
        raise refused("chat member status can't be changed in private chats")
    chat.members[telegram.me["id"]] = "left"
    telegram.changed("chat", chat.id)
    return True


METHODS = {
    "getchat": get_chat,
    "getchatmember": get_member,
    "getchatadministrators": get_administrators,
    "getchatmembercount": count_members,
    "leavechat": leave,
}
