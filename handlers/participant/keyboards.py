"""Buttons that several themes need: home, pages, a grid of numbers."""

from collections.abc import Iterable

from changes import afterwards
from db.people import registrations
from db.programme import cycle_switches
from handlers.turn import Turn
from locales.reply import Button, Keyboard, rows, text

Row = tuple[Button, ...]
_MOST_DIGITS = 3  # as in a button's address, see handlers/routes.py

_LABELS = {
    "sessions": "menu.sessions",
    "reg": "menu.register",
    "mine": "menu.mine",
    "rem": "menu.reminders",
    "objectives": "menu.objectives",
    "principles": "menu.principles",
    "practices": "menu.practices",
    "cal": "menu.calendar",
    "zone": "menu.timezone",
    "language": "menu.language",
    "data": "menu.data",
    "help": "menu.help",
    "more": "menu.more",
}
_ONLY_WHILE_IT_LASTS = frozenset({"rem", "cal", "zone"})
_ONLY_FIRST = frozenset({"reg", "mine", "more"})


async def menu_keyboard(turn: Turn) -> Keyboard:
    """Returns the main menu: six buttons, two a row, which a small phone shows without scrolling."""
    return (*_keyboard([*await _first_buttons(turn), "more"]), *await certificate_row(turn))


async def certificate_row(turn: Turn) -> Keyboard:
    """Returns the button to one's certificate, for who came to a session that is over, where there are any."""
    if turn.person.is_group or turn.cycle.certificate is None:
        return ()
    if not await afterwards.attended_sessions(turn.tx, turn.cycle.key, turn.person.id, now=turn.now):
        return ()
    on = await cycle_switches.is_on(turn.tx, turn.cycle.key, cycle_switches.CERTIFICATES)
    return ((Button(text("certificate.button"), "cert"),),) if on else ()


async def more_keyboard(turn: Turn) -> Keyboard:
    """Returns everything that the main menu has no room for."""
    first, lasts = await _first_buttons(turn), await _lasts(turn)
    shown = {*first, *_ONLY_FIRST, *(() if lasts else _ONLY_WHILE_IT_LASTS)}
    return (*_keyboard(each for each in _LABELS if each not in shown), home_row())


async def _first_buttons(turn: Turn) -> tuple[str, ...]:
    """Returns the first two buttons: where somebody is matters more than their calendar, as long as it is not known."""
    if not await _lasts(turn):
        return ("sessions", "objectives", "principles", "practices", "help")
    registered = await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key) is not None
    place = "zone" if turn.person.zone is None else "cal"
    return ("sessions", "mine" if registered else "reg", "rem", place, "objectives")


async def _lasts(turn: Turn) -> bool:
    """Returns whether any session is still to come, or going on."""
    return any(each.is_open(turn.now) for each in (await turn.live()).values())


def _keyboard(presses: Iterable[str]) -> Keyboard:
    return rows(*(Button(text(_LABELS[press]), press) for press in presses), of=2)


def home_row() -> Row:
    """Returns the row that leads to the menu."""
    return (Button(text("button.menu"), "menu"),)


def is_number(words: str) -> bool:
    """Returns whether the words are a number that a card can have, in digits alone."""
    return words.isascii() and words.isdecimal() and len(words) <= _MOST_DIGITS


def number_grid(numbers: Iterable[int], press: str, *, of: int = 6) -> Keyboard:
    """Returns a button a number; `press` is its address before the number, such as "o:"."""
    return rows(*(Button(str(number), f"{press}{number}") for number in numbers), of=of)


def neighbour_row(before: Button | None, after: Button | None) -> Keyboard:
    """Returns one row with what comes before and after, where there is any."""
    row = tuple(button for button in (before, after) if button is not None)
    return (row,) if row else ()


def page_row(address: str, page: int, pages: int) -> Keyboard:
    """Returns the row to earlier and later pages of a list; `address` ends before the page's number."""
    before = Button(text("button.earlier"), f"{address}{page - 1}") if page > 0 else None
    after = Button(text("button.later"), f"{address}{page + 1}") if page < pages - 1 else None
    return neighbour_row(before, after)
