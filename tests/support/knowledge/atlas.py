"""The places of the bot, loaded once for all tests of this room."""

import zoneinfo
from functools import cache

from knowledge.places.places import Places


@cache
def known_places() -> Places:
    """As the program loads them, with zones from the tzdata package: the system's may be years older."""
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    return Places.load()
