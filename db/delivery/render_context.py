"""What is needed to put a batch of letters into words, read once for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from db.announcements import announcements
from db.announcements.announcements import Announcement
from db.delivery.outbox import ANNOUNCED, REMINDER
from db.delivery.outbox_claims import OutboxMessage
from db.engine.database import Tx
from db.people import consents, participants
from db.people.participants import Participant
from db.programme import live_programme, session_details
from db.programme.live_programme import LiveSession
from db.programme.session_details import StoredDetails
from db.tables import subscriptions


@dataclass(frozen=True, slots=True)
class RenderContext:
    """The people of those letters, the sessions, and which reminders these people want aloud."""

    people: Mapping[int, Participant]
    sessions: Mapping[int, LiveSession]
    wanted_reminders: frozenset[tuple[int, int, str]]  # participant, session, lead
    announcements: Mapping[int, Announcement] = field(default_factory=dict)
    announcement_consents: frozenset[tuple[int, int]] = (
        frozenset()
    )  # participant, version of the sentence on announcements
    details: Mapping[int, StoredDetails] = field(default_factory=dict)  # what organizers told, by the session's row


async def load_render_context(tx: Tx, letters: Sequence[OutboxMessage]) -> RenderContext:
    """As they are in this transaction."""
    everybody = sorted({each.participant_id for each in letters})
    sessions = {each.session_id for each in letters if each.session_id is not None}
    reminded = sorted({each.participant_id for each in letters if each.kind == REMINDER})
    told = {each.payload["announcement"] for each in letters if each.kind in ANNOUNCED}
    return RenderContext(
        await participants.get_many(tx, everybody) if everybody else {},
        await live_programme.sessions_by_id(tx, sorted(sessions)) if sessions else {},
        await _wanted_reminders(tx, reminded, sorted(sessions)) if reminded else frozenset(),
        await announcements.get_many(tx, sorted(told)) if told else {},
        await consents.announcement_consents(tx, everybody) if told else frozenset(),
        await session_details.details_by_session_id(tx, sorted(sessions)) if sessions else {},
    )


async def _wanted_reminders(tx: Tx, people: Sequence[int], sessions: Sequence[int]) -> frozenset[tuple[int, int, str]]:
    wanted = select(subscriptions.c.participant_id, subscriptions.c.session_id, subscriptions.c.lead).where(
        subscriptions.c.participant_id.in_(people),
        subscriptions.c.session_id.in_(sessions),
        subscriptions.c.muted.is_(False),
    )
    return frozenset((row[0], row[1], row[2]) for row in await tx.execute(wanted))
