"""Times how late what we send first is written."""

from dataclasses import dataclass
from datetime import datetime

from structlog.contextvars import bind_contextvars

from bot.http.metrics import Metrics
from db.delivery.outbox_claims import OutboxMessage
from db.engine.database import Tx
from locales.translator import Message
from reminders.messages.message_builder import MessageWriter
from reminders.messages.message_context import Outcome, RenderContext


@dataclass(frozen=True)
class InstrumentedMessages(MessageWriter):
    """The words of what we send first, and how late they are written; its log lines carry the letter's number."""

    metrics: Metrics | None = None

    async def write(
        self, tx: Tx, outbox_message: OutboxMessage, context: RenderContext, now: datetime
    ) -> Message | Outcome:
        """Writes as the inner sender does, and counts the outcome."""
        bind_contextvars(outbox_id=outbox_message.id)
        if self.metrics is not None:
            self.metrics.late.labels(outbox_message.kind).observe(
                max((now - outbox_message.due_at).total_seconds(), 0.0)
            )
        return await super().write(tx, outbox_message, context, now)
