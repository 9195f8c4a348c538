"""What becomes of a message after an attempt: repeated, put back, or done with. Pure."""

from db.delivery import outbox
from db.delivery.outbox_claims import OutboxMessage, RecordedOutcome
from reminders.delivery.outcome import Outcome

# A message that may have arrived is repeated once: a reminder twice is a nuisance, a lost one is harm.
_ATTEMPTS_WHEN_UNKNOWN = 2
# A letter that fails on our side must not be tried in circles.
_ATTEMPTS_WHEN_BROKEN = 3


def may_repeat(letter: OutboxMessage) -> bool:
    """Whether it is sent once more where nobody knows if it has arrived."""
    return letter.kind not in outbox.NEVER_TWICE and letter.attempts < _ATTEMPTS_WHEN_UNKNOWN


def failure_outcome(letter: OutboxMessage, error: Exception) -> Outcome:
    """It failed on our side: tried again, but not in circles; the reason is for the organizers."""
    reason = f"failed here: {type(error).__name__}"
    given_up = letter.attempts >= _ATTEMPTS_WHEN_BROKEN
    return Outcome(outbox.REFUSED if given_up else outbox.WAITING, reason=reason)


def recorded_outcome(letter: OutboxMessage, outcome: Outcome) -> RecordedOutcome:
    """The outcome as the outbox keeps it; an attempt in which nothing left does not count."""
    empty = letter.kind == outbox.REPLY and outcome.state not in {None, outbox.WAITING}
    state, uncounted = outcome.state or outbox.WAITING, int(outcome.state in {None, outbox.HELD})
    return RecordedOutcome(letter.id, state, outcome.message_id, outcome.reason, outcome.later, uncounted, empty)
