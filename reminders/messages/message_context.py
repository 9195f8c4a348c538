"""What is at hand when a message is put into words, at the moment of its sending."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.delivery.outbox import CANCELLED
from db.delivery.outbox_claims import OutboxMessage
from db.delivery.render_context import RenderContext
from db.engine.database import Tx
from db.people.participants import Participant
from db.programme import session_details
from db.programme.live_programme import LiveSession
from knowledge.programme.cycle import Cycle
from knowledge.programme.session_details import Details
from knowledge.time.quiet_hours import after_the_night, before_the_night
from reminders.delivery.outcome import Outcome

# What comes this long before it is of no more use may as well wait for the morning.
_TIME_TO_READ = timedelta(hours=3)
# When a night has just begun people are still awake: what was to come before it may still come.
_STILL_AWAKE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class MessageContext:
    """One letter on its way to one person, and the transaction in which the rest can be looked up."""

    tx: Tx
    letter: OutboxMessage
    person: Participant
    now: datetime
    cycle: Cycle
    lookup: RenderContext

    @property
    def live(self) -> LiveSession | None:
        """The letter's session as it is now."""
        return self.lookup.sessions.get(self.letter.session_id or 0)

    @property
    def details(self) -> Details:
        """Everything organizers have told of the letter's session, whoever may see it."""
        return Details.of_kept(self.lookup.details.get(self.letter.session_id or 0, {}))

    async def details_they_may_see(self, live: LiveSession) -> Details:
        """The same as far as it is for this person: who has a place in that session, or gets its reminders."""
        theirs = await session_details.sessions_of_interest(self.tx, self.person.id, self.cycle.key)
        return self.details.seen_by(concerned=live.number in theirs)

    @property
    def paused(self) -> bool:
        """Whether they want no reminders now."""
        return self.person.paused_until is not None and self.now < self.person.paused_until


def hold_back(
    writing: MessageContext, until: datetime | None = None, time_to_read: timedelta = _TIME_TO_READ
) -> Outcome | None:
    """Kept back while they sleep or have paused, where it can wait; None where it may leave now.

    It can wait where enough time remains after the night (or the pause) until `until`: that letter's good_until, if
    not said. Where a night leaves no time it is said at once; where a pause leaves none it is not said.
    """
    person, latest = writing.person, (until or writing.letter.good_until) - time_to_read
    morning = after_the_night(writing.now, person.zone or writing.cycle.zone, person.quiet)
    if writing.paused and person.paused_until is not None:
        if person.paused_until > latest:
            return Outcome(CANCELLED, reason="reminders are paused")
        return Outcome(None, later=max(morning, person.paused_until), reason="paused")
    evening = before_the_night(writing.now, person.zone or writing.cycle.zone, person.quiet)
    asleep = writing.now - evening >= _STILL_AWAKE
    return Outcome(None, later=morning, reason="a night") if asleep and writing.now < morning <= latest else None
