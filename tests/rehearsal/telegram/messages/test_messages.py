"""What a bot's message is once it has arrived: its length, what it answers, its keyboards, places, typing."""

from typing import Any

import pytest

from tests.support.telegram.rehearsal_stage import BUTTON, Stage, keyboard

PHONE = {"keyboard": [["Sí", {"text": "Aquí estoy", "request_location": True}]], "resize_keyboard": True}


async def test_lengths_count_after_the_markup_in_utf16_units(stage: Stage) -> None:
    """4096 signs with tags around them fit; an emoji counts twice."""
    assert (await stage.sends(f"<b>{'x' * 4096}</b>", parse_mode="HTML"))["entities"][0]["length"] == 4096
    assert (await stage.sends("😀" * 2048))["text"] == "😀" * 2048
    assert (await stage.sends(f"  {'x' * 4096}\n"))["text"] == "x" * 4096
    assert await stage.refusal("sendMessage", chat_id=stage.ana, text="&lt;" * 8192, parse_mode="HTML") == (
        "400 Bad Request: message is too long"
    )
    assert (
        await stage.refusal("sendMessage", chat_id=stage.ana, text="x" * 32769) == "400 Bad Request: text is too long"
    )


async def test_a_message_carries_its_number_moment_chat_and_sender(stage: Stage) -> None:
    first, second = await stage.sends("uno"), await stage.sends("dos")
    assert second["message_id"] == first["message_id"] + 1
    assert first["date"] == int(stage.clock.now().timestamp())
    assert first["chat"] == {"id": stage.ana, "type": "private", "first_name": "Ana"}
    assert first["from"]["is_bot"]


async def test_parameters_may_come_as_text_as_http_brings_them(stage: Stage) -> None:
    markup = '{"inline_keyboard": [[{"text": "Sí", "callback_data": "yes"}]]}'
    sent = await stage.sends("hola", chat_id=f" {stage.ana}", reply_markup=markup, protect_content="True")
    assert sent["reply_markup"] == keyboard(BUTTON)
    assert sent["has_protected_content"]


async def test_an_answer_shows_what_it_answers_one_step_deep(stage: Stage) -> None:
    first = await stage.sends("uno", reply_parameters={"message_id": 1})
    assert first["reply_to_message"]["text"] == "/start"
    second = await stage.sends("dos", reply_to_message_id=first["message_id"])
    assert second["reply_to_message"]["text"] == "uno"
    assert "reply_to_message" not in second["reply_to_message"]


async def test_an_answer_to_what_is_gone_is_sent_only_where_that_is_allowed(stage: Stage) -> None:
    for allowed in (
        {"reply_parameters": {"message_id": 999, "allow_sending_without_reply": True}},
        {"reply_to_message_id": 999, "allow_sending_without_reply": "true"},
    ):
        assert "reply_to_message" not in await stage.sends("hola", **allowed)
    given = {"chat_id": stage.ana, "text": "hola"}
    lost = "400 Bad Request: message to be replied not found"
    assert await stage.refusal("sendMessage", **given, reply_to_message_id=999) == lost
    words = "400 Bad Request: object expected as reply parameters"
    assert await stage.refusal("sendMessage", **given, reply_parameters=[1]) == words


async def test_a_phones_own_keyboard_stays_until_it_is_replaced_or_taken_away(stage: Stage) -> None:
    sent = await stage.sends("¿vienes?", reply_markup=PHONE)
    assert "reply_markup" not in sent
    await stage.sends("piénsalo")
    asked, thought = stage.telegram.chat(stage.ana)[-2:]
    assert asked.reply_keyboard == [[{"text": "Sí"}, PHONE["keyboard"][0][1]]]  # type: ignore[index] # it is a list
    assert thought.reply_keyboard is None
    stage.telegram.taps_reply_button(stage.ana, 0)
    assert (await stage.updates(offset=-1))[0]["message"]["text"] == "Sí"
    await stage.sends("gracias", reply_markup={"remove_keyboard": True})
    assert all(each.reply_keyboard is None for each in stage.telegram.chat(stage.ana))
    with pytest.raises(LookupError):
        stage.telegram.taps_reply_button(stage.ana, 0)


