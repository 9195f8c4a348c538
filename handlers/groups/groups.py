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
_GROUP_FEATURES: Mapping[str, Feature] = {
    "start": group_talk.introduce_bot,
    "help": group_talk.introduce_bot,
    "sessions": programme.show_sessions,
    "objectives": objectives.show_objectives,
    "principles": objectives.show_principles,
    "practices": practices.show_practices,
    "reminders": group_talk.show_group_reminders,
    "timezone": group_talk.set_group_timezone,
    "language": group_talk.ask_group_language,
    "privacy": group_talk.introduce_bot,
}
_GROUP_FEATURES_BY_WORDS: Mapping[str, Feature] = {
    "sessions": programme.session_by_words,
    "objectives": objectives.objective_by_words,
    "practices": practices.practices_by_words,
    "timezone": group_talk.set_group_timezone,
}
# Only for these is Telegram asked who administers the group.
_ADMINISTERED = frozenset({"reminders", "timezone", "language"})
_GROUP_PRESS_PREFIX = "g:"


def command_name(command: str) -> str:
    """The command's first name, in whatever language it was written; "" for none of ours."""
    written = command.lower()
    return next((each.name for each in COMMANDS if written in {each.name, *each.aliases.values()}), "")


def needs_administrator(kind: str, words: str) -> bool:
    """Whether it matters who administers the group."""
    return (kind == "group_command" and command_name(words) in _ADMINISTERED) or kind == "group_press"


def route_in_group(kind: str, words: str, rest: str) -> Route:
    """Who answers that in a group."""
    if kind == "added":
        return Route(group_talk.introduce_bot)
    if kind in {"mention", "reply"}:
        return Route(ask.answer_question)
    if kind == "group_press":
        return _route_group_press(words)
    name = command_name(words)
    if rest and name in _GROUP_FEATURES_BY_WORDS:
        return Route(_GROUP_FEATURES_BY_WORDS[name], {"words": rest})
    return Route(_GROUP_FEATURES.get(name, group_talk.refer_to_private_chat))


def _route_group_press(data: str) -> Route:
    if data.startswith("g:lang:"):
        return Route(group_talk.choose_group_language, {"code": data.removeprefix("g:lang:")})
    return Route(
        {"g:on": group_talk.turn_group_reminders_on, "g:off": group_talk.turn_group_reminders_off}.get(
            data, group_talk.show_group_reminders
        )
    )


async def apply_membership_change(tx: Tx, kind: str, chat_id: int, words: str) -> bool:
    """Forgets a group that took the bot out, follows one that got another number; whether it was one of these."""
    if kind == "removed":
        await participants.remove(tx, chat_id)
    elif kind == "moved":
        await participants.change_telegram_id(tx, chat_id, int(words))
    return kind in {"removed", "moved"}


def without_personal_buttons(turn: Turn, said: Reply) -> Reply:
    """Without the buttons that are one person's, and with a way to the private chat."""
    kept = tuple(
        tuple(button for button in row if button.press is None or button.press.startswith(_GROUP_PRESS_PREFIX))
        for row in said.keyboard
    )
    private = (Button(text("group.button"), url=f"https://t.me/{turn.bot}"),)
    then = without_personal_buttons(turn, said.then) if said.then is not None else None
    return replace(said, keyboard=(*(row for row in kept if row), private), then=then)
