"""Conditions on participants that several rules share: who can be written to, who comes, who wants reminders."""

from functools import cache, lru_cache

from sqlalchemy import ColumnElement, Exists, and_, exists, not_, or_

from db.people.attendances import GOING
from db.people.consents import FEEDBACK
from db.tables import attendances, consents, participants, presences, sessions, subscriptions


# Expressions, which nobody changes, are made once: building one takes longer than SQLite needs for its answer.
@cache
def is_reachable() -> ColumnElement[bool]:
    """Returns whether the person has not blocked the bot."""
    return participants.c.unreachable_since.is_(None)


@cache
def is_person() -> ColumnElement[bool]:
    """Returns whether the participant is one person; groups have negative Telegram numbers."""
    return participants.c.telegram_id > 0


@lru_cache(256)
def has_muted(session_id: int) -> ColumnElement[bool]:
    """Returns whether the person has silenced that session."""
    return exists().where(_subscription(session_id), subscriptions.c.muted)


@lru_cache(256)
def has_reminders(session_id: int) -> ColumnElement[bool]:
    """Returns whether the participant has chosen any reminder of that session, silenced or not."""
    return exists().where(_subscription(session_id))


@lru_cache(256)
def has_place(session_id: int) -> ColumnElement[bool]:
    """Returns whether the person has a place in that session."""
    return exists().where(_attendance(session_id), attendances.c.state == GOING)


def has_come(session_id: int) -> ColumnElement[bool]:
    """Returns whether it is known that the person came to that session."""
    here = and_(presences.c.participant_id == participants.c.id, presences.c.session_id == session_id)
    return exists().where(here, presences.c.came)


@lru_cache(256)
def was_there(session_id: int) -> ColumnElement[bool]:
    """Returns whether the person came; where nobody's coming was recorded, whether they had a place."""
    recorded = exists().where(presences.c.session_id == session_id, presences.c.came)
    return or_(has_come(session_id), and_(has_place(session_id), not_(recorded)))


@lru_cache(16)
def was_in_cycle(cycle: str) -> ColumnElement[bool]:
    """Returns the same for any session of that cycle."""
    known = presences.alias("known")
    recorded = exists().where(known.c.session_id == sessions.c.id, known.c.came)
    mine = and_(presences.c.participant_id == participants.c.id, presences.c.came)
    came = exists().where(mine, presences.c.session_id == sessions.c.id, sessions.c.cycle == cycle)
    return or_(came, has_place_in_cycle(cycle).where(not_(recorded)))


@lru_cache(256)
def has_place_or_waits(session_id: int) -> ColumnElement[bool]:
    """Returns whether the person has a place in that session or is on its waiting list."""
    return exists().where(_attendance(session_id))


def has_place_in_cycle(cycle: str) -> Exists:
    """Returns whether the person has a place in any session of that cycle."""
    mine = and_(attendances.c.participant_id == participants.c.id, attendances.c.state == GOING)
    return exists().where(mine, attendances.c.session_id == sessions.c.id, sessions.c.cycle == cycle)


@cache
def declines_feedback() -> ColumnElement[bool]:
    """Returns whether the person has switched off messages after sessions."""
    mine = and_(consents.c.participant_id == participants.c.id, consents.c.purpose == FEEDBACK)
    return exists().where(mine, consents.c.given.is_(False))


@lru_cache(256)
def _subscription(session_id: int) -> ColumnElement[bool]:
    return and_(subscriptions.c.participant_id == participants.c.id, subscriptions.c.session_id == session_id)


@lru_cache(256)
def _attendance(session_id: int) -> ColumnElement[bool]:
    return and_(attendances.c.participant_id == participants.c.id, attendances.c.session_id == session_id)
