"""Decides when a message to one person may leave: now, after a night or a pause, or never. Pure.

What is told before something is sent and what then happens are worked out by this one rule.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from knowledge.time.quiet_hours import move_after_quiet_hours, move_before_quiet_hours

# Where a message is of no use this long before its moment, it may as well wait for the morning.
TIME_TO_READ = timedelta(hours=3)
# When a night has just begun people are still awake: what was due before it may still be sent.
_STILL_AWAKE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Held:
    """Why a message does not leave now, and from when on it may (UTC); `never`: a pause leaves it no time."""

    why: Literal["night", "paused", "never"]
    until: datetime | None = None


def held_back(now: datetime, zone: str, quiet: str, paused_until: datetime | None, latest: datetime) -> Held | None:
    """Returns why and until when a message waits; None where it may be sent now.

    `latest`: from then on it is no longer of use. Where a night leaves no time before it, the message is sent at once.
    """
    morning = move_after_quiet_hours(now, zone, quiet)
    if paused_until is not None and now < paused_until:
        return Held("never") if paused_until > latest else Held("paused", max(morning, paused_until))
    asleep = now - move_before_quiet_hours(now, zone, quiet) >= _STILL_AWAKE
    return Held("night", morning) if asleep and now < morning <= latest else None
