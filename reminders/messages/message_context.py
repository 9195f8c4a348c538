"""Reads what messages need once for a batch, and holds what is at hand when one is written, or why none is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from changes import link_access
from changes.link_access import Accesses
from db.announcements import announcements
from db.announcements.announcements import Announcement
from db.delivery.outbox import ANNOUNCED, CANCELLED, REMINDER, REMINDERS_PAUSED, WRITTEN_FREELY
from db.delivery.outbox_claims import OutboxMessage
from db.engine.database import Tx
from db.people import consents, participants, subscriptions
from db.people.participants import Participant
from db.programme import live_programme
from db.programme.live_programme import LiveSession, StoredDetails
from knowledge.programme.cycle import Cycle
from knowledge.programme.link_guard import LinkGuard
from knowledge.programme.session_details import ANYBODY, Access, SessionDetails
from knowledge.time.holding import TIME_TO_READ, held_back
from knowledge.time.quiet_hours import move_after_quiet_hours
from locales.localized import Language


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What the messages are about: people, sessions, details, announcements, and which reminders are wanted."""

    people: Mapping[int, Participant]
    sessions: Mapping[int, LiveSession]
    wanted_reminders: frozenset[tuple[int, int, str]]  # participant, session, lead
    announcements: Mapping[int, Announcement] = field(default_factory=dict)
    announcement_consents: frozenset[tuple[int, int]] = (
        frozenset()
    )  # participant, version of the sentence on announcements
    details: Mapping[int, StoredDetails] = field(default_factory=dict)  # what organizers told, by the session's row
    linked: Sequence[
        tuple[int, int, StoredDetails]
    ] = ()  # session id, number, details; for what the team writes freely
    accesses: Accesses = field(default_factory=Accesses)  # read where a session has a link


async def load_render_context(tx: Tx, messages: Sequence[OutboxMessage]) -> RenderContext:
    """Returns them as they are in this transaction."""
    everybody = sorted({each.participant_id for each in messages})
    sessions = {each.session_id for each in messages if each.session_id is not None}
    reminded = sorted({each.participant_id for each in messages if each.kind == REMINDER})
    announced = {each.payload["announcement"] for each in messages if each.kind in ANNOUNCED}
    details = await live_programme.details_by_session_id(tx, sorted(sessions)) if sessions else {}
    free = any(each.kind in WRITTEN_FREELY for each in messages)
    linked = await live_programme.details_with_link(tx) if free else []
    has_link = linked or any("link" in each for each in details.values())
    return RenderContext(
        await participants.get_many(tx, everybody) if everybody else {},
        await live_programme.sessions_by_id(tx, sorted(sessions)) if sessions else {},
        await subscriptions.wanted_reminders(tx, reminded, sorted(sessions)) if reminded else frozenset(),
        await announcements.get_many(tx, sorted(announced)) if announced else {},
        await consents.announcement_consents(tx, everybody) if announced else frozenset(),
        details,
        linked,
        await link_access.accesses(tx, everybody) if has_link or announced else Accesses(),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message, or of an attempt to send it; `state` None means: not yet, try again."""

    state: str | None
    message_id: int | None = None
    reason: str | None = None
    not_before: datetime | None = None  # kept back until then, as for a night
    language: Language | None = None  # of an announcement's words, as they were sent


@dataclass(frozen=True, slots=True)
class MessageContext:
    """One message on its way to one person, and the transaction in which the rest can be looked up."""

    tx: Tx
    message: OutboxMessage
    person: Participant
    now: datetime
    cycle: Cycle
    render_context: RenderContext

    @property
    def live(self) -> LiveSession | None:
        """Returns the message's session as it is now."""
        return self.render_context.sessions.get(self.message.session_id or 0)

    @property
    def details(self) -> SessionDetails:
        """Returns everything organizers have set for the message's session, whoever may see it."""
        stored = self.render_context.details.get(self.message.session_id or 0, {})
        live = self.live
        return SessionDetails.from_stored(stored, self.cycle.planned_capacity(live.number) if live else None)

    @property
    def access(self) -> Access:
        """Returns how this person stands to the message's session; a group is nobody."""
        if self.person.is_group:
            return ANYBODY
        return self.render_context.accesses.access(self.person.id, self.message.session_id or 0, self.cycle.key)

    @property
    def visible_details(self) -> SessionDetails:
        """Returns the details this person may see: the link by their place in the session and their reminders."""
        return self.details.visible_to(self.access)

    @property
    def is_concerned(self) -> bool:
        """Returns whether this person is registered for the cycle, or has reminders of any of its sessions."""
        return self.render_context.accesses.is_concerned(self.person.id, self.cycle.key)

    @property
    def link_guard(self) -> LinkGuard:
        """Returns which links must not stand in what the team wrote freely; the team itself sees everything."""
        if self.person.team_role is not None and not self.person.is_group:
            return LinkGuard()
        known, me = self.render_context.accesses, None if self.person.is_group else self.person.id
        return link_access.guard_for(self.render_context.linked, known, self.cycle, me)

    @property
    def paused(self) -> bool:
        """Returns whether they want no reminders now."""
        return self.person.paused_until is not None and self.now < self.person.paused_until


def hold_back(
    context: MessageContext, until: datetime | None = None, time_to_read: timedelta = TIME_TO_READ
) -> Outcome | None:
    """Returns an Outcome that keeps the message back while they sleep or have paused; None where it may be sent now.

    It is kept back where enough time remains after the night (or the pause) until `until`, by default the message's
    good_until. Where a night leaves no time it is sent at once; where a pause leaves none it is cancelled.
    """
    person, latest = context.person, (until or context.message.good_until) - time_to_read
    zone = person.zone or context.cycle.zone
    held = held_back(context.now, zone, person.quiet, person.paused_until, latest)
    if held is None:
        return None
    if held.why == "never":
        return Outcome(CANCELLED, reason=REMINDERS_PAUSED)
    return Outcome(None, not_before=held.until, reason="paused" if held.why == "paused" else "a night")


def hold_back_at_night(context: MessageContext) -> Outcome | None:
    """Returns the same for what a pause of reminders does not hold: only the night does."""
    return hold_back(replace(context, person=replace(context.person, paused_until=None)))


def hold_back_until_day(context: MessageContext, night: str) -> Outcome | None:
    """Returns an Outcome that keeps the message back outside of decent hours, during a pause and their quiet hours.

    `night` are hours as "21:00-08:00", where the person is, and hold whatever they have chosen. Where no decent hour
    comes before the message is of no use, it is cancelled.
    """
    person, zone = context.person, context.person.zone or context.cycle.zone
    earliest = context.now
    if context.paused and person.paused_until is not None:
        earliest = person.paused_until
    for _ in range(2):  # the end of one kind of night may lie within the other
        earliest = move_after_quiet_hours(move_after_quiet_hours(earliest, zone, night), zone, person.quiet)
    if earliest == context.now:
        return None
    if earliest >= context.message.good_until:
        return Outcome(CANCELLED, reason="no decent hour is left")
    return Outcome(None, not_before=earliest, reason="a night or a pause")
