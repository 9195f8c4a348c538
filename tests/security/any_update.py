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
    "<b>x", "&amp;", "\0", "\ud800", "a" * 5_000, "=1+1", "../../etc/passwd", "menu", "s:2", "rem:1:1h:on", "reg:name:1:x",
    "g:on", "private", "group", "supergroup", "channel", "member", "kicked", "left", "administrator", "creator",
    "user", "chat", "hidden_user", "bot_command", "mention", "text_mention", "es", "xx-yy", "emoji", "1" * 400,
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
ODD = st.none() | st.booleans() | NUMBERS | WORDS | st.just([]) | st.just({}) | st.just([{}]) | st.just([[None]])


@cache
def fields(kind: type[TelegramObject]) -> dict[str, tuple[Any, bool]]:
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
    known = fields(draw(st.sampled_from(kinds)))
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
    """An update of any kind, without its number; half of them come from somebody we know, in a chat of theirs."""
    known = fields(Update)
    kinds = [name for name in known if name != "update_id"]
    # A kind that a later Bot API brings is an update without any part that we know.
    kind = draw(
        st.sampled_from([*kinds, *["message", "callback_query", "inline_query", "my_chat_member"] * 4, "novelty"])
    )
    if kind == "novelty":
        return {"novelty": draw(ODD)}
    made: Json = {kind: draw(values(known[kind][0], 1))}
    body = made[kind]
    if isinstance(body, dict) and draw(st.booleans()):
        body |= {"from": {"id": ANA, "is_bot": False, "first_name": draw(WORDS), "language_code": "es"}}
        for name in ("chat", "message"):
            if name in body:
                chat = {"id": ANA, "type": "private", "first_name": "Ana"}
                body[name] = chat if name == "chat" else {"message_id": 1, "date": 0, "chat": chat}
        body |= {
            name: draw(WORDS) for name in ("text", "data", "query") if name in fields_of(kind) and draw(st.booleans())
        }
    return made


def fields_of(kind: str) -> set[str]:
    """The names in the object that such an update carries."""
    inner = [each for each in get_args(fields(Update)[kind][0]) if each is not type(None)]
    return set(fields(inner[0])) if inner else set()
