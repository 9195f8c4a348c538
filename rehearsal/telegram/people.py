"""The people's side of the local Telegram: everything that a phone can do."""

from collections.abc import Iterator, Mapping
from typing import Any

from rehearsal.telegram.memberships import Memberships
from rehearsal.telegram.message_html import ChatMessage, appearance, shown
from rehearsal.telegram.params import LONGEST_TEXT
from rehearsal.telegram.records import Json, Upload
from rehearsal.telegram.text.formatting import plain, utf16_length


class People(Memberships):
    """Somebody writes, presses, sends. Raises LookupError for what is not there, ValueError for what cannot be."""

    def says(
        self, user_id: int, text: str, *, chat_id: int | None = None, reply_to: int | None = None, topic: int = 0
    ) -> int:
        """Types and sends, in a forum's topic or in its "General"; returns the number of the message."""
        parsed = plain(text)
        if not 0 < utf16_length(parsed.text) <= LONGEST_TEXT:
            raise ValueError("a message has 1 to 4096 signs")
        content: Json = {"text": parsed.text}
        if parsed.entities:
            content["entities"] = [dict(each) for each in parsed.entities]
        if reply_to is not None:
            content["reply_to_message"] = self.message(chat_id if chat_id is not None else user_id, reply_to)
        if topic:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        return self._writes(user_id, content, chat_id)

    def _writes(self, user_id: int, content: Json, chat_id: int | None = None) -> int:
        user, where = self.users[user_id], chat_id if chat_id is not None else user_id
        if user_id in self.deactivated:
            raise ValueError("that account is deleted")
        if where == user_id:
            if user_id in self.blocked:
                raise ValueError("unblock the bot before writing to it")
            self.started.add(user_id)
        else:
            self.chats[where].members.setdefault(user_id, "member")
        message = self.add_message(where, content, user.as_json())
        if where > 0 or self._heard_in_group(where, message):
            self.put_update("message", message)
        return int(message["message_id"])

    def _heard_in_group(self, chat_id: int, message: Json) -> bool:
        """Returns whether the bot is in the group and told. Source: https://core.telegram.org/bots/features#privacy-mode"""
        if self.chats[chat_id].members.get(self.me["id"]) != "member":
            return False
        answered = message.get("reply_to_message", {}).get("from", {}).get("id") == self.me["id"]
        command, _, named = message.get("text", "").partition(" ")[0].partition("@")
        to_me = named.lower() in {"", self.me["username"].lower()}
        return answered or bool(self.me["can_read_all_group_messages"]) or (command.startswith("/") and to_me)

    def presses(self, user_id: int, message_id: int, row: int, column: int, *, chat_id: int | None = None) -> str:
        """Presses an inline button; returns the id of the press. Raises ValueError for a button that is a link."""
        where = chat_id if chat_id is not None else user_id
        keyboard = self.message(where, message_id).get("reply_markup", {}).get("inline_keyboard", [])
        if not (0 <= row < len(keyboard) and 0 <= column < len(keyboard[row])):
            raise LookupError(f"message {message_id} has no button there")
        button = keyboard[row][column]
        if "callback_data" not in button:
            raise ValueError("that button is a link")
        return self._press(user_id, where, self.message(where, message_id), button["callback_data"])

    def forges_press(self, user_id: int, message_id: int, data: str, *, chat_id: int | None = None) -> str:
        """Sends callback data that no button has, as a hostile client can; even under a message that is deleted."""
        where = chat_id if chat_id is not None else user_id
        gone = {"chat": self.chat_json(where), "message_id": message_id, "date": 0}
        return self._press(user_id, where, self.chats[where].messages.get(message_id, gone), data)

    def _press(self, user_id: int, chat_id: int, message: Json, data: str) -> str:
        query = str(self.number("query"))
        self.queries[query] = {"user": user_id, "at": self.seconds(), "answer": None}
        user = self.users[user_id].as_json()
        press = {"id": query, "from": user, "message": message, "chat_instance": str(chat_id), "data": data}
        self.put_update("callback_query", press)
        return query

    def message(self, chat_id: int, message_id: int) -> Json:
        """Returns a message that is still there. Raises LookupError."""
        try:
            return self.chats[chat_id].messages[message_id]
        except KeyError:
            raise LookupError(f"chat {chat_id} has no message {message_id}") from None

    def taps_reply_button(self, user_id: int, row: int, column: int = 0) -> int:
        """Taps the phone's own keyboard, which sends the button's text. Raises ValueError for what asks for more."""
        rows = next(iter(self.chats[user_id].keyboards.values()), [])
        if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
            raise LookupError("there is no such button")
        button = rows[row][column]
        if button.get("request_location"):
            raise ValueError("that button asks where the phone is: use shares_location")
        return self.says(user_id, button["text"])

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
        kind = {"duration": 3, "mime_type": "audio/ogg"}
        return self._writes(user_id, {"voice": self.keep(Upload("voice.ogg", b"OggS", "audio/ogg")) | kind})

    def sends_document(
        self, user_id: int, name: str = "nota.pdf", content: bytes = b"%PDF-", *, caption: str = ""
    ) -> int:
        """Sends a file."""
        upload = Upload(name, content, "application/pdf")
        document: Json = {"document": self.keep(upload) | {"file_name": name, "mime_type": upload.kind}}
        return self._writes(user_id, document | ({"caption": caption} if caption else {}))

    def forwards(self, user_id: int, text: str) -> int:
        """Passes on what somebody else wrote."""
        return self._forwards(user_id, {"text": text})

    def forwards_location(self, user_id: int, latitude: float, longitude: float) -> int:
        """Passes on where somebody else is, in degrees."""
        return self._forwards(user_id, {"location": {"latitude": latitude, "longitude": longitude}})

    def _forwards(self, user_id: int, message: Json) -> int:
        origin = {"type": "hidden_user", "sender_user_name": "Alguien", "date": self.unix()}
        return self._writes(user_id, message | {"forward_origin": origin})

    def edits(self, user_id: int, message_id: int, text: str) -> None:
        """Changes an own message."""
        message = self.message(user_id, message_id)
        if message["from"]["id"] != user_id or "text" not in message:
            raise ValueError("only what one has written oneself can be changed")
        parsed = plain(text)
        message.pop("entities", None)
        message |= {"text": parsed.text, "edit_date": self.unix()}
        if parsed.entities:
            message["entities"] = [dict(each) for each in parsed.entities]
        self.put_update("edited_message", message)
        self.changed("chat", user_id)

    def asks_inline(self, user_id: int, query: str, offset: str = "") -> str:
        """Types the bot's name and a query in any chat; returns the id of the query."""
        number = str(self.number("query"))
        self.inline[number] = {"user": user_id, "at": self.seconds(), "answer": None}
        asked = {"id": number, "from": self.users[user_id].as_json(), "query": query, "offset": offset}
        self.put_update("inline_query", asked)
        return number

    def inline_answer(self, query_id: str) -> Json | None:
        """Returns what the phone shows under an inline query: results, next_offset, button; None while nothing came."""
        found: Json | None = self.inline[query_id]["answer"]
        return found

    def picks_inline(self, query_id: str, index: int, *, chat_id: int | None = None) -> int:
        """Sends one of the results that a query was answered with; the number of the message."""
        query = self.inline[query_id]
        result = query["answer"]["results"][index]
        return self._writes(query["user"], {"via_bot": self.sender(), **result["message"]}, chat_id)

    def toast(self, callback_query_id: str) -> Json | None:
        """Returns what the phone showed after that press; None while nothing came."""
        found: Json | None = self.queries[callback_query_id]["answer"]
        return found

    def toasts_of(self, user_id: int) -> list[Json]:
        """Returns all that was shown above that person's chat, in order."""
        return self.toasts.get(user_id, [])

    def typing(self, chat_id: int) -> bool:
        """Returns whether the bot is shown as typing there."""
        return self.chats[chat_id].typing_until > self.seconds()

    def chat(self, user_or_chat_id: int) -> list[ChatMessage]:
        """Returns what a phone shows there now, oldest first."""
        chat = self.chats[user_or_chat_id]
        return [shown(each, chat.keyboards.get(number)) for number, each in chat.messages.items()]

    def newest_first(self, user_or_chat_id: int) -> Iterator[ChatMessage]:
        """Yields the same from the newest on, each made when it is asked for: few look through a whole chat."""
        chat = self.chats[user_or_chat_id]
        for number, each in reversed(chat.messages.items()):
            yield shown(each, chat.keyboards.get(number))

    def appearances(self, user_or_chat_id: int) -> dict[int, tuple[Any, ...]]:
        """Returns how each message looks there now, by its number, for changed_since()."""
        return {number: appearance(each) for number, each in self.chats[user_or_chat_id].messages.items()}

    def changed_since(self, user_or_chat_id: int, before: Mapping[int, tuple[Any, ...]]) -> list[ChatMessage]:
        """Returns what is new there or looks otherwise than before, oldest first."""
        chat = self.chats[user_or_chat_id]
        return [
            shown(each, chat.keyboards.get(number))
            for number, each in chat.messages.items()
            if before.get(number) != appearance(each)
        ]
