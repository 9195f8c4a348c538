"""What follows when a session, or the cycle, is over: who is thanked, asked, nudged, or offered a certificate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, and_, exists, not_, or_

from changes import session_time
from changes.conditions import (
    declines_feedback,
    has_come,
    has_muted,
    has_place,
    has_place_in_cycle,
    is_person,
    is_reachable,
    was_in_cycle,
    was_there,
)
from db.delivery import outbox_writes
from db.delivery.outbox import AFTER, NUDGE, SENT, SURVEY, UNKNOWN
from db.delivery.outbox_writes import NewRows, sent
from db.engine.database import Tx
from db.feedback.feedback_turns import ASKED, WHOLE_CYCLE
from db.people import presences
from db.people.certificates import AttendedSession
from db.programme import cycle_switches, live_programme
from db.programme.live_programme import LiveSession
from db.tables import feedback_turns, participants
from locales.reply import Button, text

# How long after the end each message is due, and until when it is of use.
_AFTER, _AFTER_UNTIL = timedelta(minutes=15), timedelta(days=3)
_SURVEY, _SURVEY_UNTIL = timedelta(days=2), timedelta(days=7)
# The day after somebody was asked, by day.
_NUDGE, _NUDGE_FOR = timedelta(hours=20), timedelta(days=3)
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
CLOSES_AFTER = timedelta(days=21)

May = Literal["yes", "not_yet", "closed", "not_there"]


@dataclass(frozen=True, slots=True)
class Ending:
    """A session that is over, or the whole cycle, and its messages of one kind; moments are in UTC."""

    kind: str
    number: int  # of the session; 0: the cycle
    live: LiveSession  # of the cycle: its last session
    due_at: datetime
    good_until: datetime

    def subject(self, cycle: str) -> str:
        """Returns what the rows are about: one message of each kind for each time of the session."""
        about = f"{cycle}/cycle" if self.number == WHOLE_CYCLE else session_time.subject(cycle, self.live)
        return f"{about}/{self.kind}"


def endings(programme: Mapping[int, LiveSession]) -> list[Ending]:
    """Returns every ending of that programme with its messages, the soonest first; what is called off has none."""
    held = [each for each in programme.values() if not each.cancelled]
    found = [Ending(AFTER, each.number, each, each.ends_at + _AFTER, each.ends_at + _AFTER_UNTIL) for each in held]
    if held:
        last = max(held, key=lambda each: each.ends_at)
        found.append(Ending(SURVEY, WHOLE_CYCLE, last, last.ends_at + _SURVEY, last.ends_at + _SURVEY_UNTIL))
    nudges = [
        Ending(NUDGE, each.number, each.live, each.due_at + _NUDGE, each.good_until + _NUDGE_FOR) for each in found
    ]
    return sorted([*found, *nudges], key=lambda each: each.due_at)


async def plan(tx: Tx, cycle: str, ending: Ending, *, now: datetime) -> int:
    """Writes a row for everybody whom that ending concerns and who has none; returns how many are new.

    Repeated it writes none twice. Delivery holds each back until a decent hour where the person is.
    """
    payload = {"number": ending.number, "version": ending.live.version}
    rows = NewRows(
        kind=ending.kind,
        subject=ending.subject(cycle),
        payload=payload,
        due_at=max(ending.due_at, now) if ending.kind == NUDGE else ending.due_at,
        deadline=max(ending.due_at, now) + _HOUR,
        good_until=ending.good_until,
        session_id=None if ending.number == WHOLE_CYCLE else ending.live.id,
    )
    chosen = outbox_writes.rows_for_people(rows, *_asked(cycle, ending), *_not_yet(cycle, ending, now))
    return await outbox_writes.insert_rows(tx, chosen)


def _asked(cycle: str, ending: Ending) -> list[ColumnElement[bool]]:
    """Returns conditions: was there, can be written to, and has not switched it off."""
    there = was_in_cycle(cycle) if ending.number == WHOLE_CYCLE else was_there(ending.live.id)
    silent = [] if ending.number == WHOLE_CYCLE else [not_(has_muted(ending.live.id))]
    return [is_reachable(), is_person(), there, not_(declines_feedback()), *silent]


def took_part(cycle: str, number: int, session_id: int) -> ColumnElement[bool]:
    """Returns the condition that somebody may answer: came to that session, or had a place; or in any of the cycle (0).

    Wider than who is asked: what is recorded later than the question must not turn away who was asked.
    """
    if number == WHOLE_CYCLE:
        return or_(has_place_in_cycle(cycle), was_in_cycle(cycle))
    return or_(has_place(session_id), has_come(session_id))


def _not_yet(cycle: str, ending: Ending, now: datetime) -> list[ColumnElement[bool]]:
    """Returns conditions: a nudge to who was asked long enough ago and is silent; else, who was not asked yet."""
    first = replace(ending, kind=SURVEY if ending.number == WHOLE_CYCLE else AFTER)
    # Of a session, whatever its time was when they were asked; the survey is of this cycle and no other.
    is_cycle = sent.c.subject == first.subject(cycle)
    about = is_cycle if ending.number == WHOLE_CYCLE else sent.c.session_id == ending.live.id
    was_sent = [sent.c.kind == first.kind, sent.c.participant_id == participants.c.id, about]
    arrived = sent.c.state.in_((SENT, UNKNOWN))
    if ending.kind != NUDGE:
        return [not_(exists().where(*was_sent, arrived))]
    long_ago = sent.c.settled_at <= now - _NUDGE / 2
    turn = and_(feedback_turns.c.participant_id == participants.c.id, feedback_turns.c.cycle == cycle)
    silent = exists().where(turn, feedback_turns.c.number == ending.number, feedback_turns.c.state == ASKED)
    return [exists().where(*was_sent, arrived, long_ago), silent]


async def is_asked(tx: Tx, cycle: str, ending: Ending, participant_id: int) -> bool:
    """Returns whether that ending still concerns that person, just before they are written to."""
    mine = participants.c.id == participant_id
    return await outbox_writes.count_people(tx, mine, *_asked(cycle, ending)) > 0


async def may_answer(
    tx: Tx, cycle: str, programme: Mapping[int, LiveSession], number: int, participant_id: int, *, now: datetime
) -> May:
    """Returns whether that person may say what they thought of that session, or of the cycle (0), and why not."""
    ending = ending_of(endings(programme), SURVEY if number == WHOLE_CYCLE else AFTER, number)
    if ending is None:
        return "not_there"
    there = took_part(cycle, number, ending.live.id)
    if not await outbox_writes.count_people(tx, participants.c.id == participant_id, there):
        return "not_there"
    if now < ending.live.ends_at:
        return "not_yet"
    return "yes" if now < ending.live.ends_at + CLOSES_AFTER else "closed"


def ending_of(programme: Iterable[Ending], kind: str, number: int) -> Ending | None:
    """Returns the ending of that kind and session; None where there is none any more."""
    return next((each for each in programme if each.kind == kind and each.number == number), None)


async def is_certificate_offered(tx: Tx, cycle: str, session: int, person: int) -> bool:
    """Returns whether that person came to the session of that number, and may ask for a certificate."""
    if not await cycle_switches.is_on(tx, cycle, cycle_switches.CERTIFICATES):
        return False
    known = await presences.presences_of_person(tx, person, cycle)
    return session in known and known[session].came


async def attended_sessions(tx: Tx, cycle: str, person: int, *, now: datetime) -> tuple[AttendedSession, ...]:
    """Returns the sessions that a certificate states: they came to them, and they are over and were not called off."""
    live = await live_programme.programme(tx, cycle)
    over = {number: each for number, each in live.items() if each.ends_at <= now and not each.cancelled}
    known = await presences.presences_of_person(tx, person, cycle) if over else {}
    return tuple(
        AttendedSession(number, over[number].starts_at, (over[number].ends_at - over[number].starts_at) // _MINUTE)
        for number, each in known.items()
        if each.came and number in over
    )


def certificate_button() -> Button:
    """Returns the button to one's certificate, for a message that the bot sends first."""
    return Button(text("certificate.button"), "+cert")
