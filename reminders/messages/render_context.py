"""Reads what is needed to write a batch of outbox messages, once for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from changes import link_access
from changes.link_access import Accesses
from db.announcements import announcements
from db.announcements.announcements import Announcement
from db.delivery.outbox import ANNOUNCED, REMINDER, WRITTEN_FREELY
from db.delivery.outbox_claims import OutboxMessage
from db.engine.database import Tx
from db.people import consents, participants, subscriptions
from db.people.participants import Participant
from db.programme import live_programme
from db.programme.live_programme import LiveSession, StoredDetails


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What the messages are about: people, sessions, details, announcements, and which reminders are wanted."""

    people: Mapping[int, Participant]
    sessions: Mapping[int, LiveSession]
    wanted_reminders: frozenset[tuple[int, int, str]]  # participant, session, lead
    announcements: Mapping[int, Announcement] = field(default_factory=dict)
    announcement_consents: frozenset[tuple[int, int]] = (
        frozenset()
    )  # participant, version of the sentence on announcements
    details: Mapping[int, StoredDetails] = field(default_factory=dict)  # what organizers told, by the session's row
    linked: Sequence[
        tuple[int, int, StoredDetails]
    ] = ()  # session id, number, details; for what the team writes freely
    accesses: Accesses = field(default_factory=Accesses)  # read where a session has a link


async def load_render_context(tx: Tx, messages: Sequence[OutboxMessage]) -> RenderContext:
    """Returns them as they are in this transaction."""
    everybody = sorted({each.participant_id for each in messages})
    sessions = {each.session_id for each in messages if each.session_id is not None}
    reminded = sorted({each.participant_id for each in messages if each.kind == REMINDER})
    announced = {each.payload["announcement"] for each in messages if each.kind in ANNOUNCED}
    details = await live_programme.details_by_session_id(tx, sorted(sessions)) if sessions else {}
    free = any(each.kind in WRITTEN_FREELY for each in messages)
    linked = await live_programme.details_with_link(tx) if free else []
    has_link = linked or any("link" in each for each in details.values())
    return RenderContext(
        await participants.get_many(tx, everybody) if everybody else {},
        await live_programme.sessions_by_id(tx, sorted(sessions)) if sessions else {},
        await subscriptions.wanted_reminders(tx, reminded, sorted(sessions)) if reminded else frozenset(),
        await announcements.get_many(tx, sorted(announced)) if announced else {},
        await consents.announcement_consents(tx, everybody) if announced else frozenset(),
        details,
        linked,
        await link_access.accesses(tx, everybody) if has_link or announced else Accesses(),
    )
