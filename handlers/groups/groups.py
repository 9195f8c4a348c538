"""A group's chat: which feature answers there, and what is remembered and forgotten of it. Knows no Telegram."""

from collections.abc import Mapping
from dataclasses import replace

from db.engine.database import Tx
from db.people import participants
from handlers.command import Feature
from handlers.groups import group_talk
from handlers.participant.asking import ask
from handlers.participant.programme import objectives, practices, programme
from handlers.router import Route
from handlers.routes import COMMANDS
from handlers.turn import Turn
from locales.reply import Button, Reply, text

# What a group may ask; everything else is between a person and the bot.
_FEATURES: Mapping[str, Feature] = {
    "start": group_talk.hello,
    "help": group_talk.hello,
    "sessions": programme.sessions,
    "objectives": objectives.objectives,
    "principles": objectives.principles,
    "practices": practices.practices,
    "reminders": group_talk.reminders,
    "timezone": group_talk.zone,
    "language": group_talk.language,
    "privacy": group_talk.hello,
}
_WITH_WORDS: Mapping[str, Feature] = {
    "sessions": programme.named,
    "objectives": objectives.named,
    "practices": practices.named,
    "timezone": group_talk.zone,
}
# Only for these is Telegram asked who administers the group.
_ADMINISTERED = frozenset({"reminders", "timezone", "language"})
_PRESSES = "g:"


def name_of(command: str) -> str:
    """The command's first name, in whatever language it was written; "" for none of ours."""
    written = command.lower()
    return next((each.name for each in COMMANDS if written in {each.name, *each.aliases.values()}), "")


def asks_administrator(kind: str, words: str) -> bool:
    """Whether it matters who administers the group."""
    return (kind == "group_command" and name_of(words) in _ADMINISTERED) or kind == "group_press"


def route(kind: str, words: str, rest: str) -> Route:
    """Who answers that in a group."""
    if kind == "added":
        return Route(group_talk.hello)
    if kind in {"mention", "reply"}:
        return Route(ask.asked)
    if kind == "group_press":
        return _press(words)
    name = name_of(words)
    if rest and name in _WITH_WORDS:
        return Route(_WITH_WORDS[name], {"words": rest})
    return Route(_FEATURES.get(name, group_talk.in_private))


def _press(data: str) -> Route:
    if data.startswith("g:lang:"):
        return Route(group_talk.choose_language, {"code": data.removeprefix("g:lang:")})
    return Route({"g:on": group_talk.turn_on, "g:off": group_talk.turn_off}.get(data, group_talk.reminders))


async def left_or_moved(tx: Tx, kind: str, chat_id: int, words: str) -> bool:
    """Forgets a group that took the bot out, follows one that got another number; whether it was one of these."""
    if kind == "removed":
        await participants.remove(tx, chat_id)
    elif kind == "moved":
        await participants.change_telegram_id(tx, chat_id, int(words))
    return kind in {"removed", "moved"}


def for_all(turn: Turn, said: Reply) -> Reply:
    """Without the buttons that are one person's, and with a way to the private chat."""
    kept = tuple(
        tuple(button for button in row if button.press is None or button.press.startswith(_PRESSES))
        for row in said.keyboard
    )
    private = (Button(text("group.button"), url=f"https://t.me/{turn.bot}"),)
    then = for_all(turn, said.then) if said.then is not None else None
    return replace(said, keyboard=(*(row for row in kept if row), private), then=then)
