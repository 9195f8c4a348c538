"""A session that has moved, for the calendar of somebody who has it there."""

from dataclasses import replace
from datetime import datetime

from db import calendars, programme, subscriptions
from db.database import Tx
from db.outbox import CANCELLED, Letter
from db.participants import Participant
from knowledge.calendar_file import Entry, calendar_file
from knowledge.cycle import Cycle
from knowledge.lead import parse_lead
from locales.reply import Button, Day, Document, Hour, Reply, Say, reply, text
from reminders.sender import Outcome


async def renewed(tx: Tx, cycle: Cycle, letter: Letter, person: Participant, now: datetime) -> Reply | Outcome:
    """The session's file with its next SEQUENCE; an Outcome where it is not in their calendar any more."""
    live = await programme.by_id(tx, letter.session_id or 0)
    kept = (await calendars.of(tx, person.id)).get(letter.session_id or 0)
    if live is None or kept is None or kept.cancelled or live.version != letter.payload["version"]:
        return Outcome(CANCELLED, reason="no longer in their calendar, or moved again")
    sequence = (await calendars.hand_out(tx, person.id, [live]))[live.id]
    on = await subscriptions.of(tx, person.id, cycle.key)
    leads = [parse_lead(code) for number, code in sorted(on) if number == live.number]
    alarms = tuple(lead.before for lead in leads if lead.before is not None)
    entry = Entry(live.number, live.starts_at, live.ends_at, sequence, alarms)

    def write(say: Say) -> bytes:
        return calendar_file(cycle, [entry], say, language=person.language, now=now)

    moved = text("calendar.moved", number=live.number, day=Day(live.starts_at), hour=Hour(live.starts_at))
    card = Button(text("reminder.details"), f"+s:{live.number}")
    return replace(reply(moved, keyboard=((card,),)), document=Document("ciclo.ics", write))
