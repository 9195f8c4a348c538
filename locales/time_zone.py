"""Finds time zones by their names, each read from its file once."""

from functools import lru_cache
from zoneinfo import ZoneInfo

# More than there are. `ZoneInfo` remembers eight by itself: with people in more, each look at each zone read a file.
_ZONES = 1024


@lru_cache(_ZONES)
def time_zone(name: str) -> ZoneInfo:
    """Returns the IANA time zone of that name. Raises ZoneInfoNotFoundError, and ValueError for what is no name."""
    return ZoneInfo(name)
