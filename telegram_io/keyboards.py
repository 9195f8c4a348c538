"""Buttons: from the plain data of a reply_markup to python-telegram-bot's objects."""

from collections.abc import Mapping
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def keyboard(markup: Mapping[str, Any] | None) -> Keyboard | None:
    """Returns what stands under a message or in place of the phone's keyboard; None for nothing."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        return inline_keyboard(markup)
    if "keyboard" in markup:
        rows = [[KeyboardButton(**each) for each in row] for row in markup["keyboard"]]
        return ReplyKeyboardMarkup(rows, **{name: value for name, value in markup.items() if name != "keyboard"})
    return ReplyKeyboardRemove()


def inline_keyboard(markup: Mapping[str, Any] | None) -> InlineKeyboardMarkup | None:
    """Returns the buttons under a message; None where there are none, or others."""
    if markup is None or "inline_keyboard" not in markup:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(**each) for each in row] for row in markup["inline_keyboard"]])
