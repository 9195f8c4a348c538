"""Messages that are changed, deleted and pinned afterwards."""

from datetime import timedelta
from typing import Any

import pytest

from rehearsal.telegram.telegram import Upload
from tests.support.telegram.rehearsal_stage import BUTTON, NOON, Stage, keyboard

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def place(message: dict[str, Any]) -> dict[str, Any]:
    return {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}


async def test_an_edit_changes_the_text_and_drops_the_keyboard_that_it_does_not_name(stage: Stage) -> None:
    sent = await stage.sends("<b>uno</b>", parse_mode="HTML", reply_markup=keyboard(BUTTON))
    stage.clock.jump(NOON + timedelta(minutes=5))
    edited = await stage.does("editMessageText", **place(sent), text="dos")
    assert (edited["text"], edited["edit_date"] - edited["date"]) == ("dos", 300)
    assert {"entities", "reply_markup"}.isdisjoint(edited)
    shown = stage.telegram.chat(stage.ana)[-1]
    assert (shown.text, shown.edited, shown.edited_at) == ("dos", True, NOON + timedelta(minutes=5))


@pytest.mark.parametrize(
    "change", [{"text": "uno"}, {"text": "<b>uno</b>"}, {"text": "uno", "reply_markup": keyboard(BUTTON)}]
)
async def test_an_edit_of_text_formatting_or_buttons_is_a_change(stage: Stage, change: dict[str, Any]) -> None:
    sent = await stage.sends("<i>uno</i>", parse_mode="HTML")
    assert (await stage.does("editMessageText", **place(sent), parse_mode="HTML", **change))["text"] == "uno"


async def test_an_edit_that_changes_nothing_is_refused(stage: Stage) -> None:
    sent = await stage.sends("<b>uno</b>", parse_mode="HTML", reply_markup=keyboard(BUTTON))
    same = {"text": " <strong>uno</strong> ", "parse_mode": "HTML", "reply_markup": keyboard(BUTTON)}
    assert await stage.refusal("editMessageText", **place(sent), **same) == NOT_MODIFIED
    buttons = {"reply_markup": keyboard(BUTTON)}
    assert await stage.refusal("editMessageReplyMarkup", **place(sent), **buttons) == NOT_MODIFIED
    assert not stage.telegram.chat(stage.ana)[-1].edited


async def test_the_keyboard_alone_can_be_changed_and_taken_away(stage: Stage) -> None:
    sent = await stage.sends("uno", reply_markup=keyboard(BUTTON))
    other = keyboard({"text": "No", "callback_data": "no"})
    assert (await stage.does("editMessageReplyMarkup", **place(sent), reply_markup=other))["reply_markup"] == other
    edited = await stage.does("editMessageReplyMarkup", **place(sent))
    assert edited["text"] == "uno"
    assert "reply_markup" not in edited
    phone = {"keyboard": [["Sí"]]}
    words = "400 Bad Request: inline keyboard expected"
    assert await stage.refusal("editMessageText", **place(sent), text="dos", reply_markup=phone) == words


async def test_a_caption_is_changed_where_there_is_a_file_and_a_text_where_there_is_none(stage: Stage) -> None:
    file = {"f": Upload("x.pdf", b"x")}
    sent = await stage.does("sendDocument", file, chat_id=stage.ana, document="attach://f", caption="uno")
    edited = await stage.does("editMessageCaption", **place(sent), caption="<b>dos</b>", parse_mode="HTML")
    assert (edited["caption"], edited["caption_entities"][0]["type"]) == ("dos", "bold")
    assert "caption" not in await stage.does("editMessageCaption", **place(sent))
    words = "400 Bad Request: there is no text in the message to edit"
    assert await stage.refusal("editMessageText", **place(sent), text="x") == words
    text = await stage.sends()
    words = "400 Bad Request: there is no caption in the message to edit"
    assert await stage.refusal("editMessageCaption", **place(text), caption="x") == words


