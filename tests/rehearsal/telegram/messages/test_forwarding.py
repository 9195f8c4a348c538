"""Messages that are copied and forwarded."""

import pytest

from rehearsal.telegram.telegram import Upload
from tests.support.telegram.rehearsal_stage import BUTTON, Stage, keyboard


@pytest.fixture
def stage() -> Stage:
    """Beto has written, too."""
    stage = Stage()
    stage.telegram.says(stage.beto, "hola, soy Beto")
    return stage


async def test_a_copy_has_the_content_and_no_trace_of_its_source(stage: Stage) -> None:
    sent = await stage.sends("<b>hola</b>", parse_mode="HTML", reply_markup=keyboard(BUTTON))
    given = {"chat_id": stage.beto, "from_chat_id": stage.ana, "message_id": sent["message_id"]}
    copied = await stage.does("copyMessage", **given)
    assert set(copied) == {"message_id"}
    shown = stage.telegram.chats[stage.beto].messages[copied["message_id"]]
    assert (shown["text"], shown["entities"]) == ("hola", sent["entities"])
    assert {"reply_markup", "forward_origin"}.isdisjoint(shown)
    again = await stage.does("copyMessage", **given, reply_markup=keyboard(BUTTON))
    assert stage.telegram.chat(stage.beto)[-1].id == again["message_id"]
    assert stage.telegram.chat(stage.beto)[-1].keyboard == [[BUTTON]]


async def test_a_copied_file_keeps_its_caption_or_takes_another(stage: Stage) -> None:
    file = {"f": Upload("x.pdf", b"x")}
    sent = await stage.does("sendDocument", file, chat_id=stage.ana, document="attach://f", caption="uno")
    given = {"chat_id": stage.beto, "from_chat_id": stage.ana, "message_id": sent["message_id"]}
    captions: tuple[dict[str, str], ...] = ({}, {"caption": "dos"}, {"caption": ""})
    for caption in captions:
        await stage.does("copyMessage", **given, **caption)
    copies = stage.telegram.chat(stage.beto)[-3:]
    assert [each.text for each in copies] == ["uno", "dos", ""]
    assert all(each.media is not None and each.media["file_id"] == sent["document"]["file_id"] for each in copies)


async def test_a_forwarded_message_says_who_wrote_it_first(stage: Stage) -> None:
    first = await stage.does("forwardMessage", chat_id=stage.beto, from_chat_id=stage.ana, message_id=1)
    assert (first["text"], first["from"]["is_bot"]) == ("/start", True)
    assert first["forward_origin"]["sender_user"]["first_name"] == "Ana"
    given = {"chat_id": stage.ana, "from_chat_id": stage.beto, "message_id": first["message_id"]}
    assert (await stage.does("forwardMessage", **given))["forward_origin"] == first["forward_origin"]


async def test_protected_content_is_not_forwarded(stage: Stage) -> None:
    sent = await stage.sends("secreto", protect_content=True)
    given = {"chat_id": stage.beto, "from_chat_id": stage.ana, "message_id": sent["message_id"]}
    words = "400 Bad Request: message has protected content and can't be forwarded"
    assert await stage.refusal("forwardMessage", **given) == words


async def test_what_has_no_content_cannot_be_copied(stage: Stage) -> None:
    group = stage.telegram.group("Ciclo", creator=stage.ana, small=True)
    stage.telegram.adds_bot(group, by=stage.ana)
    big = stage.telegram.grows(group)
    (told,) = stage.telegram.chats[big].messages
    given = {"chat_id": stage.ana, "from_chat_id": big, "message_id": told}
    assert await stage.refusal("copyMessage", **given) == "400 Bad Request: message can't be copied"
    lost = {"chat_id": stage.ana, "from_chat_id": stage.ana, "message_id": 999}
    assert await stage.refusal("copyMessage", **lost) == "400 Bad Request: message to copy not found"
