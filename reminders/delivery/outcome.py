"""What became of a message, or of the attempt to send it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """`state` None means: not yet, try again (after `retry_after` seconds, or not before `later`, if said)."""

    state: str | None
    message_id: int | None = None
    reason: str | None = None
    retry_after: float | None = None
    later: datetime | None = None  # kept back until then, as for a night
