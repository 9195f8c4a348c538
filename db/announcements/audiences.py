"""Whom an announcement is for: people who allow announcements, groups that asked for reminders; and how many."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, false, func, or_, select

from db.engine.database import Tx
from db.people.consents import ANNOUNCEMENTS
from db.tables import attendances, consents, participants, registrations, sessions, subscriptions
from locales.localized import Language

REGISTERED, REMINDED, ANYBODY = "registered", "reminded", "anybody"
WITHOUT, ALSO, ONLY = "without", "also", "only"


@dataclass(frozen=True, slots=True)
class Audience:
    """A part of those who may be told; what is not said (0, "") leaves nobody out."""

    session: int = 0
    country: str = ""
    sector: str = ""
    language: str = ""
    who: str = REGISTERED
    groups: str = WITHOUT
    consent: int = 1  # the version of the sentence that they must have said yes to

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Audience":
        """As it is kept."""
        return cls(**kept)

    def kept(self) -> dict[str, Any]:
        """To be kept."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class AudienceGroup:
    """How many people (or groups) of one language have one zone and one night."""

    zone: str | None
    quiet: str
    language: Language
    group: bool
    people: int


def recipients(cycle: str, audience: Audience) -> Select[int]:
    """The numbers of everybody in it whom we can reach.

    A yes to announcements is given in a registration: who has never registered has given none and gets none,
    whatever reminders they asked for. A group gets what is for groups where an administrator asked for reminders.
    """
    people = and_(participants.c.telegram_id > 0, allows_announcements(audience.consent), *_people(cycle, audience))
    groups = and_(participants.c.telegram_id < 0, *_groups(cycle, audience))
    either = {WITHOUT: people, ONLY: groups}.get(audience.groups, or_(people, groups))
    spoken = [participants.c.language == audience.language] if audience.language else []
    return select(participants.c.id).where(participants.c.unreachable_since.is_(None), either, *spoken)


def allows_announcements(version: int) -> Exists:
    """That they said yes to announcements, to that version of the sentence."""
    return exists().where(
        consents.c.participant_id == participants.c.id,
        consents.c.purpose == ANNOUNCEMENTS,
        consents.c.given,
        consents.c.version == version,
    )


def _people(cycle: str, audience: Audience) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if audience.who == REGISTERED or audience.country or audience.sector:
        found.append(_registered(cycle, audience))
    if audience.who == REMINDED:
        found.append(_reminded(cycle, audience.session))
    elif audience.session:
        there = _of_session(cycle, audience.session, attendances.c.session_id)
        found.append(exists().where(attendances.c.participant_id == participants.c.id, there))
    return found


def _registered(cycle: str, audience: Audience) -> Exists:
    mine = exists().where(registrations.c.participant_id == participants.c.id, registrations.c.cycle == cycle)
    mine = mine.where(registrations.c.country == audience.country) if audience.country else mine
    return mine.where(registrations.c.sector == audience.sector) if audience.sector else mine


def _reminded(cycle: str, session: int) -> Exists:
    mine = exists().where(subscriptions.c.participant_id == participants.c.id, subscriptions.c.muted.is_(False))
    return mine.where(_of_session(cycle, session, subscriptions.c.session_id))


def _of_session(cycle: str, number: int, column: ColumnElement[Any]) -> ColumnElement[bool]:
    """0: of any session of that cycle."""
    wanted = select(sessions.c.id).where(sessions.c.cycle == cycle)
    return column.in_(wanted.where(sessions.c.number == number) if number else wanted)


def _groups(cycle: str, audience: Audience) -> list[ColumnElement[bool]]:
    """A group has no country and no sector."""
    return [false()] if audience.country or audience.sector else [_reminded(cycle, audience.session)]


async def audience_groups(tx: Tx, cycle: str, audience: Audience) -> list[AudienceGroup]:
    """Everybody in it, counted by where they are, when they sleep, and what they speak."""
    of_group = participants.c.telegram_id < 0
    columns = (participants.c.zone, participants.c.quiet, participants.c.language, of_group)
    counted = select(*columns, func.count()).where(participants.c.id.in_(recipients(cycle, audience)))
    return [
        AudienceGroup(row[0], row[1], row[2], bool(row[3]), row[4])
        for row in await tx.execute(counted.group_by(*columns))
    ]
