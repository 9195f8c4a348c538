"""The buttons under an answer: what one can go on with. Their answers come as new messages; the answer stays."""

from collections.abc import Callable, Mapping, Sequence

from handlers.turn import Turn
from knowledge.programme.cycle import Cycle
from locales.localized import Language
from locales.reply import Button, Keyboard, Value, rows, text

_SHORT_A_ROW = 2  # short labels stand two in a row

_LONG_KINDS = frozenset({"use_zone", "practices_of", "objectives_of", "remind", "join", "team", "enter", "tell", "faq"})

_LABELS: Mapping[str, tuple[str, str]] = {
    # kind: the label's key and the button's address
    "sessions": ("menu.sessions", "sessions"),
    "objectives": ("menu.objectives", "objectives"),
    "principles": ("menu.principles", "principles"),
    "practices": ("menu.practices", "practices"),
    "offer": ("offer.button", "of"),
    "more_practices": ("button.later", "pfound:1"),
    "reminders": ("menu.reminders", "rem"),
    "calendar": ("menu.calendar", "cal"),
    "zone": ("ask.my_zone", "zone"),
    "language": ("menu.language", "language"),
    "register": ("menu.register", "reg"),
    "my_registration": ("menu.mine", "mine"),
    "my_data": ("menu.data", "data"),
    "privacy": ("ask.privacy", "privacy"),
    "team": ("ask.team", "team"),
    "menu": ("button.menu", "menu"),
}
_NUMBERED: Mapping[str, tuple[Callable[[str], Value], str]] = {
    "session": (lambda number: text("session.before", number=int(number)), "s:{}"),
    "objective": (lambda number: text("objective.button", number=int(number)), "o:{}"),
    "principle": (lambda number: text("ask.principle", number=int(number)), "pr:{}"),
    "objectives_of": (lambda number: text("ask.objectives_of", number=int(number)), "so:{}"),
    "remind": (lambda number: text("ask.remind", number=int(number)), "rem:{}"),
    "files": (lambda _number: text("detail.button.materials"), "d:{}:materials"),
    "join": (lambda number: text("place.take", number=int(number)), "mine:s:{}:on"),
}


def follow_up_keyboard(
    turn: Turn, cycle: Cycle, offers: Sequence[tuple[str, str]], language: Language, *, sure: bool
) -> Keyboard:
    """Returns a button for each offer.

    The last one changes the language for good, where the question was in another.
    """
    practices = [key for kind, key in offers if kind == "practice"]
    buttons = [(each, offer[0]) for offer in offers if (each := _button(turn, cycle, offer, practices)) is not None]
    switch = (_language_button(language),) if sure and language != turn.language else ()
    return (*_practice_number_buttons(practices), *_arrange_rows(buttons), *((each,) for each in switch))


def _arrange_rows(buttons: Sequence[tuple[Button, str]]) -> Keyboard:
    """Arranges the buttons: long labels have a row to themselves, so that a small screen shows them whole."""
    long = tuple((button,) for button, kind in buttons if kind in _LONG_KINDS)
    short = rows(*(button for button, kind in buttons if kind not in _LONG_KINDS), of=_SHORT_A_ROW)
    return (*long, *short)


def _practice_number_buttons(practices: Sequence[str]) -> Keyboard:
    """Returns the buttons of a list of practices, by the numbers under which it shows them."""
    if len(practices) < 2:  # noqa: PLR2004 - one practice is shown already
        return ()
    return (tuple(Button(str(place), f"+p:{key}") for place, key in enumerate(practices, start=1)),)


def _button(turn: Turn, cycle: Cycle, offer: tuple[str, str], practices: Sequence[str]) -> Button | None:
    kind, key = offer
    if kind == "practice" and key in practices:
        return None
    if kind == "use_zone":
        zone, place = key.split("|", maxsplit=1)
        return None if zone == turn.person.zone else Button(text("ask.use_zone", place=place), f"+z:{zone}")
    if kind == "practices_of":
        count = len(cycle.practices_of(int(key)))
        return Button(text("objective.practices", n=count), f"+po:{key}:0")
    if kind in _NUMBERED:
        label, address = _NUMBERED[kind]
        return Button(label(key), "+" + address.format(key))
    if kind in _LABELS:
        label_key, address = _LABELS[kind]
        return Button(text(label_key), "+" + address)
    return _entry_button(cycle, key) if kind == "faq" else _detail_button(kind, key)


def _entry_button(cycle: Cycle, key: str) -> Button | None:
    """Returns the button of a question of the FAQ, in its own words."""
    asked = next((each.question for each in cycle.faq if each.key == key), None)
    return None if asked is None else Button(asked, f"+q:{key}")


def _detail_button(kind: str, key: str) -> Button | None:
    """Returns the way into a session, one session's own answer, or to be told of what is not known yet ("2:link")."""
    if kind == "enter":
        return Button(text("detail.enter"), url=key)
    if kind == "detail":
        return Button(text("session.before", number=int(key.partition(":")[0])), f"+d:{key}")
    return Button(text("detail.tell"), f"+tell:{key}:on") if kind == "tell" else None


def _language_button(language: Language) -> Button:
    return Button(text("ask.switch"), f"+lang:{language}")
