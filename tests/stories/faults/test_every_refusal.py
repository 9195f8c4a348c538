"""What becomes of a message after each error that Telegram or the line to it can give: the table of operations.md."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram import error as ptb
from telegram.error import BadRequest, TelegramError

from telegram_io.sender import MEANINGS, result_of

OPERATIONS = Path(__file__).parents[3] / "docs" / "operations.md"
EXAMPLES: dict[type[TelegramError], TelegramError] = {
    ptb.ChatMigrated: ptb.ChatMigrated(-7),
    ptb.RetryAfter: ptb.RetryAfter(7),
    ptb.TimedOut: ptb.TimedOut(),
    ptb.InvalidToken: ptb.InvalidToken("Unauthorized"),
}


def every_class(kind: type[TelegramError] = TelegramError) -> Iterator[type[TelegramError]]:
    """That class and all below it that are PTB's."""
    if kind.__module__.startswith("telegram."):
        yield kind
    for each in kind.__subclasses__():
        yield from every_class(each)


def test_every_error_of_ptb_is_in_the_table() -> None:
    """A new version of PTB may bring another: then somebody has to decide what becomes of a message."""
    assert set(every_class()) == set(MEANINGS)


def test_operators_read_the_same_table() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \|[^|]*\| `(\w+)` \|", OPERATIONS.read_text("utf-8"), re.MULTILINE))
    assert told == {kind.__name__: state for kind, state in MEANINGS.items()}


@pytest.mark.parametrize("kind", list(MEANINGS))
def test_only_a_400_or_403_about_that_chat_or_message_is_final(kind: type[TelegramError]) -> None:
    error = EXAMPLES.get(kind) or kind("words")
    state = result_of(error).state
    assert state == MEANINGS[kind]
    final = {ptb.BadRequest, ptb.Forbidden}
    assert (state in {"refused", "unreachable"}) == (kind in final)


def test_a_bot_that_was_logged_out_loses_no_message() -> None:
    """It is a 400, and about the whole bot. Source: https://core.telegram.org/bots/api#logout"""
    assert result_of(BadRequest("Logged out")).state == "later"


def test_an_error_that_nobody_has_heard_of_is_never_final() -> None:
    class UnheardError(TelegramError):
        pass

    assert result_of(UnheardError("words")).state == "unknown"
