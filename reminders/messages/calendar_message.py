"""A session that has moved, got a link, or is called off, for the calendar of somebody who has it there."""

from dataclasses import replace
from datetime import timedelta

from db.delivery.outbox import CANCELLED
from db.people import subscriptions
from db.programme import calendars, live_programme
from db.programme.live_programme import LiveSession
from knowledge.programme.calendar_file import Entry, calendar_file
from knowledge.time.lead import parse_lead
from locales.reply import Button, Document, Reply, Say, Text, reply, text
from reminders.delivery.outcome import Outcome
from reminders.messages.message_context import MessageContext, hold_back


async def write_calendar_file(writing: MessageContext) -> Reply | Outcome:
    """The session's file with its next SEQUENCE; an Outcome where it is not in their calendar any more."""
    session_id = writing.letter.session_id or 0
    live = await live_programme.by_id(writing.tx, session_id)
    kept = (await calendars.calendar_entries_of_person(writing.tx, writing.person.id)).get(session_id)
    if live is None or kept is None or kept.cancelled or live.version != writing.letter.payload["version"]:
        return Outcome(CANCELLED, reason="no longer in their calendar, or moved again")
    newest = writing.letter.payload.get("details")  # of a link or platform that has changed
    if newest is not None and (kept.details >= newest or live.cancelled):
        return Outcome(CANCELLED, reason="their calendar has it already")
    if (later := hold_back(writing, live.starts_at)) is not None:
        return later
    says = text("calendar.moved" if newest is None else "calendar.detail", number=live.number)
    return await (_called_off(writing, live) if live.cancelled else _moved(writing, live, says))


async def _moved(writing: MessageContext, live: LiveSession, says: Text) -> Reply:
    sequence = (await calendars.record_sessions(writing.tx, writing.person.id, [live]))[live.id]
    told = await writing.details_they_may_see(live)
    entry = Entry(live.number, live.starts_at, live.ends_at, sequence, await _alarms(writing, live), told)
    return _file(writing, entry, says, cancelled=False)


async def _called_off(writing: MessageContext, live: LiveSession) -> Reply:
    sequence = (await calendars.cancel_sessions(writing.tx, writing.person.id, [live.id]))[live.id]
    entry = Entry(live.number, live.starts_at, live.ends_at, sequence)
    return _file(writing, entry, text("calendar.called_off", number=live.number), cancelled=True)


async def _alarms(writing: MessageContext, live: LiveSession) -> tuple[timedelta, ...]:
    on = await subscriptions.subscriptions_of_person(writing.tx, writing.person.id, writing.cycle.key)
    leads = [parse_lead(code) for number, code in sorted(on) if number == live.number]
    return tuple(lead.before for lead in leads if lead.before is not None)


def _file(writing: MessageContext, entry: Entry, says: Text, *, cancelled: bool) -> Reply:
    def write(say: Say) -> bytes:
        language = writing.person.language
        return calendar_file(writing.cycle, [entry], say, language=language, now=writing.now, cancelled=cancelled)

    card = Button(text("reminder.details"), f"+s:{entry.number}")
    return replace(reply(says, keyboard=((card,),)), document=Document("ciclo.ics", write))
