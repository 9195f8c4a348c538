"""Thousands of the same sign or word in one message: it is answered, and nobody else waits for it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from tests.support.thorough import one_in
from tests.support.world.people import World

_LONGEST = 4000  # Telegram takes 4,096: https://core.telegram.org/bots/api#sendmessage
# Read in milliseconds; patterns that try every way to share the signs out took from ten seconds to hours.
_HANGS_AFTER = 20
BEGINNINGS = (
    "pregunta para el panel", "para el panel", "question for the panel", "mover la sesión 3", "cambiar mi correo a",
    "perdón", "no,", "estoy en", "el 5 de noviembre", "hola",
)  # fmt: skip
FILLERS = (" ", "\n", "é", ",", "1 ", "de la ", "sesión ", "hola ", "the one ")


@contextmanager
def hang_is_an_error() -> Iterator[None]:
    """Ends what takes so long that everybody would wait for it; nothing else can, for the event loop stands still."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(_HANGS_AFTER)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("filler", FILLERS)
async def test_it_is_answered_at_once(world: World, filler: str) -> None:
    """Every sign with two beginnings, every beginning with one or two signs; thoroughly all with all."""
    olga, ana = world.person("Olga"), world.person("Ana")
    beginnings = one_in(5, BEGINNINGS, begin=FILLERS.index(filler))
    for who in (olga, ana):  # an organizer's words are read for more
        await who.says("/start")
        for beginning in beginnings if who is ana else BEGINNINGS[3:4]:
            with hang_is_an_error():
                await who.says(f"{beginning} {filler * _LONGEST}"[:_LONGEST] + " x")
            assert who.chat[-1].from_bot, beginning
