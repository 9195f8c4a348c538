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
            *(text("export.came", number=each) for each in numbers),
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
            *(text("export.yes") if each in person.came else None for each in numbers),
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
            text("export.came", number=number),
            *_person_heading(),
            *(text(f"export.{each}") for each in ("since_utc", "zone", "starts_utc", "starts")),
        )
        coming = [each for each in self.people if number in each.sessions or number in each.came]
        coming.sort(key=lambda each: _attendance_order(each, number))
        return Sheet(text("audit.session", number=number), heading, [self._attending(each, number) for each in coming])

    def _attending(self, person: Registered, number: int) -> tuple[Cell, ...]:
        place, zone, starts = person.sessions.get(number), person.zone or self.cycle.zone, self.live[number].starts_at
        state = text(f"export.{place.state}") if place is not None else text("export.no_place")
        came = text("export.yes") if number in person.came else None
        since = Moment(place.since) if place is not None else None
        return (state, came, *_person_cells(person), since, zone, Moment(starts), Moment(starts, zone))

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
        yield from self._came()

    def _came(self) -> Iterator[tuple[Cell, ...]]:
        """Yields who came: to each session that is over, to one at least, to all of them; by country and sector."""
        held = [number for number, each in self.live.items() if each.is_over(self.made_at)]
        for number in held:
            there = sum(1 for each in self.people if number in each.came)
            yield text("export.came_to"), text("audit.session", number=number), there
        came = [each for each in self.people if set(held) & set(each.came)]
        all_ = [each for each in came if set(held) <= set(each.came)]
        for heading, people in ((text("figures.came_once"), came), (text("figures.came_to_all", n=len(held)), all_)):
            yield heading, None, len(people)
            for country, number in Counter(each.country for each in people).most_common():
                yield heading, Country(country), number
            for sector, number in Counter(each.sector for each in people).most_common():
                yield heading, text(f"sector.{sector}"), number


def _attendance_order(person: Registered, number: int) -> tuple[int, int]:
    """Returns the order of a list: who comes in the order of names, who waits in the order of turns; others last."""
    place = person.sessions.get(number)
    if place is None:
        return len(_ORDER), 0
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
