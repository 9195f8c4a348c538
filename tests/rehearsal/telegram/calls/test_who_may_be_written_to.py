"""A bot writes to nobody who has not written to it, or who does not want it any more."""

from typing import Any

import pytest

from tests.support.telegram.rehearsal_stage import BUTTON, Stage, keyboard

FORBIDDEN = "403 Forbidden: "


async def writes(stage: Stage, person: int) -> str:
    return await stage.refusal("sendMessage", chat_id=person, text="hola")


async def change(stage: Stage) -> dict[str, Any]:
    """The newest update, which is about the bot's own place in a chat."""
    changed: dict[str, Any] = (await stage.updates(offset=-1))[0]["my_chat_member"]
    return changed


async def test_who_never_wrote_cannot_be_written_to(stage: Stage) -> None:
    assert await writes(stage, stage.beto) == FORBIDDEN + "bot can't initiate conversation with a user"
    assert await stage.refusal("getChat", chat_id=stage.beto) == "400 Bad Request: chat not found"
    stage.telegram.says(stage.beto, "hola")
    assert (await stage.does("sendMessage", chat_id=stage.beto, text="hola"))["chat"]["first_name"] == "Beto"


async def test_who_blocked_the_bot_cannot_be_written_to_until_they_unblock_it(stage: Stage) -> None:
    sent = await stage.sends("antes")
    stage.telegram.blocks(stage.ana)
    assert await writes(stage, stage.ana) == FORBIDDEN + "bot was blocked by the user"
    place = {"chat_id": stage.ana, "message_id": sent["message_id"]}
    assert await stage.refusal("editMessageText", **place, text="x") == FORBIDDEN + "bot was blocked by the user"
    assert stage.telegram.chat(stage.ana)[-1].text == "antes"
    stage.telegram.unblocks(stage.ana)
    assert (await stage.sends())["text"] == "hola"


async def test_the_bot_is_told_who_blocks_and_unblocks_it_once_each(stage: Stage) -> None:
    await stage.updates(offset=2)
    for _ in range(2):
        stage.telegram.blocks(stage.ana)
    told = await change(stage)
    assert told["chat"]["id"] == told["from"]["id"] == stage.ana
    assert (told["old_chat_member"]["status"], told["new_chat_member"]["status"]) == ("member", "kicked")
    assert told["new_chat_member"]["user"]["username"] == "ciclo_bot"
    assert told["new_chat_member"]["until_date"] == 0
    for _ in range(2):
        stage.telegram.unblocks(stage.ana)
    told = await change(stage)
    assert (told["old_chat_member"]["status"], told["new_chat_member"]["status"]) == ("kicked", "member")
    assert len(stage.telegram.waiting) == 1


async def test_a_deleted_account_cannot_be_written_to_and_has_no_name(stage: Stage) -> None:
    waiting = len(stage.telegram.waiting)
    stage.telegram.deactivates(stage.ana)
    assert await writes(stage, stage.ana) == FORBIDDEN + "user is deactivated"
    assert stage.telegram.users[stage.ana].first_name == ""
    assert len(stage.telegram.waiting) == waiting
    with pytest.raises(ValueError, match="deleted"):
        stage.telegram.says(stage.ana, "hola")


async def test_who_blocked_the_bot_writes_nothing_to_it(stage: Stage) -> None:
    stage.telegram.blocks(stage.ana)
    with pytest.raises(ValueError, match="unblock"):
        stage.telegram.says(stage.ana, "hola")


async def test_a_press_lets_nobody_in_who_never_wrote(stage: Stage) -> None:
    """A forged press is no message."""
    sent = await stage.sends(reply_markup=keyboard(BUTTON))
    stage.telegram.forges_press(stage.beto, sent["message_id"], "yes")
    assert (await writes(stage, stage.beto)).startswith("403")


@pytest.mark.parametrize("method", ["sendLocation", "sendChatAction", "copyMessage", "pinChatMessage"])
async def test_no_method_reaches_who_blocked_the_bot(stage: Stage, method: str) -> None:
    stage.telegram.says(stage.beto, "hola")
    stage.telegram.blocks(stage.ana)
    given = {"latitude": 1, "longitude": 1, "action": "typing", "from_chat_id": stage.beto, "message_id": 2}
    assert await stage.refusal(method, chat_id=stage.ana, **given) == FORBIDDEN + "bot was blocked by the user"


async def test_nobody_joins_twice_under_one_number(stage: Stage) -> None:
    with pytest.raises(ValueError, match="there already"):
        stage.telegram.joins("Otra", user_id=stage.ana)
