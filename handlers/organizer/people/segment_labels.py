"""How a segment of the list and what it chose are called."""

from typing import Any

from db.people.roster import Registered, Segment
from locales.reply import Country, Listing, Value, text

ANY = "-"  # in a button's address: no country, no sector


def parse_segment(number: str, land: str, sector: str) -> Segment:
    """The segment that a button names."""
    return Segment(int(number), land.removeprefix(ANY), sector.removeprefix(ANY))


def segment_address(segment: Segment) -> str:
    """As a button names it."""
    return f"{segment.session}:{segment.country or ANY}:{segment.sector or ANY}"


def session_label(segment: Segment) -> Value:
    """Which session, or all of them."""
    return text("audit.session", number=segment.session) if segment.session else text("segment.sessions")


def country_label(segment: Segment) -> Value:
    """Which country, or all of them."""
    return Country(segment.country) if segment.country else text("segment.countries")


def sector_label(segment: Segment) -> Value:
    """Which sector, or all of them."""
    return text(f"sector.{segment.sector}") if segment.sector else text("segment.sectors")


def audit_details(segment: Segment) -> dict[str, Any]:
    """For the audit log: only what was chosen."""
    chosen = {"session": segment.session, "country": segment.country, "sector": segment.sector}
    return {name: value for name, value in chosen.items() if value}


def chosen_sessions(person: Registered, state: str) -> Value | None:
    """The numbers of the sessions where they are going, or waiting; None for none."""
    numbers = tuple(str(number) for number, each in person.sessions.items() if each.state == state)
    return Listing(numbers) if numbers else None
