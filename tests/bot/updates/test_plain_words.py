"""What people send nearly always is read lean, and becomes the very objects that PTB makes of it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, Update

from bot.updates.bot_client import read_update
from bot.updates.fast_update_parser import Received, plain_words
from bot.updates.transport import AiohttpRequest
from tests.support.world.people import TOKEN

bot = Bot(TOKEN, request=AiohttpRequest(), get_updates_request=AiohttpRequest())
ids = st.integers(-(2**52), 2**52)
words = st.text(max_size=40)
people = st.fixed_dictionaries(
    {"id": ids, "is_bot": st.booleans(), "first_name": words},
    optional={"last_name": words, "username": words, "language_code": words, "is_premium": st.just(True)},
)
chats = st.fixed_dictionaries(
    {"id": ids, "type": st.sampled_from(["private", "group", "supergroup", "channel", "odd"])},
    optional={"first_name": words, "last_name": words, "username": words},
)
messages = st.fixed_dictionaries(
    {"message_id": ids, "date": st.integers(0, 4_102_444_800), "chat": chats, "from": people, "text": words},
)
other = st.dictionaries(
    st.sampled_from(["title", "entities", "reply_to_message", "sticker", "is_forum", "new_of_Telegram's"]),
    st.none() | st.booleans() | words | st.lists(st.nothing()),
    min_size=1,
)


@given(messages, ids)
def test_it_is_what_ptb_makes_of_it(message: dict[str, Any], number: int) -> None:
    raw = {"update_id": number, "message": message}
    lean, stock = plain_words(raw, bot), Update.de_json(raw, bot)
    assert lean is not None
    assert lean.to_dict() == stock.to_dict()
    assert (lean.effective_chat, lean.effective_user) == (stock.effective_chat, stock.effective_user)
    assert lean.message is not None
    assert stock.message is not None
    assert lean.message.date == stock.message.date
    assert lean.message.text_html == stock.message.text_html
    assert lean.message.get_bot() is stock.message.get_bot() is bot
    names = {name for kind in type(stock.message).__mro__ for name in getattr(kind, "__slots__", ())}
    for name in names - {"_bot", "_id_attrs", "__dict__", "__weakref__"}:
        assert getattr(lean.message, name) == getattr(stock.message, name), name
    assert lean.message.effective_attachment == stock.message.effective_attachment


@given(messages, other, st.sampled_from(["", "chat", "from"]))
def test_whatever_has_more_to_it_is_left_to_ptb(message: dict[str, Any], more: dict[str, Any], where: str) -> None:
    changed = message | more if not where else message | {where: message[where] | more}
    assert plain_words({"update_id": 1, "message": changed}, bot) is None


def test_what_cannot_be_read_is_a_bare_number() -> None:
    who = {"id": 7, "is_bot": False, "first_name": "Ana"}
    raw = {"update_id": 9, "message": {"message_id": 1, "date": "odd", "chat": {"id": 7}, "from": who, "text": "x"}}
    update = read_update(raw, bot)
    assert not isinstance(update, Received)
    assert update.update_id == 9
