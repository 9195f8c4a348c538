"""What a bot says about itself: commands, name, descriptions and menu button."""

from typing import Any

import pytest

from tests.support.telegram.rehearsal_stage import TOKEN, Stage

SESSIONS = [{"command": "sesiones", "description": "Las sesiones"}]
CALENDAR = [{"command": "calendar", "description": "The calendar"}]


async def commands(stage: Stage, **where: Any) -> Any:  # noqa: ANN401 - a result
    return await stage.does("getMyCommands", **where)


async def test_a_bot_knows_itself(stage: Stage) -> None:
    me = await stage.does("getMe")
    assert (me["id"], me["is_bot"], me["username"]) == (int(TOKEN.partition(":")[0]), True, "ciclo_bot")
    assert (me["supports_inline_queries"], me["can_read_all_group_messages"]) == (True, False)


async def test_commands_are_kept_for_one_language_and_inherited_by_none(stage: Stage) -> None:
    await stage.does("setMyCommands", commands=SESSIONS, language_code="es")
    await stage.does("setMyCommands", commands=CALENDAR)
    assert await commands(stage, language_code="es") == SESSIONS
    assert await commands(stage) == CALENDAR
    assert await commands(stage, language_code="fr") == []


async def test_commands_are_kept_for_one_scope(stage: Stage) -> None:
    chat = {"type": "chat", "chat_id": stage.ana}
    one = {"type": "chat_member", "chat_id": stage.ana, "user_id": stage.ana}
    await stage.does("setMyCommands", commands=SESSIONS, scope=chat)
    await stage.does("setMyCommands", commands=CALENDAR, scope={"type": "all_private_chats"})
    assert await commands(stage, scope=chat) == SESSIONS
    assert await commands(stage, scope='{"type": "all_private_chats"}') == CALENDAR
    for other in (one, {"type": "chat_administrators", "chat_id": stage.ana}, {"type": "all_group_chats"}, None):
        assert await commands(stage, scope=other) == []
    await stage.does("setMyCommands", commands=CALENDAR, scope=one)
    assert await commands(stage, scope=chat) == SESSIONS


async def test_commands_are_deleted_where_they_were_set(stage: Stage) -> None:
    await stage.does("setMyCommands", commands=SESSIONS)
    await stage.does("setMyCommands", commands=SESSIONS, language_code="es")
    await stage.does("deleteMyCommands")
    await stage.does("deleteMyCommands")
    assert (await commands(stage), await commands(stage, language_code="es")) == ([], SESSIONS)
    await stage.does("setMyCommands", language_code="es")
    assert await commands(stage, language_code="es") == []


async def test_a_command_loses_its_slash_and_outer_space(stage: Stage) -> None:
    await stage.does("setMyCommands", commands=[{"command": " /s_2 ", "description": " Sesión 2 "}])
    assert await commands(stage) == [{"command": "s_2", "description": "Sesión 2"}]
    longest = [{"command": "x" * 32, "description": "ñ" * 256}] * 100
    await stage.does("setMyCommands", commands=longest)
    assert await commands(stage) == longest


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ([], "BotCommandScope must be an Object"),
        ({}, 'Can\'t find field "type"'),
        ({"type": "planet"}, "Unsupported type specified"),
        ({"type": ["chat"]}, "Unsupported type specified"),
        ({"type": "chat"}, "Empty chat_id specified"),
        ({"type": "chat_member", "chat_id": 1}, "Invalid user_id specified"),
    ],
)
async def test_a_scope_is_refused_in_telegrams_words(stage: Stage, scope: object, words: str) -> None:
    full = f"400 Bad Request: can't parse BotCommandScope: {words}"
    for method in ("setMyCommands", "getMyCommands", "deleteMyCommands"):
        assert await stage.refusal(method, scope=scope) == full


@pytest.mark.parametrize("code", ["spa", "ES", "e", "es-AR"])
async def test_a_language_has_two_small_letters(stage: Stage, code: str) -> None:
    for method in ("getMyCommands", "deleteMyCommands", "setMyName", "getMyDescription"):
        assert await stage.refusal(method, language_code=code) == "400 Bad Request: invalid language code specified"


@pytest.mark.parametrize(("what", "longest"), [("name", 64), ("description", 512), ("short_description", 120)])
async def test_name_and_descriptions_are_kept_per_language_and_fall_back(stage: Stage, what: str, longest: int) -> None:
    method = f"My{what.title().replace('_', '')}"

    async def found(code: str) -> str:
        return str((await stage.does(f"get{method}", language_code=code))[what])

    usual = "Ciclo" if what == "name" else ""
    assert await found("es") == usual
    await stage.does(f"set{method}", **{what: "x" * longest})
    await stage.does(f"set{method}", **{what: "Ciclo en español"}, language_code="es")
    assert [await found(code) for code in ("es", "fr", "")] == ["Ciclo en español", "x" * longest, "x" * longest]
    await stage.does(f"set{method}", **{what: ""}, language_code="es")
    assert await found("es") == "x" * longest


async def test_the_menu_button_is_the_persons_own_or_everybodys(stage: Stage) -> None:
    async def button(**where: Any) -> Any:  # noqa: ANN401 - any parameter
        return await stage.does("getChatMenuButton", **where)

    assert await button() == {"type": "commands"}
    web = {"type": "web_app", "text": "Agenda", "web_app": {"url": "https://example.org"}}
    await stage.does("setChatMenuButton", chat_id=stage.ana, menu_button=web)
    assert await button(chat_id=stage.ana) == web
    assert await button() == {"type": "commands"}
    await stage.does("setChatMenuButton", menu_button={"type": "default"})
    assert await button() == {"type": "default"}
    await stage.does("setChatMenuButton", chat_id=stage.ana)
    assert await button(chat_id=stage.ana) == {"type": "default"}
