"""The Bot API's methods about the bot itself, presses, inline answers, files and groups."""

import re
from typing import Any

from rehearsal.formatting import utf16_length
from rehearsal.params import Params
from rehearsal.people import People
from rehearsal.records import ApiError, Json

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_QUERY_SECONDS = 15.0
_LONGEST_TOAST = 200
_MOST_RESULTS, _LONGEST_RESULT_ID_BYTES = 50, 64
_MOST_COMMANDS, _LONGEST_COMMAND_WORDS = 100, 256
_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def get_me(telegram: People, _params: Params) -> Json:
    """https://core.telegram.org/bots/api#getme"""
    return telegram.me


def answer_press(telegram: People, params: Params) -> bool:
    """https://core.telegram.org/bots/api#answercallbackquery: once a press, and soon."""
    query = telegram.queries.get(params.text("callback_query_id"))
    if query is None or query["answer"] is not None or telegram.seconds() - query["at"] > _QUERY_SECONDS:
        raise ApiError(400, _OLD)
    if utf16_length(params.text("text")) > _LONGEST_TOAST:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    shown: Json = {"text": params.text("text"), "show_alert": params.flag("show_alert")}
    query["answer"] = shown
    if shown["text"]:
        telegram.toasts.setdefault(query["user"], []).append(shown)
    telegram.changed("toast", query["user"])
    return True


def answer_inline(telegram: People, params: Params) -> bool:
    """https://core.telegram.org/bots/api#answerinlinequery"""
    query = telegram.inline.get(params.text("inline_query_id"))
    results = params.structure("results") or []
    if query is None or query["answer"] is not None:
        raise ApiError(400, _OLD)
    if len(results) > _MOST_RESULTS:
        raise ApiError(400, "Bad Request: RESULTS_TOO_MUCH")
    ids = [str(each.get("id", "")) for each in results]
    if any(not 1 <= len(each.encode()) <= _LONGEST_RESULT_ID_BYTES for each in ids):
        raise ApiError(400, "Bad Request: RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise ApiError(400, "Bad Request: RESULT_ID_DUPLICATE")
    query["answer"] = {
        "results": results,
        "next_offset": params.text("next_offset"),
        "button": params.structure("button"),
    }
    return True


def set_commands(telegram: People, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setmycommands"""
    commands = params.structure("commands") or []
    if len(commands) > _MOST_COMMANDS:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        if not _COMMAND.fullmatch(each.get("command", "")):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(each.get("description", "")) <= _LONGEST_COMMAND_WORDS:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.settings[_key("commands", params)] = commands
    return True


def get_commands(telegram: People, params: Params) -> list[Json]:
    """https://core.telegram.org/bots/api#getmycommands"""
    found: list[Json] = telegram.settings.get(_key("commands", params), [])
    return found


def delete_commands(telegram: People, params: Params) -> bool:
    """https://core.telegram.org/bots/api#deletemycommands"""
    telegram.settings.pop(_key("commands", params), None)
    return True


def _key(what: str, params: Params) -> tuple[str, str, str]:
    scope = params.structure("scope") or {"type": "default"}
    return what, "/".join(str(scope[key]) for key in sorted(scope)), params.text("language_code")


def _setter(what: str, longest: int) -> Any:  # noqa: ANN401 - a method of the table below
    def set_it(telegram: People, params: Params) -> bool:
        value = params.text(what)
        if utf16_length(value) > longest:
            raise ApiError(400, f"Bad Request: bot {what.replace('_', ' ')} is too long")
        telegram.settings[what, "default", params.text("language_code")] = value
        return True

    return set_it


def _getter(what: str) -> Any:  # noqa: ANN401 - the same
    def get_it(telegram: People, params: Params) -> Json:
        return {what: telegram.settings.get((what, "default", params.text("language_code")), "")}

    return get_it


def get_file(telegram: People, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getfile"""
    key = params.text("file_id")
    if key not in telegram.files:
        raise ApiError(400, "Bad Request: invalid file_id")
    size = len(telegram.files[key].content)
    return {"file_id": key, "file_unique_id": key, "file_size": size, "file_path": f"documents/{key}"}


def get_chat(telegram: People, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getchat"""
    chat = telegram.writable(params.chat_id())
    return telegram.chat_json(chat.id) | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": {}}


def get_member(telegram: People, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getchatmember"""
    chat = telegram.writable(params.chat_id())
    user = telegram.users.get(params.integer("user_id"))
    if user is None:
        raise ApiError(400, "Bad Request: PARTICIPANT_ID_INVALID")
    return {"user": user.as_json(), "status": chat.members.get(user.id, "left"), "is_anonymous": False}


def get_administrators(telegram: People, params: Params) -> list[Json]:
    """https://core.telegram.org/bots/api#getchatadministrators"""
    members = telegram.writable(params.chat_id()).members
    found = [(telegram.users[key], status) for key, status in members.items() if status in {"creator", "administrator"}]
    return [{"user": user.as_json(), "status": status, "is_anonymous": False} for user, status in found]


def leave_chat(telegram: People, params: Params) -> bool:
    """https://core.telegram.org/bots/api#leavechat"""
    telegram.writable(params.chat_id()).members[telegram.me["id"]] = "left"
    return True


def _accept(_telegram: People, _params: Params) -> bool:
    """Taken, and without effect in a rehearsal."""
    return True


METHODS = {
    "getme": get_me,
    "answercallbackquery": answer_press,
    "answerinlinequery": answer_inline,
    "setmycommands": set_commands,
    "getmycommands": get_commands,
    "deletemycommands": delete_commands,
    "setmyname": _setter("name", 64),
    "getmyname": _getter("name"),
    "setmydescription": _setter("description", 512),
    "getmydescription": _getter("description"),
    "setmyshortdescription": _setter("short_description", 120),
    "getmyshortdescription": _getter("short_description"),
    "getfile": get_file,
    "getchat": get_chat,
    "getchatmember": get_member,
    "getchatadministrators": get_administrators,
    "leavechat": leave_chat,
    "setchatmenubutton": _accept,
    "pinchatmessage": _accept,
    "unpinchatmessage": _accept,
}