async def test_where_the_phone_is_can_be_asked_in_private_only(stage: Stage) -> None:
    await stage.sends("¿dónde?", reply_markup=PHONE)
    with pytest.raises(ValueError, match="where the phone is"):
        stage.telegram.taps_reply_button(stage.ana, 0, 1)
    group = stage.telegram.group("Ciclo", creator=stage.ana)
    stage.telegram.adds_bot(group, by=stage.ana)
    words = "400 Bad Request: location can be requested in private chats only"
    assert await stage.refusal("sendMessage", chat_id=group, text="¿dónde?", reply_markup=PHONE) == words


async def test_markup_that_says_nothing_is_none(stage: Stage) -> None:
    nothing: list[dict[str, Any]] = [
        {"inline_keyboard": [[]]},
        {},
        {"force_reply": True, "input_field_placeholder": "Su ciudad"},
    ]
    for markup in nothing:
        assert "reply_markup" not in await stage.sends("hola", reply_markup=markup)
    long = {"force_reply": True, "input_field_placeholder": "x" * 65}
    words = "400 Bad Request: reply markup is too long"
    assert await stage.refusal("sendMessage", chat_id=stage.ana, text="x", reply_markup=long) == words


async def test_a_button_may_be_many_things_and_a_link_is_completed(stage: Stage) -> None:
    buttons = [
        {"text": "web", "url": "example.org"},
        {"text": "persona", "url": f"tg://user?id={stage.ana}"},
        {"text": "copiar", "copy_text": {"text": "x"}},
        {"text": "otra parte", "switch_inline_query": ""},
        {"text": "justo", "callback_data": "ñ" * 32, "style": "primary"},
    ]
    sent = await stage.sends("hola", reply_markup=keyboard(*buttons))
    shown = sent["reply_markup"]["inline_keyboard"][0]
    assert shown[0]["url"] == "http://example.org/"
    assert shown[1:] == buttons[1:]
    hundred = {"inline_keyboard": [[BUTTON] * 8] * 12 + [[BUTTON] * 4]}
    assert len((await stage.sends("hola", reply_markup=hundred))["reply_markup"]["inline_keyboard"]) == 13


async def test_a_place_is_sent_and_one_outside_the_world_is_not(stage: Stage) -> None:
    sent = await stage.does("sendLocation", chat_id=stage.ana, latitude="18.54", longitude=-72.34)
    assert sent["location"] == {"latitude": 18.54, "longitude": -72.34}
    shown = stage.telegram.chat(stage.ana)[-1].media
    assert shown == {"kind": "location", "latitude": 18.54, "longitude": -72.34}
    assert (await stage.does("sendLocation", chat_id=stage.ana, latitude=90, longitude="x"))["location"][
        "longitude"
    ] == 0
    for place in ({"latitude": 0, "longitude": 180.5}, {"latitude": "inf", "longitude": 0}):
        words = "400 Bad Request: invalid location specified"
        assert await stage.refusal("sendLocation", chat_id=stage.ana, **place) == words


async def test_typing_shows_for_some_seconds_or_until_the_message(stage: Stage) -> None:
    typing = {"chat_id": stage.ana, "action": "typing"}
    await stage.does("sendChatAction", **typing)
    assert stage.telegram.typing(stage.ana)
    await stage.sends()
    assert not stage.telegram.typing(stage.ana)
    await stage.does("sendChatAction", **typing)
    await stage.does("sendChatAction", chat_id=stage.ana, action="cancel")
    assert not stage.telegram.typing(stage.ana)
    await stage.does("sendChatAction", **typing)
    stage.telegram.seconds_ahead += 6
    assert not stage.telegram.typing(stage.ana)
