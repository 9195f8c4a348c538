"""Writes what has changed about a session: its time, its details, its entry in calendars; and what somebody missed."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from changes import session_time
from db.delivery import outbox
from db.people import subscriptions
from db.programme import calendars, live_programme
from db.programme.live_programme import LiveSession
from knowledge.programme.calendar_file import CalendarEntry, build_calendar
from knowledge.programme.cards import SessionTime, time_lines
from knowledge.programme.session_details import (
    AFTERWARDS,
    FILE,
    DetailField,
    SessionDetails,
    enter_row,
    field_lines,
    reason_of,
    ways_to_link,
)
from knowledge.time.lead_time import parse_lead_time
from locales.reply import Button, Day, Document, Hour, Keyboard, Reply, Say, Text, Value, reply, text
from reminders.messages.afterwards_messages import after_session_reply
from reminders.messages.message_context import MessageContext, Outcome, hold_back
from reminders.messages.reminder_messages import Reminder, details_for_reminder

# A link can be used until the very beginning: it waits for the morning as long as that comes first.
_NO_TIME = timedelta(0)


async def write_move(context: MessageContext) -> Reply | Outcome:
    """Returns from when to when it has moved, in their hours; an Outcome where they were told so already."""
    live = await _current_session(context)
    if isinstance(live, Outcome):
        return live
    before = await session_time.last_version_told(context.tx, context.person.id, live)
    if before is None or session_time.is_as_told(before, live):
        return Outcome(outbox.CANCELLED, reason="it is as they were told")
    return hold_back(context, session_time.soonest_start(before, live)) or reply(
        *_change(context, live, before), keyboard=_details_button(live)
    )


async def write_move_correction(context: MessageContext) -> Reply | Outcome:
    """Returns the text that replaces a message with the old time.

    An earlier notice of a change becomes one line: the new notice, a message of its own, tells all of it.
    """
    live = await _current_session(context)
    if isinstance(live, Outcome):
        return live
    if context.message.payload.get("corrects") == outbox.MOVED:
        return reply(_newer_notice(live), keyboard=_details_button(live))
    earlier = await live_programme.earlier_versions(context.tx, live.id)
    return reply(*_change(context, live, earlier[-1] if earlier else live), keyboard=_details_button(live))


async def _current_session(context: MessageContext) -> LiveSession | Outcome:
    live = await live_programme.by_id(context.tx, context.message.session_id or 0)
    if live is None or live.version != context.message.payload["version"]:
        return Outcome(outbox.CANCELLED, reason="it was moved again")
    return live


def _change(context: MessageContext, live: LiveSession, before: LiveSession) -> tuple[Value, ...]:
    reason = reason_of(context.render_context.details.get(live.id, {}), live.version)
    why = () if reason is None else ("", text("moved.reason", reason=reason))
    return (*_old_and_new_time(context, live, before), *why)


def _old_and_new_time(context: MessageContext, live: LiveSession, before: LiveSession) -> tuple[Value, ...]:
    title = text("reminder.title", title=context.cycle.session(live.number).title)
    was: dict[str, Value] = {"day": Day(before.starts_at), "hour": Hour(before.starts_at)}
    if live.cancelled:
        return text("moved.cancelled", number=live.number), title, "", text("moved.planned", **was)
    when = SessionTime(live.starts_at, live.ends_at, context.person.zone, context.person.language)
    if before.cancelled:
        return text("moved.restored", number=live.number), title, "", *time_lines(context.cycle, when)
    heading = text("moved.heading", number=live.number)
    return heading, title, "", text("moved.before", **was), text("moved.now"), *time_lines(context.cycle, when)


def _newer_notice(live: LiveSession) -> Value:
    if live.cancelled:
        return text("moved.newer.cancelled", number=live.number)
    return text("moved.newer", number=live.number, day=Day(live.starts_at), hour=Hour(live.starts_at))


def _details_button(live: LiveSession) -> Keyboard:
    return ((Button(text("reminder.details"), f"+s:{live.number}"),),)


async def write_digest(context: MessageContext) -> Reply | Outcome:
    """Returns one message of what matters now: the next session, and what has changed while they were away."""
    live = (await live_programme.programme(context.tx, context.cycle.key)).values()
    ahead = sorted((each for each in live if each.is_open(context.now)), key=lambda each: each.starts_at)
    away_since = datetime.fromisoformat(context.message.payload["since"])
    changed = [each for each in live if each.changed_at is not None and each.changed_at >= away_since]
    if not ahead and not changed:
        return Outcome(outbox.CANCELLED, reason="nothing is ahead")
    chosen = await subscriptions.subscriptions_of_person(context.tx, context.person.id, context.cycle.key)
    reminded = text("returned.reminders.on") if chosen else text("returned.reminders.off")
    lines = (
        *(_next_session(context, each) for each in ahead[:1]),
        *(_changed_session(each) for each in changed),
        "",
        reminded,
    )
    menu = Button(text("menu.sessions"), "+sessions"), Button(text("menu.reminders"), "+rem")
    return reply(text("returned.hello"), "", *lines, keyboard=(menu,))


def _next_session(context: MessageContext, live: LiveSession) -> Value:
    title = context.cycle.session(live.number).title
    return text("returned.next", number=live.number, title=title, day=Day(live.starts_at), hour=Hour(live.starts_at))


def _changed_session(live: LiveSession) -> Value:
    if live.cancelled:
        return text("returned.cancelled", number=live.number)
    return text("returned.moved", number=live.number, day=Day(live.starts_at), hour=Hour(live.starts_at))


async def write_detail(context: MessageContext) -> Reply | Outcome:
    """Returns a detail that is known now, for who asked or registered; an Outcome where it is not wanted any more."""
    live, field = context.live, _field(context)
    if live is None or not context.details.has(field):
        return Outcome(outbox.CANCELLED, reason="it is not known any more")
    if live.cancelled and field not in AFTERWARDS:
        return Outcome(outbox.CANCELLED, reason="the session is called off")
    if live.number in await subscriptions.muted_sessions(context.tx, context.person.id, context.cycle.key):
        return Outcome(outbox.CANCELLED, reason="they have silenced the session")
    begins = live.starts_at if context.now < live.starts_at else None
    later = hold_back(context) if field in AFTERWARDS else hold_back(context, begins, _NO_TIME)
    return later or await _detail_reply(context, live, field)


async def write_revision(context: MessageContext) -> Reply | Reminder | Outcome:
    """Returns a reminder, or a message that a detail is known, as it reads with what is known now."""
    live, payload = context.live, context.message.payload
    if live is None:
        return Outcome(outbox.CANCELLED, reason="the session is gone")
    if payload["said"] == outbox.AFTER:
        return await after_session_reply(context, live)
    if payload["said"] != outbox.REMINDER:
        return await _detail_reply(context, live, _field(context))
    if live.cancelled or live.version != payload["version"]:  # a correction of the time has taken its place
        return Outcome(outbox.CANCELLED, reason="the session was moved or called off")
    return Reminder(live, details_for_reminder(context))


def _field(context: MessageContext) -> DetailField:
    return cast("DetailField", context.message.payload["field"])


async def _detail_reply(context: MessageContext, live: LiveSession, field: DetailField) -> Reply:
    seen = context.visible_details
    heading: tuple[Value, ...] = (
        text("detail.news", number=live.number),
        text("reminder.title", title=context.cycle.session(live.number).title),
        "",
    )
    return reply(*heading, *field_lines(seen, field), keyboard=_detail_buttons(live.number, seen, field))


def _detail_buttons(number: int, seen: SessionDetails, field: DetailField) -> Keyboard:
    card = (Button(text("reminder.details"), f"+s:{number}"),)
    if field == "materials" and any(address.startswith(FILE) for _, address in seen.materials):
        return ((Button(text("detail.button.materials"), f"+d:{number}:materials"),), card)
    if field != "link":
        return (card,)
    return (*(enter_row(seen) or ((each,) for each in ways_to_link(number, seen))), card)


async def write_calendar_file(context: MessageContext) -> Reply | Outcome:
    """Returns the session's file with its next SEQUENCE; an Outcome where it is not in their calendar any more."""
    session_id = context.message.session_id or 0
    live = await live_programme.by_id(context.tx, session_id)
    entry = (await calendars.calendar_entries_of_person(context.tx, context.person.id)).get(session_id)
    if live is None or entry is None or entry.cancelled or live.version != context.message.payload["version"]:
        return Outcome(outbox.CANCELLED, reason="no longer in their calendar, or moved again")
    newest = context.message.payload.get("details")  # of a link or platform that has changed
    if newest is not None and (entry.details >= newest or live.cancelled):
        return Outcome(outbox.CANCELLED, reason="their calendar has it already")
    if (later := hold_back(context, live.starts_at)) is not None:
        return later
    heading = text("calendar.moved" if newest is None else "calendar.detail", number=live.number)
    return await (_calendar_cancellation(context, live) if live.cancelled else _calendar_update(context, live, heading))


