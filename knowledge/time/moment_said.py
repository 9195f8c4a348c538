"""A moment that one of the team types, such as "mañana 9:00" or "2024-11-04 09:00". Pure."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = {
    **dict.fromkeys(("hoy", "hoje", "today", "aujourdhui"), 0),
    **dict.fromkeys(("manana", "amanha", "tomorrow", "demain"), 1),
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "lunes segunda monday lundi",
            "martes terca tuesday mardi",
            "miercoles quarta wednesday mercredi",
            "jueves quinta thursday jeudi",
            "viernes sexta friday vendredi",
            "sabado saturday samedi",
            "domingo sunday dimanche",
        )
    )
    for name in names.split()
}
_HOUR = re.compile(r"(?<![\d/:.-])([01]?\d|2[0-3])(?:\s*[:h.]\s*([0-5]\d)|\s*h(?:s|oras?|eures?)?)?(?![\d/-])")
_ISO, _SHORT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")


def moment_said(words: str, now: datetime, zone: str) -> datetime | None:
    """The moment (UTC) in that zone; without a day, the next time that hour comes. None where it is not understood."""
    here, plain = now.astimezone(ZoneInfo(zone)), _plain(words)
    day, rest = _day(plain, here.date())
    if (at := _hour(rest)) is None:
        return None
    found = datetime.combine(day or here.date(), at, ZoneInfo(zone))
    if day is None and found <= here:
        found += timedelta(days=1)
    return found.astimezone(UTC)


def _plain(words: str) -> str:
    """Small letters without accents; signs stay, they are part of dates and hours."""
    taken_apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in taken_apart if not unicodedata.combining(sign) and sign not in "'’")


def _hour(words: str) -> time | None:
    match = _HOUR.search(words)
    return time(int(match[1]), int(match[2] or 0)) if match else None


def _day(words: str, today: date) -> tuple[date | None, str]:
    """The day that is named, and the words without it."""
    for pattern in (_ISO, _SHORT):
        if match := pattern.search(words):
            parts = match.groups()
            year, month, day = parts if pattern is _ISO else (parts[2], parts[1], parts[0])
            found = _date(int(year or today.year), int(month), int(day), today, fixed=bool(year))
            # A day that does not exist must not become another one: nothing is left to be understood.
            return found, _without(words, match) if found is not None else ""
    for word in re.findall(r"[a-z]+", words):
        if word in _DAYS:
            return today + timedelta(days=_DAYS[word]), words
        if word in _WEEKDAYS:
            return today + timedelta(days=(_WEEKDAYS[word] - today.weekday() - 1) % 7 + 1), words
    return None, words


def _without(words: str, match: "re.Match[str]") -> str:
    return words[: match.start()] + " " + words[match.end() :]


def _date(year: int, month: int, day: int, today: date, *, fixed: bool) -> date | None:
    """Without a year, the next such day."""
    try:
        found = date(year, month, day)
        return found if fixed or found >= today else date(year + 1, month, day)
    except ValueError:
        return None
