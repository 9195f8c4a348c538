"""The Bot API's methods about the bot itself: its commands, name, descriptions and menu button."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from rehearsal.telegram.params import Params
from rehearsal.telegram.people import People
from rehearsal.telegram.records import Json, refused
from rehearsal.telegram.text.formatting import utf16_length

_COMMAND = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_MOST_COMMANDS, _LONGEST_COMMAND, _LONGEST_DESCRIPTION = 100, 32, 256
_BROAD_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
_BUTTONS = {"default", "commands", "web_app"}
# How long each text may be. Source: https://core.telegram.org/bots/api#setmyname and what follows it
_TEXTS = {"name": 64, "description": 512, "short_description": 120}


def get_me(telegram: People, _params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#getme says."""
    return telegram.me


def set_commands(telegram: People, params: Params) -> bool:
    """Answers as https://core.telegram.org/bots/api#setmycommands says: an empty list is as good as deleting them."""
    given = [_parsed(each) for each in params.array("commands", "BotCommand")]
    key = _key(telegram, params)
    commands = [_checked(each) for each in given]
    if len(commands) > _MOST_COMMANDS:
        raise refused("BOT_COMMANDS_TOO_MUCH")
    if not all(_COMMAND.fullmatch(each["command"]) for each in commands):
        raise refused("BOT_COMMAND_INVALID")
    telegram.settings[key] = commands
    telegram.changed("menu")
    return True


def _parsed(given: Any) -> Json:  # noqa: ANN401 - what a bot sent
    if not isinstance(given, dict):
        raise refused("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(given.get(name), str):
            raise refused(f"can't parse BotCommand: Can't find field \"{name}\"")
    return given


def _checked(given: Json) -> Json:
    """Checks a command as td/telegram/BotCommand.cpp does, before Telegram itself looks at its letters."""
    command, description = given["command"].strip().removeprefix("/"), given["description"].strip()
    for what, text, longest in (
        ("command", command, _LONGEST_COMMAND),
        ("command description", description, _LONGEST_DESCRIPTION),
    ):
        if not text:
            raise refused(f"{what} must be non-empty")
        if len(text) > longest:
            raise refused(f"{what} length must not exceed {longest}")
    return {"command": command, "description": description}


def get_commands(telegram: People, params: Params) -> list[Json]:
    """Answers as https://core.telegram.org/bots/api#getmycommands says.

    For that scope and language, nothing inherited.
    """
    found: list[Json] = telegram.settings.get(_key(telegram, params), [])
    return found


def delete_commands(telegram: People, params: Params) -> bool:
    """Answers as https://core.telegram.org/bots/api#deletemycommands says."""
    telegram.settings.pop(_key(telegram, params), None)
    telegram.changed("menu")
    return True


def _key(telegram: People, params: Params) -> tuple[str, str, str]:
    """Returns a scope as "default", "all_private_chats", "<chat>/chat", "<chat>/chat_member/<person>"."""
    scope = params.structure("scope", called="BotCommandScope")
    kind = _scope_kind({"type": "default"} if scope is None else scope)
    if kind in _BROAD_SCOPES:
        return "commands", kind, _language(params)
    inner = Params(scope, {})
    if not inner.text("chat_id"):
        raise refused("can't parse BotCommandScope: Empty chat_id specified")
    if kind == "chat_member" and inner.integer("user_id") <= 0:
        raise refused("can't parse BotCommandScope: Invalid user_id specified")
    chat = telegram.find_chat(inner.integer("chat_id"))
    person = f"/{inner.integer('user_id')}" if kind == "chat_member" else ""
    return "commands", f"{chat.id}/{kind}{person}", _language(params)


def _scope_kind(scope: Any) -> str:  # noqa: ANN401 - what a bot sent
    if not isinstance(scope, dict):
        raise refused("can't parse BotCommandScope: BotCommandScope must be an Object")
    if "type" not in scope:
        raise refused("can't parse BotCommandScope: Can't find field \"type\"")
    kind = str(scope["type"])
    if kind not in _BROAD_SCOPES | _CHAT_SCOPES:
        raise refused("can't parse BotCommandScope: Unsupported type specified")
    return kind


def _language(params: Params) -> str:
    code = params.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise refused("invalid language code specified")
    return code


def _setter(what: str, longest: int) -> Callable[[People, Params], bool]:
    def set_it(telegram: People, params: Params) -> bool:
        value = params.text(what)
        if utf16_length(value) > longest:
            raise refused(f"bot {what.replace('_', ' ')} is too long")
        telegram.settings[what, "default", _language(params)] = value
        telegram.changed("menu")
        return True

    return set_it


def _getter(what: str) -> Callable[[People, Params], Json]:
    def get_it(telegram: People, params: Params) -> Json:
        own = telegram.settings.get((what, "default", _language(params)))
        usual = telegram.me["first_name"] if what == "name" else ""
        return {what: own or telegram.settings.get((what, "default", "")) or usual}

    return get_it


def set_menu_button(telegram: People, params: Params) -> bool:
    """Does what https://core.telegram.org/bots/api#setchatmenubutton says."""
    given = params.structure("menu_button", called="menu button")
    button = {"type": "default"} if given is None else given
    if not isinstance(button, dict):
        raise refused("can't parse menu button: MenuButton must be an Object")
    if str(button.get("type")) not in _BUTTONS:
        raise refused("can't parse menu button: MenuButton has unsupported type")
    telegram.settings["menu_button", _person(telegram, params), ""] = button
    return True


def get_menu_button(telegram: People, params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#getchatmenubutton says."""
    own = telegram.settings.get(("menu_button", _person(telegram, params), ""))
    found: Json = own or telegram.settings.get(("menu_button", "default", ""), {"type": "commands"})
    return found


def _person(telegram: People, params: Params) -> str:
    return str(telegram.find_chat(params.chat_id()).id) if params.text("chat_id") else "default"


METHODS: Mapping[str, Callable[[People, Params], Any]] = {
    "getme": get_me,
    "setmycommands": set_commands,
    "getmycommands": get_commands,
    "deletemycommands": delete_commands,
    "setchatmenubutton": set_menu_button,
    "getchatmenubutton": get_menu_button,
    **{f"setmy{what.replace('_', '')}": _setter(what, longest) for what, longest in _TEXTS.items()},
    **{f"getmy{what.replace('_', '')}": _getter(what) for what in _TEXTS},
}
