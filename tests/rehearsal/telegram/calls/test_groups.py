"""Groups: what a bot hears there, who is in them, and how a small one grows."""

import pytest

from tests.support.telegram.rehearsal_stage import Stage


@pytest.fixture
def group(stage: Stage) -> int:
    """Ana's supergroup, with the bot and Beto in it; what happened so far is confirmed."""
    number = stage.telegram.group("Ciclo", creator=stage.ana)
    stage.telegram.adds_bot(number, by=stage.ana)
    stage.telegram.says(stage.beto, "hola a todos", chat_id=number)
    stage.telegram.waiting.clear()
    return number


async def test_the_bot_is_told_who_adds_and_removes_it(stage: Stage) -> None:
    group = stage.telegram.group("Ciclo", creator=stage.ana)
    stage.telegram.adds_bot(group, by=stage.ana)
    told = (await stage.updates(offset=-1))[0]["my_chat_member"]
    assert told["chat"] == {"id": group, "type": "supergroup", "title": "Ciclo"}
    assert (told["old_chat_member"]["status"], told["new_chat_member"]["status"]) == ("left", "member")
    stage.telegram.removes_bot(group, by=stage.ana)
    told = (await stage.updates(offset=-1))[0]["my_chat_member"]
    assert (told["from"]["id"], told["new_chat_member"]["status"]) == (stage.ana, "kicked")
    words = "403 Forbidden: bot was kicked from the supergroup chat"
    for method, more in (("sendMessage", {"text": "x"}), ("getChat", {})):
        assert await stage.refusal(method, chat_id=group, **more) == words


async def test_who_was_never_let_in_or_left_cannot_write(stage: Stage, group: int) -> None:
    other = stage.telegram.group("Otro", creator=stage.ana, small=True)
    words = "403 Forbidden: bot is not a member of the group chat"
    assert await stage.refusal("sendMessage", chat_id=other, text="x") == words
    await stage.does("leaveChat", chat_id=group)
    words = "403 Forbidden: bot is not a member of the supergroup chat"
    assert await stage.refusal("sendMessage", chat_id=group, text="x") == words
    stage.telegram.says(stage.ana, "/start", chat_id=group)
    assert not stage.telegram.waiting


async def test_of_a_groups_talk_the_bot_hears_only_what_is_for_it(stage: Stage, group: int) -> None:
    sent = await stage.does("sendMessage", chat_id=group, text="hola")
    for words in ("hola", "@ciclo_bot hola", "/start@otro_bot", "veo /start"):
        stage.telegram.says(stage.ana, words, chat_id=group)
    assert not stage.telegram.waiting
    for words in ("/start", "/start s2", "/start@Ciclo_Bot s2"):
        stage.telegram.says(stage.ana, words, chat_id=group)
    stage.telegram.says(stage.ana, "sí", chat_id=group, reply_to=sent["message_id"])
    heard = [each["message"] for each in await stage.updates()]
    assert [each["text"] for each in heard] == ["/start", "/start s2", "/start@Ciclo_Bot s2", "sí"]
    assert heard[-1]["reply_to_message"]["text"] == "hola"
    assert {each["chat"]["id"] for each in heard} == {group}


async def test_without_privacy_the_bot_hears_everything(stage: Stage, group: int) -> None:
    stage.telegram.me["can_read_all_group_messages"] = True
    stage.telegram.says(stage.ana, "hola", chat_id=group)
    assert len(await stage.updates()) == 1


async def test_talk_in_a_group_is_no_start_in_private(stage: Stage, group: int) -> None:
    stage.telegram.says(stage.beto, "/start", chat_id=group)
    assert (await stage.refusal("sendMessage", chat_id=stage.beto, text="x")).startswith("403")


async def test_who_is_in_a_group(stage: Stage, group: int) -> None:
    async def status(user_id: int, chat_id: int = group) -> str:
        return str((await stage.does("getChatMember", chat_id=chat_id, user_id=user_id))["status"])

    stranger = stage.telegram.joins("Caro").id
    bot = stage.telegram.me["id"]
    assert [await status(each) for each in (stage.ana, stage.beto, bot, stranger)] == [
        "creator",
        "member",
        "member",
        "left",
    ]
    assert await stage.does("getChatMemberCount", chat_id=group) == 3
    (creator,) = await stage.does("getChatAdministrators", chat_id=group)
    assert (creator["user"]["first_name"], creator["is_anonymous"]) == ("Ana", False)
    words = "400 Bad Request: invalid user_id specified"
    assert await stage.refusal("getChatMember", chat_id=group, user_id="x") == words
    assert [await status(each, stage.ana) for each in (stage.ana, bot, stranger)] == ["member", "member", "left"]
    assert await stage.does("getChatMemberCount", chat_id=stage.ana) == 2


async def test_a_chat_tells_about_itself(stage: Stage, group: int) -> None:
    assert (await stage.does("getChat", chat_id=group))["title"] == "Ciclo"
    own = await stage.does("getChat", chat_id=stage.ana)
    assert (own["type"], own["first_name"], own["max_reaction_count"]) == ("private", "Ana", 11)


async def test_a_small_group_that_grows_gets_another_number_and_both_are_told(stage: Stage) -> None:
    small = stage.telegram.group("Ciclo", creator=stage.ana, small=True)
    stage.telegram.adds_bot(small, by=stage.ana)
    assert (await stage.does("sendMessage", chat_id=small, text="hola"))["chat"]["type"] == "group"
    big = stage.telegram.grows(small)
    told = [each["message"] for each in (await stage.updates())[-2:]]
    assert (told[0]["chat"]["id"], told[0]["migrate_to_chat_id"]) == (small, big)
    assert (told[1]["chat"]["id"], told[1]["migrate_from_chat_id"]) == (big, small)
    assert await stage.call("sendMessage", chat_id=small, text="x") == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": big},
    }
    assert (await stage.does("sendMessage", chat_id=big, text="x"))["chat"]["type"] == "supergroup"
    for no_small_group in (small, big):
        with pytest.raises(ValueError, match="no small group"):
            stage.telegram.grows(no_small_group)


async def test_a_forums_topic_takes_messages_until_it_is_closed_or_gone(stage: Stage, group: int) -> None:
    stage.telegram.becomes_forum(group)
    topic = stage.telegram.opens_topic(group, "Sesiones")
    sent = await stage.does("sendMessage", chat_id=group, text="x", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"], sent["chat"]["is_forum"]) == (topic, True, True)
    assert "message_thread_id" not in await stage.does("sendMessage", chat_id=group, text="x")
    stage.telegram.closes_topic(group, topic)
    words = "400 Bad Request: TOPIC_CLOSED"
    assert await stage.refusal("sendMessage", chat_id=group, text="x", message_thread_id=topic) == words
    stage.telegram.deletes_topic(group, topic)
    words = "400 Bad Request: message thread not found"
    for gone in (topic, 1):
        assert await stage.refusal("sendMessage", chat_id=group, text="x", message_thread_id=gone) == words


async def test_hidden_members_are_not_told_of_but_administrators_are(stage: Stage, group: int) -> None:
    stage.telegram.hides_members(group)
    words = "400 Bad Request: CHAT_ADMIN_REQUIRED"
    assert await stage.refusal("getChatMember", chat_id=group, user_id=stage.ana) == words
    (only,) = await stage.does("getChatAdministrators", chat_id=group)
    assert only["user"]["id"] == stage.ana
