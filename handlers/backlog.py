"""Catches up after the bot was down: answers each person once, and hands answers that were not sent to the outbox."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from db.delivery import inbox, outbox
from db.engine.database import Tx
from db.people import participants
from handlers.turn import FeatureReply, RenderedReply
from locales.reply import text
from locales.translator import Message
from telegram_io.incoming import IncomingMessage

# An answer that comes later than that answers nobody any more.
_GOOD_FOR = timedelta(hours=6)


async def answer_once(
    tx: Tx, incoming: IncomingMessage, answer: FeatureReply | RenderedReply | None
) -> FeatureReply | RenderedReply | None:
    """Returns the answer to their last message, with a word that it is late; None for those before it.

    What they wrote before it has taken effect all the same, such as the steps of a registration.
    """
    if not isinstance(answer, FeatureReply):
        return answer
    if await inbox.has_more(tx, incoming.telegram_id, after=incoming.update_id):
        return None
    return replace(answer, reply=replace(answer.reply, lines=(text("late.sorry"), "", *answer.reply.lines)))


async def hand_to_outbox(tx: Tx, update_id: int, left: str, *, now: datetime) -> None:
    """Puts it into the outbox; not for somebody who has been deleted since."""
    read = json.loads(left)
    if await participants.get(tx, read["to"]) is not None:
        await outbox.put_replies(tx, read["to"], update_id, read["messages"], now=now, good_until=now + _GOOD_FOR)


async def restore_messages(tx: Tx, left: str) -> tuple[int, list[Message]] | None:
    """Returns the chat and the messages; None where that person has been deleted since."""
    kept = json.loads(left)
    person = await participants.get(tx, kept["to"])
    return None if person is None else (person.telegram_id, [Message.from_json(each) for each in kept["messages"]])