async def _calendar_update(context: MessageContext, live: LiveSession, heading: Text) -> Reply:
    sequence = (await calendars.record_sessions(context.tx, context.person.id, [live]))[live.id]
    details = context.visible_details
    entry = CalendarEntry(live.number, live.starts_at, live.ends_at, sequence, await _alarms(context, live), details)
    return _file(context, entry, heading, cancelled=False)


async def _calendar_cancellation(context: MessageContext, live: LiveSession) -> Reply:
    sequence = (await calendars.cancel_sessions(context.tx, context.person.id, [live.id]))[live.id]
    entry = CalendarEntry(live.number, live.starts_at, live.ends_at, sequence)
    return _file(context, entry, text("calendar.called_off", number=live.number), cancelled=True)


async def _alarms(context: MessageContext, live: LiveSession) -> tuple[timedelta, ...]:
    chosen = await subscriptions.subscriptions_of_person(context.tx, context.person.id, context.cycle.key)
    leads = [parse_lead_time(code) for number, code in sorted(chosen) if number == live.number]
    return tuple(lead.before for lead in leads if lead.before is not None)


def _file(context: MessageContext, entry: CalendarEntry, heading: Text, *, cancelled: bool) -> Reply:
    def write(say: Say) -> bytes:
        language = context.person.language
        return build_calendar(context.cycle, [entry], say, language=language, now=context.now, cancelled=cancelled)

    card = Button(text("reminder.details"), f"+s:{entry.number}")
    return replace(reply(heading, keyboard=((card,),)), document=Document("ciclo.ics", write))
