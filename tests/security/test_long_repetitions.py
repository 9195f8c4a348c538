"""Thousands of the same sign or word in one message: it is answered, and nobody else waits for it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from tests.support.thorough import one_in
from tests.support.world.people import Person, World
from tests.support.world.team import owner

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
    signal.setitimer(signal.ITIMER_REAL, _HANGS_AFTER, 1)  # again: the bot tries again what has failed
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("filler", FILLERS)
async def test_it_is_answered_at_once(shared_world: World, filler: str) -> None:
    """Every sign with one beginning, every beginning with one sign; thoroughly all with all."""
    ana = shared_world.person("Ana")
    for beginning in one_in(len(FILLERS), BEGINNINGS, begin=FILLERS.index(filler)):
        await is_answered(ana, beginning, filler)


async def is_answered(person: Person, beginning: str, filler: str) -> None:
    """Writes that, and nobody waits."""
    with hang_is_an_error():
        await person.says(f"{beginning} {filler * _LONGEST}"[:_LONGEST] + " x")
    assert person.news, beginning


@pytest.mark.one_owner
@pytest.mark.parametrize("filler", one_in(3, FILLERS))
async def test_an_organizers_words_are_read_for_more(world: World, filler: str) -> None:
    await is_answered(owner(world), BEGINNINGS[3], filler)
