"""What was written while the bot was down: each person is answered once."""

from dataclasses import replace
from datetime import datetime, timedelta

from db.delivery import inbox
from db.engine.database import Tx
from handlers.rendering import FeatureReply, RenderedReply
from locales.reply import text
from telegram_io.incoming import IncomingMessage

# What was written that long before the bot was started waits for nobody any more, line by line.
_BACKLOG = timedelta(minutes=10)


async def answer_once(
    tx: Tx, incoming: IncomingMessage, said: FeatureReply | RenderedReply | None, started_at: datetime | None
) -> FeatureReply | RenderedReply | None:
    """The answer to their last message, with a word that it is late; None for those before it.

    What they wrote before it has taken effect all the same, such as the steps of a registration.
    """
    written = incoming.said_at
    if started_at is None or written is None or not isinstance(said, FeatureReply) or written >= started_at - _BACKLOG:
        return said
    if await inbox.has_more(tx, incoming.telegram_id, after=incoming.update_id):
        return None
    return replace(said, reply=replace(said.reply, lines=(text("late.sorry"), "", *said.reply.lines)))
