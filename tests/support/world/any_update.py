"""Updates as JSON, made from the types of the Bot API as PTB knows them: of every kind, with parts missing or odd."""

import importlib
import inspect
import types
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import telegram
from hypothesis import strategies as st
from telegram import TelegramObject, Update

Json = dict[str, Any]
MODULES = [name for name in dir(telegram) if inspect.isclass(getattr(telegram, name))]
NAMES = {name: getattr(telegram, name) for name in MODULES}
DEEPEST = 4
ANA = 1_000_001

WORDS = st.sampled_from([
    "", "x", "/start", "/start s1", "/start " + "x" * 64, "/sesiones@ciclo_bot", "@ciclo_bot hola", "¿cuándo?",
    "<b>x", "&amp;", "\0", "\ud800", "a" * 5_000, "=1+1", "../../etc/passwd", "menu", "s:2", "rem:1:1h:on",
    "reg:name:1:x", "g:on", "private", "group", "supergroup", "channel", "member", "kicked", "left", "administrator",
    "creator", "user", "chat", "hidden_user", "bot_command", "mention", "text_mention", "es", "xx-yy", "emoji",
    "1" * 400,
])  # fmt: skip
NUMBERS = st.sampled_from([0, 1, -1, ANA, -1_001_000_000_001, 777_000, 1_087_968_824, 2**52, -(2**63), 2**80])
PLAIN: dict[type, st.SearchStrategy[Any]] = {
    str: WORDS | st.text(max_size=20),
    int: NUMBERS,
    bool: st.booleans(),
    float: st.floats(-200, 200),
    datetime: st.sampled_from([0, 1_729_609_200, 4_102_444_800]),
    timedelta: st.integers(0, 90_000),
}
ODD: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | NUMBERS | WORDS | st.just([]) | st.just({}) | st.just([{}]) | st.just([[None]])
)


@cache
def fields(kind: Any) -> dict[str, tuple[Any, bool]]:  # noqa: ANN401 - a class, of which mypy doubts that it can be a key
    """Each field by its name in JSON: its type, and whether it is required."""
    hints = get_type_hints(kind.__init__, NAMES | vars(importlib.import_module(kind.__module__)))
    named = inspect.signature(kind.__init__).parameters
    return {
        name.removesuffix("_user") if name == "from_user" else name: (hints[name], each.default is each.empty)
        for name, each in named.items()
        if name not in {"self", "api_kwargs", "args", "kwargs"} and name in hints
    }


@st.composite
def objects(draw: st.DrawFn, kind: type[TelegramObject], depth: int) -> Json:
    """One object of that type or of one below it: mostly whole, sometimes with a field missing or of another type."""
    kinds = [kind, *kind.__subclasses__()]
    one: Any = draw(st.sampled_from(kinds))
    known = fields(one)
    optional = [name for name, (_, required) in known.items() if not required]
    some = draw(st.lists(st.sampled_from(optional), max_size=4, unique=True)) if optional and depth < DEEPEST else []
    wanted = [name for name, (_, required) in known.items() if required] + some
    made = {name: draw(values(known[name][0], depth + 1)) for name in wanted}
    if made and draw(st.integers(0, 19)) == 0:
        spoilt = draw(st.sampled_from(sorted(made)))
        made[spoilt] = draw(ODD)
        if draw(st.booleans()):
            del made[spoilt]
    return made


def values(hint: Any, depth: int) -> st.SearchStrategy[Any]:  # noqa: ANN401 - whatever stands in an annotation
    """What may stand in a field of that type."""
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return st.one_of([values(each, depth) for each in get_args(hint) if each is not type(None)])
    if origin is not None and inspect.isclass(origin) and issubclass(origin, Sequence):
        inner = get_args(hint)[0]
        return st.lists(values(inner, depth), max_size=2) if depth < DEEPEST else st.just([])
    if inspect.isclass(hint) and issubclass(hint, TelegramObject):
        return st.deferred(lambda: objects(hint, depth))
    return next((each for kind, each in PLAIN.items() if inspect.isclass(hint) and issubclass(hint, kind)), ODD)


@st.composite
def updates(draw: st.DrawFn) -> Json:
    """An update of any kind, without its number; many of them from somebody we know, in a chat of theirs."""
    known = fields(Update)
    if draw(st.booleans()):
        return draw(plain_updates())
    # A kind that a later Bot API brings is an update without any part that we know.
    kind = draw(st.sampled_from([*(name for name in known if name != "update_id"), "novelty"]))
    return {kind: draw(ODD if kind == "novelty" else values(known[kind][0], 1))}


@st.composite
def plain_updates(draw: st.DrawFn) -> Json:
    """What we do answer, with odd words in it and one more field that may be anything."""
    ana = {
        "id": ANA,
        "is_bot": False,
        "first_name": draw(WORDS),
        "language_code": draw(st.sampled_from(["es", "en", ""])),
    }
    kind = draw(st.sampled_from(["message", "message", "callback_query", "inline_query", "my_chat_member"]))
    chat = draw(st.sampled_from([{"id": ANA, "type": "private"}, {"id": -1_001_000_000_001, "type": "supergroup"}]))
    message = {"message_id": 1, "date": 1_729_609_200, "chat": chat, "from": ana}
    member = {"user": ana | {"is_bot": True}, "status": draw(st.sampled_from(["member", "left", "kicked", "novel"]))}
    bodies: dict[str, Json] = {
        "message": message | {"text": draw(WORDS)},
        "callback_query": {"id": "1", "from": ana, "chat_instance": "1", "message": message, "data": draw(WORDS)},
        "inline_query": {"id": "1", "from": ana, "query": draw(WORDS), "offset": ""},
        "my_chat_member": {"chat": chat, "from": ana, "date": 0, "old_chat_member": member, "new_chat_member": member},
    }
    body = bodies[kind]
    of = next(each for each in get_args(fields(Update)[kind][0]) if each is not type(None))
    more = draw(st.sampled_from([None, *(name for name in fields(of) if name not in body)]))
    return {kind: body | ({more: draw(values(fields(of)[more][0], 2))} if more else {})}
