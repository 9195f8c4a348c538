"""A stop takes three seconds at the most, whatever does not answer: told on a clock that only waiting moves on.

The loop's clock stands while anything can be done, and jumps to the next timer where nothing can: how busy the machine
is makes no difference.
"""

import asyncio
import selectors
from collections.abc import Mapping
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from bot.process.stopping import LONGEST_STOP_SECONDS, Stop

HANGS = 1e6  # seconds: longer than anything waits
SLOW = st.sampled_from([0.0, 0.01, 0.5, 1.7, 1.9, 2.5, 3.0, HANGS])


class Jumping(selectors.DefaultSelector):
    """Waits for nothing: notes how long it would have."""

    waited = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Returns what is ready now; where nothing is, the time until the next timer has passed."""
        ready = super().select(0)
        if not ready and timeout:
            self.waited += timeout
        return ready


class WaitingClock(asyncio.SelectorEventLoop):
    """A loop whose clock only waiting moves on."""

    def __init__(self) -> None:
        self.jumping = Jumping()
        super().__init__(self.jumping)

    def time(self) -> float:
        """Returns the seconds that were waited."""
        return self.jumping.waited


class SlowDatabase:
    """Takes so long to close; hung up on, it closes at once, or does not even notice."""

    def __init__(self, seconds: float, *, deaf: bool) -> None:
        self.seconds, self.deaf, self.hung_up = seconds, deaf, asyncio.Event()

    def abort(self) -> None:
        """Hangs up."""
        if not self.deaf:
            self.hung_up.set()

    async def close(self) -> None:
        """Says goodbye."""
        await asyncio.wait([asyncio.ensure_future(self.hung_up.wait())], timeout=self.seconds)  # noqa: TID251 - a test's


async def job(seconds: float, *, deaf: bool) -> None:
    """Takes so long; where it is deaf it does not end when it is told to."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while loop.time() < until:
        try:
            await asyncio.sleep(until - loop.time())
        except asyncio.CancelledError:
            if not deaf:
                raise


async def stop(jobs: list[tuple[float, bool]], http: float, database: SlowDatabase) -> tuple[float, Stop]:
    """All waits of a stop, as App has them; gives how long they took together."""
    told, loop = Stop(), asyncio.get_running_loop()
    work = [loop.create_task(job(seconds, deaf=deaf)) for seconds, deaf in jobs]
    server = [loop.create_task(job(http, deaf=False))]
    await asyncio.sleep(5)  # the bot has run for a while
    begun = loop.time()
    await told.finish(work, database, seconds=1.8)
    await told.wait(server, 0.5)
    await told.close(database)
    return loop.time() - begun, told


def played(jobs: list[tuple[float, bool]], http: float, database: Mapping[str, Any]) -> tuple[float, Stop]:
    """The same on a clock that only waiting moves on."""
    loop = WaitingClock()

    async def whole() -> tuple[float, Stop]:
        return await stop([(5 + seconds, deaf) for seconds, deaf in jobs], 5 + http, SlowDatabase(**database))

    try:
        return loop.run_until_complete(whole())
    finally:
        loop.jumping.waited += 10 * HANGS  # deaf jobs end, too
        if left := asyncio.all_tasks(loop):
            for each in left:
                each.cancel()
            loop.run_until_complete(asyncio.wait(left))
        loop.close()


DATABASES = st.fixed_dictionaries({"seconds": SLOW, "deaf": st.booleans()})


@given(jobs=st.lists(st.tuples(SLOW, st.booleans()), max_size=4), http=SLOW, database=DATABASES)
@example(jobs=[(HANGS, True)], http=HANGS, database={"seconds": HANGS, "deaf": True})
@example(jobs=[(HANGS, False)], http=0.0, database={"seconds": HANGS, "deaf": False})
def test_a_stop_takes_three_seconds_at_the_most(
    jobs: list[tuple[float, bool]], http: float, database: Mapping[str, Any]
) -> None:
    seconds, told = played(jobs, http, database)
    assert seconds <= LONGEST_STOP_SECONDS + 1e-6
    assert told.has_cut_off == any(each > 1.8 for each, _ in jobs)


def test_who_has_nothing_to_finish_waits_for_nothing() -> None:
    assert played([(0.0, False)], 0.0, {"seconds": 0.0, "deaf": False})[0] == 0.0
