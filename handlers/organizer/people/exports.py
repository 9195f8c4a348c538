"""What an exported file holds: the registrations, who comes to each session, and the figures in full."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.people.attendances import GOING, WAITING
from db.people.roster import Registered, Segment
from db.programme.live_programme import LiveSession
from handlers.organizer.people.spreadsheet import Cell, Moment, Sheet, as_csv, as_xlsx
from handlers.participant.registration.consent import PURPOSES, is_given
from knowledge.programme.cycle import Cycle
from locales.reply import Country, Say, Value, text

_FIELDS = ("name", "organization", "sector", "country", "email", "needs")
_ORDER = {GOING: 0, WAITING: 1}


@dataclass(frozen=True, slots=True)
class Export:
    """A segment of the list, ready to be written."""

    cycle: Cycle
    live: Mapping[int, LiveSession]
    segment: Segment
    people: Sequence[Registered]
    made_at: datetime

    def csv(self, say: Say) -> bytes:
        """Returns one table as CSV: the registrations; of one session, its attendance list."""
        number = self.segment.session
        return as_csv(self._attendance(number) if number else self._registrations(), say)

    def xlsx(self, say: Say) -> bytes:
        """Returns every table as a workbook, a sheet each."""
        numbers = [self.segment.session] if self.segment.session else list(self.live)
        lists = [self._attendance(each) for each in numbers]
        return as_xlsx([self._registrations(), *lists, self._figures()], say, made_at=self.made_at)

    def _registrations(self) -> Sheet:
        numbers = list(self.live)
        heading = (
            *_person_heading(),
            *(text("audit.session", number=each) for each in numbers),
            *(text(f"participants.consent.{each.key}") for each in PURPOSES),
            *(text(f"export.{each}") for each in ("language", "zone", "registered_utc", "registered", "changed_utc")),
        )
        return Sheet(text("export.registrations"), heading, [self._registration(each, numbers) for each in self.people])

    def _registration(self, person: Registered, numbers: Sequence[int]) -> tuple[Cell, ...]:
        zone = person.zone or self.cycle.zone
        states = (
            text(f"export.{person.sessions[each].state}") if each in person.sessions else None for each in numbers
        )
        allowed = (text("export.yes" if is_given(each, person.consents) else "export.no") for each in PURPOSES)
        return (
            *_person_cells(person),
            *states,
            *allowed,
            text(f"language.name.{person.language}"),
            zone,
            Moment(person.registered_at),
            Moment(person.registered_at, zone),
            Moment(person.changed_at),
        )

    def _attendance(self, number: int) -> Sheet:
        """Returns who comes, by name; then who waits, in the order of the list."""
        heading = (
            text("export.state"),
            *_person_heading(),
            *(text(f"export.{each}") for each in ("since_utc", "zone", "starts_utc", "starts")),
        )
        coming = [each for each in self.people if number in each.sessions]
        coming.sort(key=lambda each: _attendance_order(each, number))
        return Sheet(text("audit.session", number=number), heading, [self._attending(each, number) for each in coming])

    def _attending(self, person: Registered, number: int) -> tuple[Cell, ...]:
        place, zone, starts = person.sessions[number], person.zone or self.cycle.zone, self.live[number].starts_at
        state = text(f"export.{place.state}")
        return (state, *_person_cells(person), Moment(place.since), zone, Moment(starts), Moment(starts, zone))

    def _figures(self) -> Sheet:
        heading = (text("export.figure"), text("export.value"), text("export.people"))
        return Sheet(text("figures.button"), heading, list(self._counted()))

    def _counted(self) -> Iterator[tuple[Cell, ...]]:
        """Yields the counts in full: no groups are merged here."""
        yield text("figures.total"), None, len(self.people)
        kinds: tuple[tuple[str, Callable[[Registered], str], Callable[[str], Value]], ...] = (
            ("countries", lambda each: each.country, Country),
            ("sectors", lambda each: each.sector, lambda key: text(f"sector.{key}")),
            ("languages", lambda each: each.language, lambda key: text(f"language.name.{key}")),
        )
        for key, value_of, label in kinds:
            for value, number in Counter(value_of(each) for each in self.people).most_common():
                yield text(f"figures.{key}"), label(value), number
        for state in (GOING, WAITING):
            for number in self.live:
                there = sum(
                    1 for each in self.people if number in each.sessions and each.sessions[number].state == state
                )
                yield text(f"export.{state}"), text("audit.session", number=number), there


def _attendance_order(person: Registered, number: int) -> tuple[int, int]:
    """Returns the order of a list: who comes in the order of names, who waits in the order of turns."""
    place = person.sessions[number]
    return _ORDER.get(place.state, len(_ORDER)), place.turn if place.state == WAITING else 0


def _person_heading() -> tuple[Value, ...]:
    return tuple(text(f"registration.field.{each}") for each in _FIELDS)


def _person_cells(person: Registered) -> tuple[Cell, ...]:
    return (
        person.name,
        person.organization or text("registration.personal"),
        text(f"sector.{person.sector}"),
        Country(person.country),
        person.email,
        person.needs,
    )
