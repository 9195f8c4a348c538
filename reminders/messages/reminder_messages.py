"""Writes reminders, notices of a clock change, and news of a place that has come free."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db.delivery import outbox
from db.people import attendances, subscriptions
from db.people.participants import Participant
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from knowledge.programme.cards import SessionTime, hour_lines, number_list, time_lines
from knowledge.programme.cycle import Cycle
from knowledge.programme.session_details import NO_DETAILS, SessionDetails, enter_row, field_lines, ways_to_link
from knowledge.time.clock_change import describe_change, find_clock_changes
from locales.reply import Button, Duration, Keyboard, Listing, OnPhone, Reply, Value, reply, text
from reminders.messages.message_context import MessageContext, Outcome, hold_back

# What a reminder is for follows from the time left: to prepare, to keep the hour free, to come in.
_TO_PREPARE, _TO_COME_IN = timedelta(hours=3), timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a reminder of that session says: the session, and the details that its reader may see."""

    live: LiveSession
    details: SessionDetails = NO_DETAILS


async def write_reminder(context: MessageContext) -> Reminder | Outcome:
    """Returns a reminder as it is true now; an Outcome where it is not wanted or not true any more."""
    message, now = context.message, context.now
    live = context.live
    if live is None or live.version != message.payload["version"] or live.cancelled:
        return Outcome(outbox.CANCELLED, reason="the session was moved or called off")
    if now >= message.good_until:
        return Outcome(outbox.EXPIRED, reason="past its deadline")
    if context.paused:
        return Outcome(outbox.CANCELLED, reason="reminders are paused")
    if (message.participant_id, live.id, message.payload["lead"]) not in context.render_context.wanted_reminders:
        return Outcome(outbox.CANCELLED, reason="no longer wanted")
    return Reminder(live, details_for_reminder(context))


def details_for_reminder(context: MessageContext) -> SessionDetails:
    """Returns the details that who is reminded may see; also who has turned off what they were reminded by."""
    return context.details.visible_to(replace(context.access, reminded=not context.person.is_group))


async def write_clock_notice(context: MessageContext) -> Reply | Outcome:
    """Returns how the clocks change before a session, where they are now; an Outcome where it is no longer true."""
    tx, session_id, person = context.tx, context.message.session_id, context.person
    live = await live_programme.programme(tx, context.cycle.key)
    times = [(each.number, each.starts_at) for each in live.values() if not each.cancelled]
    number = next((each.number for each in live.values() if each.id == session_id), None)
    changes = find_clock_changes(times, person.zone or context.cycle.zone)
    change = next((each for each in changes if each.number == number and context.now < each.after), None)
    if change is None or not await subscriptions.still_wants(tx, person.id, session_id or 0):
        return Outcome(outbox.CANCELLED, reason="no longer true or no longer wanted")
    card = Button(text("reminder.details"), f"+s:{change.number}")
    return hold_back(context) or reply(describe_change(change, person.language), keyboard=((card,),))


async def write_free_place(context: MessageContext) -> Reply | Outcome:
    """Returns that they have a place now; an Outcome where they have left the waiting list meanwhile."""
    live = await live_programme.by_id(context.tx, context.message.payload["session"])
    state = None if live is None else await attendances.attendance_state(context.tx, context.person.id, live.id)
    if live is None or live.cancelled or state != attendances.GOING:
        return Outcome(outbox.CANCELLED, reason="no longer wanted")
    if context.now >= live.starts_at:
        return Outcome(outbox.EXPIRED, reason="the session has begun")
    return free_place_reply(context.cycle, live, context.person, context.visible_details)


def reminder_reply(cycle: Cycle, reminder: Reminder, person: Participant, now: datetime) -> Reply:
    """Returns a reminder by what it is for: what, when, how to prepare; when and the link; hour, link, one button."""
    live, details = reminder.live, reminder.details
    when = SessionTime(live.starts_at, live.ends_at, person.zone, person.language)
    heading = (_time_left(live, now), text("reminder.title", title=cycle.session(live.number).title), "")
    link, left = _link_lines(cycle, details), live.starts_at - now
    if left <= _TO_COME_IN:
        return reply(*heading, *hour_lines(cycle, when), *link, keyboard=_one_button(live.number, details))
    if left <= _TO_PREPARE:
        return reply(*heading, *time_lines(cycle, when), *link, keyboard=_buttons(live.number, details))
    calendar = Button(text("reminder.calendar"), f"+cal:{live.number}")
    prepare = (*_covered(cycle, live.number), "", text("reminder.prepare"))
    return reply(
        *heading, *time_lines(cycle, when), "", *prepare, *link, keyboard=_buttons(live.number, details, calendar)
    )


def _covered(cycle: Cycle, number: int) -> tuple[Value, ...]:
    areas = cycle.session(number).areas
    return tuple(text("session.area", name=area.name, objectives=number_list(area.objectives)) for area in areas)


def free_place_reply(cycle: Cycle, live: LiveSession, person: Participant, shown: SessionDetails) -> Reply:
    """Returns that they have a place now, with the link that they may see now, and a button to give the place back."""
    when = SessionTime(live.starts_at, live.ends_at, person.zone, person.language)
    title = text("reminder.title", title=cycle.session(live.number).title)
    remind = Button(text("ask.remind", number=live.number), f"+rem:{live.number}")
    leave = Button(text("place.leave", number=live.number), f"+mine:s:{live.number}:off")
    link = ("", *field_lines(shown, "link")) if shown.link is not None else ()
    lines = (text("place.free", number=live.number), title, "", *time_lines(cycle, when), *link)
    return reply(*lines, keyboard=(*enter_row(shown), (remind,), (leave,)))


def _time_left(live: LiveSession, now: datetime) -> Value:
    """Returns "Start: in 57 minutes". The phone keeps the time left true for who reads late: no verb before it."""
    if now >= live.starts_at:
        return text("reminder.now", number=live.number)
    remaining = text("in", duration=Duration(live.starts_at - now))
    return text("reminder.soon", number=live.number, remaining=OnPhone(live.starts_at, "r", remaining))


def _link_lines(cycle: Cycle, details: SessionDetails) -> tuple[Value, ...]:
    """Returns the link, or that it is not known yet where the content says so."""
    if details.has("link"):
        return ("", *field_lines(details, "link"))
    link = [thing.name for thing in cycle.unknown if thing.key == "link"]
    return ("", text("session.unknown", things=Listing(tuple(link)))) if link else ()


def _one_button(number: int, shown: SessionDetails) -> Keyboard:
    """Returns the way in; what is known of the session, where its link is not."""
    # "+": the answer comes as a new message, the reminder stays.
    return enter_row(shown) or ((Button(text("reminder.details"), f"+s:{number}"),),)


def _buttons(number: int, shown: SessionDetails, *more: Button) -> Keyboard:
    enter = (*enter_row(shown), *((each,) for each in ways_to_link(number, shown)))
    details = Button(text("reminder.details"), f"+s:{number}")
    stop = Button(text("reminders.stop", number=number), f"+rem:{number}:off")
    return (*enter, (details,), *((each,) for each in more), (stop,))
