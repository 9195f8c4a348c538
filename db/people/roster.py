"""Reads who is registered, for the team: the whole list, or a segment by session, country and sector."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from db.engine.database import Tx
from db.people import presences
from db.people.consents import Consent
from db.tables import attendances, consents, participants, registrations, sessions
from locales.localized import Language


@dataclass(frozen=True, slots=True)
class Segment:
    """A filter on the list; an empty field (0, "") excludes nobody. Countries may be several: "HT,CU"."""

    session: int = 0
    country: str = ""
    sector: str = ""
    place: str = ""  # in that session: going, waiting


@dataclass(frozen=True, slots=True)
class Attending:
    """Somebody's place in a session, or in its waiting list."""

    state: str  # going, waiting
    since: datetime
    turn: int


@dataclass(frozen=True, slots=True)
class Registered:
    """One person of the list; `zone` is an IANA name, or None while they have not told it."""

    id: int
    name: str
    organization: str
    sector: str
    country: str
    email: str | None
    needs: str | None
    registered_at: datetime
    changed_at: datetime
    language: Language
    zone: str | None
    sessions: Mapping[int, Attending] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    came: tuple[int, ...] = ()  # to which sessions


_OWN_FIELDS = ("name", "organization", "sector", "country", "email", "needs", "registered_at", "changed_at")
_COLUMNS = (
    participants.c.id,
    *(registrations.c[each] for each in _OWN_FIELDS),
    participants.c.language,
    participants.c.zone,
)


async def registered_people(
    tx: Tx, cycle: str, segment: Segment = Segment(), *, only: Collection[int] | None = None, or_came: bool = False
) -> list[Registered]:
    """Returns everybody of that segment, or `only` those of them, sorted by name.

    `or_came`: of one session, also who came to it without a place.
    """
    where = _of_segment(cycle, segment, or_came=or_came)
    if only is not None:
        where = where.where(participants.c.id.in_(only))
    found = await tx.execute(where.with_only_columns(*_COLUMNS))
    ids = where.with_only_columns(participants.c.id)
    coming, allowed = await _sessions(tx, cycle, ids), await _consents(tx, ids)
    known = await presences.presences_of_people(tx, cycle, ids)
    rows = [
        Registered(
            **row,
            sessions=coming.get(row["id"], {}),
            consents=allowed.get(row["id"], {}),
            came=tuple(number for number, each in known.get(row["id"], {}).items() if each.came),
        )
        for row in found.mappings()
    ]
    return sorted(rows, key=lambda each: (each.name.casefold(), each.id))


def _of_segment(cycle: str, segment: Segment, *, or_came: bool = False) -> Select[int]:
    found = select(participants.c.id).join_from(registrations, participants).where(registrations.c.cycle == cycle)
    if segment.country:
        found = found.where(registrations.c.country.in_(segment.country.split(",")))
    if segment.sector:
        found = found.where(registrations.c.sector == segment.sector)
    if segment.session:
        in_session = (
            select(attendances.c.participant_id)
            .join_from(attendances, sessions)
            .where(sessions.c.cycle == cycle, sessions.c.number == segment.session)
        )
        in_session = in_session.where(attendances.c.state == segment.place) if segment.place else in_session
        here = [participants.c.id.in_(in_session)]
        if or_came and not segment.place:
            here.append(participants.c.id.in_(presences.who_came(cycle, segment.session)))
        found = found.where(or_(*here))
    return found


async def _sessions(tx: Tx, cycle: str, ids: Select[int]) -> Mapping[int, Mapping[int, Attending]]:
    rows = await tx.execute(
        select(
            attendances.c.participant_id,
            sessions.c.number,
            attendances.c.state,
            attendances.c.since,
            attendances.c.turn,
        )
        .join_from(attendances, sessions)
        .where(sessions.c.cycle == cycle, attendances.c.participant_id.in_(ids))
        .order_by(sessions.c.number)
    )
    found: dict[int, dict[int, Attending]] = {}
    for person, number, state, since, turn in rows:
        found.setdefault(person, {})[number] = Attending(state, since, turn)
    return found


async def _consents(tx: Tx, ids: Select[int]) -> Mapping[int, Mapping[str, Consent]]:
    columns = (consents.c.given, consents.c.version, consents.c.decided_at, consents.c.asked_version)
    rows = await tx.execute(
        select(consents.c.participant_id, consents.c.purpose, *columns).where(consents.c.participant_id.in_(ids))
    )
    found: dict[int, dict[str, Consent]] = {}
    for person, purpose, *decision in rows:
        found.setdefault(person, {})[purpose] = Consent(*decision)
    return found


async def count(tx: Tx, cycle: str, segment: Segment = Segment()) -> int:
    """Returns how many people are in that segment."""
    mine = _of_segment(cycle, segment).subquery()
    return int((await tx.execute(select(func.count()).select_from(mine))).scalar_one())


async def countries(tx: Tx, cycle: str) -> Mapping[str, int]:
    """Returns how many people are from each country, the most first."""
    people_ = func.count().label("people")
    mine = select(registrations.c.country, people_).where(registrations.c.cycle == cycle)
    rows = await tx.execute(mine.group_by(registrations.c.country).order_by(people_.desc(), registrations.c.country))
    return {row.country: row.people for row in rows}
