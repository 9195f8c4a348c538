"""Buttons that several themes need: home, pages, a grid of numbers."""

from collections.abc import Iterable

from locales.reply import Button, Keyboard, rows, text

Row = tuple[Button, ...]
_MOST_DIGITS = 3  # as in a button's address, see handlers/routes.py

_MENU = (
    ("menu.sessions", "sessions"),
    ("menu.register", "reg"),
    ("menu.objectives", "objectives"),
    ("menu.principles", "principles"),
    ("menu.practices", "practices"),
    ("menu.reminders", "rem"),
    ("menu.calendar", "cal"),
    ("menu.timezone", "zone"),
    ("menu.language", "language"),
    ("menu.data", "data"),
    ("menu.help", "help"),
)


def menu_keyboard() -> Keyboard:
    """The main menu, two buttons a row."""
    return rows(*(Button(text(label), press) for label, press in _MENU), of=2)


def home_row() -> Row:
    """The row that leads to the menu."""
    return (Button(text("button.menu"), "menu"),)


def is_number(words: str) -> bool:
    """Whether they are a number that a card can have, in digits alone."""
    return words.isascii() and words.isdecimal() and len(words) <= _MOST_DIGITS


def number_grid(numbers: Iterable[int], press: str, *, of: int = 6) -> Keyboard:
    """A button a number; `press` is its address before the number, such as "o:"."""
    return rows(*(Button(str(number), f"{press}{number}") for number in numbers), of=of)


def neighbour_row(before: Button | None, after: Button | None) -> Keyboard:
    """One row with what comes before and after, where there is any."""
    row = tuple(button for button in (before, after) if button is not None)
    return (row,) if row else ()


def page_row(address: str, page: int, pages: int) -> Keyboard:
    """Earlier and later pages of a list; `address` ends before the page's number."""
    before = Button(text("button.earlier"), f"{address}{page - 1}") if page > 0 else None
    after = Button(text("button.later"), f"{address}{page + 1}") if page < pages - 1 else None
    return neighbour_row(before, after)
