"""Puts a length of time into words, as exact as people need and never rounded to something untrue."""

from datetime import timedelta

from locales.reply import Listing, Text, text

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def duration_words(length: timedelta) -> Listing:
    """Writes days and hours above a day, hours and minutes below, minutes below an hour; to the nearest minute."""
    minutes = max(round(length.total_seconds() / _MINUTE), 0)
    days, rest = divmod(minutes, _DAY // _MINUTE)
    hours, minutes = divmod(rest, _HOUR // _MINUTE)
    amounts = [("duration.days", days), ("duration.hours", hours)]
    if not days:
        amounts.append(("duration.minutes", minutes))
    spoken = tuple(text(unit, n=amount) for unit, amount in amounts if amount)
    return Listing(spoken or (Text("duration.minutes", {"n": 0}),))
