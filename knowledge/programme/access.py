"""Says how a reader stands to a session: with a place, waiting for one, reminded of it. Pure."""

from dataclasses import dataclass
from typing import Literal

# Why a session's link is not shown: they wait for a place; it is only for who has one, and they are registered for
# other sessions, or for none; it is for who comes or is reminded.
Hidden = Literal["", "waiting", "unplaced", "unregistered", "unconcerned"]


@dataclass(frozen=True, slots=True)
class Access:
    """One reader and one session; a group has neither a place nor a registration."""

    place: str = ""  # going, waiting, "" neither
    reminded: bool = False
    registered: bool = False  # for the cycle


ANYBODY = Access()
