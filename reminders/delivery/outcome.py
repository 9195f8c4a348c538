"""What became of a message, or of the attempt to send it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db.delivery import outbox
from telegram_io.send_result import SendResult, State

# As the outbox keeps them; None: not yet.
_KEPT_AS: Mapping[State, str | None] = {
    "sent": outbox.SENT,
    "unreachable": outbox.UNREACHABLE,
    "refused": outbox.REFUSED,
    "unknown": outbox.UNKNOWN,
    "later": None,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`state` None means: not yet, try again (after `retry_after` seconds, or not before `later`, if said)."""

    state: str | None
    message_id: int | None = None
    reason: str | None = None
    retry_after: float | None = None
    later: datetime | None = None  # kept back until then, as for a night

    @classmethod
    def of(cls, result: SendResult) -> "Outcome":
        """Returns what the outbox calls that result of an attempt to send."""
        return cls(_KEPT_AS[result.state], result.message_id, result.reason, result.retry_after)
