"""An announcement in the words of whoever gets it, as it stands when it leaves; and the card that shows how it goes."""

from db.announcements import announcement_deliveries
from db.announcements.announcements import DRAFT, OVER, RECALLED, RUNNING, Announcement
from db.delivery.outbox import CANCELLED, HELD
from knowledge.programme.announcement_card import as_delivered, card
from locales.reply import Reply, reply
from reminders.delivery.outcome import Outcome
from reminders.messages.message_context import MessageContext, hold_back


def _told(writing: MessageContext) -> Announcement | None:
    return writing.lookup.announced.get(writing.letter.payload["announcement"])


async def write_announcement(writing: MessageContext) -> Reply | Outcome:
    """Its body in their language; what a brake has stopped meanwhile does not leave, whoever had it in hand."""
    told, person = _told(writing), writing.person
    if told is None or told.state in {DRAFT, *OVER} or not told.bodies:
        return Outcome(CANCELLED, reason="stopped")
    if told.state != RUNNING:
        return Outcome(HELD)
    if writing.letter.payload.get("team"):
        return as_delivered(told.body(person.language))
    if not person.is_group and (person.id, told.audience.get("consent")) not in writing.lookup.allowing:
        return Outcome(CANCELLED, reason="announcements are not allowed any more")
    return hold_back(writing) or as_delivered(told.body(person.language))


async def write_correction(writing: MessageContext) -> Reply | Outcome:
    """The words as they are now, in the place of those that arrived."""
    told = _told(writing)
    if told is None or told.state == RECALLED or not told.bodies:
        return Outcome(CANCELLED, reason="taken back")
    return as_delivered(told.body(writing.person.language))


async def write_nothing(_writing: MessageContext) -> Reply | Outcome:
    """Nothing is said: it is deleted."""
    return reply()


async def write_progress_card(writing: MessageContext) -> Reply | Outcome:
    """The card, as it is when it first appears."""
    told = _told(writing)
    if told is None or told.state == DRAFT:
        return Outcome(CANCELLED, reason="undone")
    standing = await announcement_deliveries.delivery_counts(writing.tx, told.id, now=writing.now)
    return card(told, standing, starts_at=told.starts_at)
