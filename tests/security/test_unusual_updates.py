"""Channels, topics, anonymous administrators, edits, bots, business, polls, reactions: known for what they are."""

from typing import Any

from tests.support.world.people import World

Json = dict[str, Any]
GROUP = -1_001_000_000_777
USER: Json = {"id": 5_000_000, "is_bot": False, "first_name": "Eva", "language_code": "es"}
ANONYMOUS: Json = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
PRIVATE: Json = {"id": USER["id"], "type": "private", "first_name": "Eva"}
FORUM: Json = {"id": GROUP, "type": "supergroup", "title": "Foro", "is_forum": True}
CHANNEL: Json = {"id": -1_001_000_000_778, "type": "channel", "title": "Canal"}
SAID: Json = {"message_id": 7, "date": 1_729_609_200, "text": "/sesiones"}
REACTION: Json = {"type": "emoji", "emoji": "👍"}

SILENT: dict[str, Json] = {
    "a channel's post": {"channel_post": SAID | {"chat": CHANNEL, "sender_chat": CHANNEL}},
    "a channel's edited post": {"edited_channel_post": SAID | {"chat": CHANNEL, "edit_date": 1_729_609_300}},
    "the bot made administrator of a channel": {
        "my_chat_member": {
            "chat": CHANNEL, "from": USER, "date": 1_729_609_200,
            "old_chat_member": {"status": "left", "user": ANONYMOUS},
            "new_chat_member": {"status": "member", "user": ANONYMOUS},
        }
    },
    "an edited message": {"edited_message": SAID | {"chat": PRIVATE, "from": USER, "edit_date": 1_729_609_300}},
    "another bot": {"message": SAID | {"chat": PRIVATE, "from": USER | {"is_bot": True}}},
    "a card of ours": {"message": SAID | {"chat": PRIVATE, "from": USER, "via_bot": ANONYMOUS}},
    "a channel that speaks in its group": {
        "message": SAID | {"chat": FORUM, "from": ANONYMOUS | {"id": 136_817_688}, "sender_chat": CHANNEL,
                           "text": "/sesiones@ciclo_bot"}
    },
    "a post passed on by itself": {
        "message": SAID | {"chat": FORUM, "from": {"id": 777_000, "is_bot": False, "first_name": "Telegram"},
                           "sender_chat": CHANNEL, "is_automatic_forward": True, "text": "hola"}
    },
    "a business message": {"business_message": SAID | {"chat": PRIVATE, "from": USER, "business_connection_id": "b"}},
    "a business connection": {
        "business_connection": {"id": "b", "user": USER, "user_chat_id": USER["id"], "date": 1, "is_enabled": True}
    },
    "deleted business messages": {
        "deleted_business_messages": {"business_connection_id": "b", "chat": PRIVATE, "message_ids": [1, 2]}
    },
    "a poll": {
        "poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
                 "is_anonymous": True, "type": "regular", "allows_multiple_answers": False}
    },
    "a vote": {"poll_answer": {"poll_id": "1", "option_ids": [0], "user": USER}},
    "a reaction": {
        "message_reaction": {"chat": PRIVATE, "message_id": 1, "user": USER, "date": 1_729_609_200,
                             "old_reaction": [], "new_reaction": [REACTION]}
    },
    "a boost": {"chat_boost": {"chat": CHANNEL, "boost": {"boost_id": "1", "add_date": 1, "expiration_date": 2,
                                                         "source": {"source": "premium", "user": USER}}}},
    "somebody who asks to join": {
        "chat_join_request": {"chat": FORUM, "from": USER, "user_chat_id": USER["id"], "date": 1_729_609_200}
    },
    "a checkout": {
        "pre_checkout_query": {"id": "1", "from": USER, "currency": "XTR", "total_amount": 1, "invoice_payload": "x"}
    },
    "something of a later Telegram": {"telepathy": {"from": USER, "thought": "/sesiones"}},
    "nothing at all": {},
}  # fmt: skip


async def bring(world: World, update: Json) -> None:
    world.telegram.waiting.append({"update_id": world.telegram.number("update"), **update})
    world.telegram.news.set()
    await world.settle()


async def calls(world: World) -> int:
    return sum(each.method != "getUpdates" for each in world.telegram.calls)


async def test_what_is_not_for_us_gets_no_answer_and_stops_nobody(world: World) -> None:
    ana = world.person("Ana")
    for what, update in SILENT.items():
        before = await calls(world)
        await bring(world, update)
        assert await calls(world) == before, (what, [each.method for each in world.telegram.calls][-3:])
        await ana.says("/sesiones")
        assert ana.heard("Las sesiones"), what
    async with world.rehearsal.app.database.transaction() as tx:
        kept = (await tx.exec_driver_sql("SELECT count(*) FROM participants")).scalar_one()
    assert kept == 1, "only Ana is remembered"


async def test_an_anonymous_administrator_is_answered_as_the_group(world: World) -> None:
    ana = world.person("Ana")
    group = world.telegram.group("Red", creator=ana.id)
    world.telegram.adds_bot(group, ana.id)
    await world.settle()
    chat = {"id": group, "type": "supergroup", "title": "Red"}
    await bring(
        world, {"message": SAID | {"chat": chat, "from": ANONYMOUS, "sender_chat": chat, "text": "/sesiones@ciclo_bot"}}
    )
    assert "Las sesiones" in world.telegram.chat(group)[-1].text


async def test_a_number_that_comes_again_with_other_words_is_not_heard(world: World) -> None:
    """A replayed update, also one that somebody has changed on the way."""
    ana = world.person("Ana")
    await ana.says("/sesiones")
    seen = len(ana.chat)
    number = world.telegram.number("update") - 1
    chat = {"id": ana.id, "type": "private", "first_name": "Ana"}
    world.telegram.waiting.append(
        {"update_id": number, "message": SAID | {"chat": chat, "from": USER | {"id": ana.id}, "text": "/ayuda"}}
    )
    world.telegram.news.set()
    await world.settle()
    assert len(ana.chat) == seen
