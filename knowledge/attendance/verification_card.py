"""Builds what a verified code says: whether it counts, the name as printed, the sessions; nothing else. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from knowledge.programme.cycle import Cycle
from locales.reply import Day, Value, text


class StatedSession(Protocol):
    """A session that a certificate states."""

    @property
    def number(self) -> int:
        """Its number in the programme."""

    @property
    def starts_at(self) -> datetime:
        """When it began."""


class StatedCertificate(Protocol):
    """What is told of a certificate to whoever has its code."""

    @property
    def state(self) -> str:
        """Whether it is valid, replaced or revoked."""

    @property
    def name(self) -> str:
        """The name as printed."""

    @property
    def sessions(self) -> Sequence[StatedSession]:
        """The sessions that it states."""

    @property
    def issued_at(self) -> datetime:
        """When it was issued."""


def session_line(cycle: Cycle, number: int, starts_at: datetime) -> Value:
    """Returns a session with its title and day, in the cycle's zone; only its number where the content changed."""
    title = next((each.title for each in cycle.sessions if each.number == number), None)
    day = Day(starts_at, cycle.zone)
    if title is None:
        return text("certificate.session_untitled", number=number, day=day)
    return text("certificate.session", number=number, title=title, day=day)


def verification_lines(cycle: Cycle, certificate: StatedCertificate) -> Iterable[Value]:
    """Yields the lines about a code that exists."""
    yield text(f"verify.{certificate.state}")
    yield ""
    yield text("verify.name", name=certificate.name)
    yield cycle.title
    for each in certificate.sessions:
        yield session_line(cycle, each.number, each.starts_at)
    yield text("certificate.issued", day=Day(certificate.issued_at, cycle.zone))
