"""Who speaks: somebody we know, somebody we meet now, or somebody who was deleted after saying this."""

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


async def identify_person(tx: Tx, heard: IncomingMessage, now: Callable[[], datetime]) -> PersonContext | None:
    """The person and how things stand with them; None for what they said before they had everything deleted.

    Who was out of reach gets what they missed.
    """
    glance = await participants.load_context(tx, heard.telegram_id, now=now())
    if glance is None or glance.deleted_at is not None:
        if await _was_sent_before_deletion(tx, heard):
            return None
        glance = await _add_person(tx, heard, now())
    since = glance.person.unreachable_since
    if since is not None:
        await participants.set_reachable(tx, heard.telegram_id, now=None)
        until = now() + _DIGEST_GOOD_FOR
        await outbox.put_digest(tx, glance.person.id, since=since, now=now(), good_until=until)
    return glance


async def _add_person(tx: Tx, heard: IncomingMessage, now: datetime) -> PersonContext:
    await participants.add(tx, {heard.telegram_id: language_of_phone(heard.phone_language)}, now=now)
    glance = await participants.load_context(tx, heard.telegram_id, now=now)
    assert glance is not None, "a row just written can be read"  # noqa: S101 - a fact of the transaction
    return glance


async def _was_sent_before_deletion(tx: Tx, heard: IncomingMessage) -> bool:
    """What a person said before they had everything deleted must not bring them back."""
    moment = await participants.enforce_deletion(tx, heard.telegram_id)
    if moment is None:
        return False
    received = await inbox.received_at(tx, heard.update_id)
    said = heard.said_at + timedelta(seconds=1) if heard.said_at is not None else moment
    again = heard.words == my_data.DELETE_PRESS and await participants.find(tx, heard.telegram_id) is None
    return again or said < moment or (received is not None and received < moment)
