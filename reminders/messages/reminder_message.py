"""The words of a reminder, of a clock change, and of a place that has come free."""

from dataclasses import dataclass
from datetime import datetime

from db.delivery import outbox
from db.people import attendances, subscriptions
from db.people.participants import Participant
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from knowledge.programme.cards import When, numbers, when_lines
from knowledge.programme.cycle import Cycle
from knowledge.programme.detail_lines import field_lines
from knowledge.programme.session_details import NOTHING, Details
from knowledge.time.clock_change import change_line, clock_changes
from locales.reply import Button, Duration, Keyboard, Listing, OnPhone, Reply, Value, reply, text
from reminders.delivery.outcome import Outcome
from reminders.messages.message_context import MessageContext, hold_back


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of that session is to be said, with what is known of it to who reads."""

    live: LiveSession
    details: Details = NOTHING


async def write_reminder(writing: MessageContext) -> Reminder | Outcome:
    """A reminder as it is true now; nothing where it is not wanted or not true any more."""
    letter, now = writing.letter, writing.now
    live = writing.live
    if live is None or live.version != letter.payload["version"] or live.cancelled:
        return Outcome(outbox.CANCELLED, reason="the session was moved or called off")
    if now >= letter.good_until:
        return Outcome(outbox.EXPIRED, reason="past its deadline")
    if writing.paused:
        return Outcome(outbox.CANCELLED, reason="reminders are paused")
    if (letter.participant_id, live.id, letter.payload["lead"]) not in writing.lookup.wants:
        return Outcome(outbox.CANCELLED, reason="no longer wanted")
    return Reminder(live, details_for_reminder(writing))


def details_for_reminder(writing: MessageContext) -> Details:
    """Who is reminded may see the link; a group only one that is for everybody."""
    return writing.details.seen_by(concerned=not writing.person.is_group)


async def write_clock_notice(writing: MessageContext) -> Reply | Outcome:
    """Where the clocks change before a session, as it is true now where they are now."""
    tx, letter, person = writing.tx, writing.letter, writing.person
    live = await live_programme.programme(tx, writing.cycle.key)
    times = [(each.number, each.starts_at) for each in live.values() if not each.cancelled]
    mine = next((each.number for each in live.values() if each.id == letter.session_id), None)
    changes = clock_changes(times, person.zone or writing.cycle.zone)
    change = next((each for each in changes if each.number == mine and writing.now < each.after), None)
    if change is None or not await subscriptions.still_wants(tx, person.id, letter.session_id or 0):
        return Outcome(outbox.CANCELLED, reason="no longer true or no longer wanted")
    card = Button(text("reminder.details"), f"+s:{change.number}")
    return hold_back(writing) or reply(change_line(change, person.language), keyboard=((card,),))


async def write_free_place(writing: MessageContext) -> Reply | Outcome:
    """A place for somebody who waited; nothing where they have left meanwhile."""
    live = await live_programme.by_id(writing.tx, writing.letter.payload["session"])
    state = None if live is None else await attendances.attendance_state(writing.tx, writing.person.id, live.id)
    if live is None or live.cancelled or state != attendances.GOING:
        return Outcome(outbox.CANCELLED, reason="no longer wanted")
    if writing.now >= live.starts_at:
        return Outcome(outbox.EXPIRED, reason="the session has begun")
    return free_place_reply(writing.cycle, live, writing.person)


def reminder_reply(cycle: Cycle, said: Reminder, person: Participant, now: datetime) -> Reply:
    """What remains, which session, when where they are, what it covers, the way in, and how to stop these."""
    live = said.live
    session = cycle.session(live.number)
    when = When(live.starts_at, live.ends_at, person.zone, person.language)
    covered = (text("session.area", name=area.name, objectives=numbers(area.objectives)) for area in session.areas)
    return reply(
        _what_remains(live, now),
        text("reminder.title", title=session.title),
        "",
        *when_lines(cycle, when),
        "",
        *covered,
        *_way_in(cycle, said.details),
        keyboard=_buttons(live.number, said.details),
    )


def free_place_reply(cycle: Cycle, live: LiveSession, person: Participant) -> Reply:
    """The waiting list has moved: they have a place now, and can give it back."""
    when = When(live.starts_at, live.ends_at, person.zone, person.language)
    title = text("reminder.title", title=cycle.session(live.number).title)
    remind = Button(text("ask.remind", number=live.number), f"+rem:{live.number}")
    leave = Button(text("place.leave", number=live.number), f"+mine:s:{live.number}:off")
    said = (text("place.free", number=live.number), title, "", *when_lines(cycle, when))
    return reply(*said, keyboard=((remind,), (leave,)))


def _what_remains(live: LiveSession, now: datetime) -> Value:
    """ "Starts in 57 minutes"; the phone keeps it true for whoever reads it later."""
    if now >= live.starts_at:
        return text("reminder.now", number=live.number)
    words = text("in", duration=Duration(live.starts_at - now))
    return text("reminder.soon", number=live.number, remaining=OnPhone(live.starts_at, "r", words))


def _way_in(cycle: Cycle, details: Details) -> tuple[Value, ...]:
    """The link; that it is not known yet, where the content says so."""
    if details.has("link"):
        return ("", *field_lines(details, "link"))
    link = [thing.name for thing in cycle.unknown if thing.key == "link"]
    return ("", text("session.unknown", things=Listing(tuple(link)))) if link else ()


def _buttons(number: int, told: Details) -> Keyboard:
    # "+": the answer comes as a new message, the reminder stays.
    enter = ((Button(text("detail.enter"), url=told.link),),) if told.link is not None else ()
    details = Button(text("reminder.details"), f"+s:{number}")
    stop = Button(text("reminders.stop", number=number), f"+rem:{number}:off")
    return (*enter, (details,), (stop,))
