"""The words for a detail of a session that is known now, and what takes the place of an earlier word of it."""

from datetime import timedelta
from typing import cast

from db.delivery import outbox
from db.people import subscriptions
from db.programme.live_programme import LiveSession
from knowledge.programme.detail_lines import field_lines
from knowledge.programme.session_details import AFTERWARDS, Details, Field
from locales.reply import Button, Keyboard, Reply, Value, reply, text
from reminders.delivery.outcome import Outcome
from reminders.messages.message_context import MessageContext, hold_back
from reminders.messages.reminder_message import Reminder, details_for_reminder

# A link can be used until the very beginning: it waits for the morning as long as that comes first.
_NO_TIME = timedelta(0)


async def write_detail(writing: MessageContext) -> Reply | Outcome:
    """It, once, to who asked or registered; nothing where it is gone again, or they have silenced the session."""
    live, field = writing.live, _field(writing)
    if live is None or not writing.details.has(field):
        return Outcome(outbox.CANCELLED, reason="it is not known any more")
    if live.cancelled and field not in AFTERWARDS:
        return Outcome(outbox.CANCELLED, reason="the session is called off")
    if live.number in await subscriptions.muted_sessions(writing.tx, writing.person.id, writing.cycle.key):
        return Outcome(outbox.CANCELLED, reason="they have silenced the session")
    begins = live.starts_at if writing.now < live.starts_at else None
    later = hold_back(writing) if field in AFTERWARDS else hold_back(writing, begins, _NO_TIME)
    return later or await _said(writing, live, field)


async def write_revision(writing: MessageContext) -> Reply | Reminder | Outcome:
    """A reminder, or a word of ours that a detail is known, as it reads with what is known now."""
    live, about = writing.live, writing.letter.payload
    if live is None:
        return Outcome(outbox.CANCELLED, reason="the session is gone")
    if about["said"] != outbox.REMINDER:
        return await _said(writing, live, _field(writing))
    if live.cancelled or live.version != about["version"]:  # a correction of the time has taken its place
        return Outcome(outbox.CANCELLED, reason="the session was moved or called off")
    return Reminder(live, details_for_reminder(writing))


def _field(writing: MessageContext) -> Field:
    return cast("Field", writing.letter.payload["field"])


async def _said(writing: MessageContext, live: LiveSession, field: Field) -> Reply:
    seen = await writing.details_they_may_see(live)
    heading: tuple[Value, ...] = (
        text("detail.news", number=live.number),
        text("reminder.title", title=writing.cycle.session(live.number).title),
        "",
    )
    return reply(*heading, *field_lines(seen, field), keyboard=_buttons(live.number, seen, field))


def _buttons(number: int, seen: Details, field: Field) -> Keyboard:
    card = (Button(text("reminder.details"), f"+s:{number}"),)
    if field != "link":
        return (card,)
    if seen.link is not None:
        return ((Button(text("detail.enter"), url=seen.link),), card)
    ways = (Button(text("menu.register"), "+reg"),), (Button(text("ask.remind", number=number), f"+rem:{number}"),)
    return (*ways, card) if seen.hidden else (card,)
