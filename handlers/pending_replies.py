"""An answer is kept until it is said: whoever takes over from a dead replica hands it to the outbox."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from db.delivery import outbox
from db.engine.database import Tx
from db.people import participants
from handlers.rendering import RenderedReply
from locales.markup import Message

# An answer that comes later than that answers nobody any more.
_GOOD_FOR = timedelta(hours=6)


def serialize_answer(answer: RenderedReply | None) -> str | None:
    """What is kept of it until it is said; None where nobody would miss it."""
    if answer is None or answer.participant_id is None or not answer.messages:
        return None
    return serialize_messages(answer.participant_id, answer.messages)


def serialize_messages(participant_id: int, messages: Sequence[Message]) -> str:
    """Those messages to that person, to be handed over."""
    return json.dumps({"to": participant_id, "messages": [each.as_json() for each in messages]})


async def hand_to_outbox(tx: Tx, update_id: int, left: str, *, now: datetime) -> None:
    """The outbox says it; not to somebody who has been deleted since."""
    read = json.loads(left)
    if await participants.get(tx, read["to"]) is not None:
        await outbox.put_replies(tx, read["to"], update_id, read["messages"], now=now, good_until=now + _GOOD_FOR)


async def restore_messages(tx: Tx, left: str) -> tuple[int, list[Message]] | None:
    """The chat and the messages; None where that person has been deleted since."""
    kept = json.loads(left)
    person = await participants.get(tx, kept["to"])
    return None if person is None else (person.telegram_id, [Message.from_json(each) for each in kept["messages"]])
