"""Fetches updates, and parses each into an IncomingMessage; one that cannot be read takes no other with it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot, Chat, ChatMember, Message, MessageOriginUser, Update
from telegram.error import TelegramError
from telegram.request import BaseRequest

from telegram_io.incoming import IncomingMessage, ReplyTarget

_log = structlog.get_logger(__name__)

# With accents, too: Telegram makes no command of "/séances" (only "/s"), but people type it as one.
_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
# What Telegram never exceeds, and our tables need not either.
# Source: https://core.telegram.org/bots/api#user (52 bits), #sendmessage (4096 signs)
_LARGEST_NUMBER, _LONGEST = 2**52, 4096
_LARGEST_UPDATE = 2**63  # what the inbox can keep


@dataclass(frozen=True, slots=True)
class ReceivedUpdate:
    """An update and the JSON that it came as.

    The JSON is what is kept: PTB would write it anew, lose what it does not know, and fail for some moments.
    """

    update: Update
    raw: str

    @property
    def update_id(self) -> int:
        """Telegram's number of the update."""
        return self.update.update_id

    @property
    def lane(self) -> int:
        """The chat, else the person, whose updates are handled one after the other; 0 where there is neither."""
        for whose in (self.update.effective_chat, self.update.effective_user):
            # What comes with anything but a number belongs to nobody; it must not stay for ever for that.
            if whose is not None and isinstance(whose.id, int) and abs(whose.id) < _LARGEST_NUMBER:
                return whose.id
        return 0


def read_update(fields: Mapping[str, Any], bot: Bot, raw: str | None = None) -> ReceivedUpdate:
    """Reads an update, of which `raw` is the JSON; one of an unknown shape becomes a bare number and asks nothing.

    Raises KeyError for one without a number.
    """
    raw = raw or json.dumps(fields)  # before PTB takes it apart; signs that no database takes become JSON's escapes
    try:
        update = Update.de_json(dict(fields), bot)
        update.effective_chat, update.effective_user  # noqa: B018 - looks into the parts, as handling it will
    except Exception as error:
        number = int(fields["update_id"])
        # Its words must not get into a log, and PTB's error may quote them.
        _log.warning("an update that cannot be read", update=number, error=type(error).__name__)
        update = Update(number)
    return ReceivedUpdate(update, raw)


class UpdateFetcher:
    """Fetches updates by getUpdates.

    Bot.get_updates() reads all or none: a single update of a shape that PTB does not know would be fetched again and
    again for a day, together with everything that came after it, and be written whole into the log.
    """

    def __init__(self, bot: Bot, request: BaseRequest) -> None:
        self._bot = bot
        self._updates_request = request

    async def fetch(
        self, offset: int | None = None, *, wait_seconds: int = 0, allowed_updates: Sequence[str] = ()
    ) -> tuple[ReceivedUpdate, ...]:
        """Returns what waits, after `wait_seconds` at most. Raises PTB's errors.

        Source: https://core.telegram.org/bots/api#getupdates
        """
        asked: dict[str, object] = {"timeout": wait_seconds, "allowed_updates": json.dumps(list(allowed_updates))}
        if offset is not None:
            asked["offset"] = offset
        url = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        answer_within = (self._updates_request.read_timeout or 0) + wait_seconds
        found = await self._updates_request.post(url, read_timeout=answer_within)
        if not isinstance(found, list):
            return ()
        usable = [each for each in found if _has_number(each)]
        if found and not usable:  # they would come again at once, without an end
            raise TelegramError("updates without a usable number")
        return tuple(read_update(each, self._bot) for each in usable)


