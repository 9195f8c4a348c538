"""The rehearsal's clock: it runs, stands still or jumps, and never goes back."""

from datetime import datetime, timedelta

import pytest

from rehearsal.clock import TurnableClock
from tests.support.telegram.rehearsal_stage import NOON

HOUR = timedelta(hours=1)


class Wall:
    """The real time, which passes only when a test says so."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def test_it_runs_as_fast_as_it_is_told_from_there_on() -> None:
    wall = Wall()
    clock = TurnableClock(NOON, speed=1, wall=wall)
    wall.now += HOUR
    clock.set_speed(60)
    wall.now += timedelta(minutes=1)
    assert clock.now() == NOON + 2 * HOUR
    clock.set_speed(0)
    wall.now += HOUR
    assert (clock.now(), clock.speed) == (NOON + 2 * HOUR, 0)


def test_it_never_goes_back() -> None:
    clock = TurnableClock(NOON, speed=0)
    clock.jump(NOON + HOUR)
    with pytest.raises(ValueError, match="forward"):
        clock.jump(NOON)
    with pytest.raises(ValueError, match="backwards"):
        clock.set_speed(-1)
    clock.reach(NOON)
    assert clock.now() == NOON + HOUR
    clock.reach(NOON + 2 * HOUR)
    assert clock.now() == NOON + 2 * HOUR


def test_who_listens_hears_every_turn() -> None:
    clock, turns = TurnableClock(NOON, speed=0), list[str]()
    clock.on_turn(lambda: turns.append("turned"))
    clock.jump(NOON + HOUR)
    clock.reach(NOON)
    clock.set_speed(2)
    assert len(turns) == 3
