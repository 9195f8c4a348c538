"""Decides what becomes of a message after an attempt to send it: repeated, put back, or settled. Pure."""

from collections.abc import Mapping

from db.delivery import outbox
from db.delivery.outbox_claims import OutboxMessage, RecordedOutcome
from locales.localized import Language
from reminders.messages.message_context import Outcome
from telegram_io.sender import SendResult, State

# As the outbox keeps them; None: not yet.
_STORED_STATES: Mapping[State, str | None] = {
    "sent": outbox.SENT,
    "unreachable": outbox.UNREACHABLE,
    "refused": outbox.REFUSED,
    "moved": outbox.WAITING,  # goes to the group's new number
    "unknown": outbox.UNKNOWN,
    "later": None,
    "unauthorized": None,
}
# A message that may have arrived is repeated once: a reminder or thanks twice is a nuisance, lost they are harm.
_ATTEMPTS_WHEN_UNKNOWN = 2
# A message that fails on our side must not be tried in circles.
_ATTEMPTS_WHEN_BROKEN = 3


def outcome_of(message: OutboxMessage, result: SendResult, language: Language | None) -> Outcome:
    """Returns what the outbox calls that result of an attempt to send; the language only of what may have arrived."""
    if result.state == "moved" and (message.message_id is not None or message.attempts >= _ATTEMPTS_WHEN_BROKEN):
        # A message to be changed has stayed in the old chat, and has no number in the new one.
        return Outcome(outbox.REFUSED, reason="the group has become a supergroup")
    arrived_in = language if result.state in {"sent", "unknown"} else None
    return Outcome(_STORED_STATES[result.state], result.message_id, result.reason, language=arrived_in)


def may_repeat(message: OutboxMessage) -> bool:
    """Returns whether a message is sent once more where nobody knows if it has arrived."""
    return message.kind not in outbox.NEVER_TWICE and message.attempts < _ATTEMPTS_WHEN_UNKNOWN


def failure_outcome(message: OutboxMessage, error: Exception) -> Outcome:
    """Returns the outcome of a failure on our side: tried again a few times; the reason is for the organizers."""
    reason = f"failed here: {type(error).__name__}"
    given_up = message.attempts >= _ATTEMPTS_WHEN_BROKEN
    return Outcome(outbox.REFUSED if given_up else outbox.WAITING, reason=reason)


def recorded_outcome(message: OutboxMessage, outcome: Outcome) -> RecordedOutcome:
    """Returns the outcome as the outbox keeps it; an attempt in which nothing was sent does not count."""
    erase = message.kind == outbox.REPLY and outcome.state not in {None, outbox.WAITING}
    state, uncounted = outcome.state or outbox.WAITING, int(outcome.state in {None, outbox.HELD})
    return RecordedOutcome(
        message.id, state, outcome.message_id, outcome.reason, outcome.not_before, uncounted, erase, outcome.language
    )
