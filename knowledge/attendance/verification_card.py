"""Builds what a verified code says: whether it counts, the name as printed, the sessions; nothing else. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from knowledge.programme.cycle import Cycle
from locales.reply import Day, Value, text


def session_line(cycle: Cycle, number: int, starts_at: datetime) -> Value:
    """Returns a session with its title and day, in the cycle's zone; only its number where the content changed."""
    title = next((each.title for each in cycle.sessions if each.number == number), None)
    day = Day(starts_at, cycle.zone)
    if title is None:
        return text("certificate.session_untitled", number=number, day=day)
    return text("certificate.session", number=number, title=title, day=day)


def verification_lines(
    cycle: Cycle, state: str, name: str, sessions: Sequence[tuple[int, datetime]], issued_at: datetime
) -> Iterable[Value]:
    """Yields the lines about a code that exists; `state` is valid, replaced or revoked."""
    yield text(f"verify.{state}")
    yield ""
    yield text("verify.name", name=name)
    yield cycle.title
    for number, starts_at in sessions:
        yield session_line(cycle, number, starts_at)
    yield text("certificate.issued", day=Day(issued_at, cycle.zone))
