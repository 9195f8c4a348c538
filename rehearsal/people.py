"""The people's side: what a phone can do."""

from datetime import UTC, datetime
from typing import Any

from rehearsal.formatting import plain
from rehearsal.records import Chat, ChatMessage, Json, Upload, User
from rehearsal.showing import page_html
from rehearsal.state import State

_MEDIA = ("photo", "document", "sticker", "voice", "location")


class People(State):
    """Somebody joins, writes, presses, blocks. Raises LookupError for who or what is not there."""

    def joins(
        self,
        name: str,
        *,
        language_code: str | None = "es",
        username: str | None = None,
        last_name: str | None = None,
        zone: str = "America/Argentina/Buenos_Aires",
        user_id: int | None = None,
    ) -> User:
        """A new person, whose chat with the bot is still empty."""
        number = user_id if user_id is not None else 1_000_000 + len(self.users) + 1
        if number in self.users:
            raise ValueError(f"user {number} is there already")
        user = User(number, name, last_name, username, language_code, zone)
        self.users[number] = user
        self.chats[number] = Chat(number)
        self.changed("people", number)
        return user

    def says(self, user_id: int, text: str, *, chat_id: int | None = None) -> int:
        """Types and sends; the number of the message."""
        parsed = plain(text)
        if not parsed.text:
            raise ValueError("an empty message cannot be sent")
        content: Json = {"text": parsed.text}
        if parsed.entities:
            content["entities"] = [dict(each) for each in parsed.entities]
        return self._writes(user_id, content, chat_id)

    def _writes(self, user_id: int, content: Json, chat_id: int | None = None) -> int:
        user, where = self.users[user_id], chat_id if chat_id is not None else user_id
        if user_id in self.blocked and where == user_id:
            raise ValueError("unblock the bot before writing to it")
        self.started |= {user_id} if where == user_id else set()
        message = self.add_message(where, content, user.as_json())
        self.put_update("message", message)
        return int(message["message_id"])

    def presses(self, user_id: int, message_id: int, row: int, column: int, *, chat_id: int | None = None) -> str:
        """Presses an inline button; the id of the press. Raises ValueError for a button that is a link."""
        where = chat_id if chat_id is not None else user_id
        keyboard = self._message(where, message_id).get("reply_markup", {}).get("inline_keyboard", [])
        try:
            button = keyboard[row][column]
        except IndexError:
            raise LookupError(f"message {message_id} has no button there") from None
        if "callback_data" not in button:
            raise ValueError("that button is a link")
        return self._press(user_id, where, message_id, button["callback_data"])

    def forges_press(self, user_id: int, message_id: int, data: str, *, chat_id: int | None = None) -> str:
        """Sends callback data that no button has, as a hostile client can."""
        return self._press(user_id, chat_id if chat_id is not None else user_id, message_id, data)

    def _press(self, user_id: int, chat_id: int, message_id: int, data: str) -> str:
        message = self._message(chat_id, message_id)
        query = str(self.number("query"))
        self.queries[query] = {"user": user_id, "at": self.seconds(), "answer": None}
        user = self.users[user_id].as_json()
        press = {"id": query, "from": user, "message": message, "chat_instance": str(chat_id), "data": data}
        self.put_update("callback_query", press)
        return query

    def _message(self, chat_id: int, message_id: int) -> Json:
        try:
            return self.chats[chat_id].messages[message_id]
        except KeyError:
            raise LookupError(f"chat {chat_id} has no message {message_id}") from None

    def shares_location(self, user_id: int, latitude: float, longitude: float) -> int:
        """Sends where the phone is, in degrees."""
        return self._writes(user_id, {"location": {"latitude": latitude, "longitude": longitude}})

    def sends_photo(self, user_id: int, caption: str = "") -> int:
        """Sends a picture."""
        size = self.keep(Upload("photo.jpg", b"\xff\xd8 a picture", "image/jpeg"))
        photo: Json = {"photo": [size | {"width": 90, "height": 90}]}
        return self._writes(user_id, photo | ({"caption": caption} if caption else {}))

    def sends_sticker(self, user_id: int) -> int:
        """Sends a sticker."""
        kind = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular", "emoji": "👍"}
        return self._writes(user_id, {"sticker": self.keep(Upload("sticker.webp", b"RIFF", "image/webp")) | kind})

    def sends_voice(self, user_id: int) -> int:
        """Sends a voice note of three seconds."""
        return self._writes(user_id, {"voice": self.keep(Upload("voice.ogg", b"OggS", "audio/ogg")) | {"duration": 3}})

    def sends_document(self, user_id: int, name: str = "nota.pdf", content: bytes = b"%PDF-") -> int:
        """Sends a file."""
        upload = Upload(name, content, "application/pdf")
        return self._writes(user_id, {"document": self.keep(upload) | {"file_name": name, "mime_type": upload.kind}})

    def forwards(self, user_id: int, text: str) -> int:
        """Passes on what somebody else wrote."""
        origin = {"type": "hidden_user", "sender_user_name": "Alguien", "date": self.unix()}
        return self._writes(user_id, {"text": text, "forward_origin": origin})

    def edits(self, user_id: int, message_id: int, text: str) -> None:
        """Changes an own message."""
        message = self._message(user_id, message_id)
        message |= {"text": text, "edit_date": self.unix()}
        message.pop("entities", None)
        self.put_update("edited_message", message)
        self.changed("chat", user_id)

    def keep(self, upload: Upload) -> Json:
        """Stores a file; how messages name it."""
        key = f"file-{self.number('file')}"
        self.files[key] = upload
        return {"file_id": key, "file_unique_id": key, "file_size": len(upload.content)}

    def blocks(self, user_id: int) -> None:
        """Stops the bot."""
        self._membership(user_id, user_id, "member", "kicked")
        self.blocked.add(user_id)
        self.changed("block", user_id)

    def unblocks(self, user_id: int) -> None:
        """Lets the bot write again; writes nothing by itself."""
        self.blocked.discard(user_id)
        self._membership(user_id, user_id, "kicked", "member")
        self.changed("block", user_id)

    def sender(self) -> Json:
        """The bot, as messages carry it."""
        return {key: self.me[key] for key in ("id", "is_bot", "first_name", "username")}

    def _membership(self, chat_id: int, by: int, old: str, new: str) -> None:
        bot = self.sender()
        change = {"chat": self.chat_json(chat_id), "from": self.users[by].as_json(), "date": self.unix()}
        sides = {"old_chat_member": _member(bot, old), "new_chat_member": _member(bot, new)}
        self.put_update("my_chat_member", change | sides)

    def group(self, title: str, *, creator: int) -> int:
        """A group, without the bot yet; its id."""
        number = -1_000_000_000_000 - len(self.chats)
        self.chats[number] = Chat(number, title=title, members={creator: "creator"})
        return number

    def adds_bot(self, chat_id: int, by: int) -> None:
        """Puts the bot into a group."""
        self.chats[chat_id].members[self.me["id"]] = "member"
        self._membership(chat_id, by, "left", "member")

    def removes_bot(self, chat_id: int, by: int) -> None:
        """Takes it out again."""
        self.chats[chat_id].members[self.me["id"]] = "kicked"
        self._membership(chat_id, by, "member", "kicked")

    def asks_inline(self, user_id: int, query: str, offset: str = "") -> str:
        """Types the bot's name and a query in any chat; the id of the query."""
        number = str(self.number("query"))
        self.inline[number] = {"user": user_id, "answer": None}
        asked = {"id": number, "from": self.users[user_id].as_json(), "query": query, "offset": offset}
        self.put_update("inline_query", asked)
        return number

    def toast(self, callback_query_id: str) -> Json | None:
        """What the phone showed after that press; None while nothing came."""
        found: Json | None = self.queries[callback_query_id]["answer"]
        return found

    def toasts_of(self, user_id: int) -> list[Json]:
        """All that was shown above that person's chat, in order."""
        return self.toasts.get(user_id, [])

    def typing(self, chat_id: int) -> bool:
        """Whether the bot is shown as typing there."""
        return self.chats[chat_id].typing_until > self.seconds()

    def chat(self, user_or_chat_id: int) -> list[ChatMessage]:
        """What a phone shows there now, oldest first."""
        return [self._shown(each) for each in self.chats[user_or_chat_id].messages.values()]

    def _shown(self, message: Json) -> ChatMessage:
        text = message.get("text") or message.get("caption") or ""
        entities = message.get("entities") or message.get("caption_entities") or []
        markup = message.get("reply_markup", {})
        kind = next((each for each in _MEDIA if each in message), None)
        edited = message.get("edit_date")
        return ChatMessage(
            id=message["message_id"],
            from_bot=message["from"]["is_bot"],
            sender=message["from"]["first_name"],
            text=text,
            entities=entities,
            html=page_html(text, entities),
            keyboard=markup.get("inline_keyboard", []),
            reply_keyboard=self.chats[message["chat"]["id"]].keyboards.get(message["message_id"]),
            media={"kind": kind, **_details(message[kind])} if kind else None,
            edited=edited is not None,
            sent_at=_moment(message["date"]),
            edited_at=_moment(edited) if edited is not None else None,
        )


def _details(media: Any) -> Json:  # noqa: ANN401 - a list of sizes, or one thing
    return dict(media[-1] if isinstance(media, list) else media)


def _member(bot: Json, status: str) -> Json:
    return {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}


def _moment(unix: int) -> datetime:
    return datetime.fromtimestamp(unix, UTC)
