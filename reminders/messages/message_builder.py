"""What a letter says at this moment, or why there is nothing to say any more."""

from dataclasses import dataclass

import structlog

from db.delivery import outbox, outbox_claims, render_context
from db.delivery.outbox_claims import OutboxMessage
from db.delivery.render_context import RenderContext
from db.engine.database import Database, Tx
from locales.markup import Message
from reminders.clock import Clock
from reminders.delivery.outcome import Outcome
from reminders.messages.outgoing_messages import OutgoingMessages

_log = structlog.get_logger(__name__)

# Whom to send what; or what became of it without sending; or what went wrong with its words.
BuiltMessage = tuple[int, Message] | Outcome | Exception


@dataclass(frozen=True, slots=True)
class MessageBuilder:
    """Writes letters just before they leave."""

    database: Database
    words: OutgoingMessages
    clock: Clock

    async def of(self, tx: Tx, letter: OutboxMessage, found: RenderContext) -> BuiltMessage:
        """The words as they are true now; an error of ours is given, not raised: other letters must leave."""
        person = found.people.get(letter.participant_id)
        if person is None or person.unreachable_since is not None:
            return Outcome(outbox.UNREACHABLE, reason="blocked or gone before it was sent")
        try:
            said = await self.words.of(tx, letter, found, self.clock.now())
        except Exception as error:
            _log.exception("words failed", letter=letter.id)
            return error
        return said if isinstance(said, Outcome) else (person.telegram_id, said)

    async def again(self, letter: OutboxMessage, owner: str) -> BuiltMessage:
        """The same for one that has waited: it may have been stopped, or another sender may have it."""
        async with self.database.transaction() as tx:
            if not await outbox_claims.is_claimed_by(tx, letter.id, owner):
                return Outcome(outbox.CANCELLED, reason="stopped")
            return await self.of(tx, letter, await render_context.load_render_context(tx, [letter]))