async def test_only_ones_own_message_can_be_edited(stage: Stage) -> None:
    assert await stage.refusal("editMessageText", chat_id=stage.ana, message_id=1, text="x") == (
        "400 Bad Request: message can't be edited"
    )
    forwarded = await stage.does("forwardMessage", chat_id=stage.ana, from_chat_id=stage.ana, message_id=1)
    assert await stage.refusal("editMessageText", **place(forwarded), text="x") == (
        "400 Bad Request: message can't be edited"
    )
    assert await stage.refusal("editMessageText", inline_message_id="AQ", text="x") == (
        "400 Bad Request: MESSAGE_ID_INVALID"
    )


async def test_a_message_can_be_deleted_for_two_days(stage: Stage) -> None:
    young, old = await stage.sends("joven"), await stage.sends("viejo")
    stage.clock.jump(NOON + timedelta(hours=48))
    assert await stage.does("deleteMessage", **place(young)) is True
    stage.clock.jump(NOON + timedelta(hours=48, seconds=1))
    assert await stage.refusal("deleteMessage", **place(old)) == "400 Bad Request: message can't be deleted"
    assert [each.text for each in stage.telegram.chat(stage.ana)] == ["/start", "viejo"]
    assert await stage.refusal("deleteMessage", **place(young)) == "400 Bad Request: message to delete not found"


async def test_several_are_deleted_together_and_lost_ones_passed_over(stage: Stage) -> None:
    numbers = [(await stage.sends(str(number)))["message_id"] for number in range(3)]
    assert await stage.does("deleteMessages", chat_id=stage.ana, message_ids=[*numbers, 999]) is True
    assert [each.text for each in stage.telegram.chat(stage.ana)] == ["/start"]
    for wrong, words in (
        (list(range(1, 102)), "too many message identifiers specified"),
        (["x"], "invalid message identifier specified"),
        ([0], "invalid message identifier specified"),
    ):
        given = {"chat_id": stage.ana, "message_ids": wrong}
        assert await stage.refusal("deleteMessages", **given) == f"400 Bad Request: {words}"


async def test_in_a_group_a_bot_deletes_only_what_it_wrote(stage: Stage) -> None:
    group = stage.telegram.group("Ciclo", creator=stage.ana)
    stage.telegram.adds_bot(group, by=stage.ana)
    said = stage.telegram.says(stage.ana, "hola", chat_id=group)
    sent = await stage.does("sendMessage", chat_id=group, text="hola")
    words = "400 Bad Request: message can't be deleted"
    assert await stage.refusal("deleteMessage", chat_id=group, message_id=said) == words
    both = [said, sent["message_id"]]
    assert await stage.refusal("deleteMessages", chat_id=group, message_ids=both) == words
    assert await stage.does("deleteMessage", **place(sent)) is True
    assert await stage.does("deleteMessage", chat_id=stage.ana, message_id=1) is True


async def test_a_deleted_message_takes_its_keyboard_and_pin_with_it(stage: Stage) -> None:
    sent = await stage.sends("¿vienes?", reply_markup={"keyboard": [["Sí"]]})
    await stage.does("pinChatMessage", **place(sent))
    await stage.does("deleteMessage", **place(sent))
    with pytest.raises(LookupError):
        stage.telegram.taps_reply_button(stage.ana, 0)
    assert "pinned_message" not in await stage.does("getChat", chat_id=stage.ana)


async def test_the_newest_pin_is_shown_and_pins_are_taken_off(stage: Stage) -> None:
    pins = [await stage.sends(str(number)) for number in range(3)]

    async def shown() -> str:
        chat = await stage.does("getChat", chat_id=stage.ana)
        return str(chat.get("pinned_message", {}).get("text", ""))

    for each in (*pins, pins[0]):
        await stage.does("pinChatMessage", **place(each))
    assert await shown() == "0"
    await stage.does("unpinChatMessage", chat_id=stage.ana)
    assert await shown() == "2"
    await stage.does("unpinChatMessage", **place(pins[1]))
    words = "400 Bad Request: message to unpin not found"
    assert await stage.refusal("unpinChatMessage", **place(pins[1])) == words
    await stage.does("unpinAllChatMessages", chat_id=stage.ana)
    assert await shown() == ""
