"""Identifies who is not simply known: new people, people who were deleted, people who were out of reach."""

from collections.abc import Callable
from datetime import datetime, timedelta

from db.delivery import inbox, outbox
from db.engine.database import Tx
from db.people import participants
from db.people.participants import PersonContext
from handlers.participant.mine import my_data
from locales.localized import language_of_phone
from telegram_io.incoming import IncomingMessage

_DIGEST_GOOD_FOR = timedelta(days=1)


async def identify_person(
    tx: Tx, incoming: IncomingMessage, context: PersonContext | None, now: Callable[[], datetime]
) -> PersonContext | None:
    """Returns the context of who is new, was deleted or was out of reach; `context` is what is known of them.

    Adds a new person, and sends a digest to who was out of reach. None for what was sent before a deletion.
    """
    if context is None or context.deleted_at is not None:
        if await _was_sent_before_deletion(tx, incoming):
            return None
        context = await _add_person(tx, incoming, now())
    since = context.person.unreachable_since
    if since is not None:
        await participants.set_reachable(tx, incoming.telegram_id, now=None)
        until = now() + _DIGEST_GOOD_FOR
        await outbox.put_digest(tx, context.person.id, since=since, now=now(), good_until=until)
    return context


async def _add_person(tx: Tx, incoming: IncomingMessage, now: datetime) -> PersonContext:
    await participants.add(tx, {incoming.telegram_id: language_of_phone(incoming.phone_language)}, now=now)
    context = await participants.load_context(tx, incoming.telegram_id, now=now)
    assert context is not None, "a row just written can be read"  # noqa: S101 - a fact of the transaction
    return context


async def _was_sent_before_deletion(tx: Tx, incoming: IncomingMessage) -> bool:
    """Returns whether it was sent before that person deleted everything: such a message must not bring them back."""
    moment = await participants.enforce_deletion(tx, incoming.telegram_id)
    if moment is None:
        return False
    received = await inbox.received_at(tx, incoming.update_id)
    sent_until = incoming.said_at + timedelta(seconds=1) if incoming.said_at is not None else moment
    again = incoming.words == my_data.DELETE_PRESS and await participants.find(tx, incoming.telegram_id) is None
    return again or sent_until < moment or (received is not None and received < moment)
