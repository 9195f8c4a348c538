"""Keeps people, groups, their members, and who has blocked the bot."""

from dataclasses import replace

from rehearsal.telegram.records import Chat, Json, Topic, User
from rehearsal.telegram.state import State
from rehearsal.telegram.text.formatting import Entity

_FIRST_SUPERGROUP, _FIRST_GROUP = -1_001_000_000_000, -4_000_000_000


class Memberships(State):
    """Somebody joins Telegram, blocks the bot, adds it to a group. Raises LookupError for who is not there."""

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
        """Adds a person, whose chat with the bot is still empty."""
        number = user_id if user_id is not None else 1_000_000 + len(self.users) + 1
        if number in self.users:
            raise ValueError(f"user {number} is there already")
        user = User(number, name, last_name, username, language_code, zone)
        self.users[number] = user
        self.chats[number] = Chat(number)
        self.changed("people", number)
        return user

    def blocks(self, user_id: int) -> None:
        """Stops the bot. What was delivered stays."""
        if user_id in self.blocked:
            return
        self._membership(user_id, user_id, "member", "kicked")
        self.blocked.add(user_id)
        self.changed("block", user_id)

    def unblocks(self, user_id: int) -> None:
        """Lets the bot write again; writes nothing by itself."""
        if user_id not in self.blocked:
            return
        self.blocked.discard(user_id)
        self._membership(user_id, user_id, "kicked", "member")
        self.changed("block", user_id)

    def deactivates(self, user_id: int) -> None:
        """Deletes the account; the bot is told only when it tries to write."""
        self.users[user_id] = replace(self.users[user_id], first_name="", last_name=None, username=None)
        self.deactivated.add(user_id)
        self.changed("people", user_id)

    def group(self, title: str, *, creator: int, small: bool = False) -> int:
        """Makes a group, without the bot yet; returns its id. A small one is no supergroup until it grows."""
        number = (_FIRST_GROUP if small else _FIRST_SUPERGROUP) - len(self.chats)
        self.chats[number] = Chat(number, title=title, members={self.users[creator].id: "creator"})
        return number

    def adds_bot(self, chat_id: int, by: int) -> None:
        """Puts the bot into a group."""
        self.chats[chat_id].members[self.me["id"]] = "member"
        self._membership(chat_id, by, "left", "member")

    def removes_bot(self, chat_id: int, by: int) -> None:
        """Takes it out again."""
        self.chats[chat_id].members[self.me["id"]] = "kicked"
        self._membership(chat_id, by, "member", "kicked")

    def grows(self, chat_id: int, *, told: bool = True) -> int:
        """Makes a small group a supergroup, as when it gets many members; returns the new id.

        Both chats are told, unless the bot is to miss it, as after an outage that outlived the updates.
        """
        small = self.chats[chat_id]
        if small.as_json(None)["type"] != "group" or small.migrated_to is not None:
            raise ValueError(f"chat {chat_id} is no small group")
        number = self.group(small.title or "", creator=next(iter(small.members)))
        self.chats[number].members = dict(small.members)
        small.migrated_to = number
        creator = self.users[next(iter(small.members))].as_json()
        for chat, news in ((chat_id, {"migrate_to_chat_id": number}), (number, {"migrate_from_chat_id": chat_id})):
            written = self.add_message(chat, dict(news), creator)
            if told:
                self.put_update("message", written)
        return number

    def becomes_forum(self, chat_id: int) -> None:
        """Divides a supergroup's talk into topics from now on."""
        self.chats[chat_id].is_forum = True
        self.changed("chat", chat_id)

    def opens_topic(self, chat_id: int, title: str) -> int:
        """Opens a topic of a forum; returns its message_thread_id."""
        chat = self.chats[chat_id]
        creator = self.users[next(iter(chat.members))].as_json()
        told: Json = {"forum_topic_created": {"name": title, "icon_color": 7322096}, "is_topic_message": True}
        number = int(self.add_message(chat_id, told, creator)["message_id"])
        chat.messages[number]["message_thread_id"] = number
        chat.topics[number] = Topic(title)
        return number

    def closes_topic(self, chat_id: int, topic: int, *, closed: bool = True) -> None:
        """Closes a topic to all but administrators; or opens it again."""
        self.chats[chat_id].topics[topic].closed = closed

    def deletes_topic(self, chat_id: int, topic: int) -> None:
        """Deletes a topic with its messages."""
        chat = self.chats[chat_id]
        del chat.topics[topic]
        chat.messages = {key: each for key, each in chat.messages.items() if each.get("message_thread_id") != topic}
        self.changed("chat", chat_id)

    def hides_members(self, chat_id: int) -> None:
        """Shows who is in that supergroup to its administrators only."""
        self.chats[chat_id].members_hidden = True

    def _membership(self, chat_id: int, by: int, old: str, new: str) -> None:
        bot: int = self.me["id"]
        change = {"chat": self.chat_json(chat_id), "from": self.users[by].as_json(), "date": self.unix()}
        sides = {"old_chat_member": self.member_json(bot, old), "new_chat_member": self.member_json(bot, new)}
        self.put_update("my_chat_member", change | sides)

    def member_json(self, user_id: int, status: str) -> Json:
        """Describes somebody in a chat. Source: https://core.telegram.org/bots/api#chatmember"""
        user = self.sender() if user_id == self.me["id"] else self.users[user_id].as_json()
        more: dict[str, Json] = {"creator": {"is_anonymous": False}, "kicked": {"until_date": 0}}
        return {"user": user, "status": status, **more.get(status, {})}

    def introduced(self, entity: Entity) -> Entity | None:
        """Returns a copy of the entity, the person whom it mentions in full.

        None where the bot knows nobody like that.
        """
        if entity["type"] != "text_mention":
            return dict(entity)
        mentioned = entity["user"].get("id") if isinstance(entity["user"], dict) else None
        known = self.users.get(mentioned) if isinstance(mentioned, int) and mentioned in self.started else None
        return None if known is None else entity | {"user": known.as_json()}