def _has_number(fields: object) -> bool:
    number = fields.get("update_id") if isinstance(fields, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < _LARGEST_UPDATE


def parse_update(update: Update, username: str) -> IncomingMessage:
    """Returns what the update says to the bot of that username; kind "nothing" where it asks for nothing.

    An update that cannot be understood asks for nothing, and stops nobody.
    """
    target = ReplyTarget()
    try:
        target = _reply_target(update)
        return replace(_in_bounds(_parse(update, username)), reply_to=target)
    except Exception:
        _log.exception("an update of an unknown shape", update=update.update_id)
        return IncomingMessage(update.update_id, "nothing", reply_to=target)


def _reply_target(update: Update) -> ReplyTarget:
    chat, press, inline = update.effective_chat, update.callback_query, update.inline_query
    return ReplyTarget(
        chat_id=chat.id if chat is not None else None,
        callback_query_id=press.id if press is not None else None,
        message_id=press.message.message_id if press is not None and press.message is not None else None,
        inline_query_id=inline.id if inline is not None else None,
        topic=_topic(update),
    )


def _topic(update: Update) -> int | None:
    """Returns the forum's topic; a reply elsewhere has a thread, too, in which nothing can be sent.

    Source: https://github.com/tdlib/telegram-bot-api/issues/356
    """
    message = update.effective_message
    return message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None


def _in_bounds(parsed: IncomingMessage) -> IncomingMessage:
    if not (abs(parsed.telegram_id) < _LARGEST_NUMBER and abs(parsed.chat_id) < _LARGEST_NUMBER):
        return IncomingMessage(parsed.update_id, "nothing")
    return replace(parsed, words=_clean(parsed.words), rest=_clean(parsed.rest), name=_clean(parsed.name))


def _clean(words: str) -> str:
    """Removes what no database takes (zero bytes, halves of signs), and cuts it at a message's length."""
    return words[:_LONGEST].replace("\0", "").encode("utf-8", "ignore").decode()


def _parse(update: Update, username: str) -> IncomingMessage:
    number, user, chat = update.update_id, update.effective_user, update.effective_chat
    if user is not None and update.inline_query is not None:
        return IncomingMessage(number, "inline", user.id, user.language_code, update.inline_query.query)
    if user is None or chat is None or _is_a_bots_talk(update):
        return IncomingMessage(number, "nothing")
    who: dict[str, Any] = {"telegram_id": user.id, "phone_language": user.language_code, "name": user.full_name}
    who["sent_at"] = update.message.date if update.message is not None else None
    if chat.type != Chat.PRIVATE:
        anonymous = _is_anonymous_administrator(update)
        return _in_group(update, username, who | {"chat_id": chat.id, "administrator": anonymous})
    return _in_private(update, number, who)


def _in_private(update: Update, number: int, who: dict[str, Any]) -> IncomingMessage:
    if update.my_chat_member is not None:
        return IncomingMessage(number, "blocked" if _out(update.my_chat_member.new_chat_member) else "unblocked", **who)
    if update.callback_query is not None:
        return IncomingMessage(number, "press", words=update.callback_query.data or "", **who)
    if update.edited_message is not None:
        return _edited(update.edited_message, number, who)
    return _message(update.message, number, who) if update.message is not None else IncomingMessage(number, "nothing")


def _edited(said: Message, number: int, who: dict[str, Any]) -> IncomingMessage:
    """Returns a message for words that were changed; a moving position or a text under a picture has no new words."""
    read = _message(said, number, who | {"sent_at": said.edit_date or said.date})
    return replace(read, edited=True) if read.kind in {"words", "command"} else IncomingMessage(number, "nothing")


def _is_a_bots_talk(update: Update) -> bool:
    """Returns whether another bot wrote it.

    Not an anonymous administrator's, whom Telegram shows as a bot, nor our coming and going.
    """
    user = update.effective_user
    ours = update.my_chat_member is not None or _is_anonymous_administrator(update)
    return user is not None and user.is_bot and not ours


def _out(member: ChatMember) -> bool:
    return member.status in {ChatMember.BANNED, ChatMember.LEFT}


def _is_anonymous_administrator(update: Update) -> bool:
    """Returns whether somebody who administers the group speaks in its name."""
    said = update.message
    return said is not None and said.sender_chat is not None and said.sender_chat.id == said.chat.id


def _message(said: Message, number: int, who: dict[str, Any]) -> IncomingMessage:
    if said.via_bot is not None:
        return IncomingMessage(number, "nothing")  # one of our own cards, sent here
    who |= {"said_at": said.date, "message_id": said.message_id, "forwarded": _is_anothers(said)}
    if said.location is not None:
        position = (said.location.latitude, said.location.longitude)
        return IncomingMessage(number, "location", position=position, **who)
    if said.text is None:
        media = _media(said)
        size = said.document.file_size if said.document is not None else None
        shown = _formatted(said) if media else ""
        return IncomingMessage(number, "other", html=shown, media=media, file_size=size, **who)
    if match := _COMMAND.fullmatch(said.text):
        return IncomingMessage(number, "command", words=match[1], rest=(match[3] or "").strip(), **who)
    return IncomingMessage(number, "words", words=said.text, html=_formatted(said), **who)


def _is_anothers(said: Message) -> bool:
    """Returns whether it was forwarded, and not from what they wrote themselves."""
    origin = said.forward_origin
    own = isinstance(origin, MessageOriginUser) and said.from_user is not None and origin.sender_user == said.from_user
    return origin is not None and not own


def _formatted(said: Message) -> str:
    """Returns their text with its formatting, as Telegram's HTML; plain where PTB cannot count its signs."""
    try:
        return (said.text_html if said.text is not None else said.caption_html) or ""  # PTB: None without a caption
    except UnicodeError:
        return escape(said.text or said.caption or "", quote=False)


def _media(said: Message) -> tuple[str, str] | None:
    """Returns a picture in its largest size, or a file."""
    if said.photo:
        return "photo", said.photo[-1].file_id
    # An animation comes as a document, too; it is sent on as one.
    return ("document", said.document.file_id) if said.document is not None else None


def _in_group(update: Update, username: str, who: dict[str, Any]) -> IncomingMessage:
    """Reads only what is for the bot; other talk in a group is not read."""
    number, said, change = update.update_id, update.message, update.my_chat_member
    if change is not None and change.chat.type != Chat.CHANNEL:
        if _out(change.new_chat_member):
            return IncomingMessage(number, "removed", **who)
        return IncomingMessage(number, "added" if _out(change.old_chat_member) else "nothing", **who)
    if update.callback_query is not None:
        return IncomingMessage(number, "group_press", words=update.callback_query.data or "", **who)
    if said is None or change is not None:
        return IncomingMessage(number, "nothing")
    return _moved(number, said, who) or _for_us(number, said, username, who)


def _moved(number: int, said: Message, who: dict[str, Any]) -> IncomingMessage | None:
    """Returns the group's old and new number, as either chat tells them; None where it did not move."""
    here = said.chat.id
    old, new = said.migrate_from_chat_id or here, said.migrate_to_chat_id or here
    if old == new or not (-_LARGEST_NUMBER < old < 0 and -_LARGEST_NUMBER < new < 0):
        return None
    return IncomingMessage(number, "moved", words=str(new), **who | {"chat_id": old})


def _answers_us(said: Message, username: str) -> bool:
    """Returns whether it is a reply in words to the bot: Telegram delivers those to every bot in a group."""
    before = said.reply_to_message
    author = before.from_user if before is not None else None
    return author is not None and author.username == username and bool(said.text)


def _for_us(number: int, said: Message, username: str, who: dict[str, Any]) -> IncomingMessage:
    """Reads a command that names the bot or nobody, words that name it, or a reply to it."""
    words = said.text or ""
    match = _COMMAND.fullmatch(words)
    if match is not None:
        if match[2] and match[2].lower() != username.lower():
            return IncomingMessage(number, "nothing")
        rest = (match[3] or "").strip()
        return IncomingMessage(number, "group_command", words=match[1], rest=rest, named=bool(match[2]), **who)
    asked, named = re.subn(rf"@{re.escape(username)}\b", " ", words, flags=re.IGNORECASE)
    if named:
        return IncomingMessage(number, "mention", words=asked.strip(" ,:"), **who)
    return (
        IncomingMessage(number, "reply", words=words, **who)
        if _answers_us(said, username)
        else IncomingMessage(number, "nothing")
    )
