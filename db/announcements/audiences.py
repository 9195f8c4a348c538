"""Selects whom an announcement is for, people who allow announcements and groups with reminders, and counts them."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, false, func, or_, select

from db.engine.database import Tx
from db.people.consents import ANNOUNCEMENTS
from db.tables import attendances, consents, participants, registrations, sessions, subscriptions
from locales.localized import Language

REGISTERED, REMINDED, ANYBODY = "registered", "reminded", "anybody"
# Who is registered or has reminders: they get notices of logistics, which need no yes to announcements.
SERVICE = "service"
WITHOUT, ALSO, ONLY = "without", "also", "only"


@dataclass(frozen=True, slots=True)
class Audience:
    """A filter on those who may get an announcement; an empty field (0, "") excludes nobody.

    Of countries, sectors and languages there may be several, with commas between them: "HT,CU".
    """

    session: int = 0
    country: str = ""
    sector: str = ""
    language: str = ""
    who: str = REGISTERED
    groups: str = WITHOUT
    place: str = ""  # in that session: going, waiting; "" both
    consent: int = 1  # the version of the sentence that they must have said yes to

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Audience":
        """Returns the audience that to_json() has written."""
        return cls(**stored)

    def to_json(self) -> dict[str, Any]:
        """Returns the fields as the announcements table stores them."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class AudienceGroup:
    """How many people (or groups) share one language, zone and quiet hours."""

    zone: str | None
    quiet: str
    language: Language
    group: bool
    people: int
    paused_until: datetime | None = None
    team: bool = False
    blocked: bool = False  # they have blocked the bot, or are gone


def recipients(cycle: str, audience: Audience, *, reachable: bool = True) -> Select[int]:
    """Selects the participant ids of everybody in it who can be reached; or of those who cannot.

    A yes to announcements is given in a registration: who has never registered has given none and gets none,
    whatever reminders they asked for. A group gets what is for groups where an administrator asked for reminders.
    """
    allowed = [] if audience.who == SERVICE else [allows_announcements(audience.consent)]
    people = and_(participants.c.telegram_id > 0, *allowed, *_people(cycle, audience))
    groups = and_(participants.c.telegram_id < 0, *_groups(cycle, audience))
    either = {WITHOUT: people, ONLY: groups}.get(audience.groups, or_(people, groups))
    spoken = [participants.c.language.in_(audience.language.split(","))] if audience.language else []
    since = participants.c.unreachable_since
    return select(participants.c.id).where(since.is_(None) if reachable else since.is_not(None), either, *spoken)


def allows_announcements(version: int) -> Exists:
    """Returns the condition that a participant consents to announcements, to that version of the sentence."""
    return exists().where(
        consents.c.participant_id == participants.c.id,
        consents.c.purpose == ANNOUNCEMENTS,
        consents.c.given,
        consents.c.version == version,
    )


def _people(cycle: str, audience: Audience) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if audience.who == SERVICE:
        found.append(_concerned(cycle, audience.session))
    if audience.who == REGISTERED or audience.country or audience.sector:
        found.append(_registered(cycle, audience.country, audience.sector))
    if audience.who == REMINDED:
        found.append(_reminded(cycle, audience.session))
    if audience.session and (audience.place or audience.who not in {REMINDED, SERVICE}):
        attends = _attends(cycle, audience.session)
        found.append(attends.where(attendances.c.state == audience.place) if audience.place else attends)
    return found


def _concerned(cycle: str, session: int) -> ColumnElement[bool]:
    """Returns the condition of reminders, or of a registration: of that session a place in it, or in its list."""
    return or_(_reminded(cycle, session), _attends(cycle, session) if session else _registered(cycle))


def _attends(cycle: str, session: int) -> Exists:
    """Returns the condition of a place in that session, or in its list."""
    attends = exists().where(attendances.c.participant_id == participants.c.id)
    return attends.where(_is_session(cycle, session, attendances.c.session_id))


def _registered(cycle: str, country: str = "", sector: str = "") -> Exists:
    """Returns the condition of a registration, from one of those countries and sectors, where any are given."""
    registered = exists().where(registrations.c.participant_id == participants.c.id, registrations.c.cycle == cycle)
    registered = registered.where(registrations.c.country.in_(country.split(","))) if country else registered
    return registered.where(registrations.c.sector.in_(sector.split(","))) if sector else registered


def _reminded(cycle: str, session: int) -> Exists:
    reminded = exists().where(subscriptions.c.participant_id == participants.c.id, subscriptions.c.muted.is_(False))
    return reminded.where(_is_session(cycle, session, subscriptions.c.session_id))


def _is_session(cycle: str, number: int, column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Returns the condition that the column is that session of the cycle; 0: any session of it."""
    wanted = select(sessions.c.id).where(sessions.c.cycle == cycle)
    return column.in_(wanted.where(sessions.c.number == number) if number else wanted)


def _groups(cycle: str, audience: Audience) -> list[ColumnElement[bool]]:
    """Returns conditions on groups: none matches a country or a sector, for a group has neither."""
    return [false()] if audience.country or audience.sector else [_reminded(cycle, audience.session)]


async def count_recipients(tx: Tx, cycle: str, audience: Audience) -> int:
    """Counts the people and groups in it who can be reached."""
    counted = select(func.count()).select_from(recipients(cycle, audience).subquery())
    return int((await tx.execute(counted)).scalar_one())


async def audience_groups(
    tx: Tx, cycle: str, audience: Audience, *, team: Collection[int] = (), reachable: bool = True
) -> list[AudienceGroup]:
    """Counts everybody in it who can be reached (or who cannot) by zone, hours, pause and language; `team`: its ids."""
    columns = (
        participants.c.zone,
        participants.c.quiet,
        participants.c.language,
        (participants.c.telegram_id < 0).label("is_group"),
        participants.c.paused_until,
        participants.c.id.in_(team).label("is_team"),
    )
    chosen = select(*columns).where(participants.c.id.in_(recipients(cycle, audience, reachable=reachable))).subquery()
    counted = select(*chosen.c, func.count()).group_by(*chosen.c)
    return [
        AudienceGroup(row[0], row[1], row[2], bool(row[3]), row[6], row[4], bool(row[5]), not reachable)
        for row in await tx.execute(counted)
    ]
