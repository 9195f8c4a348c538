"""What a reminder says, made at the moment of sending: in the person's language, zone and time of that moment."""

from dataclasses import dataclass, replace
from datetime import datetime

from db import attendances, outbox, programme, questions, subscriptions
from db.database import Tx
from db.outbox import Letter
from db.participants import Participant
from db.programme import LiveSession
from knowledge.cards import When, numbers, when_lines
from knowledge.clock_change import change_line, clock_changes
from knowledge.cycle import Cycle
from locales.markup import Message, message
from locales.reply import Button, Duration, Keyboard, Listing, OnPhone, Reply, Value, reply, text
from locales.translator import Translator
from reminders.calendar_words import renewed
from reminders.sender import Outcome


@dataclass(frozen=True)
class Words:
    """Writes what is due, or says why there is nothing to write any more."""

    cycle: Cycle
    translator: Translator

    async def of(self, tx: Tx, letter: Letter, person: Participant, now: datetime) -> Message | Outcome:
        """The message as it is true now. An Outcome where it is no longer wanted, or no longer true."""
        if letter.kind == outbox.REPLY:
            return Message.from_json(letter.payload)
        said = await self._said(tx, letter, person, now)
        reader = self.translator.reader(person.language, person.zone)
        if isinstance(said, Outcome):
            return said
        # What a button of ours changes is one person's own; a group has its commands.
        return message(replace(said, keyboard=()) if person.is_group else said, reader)

    async def _said(self, tx: Tx, letter: Letter, person: Participant, now: datetime) -> Reply | Outcome:
        if letter.kind == outbox.QUESTION:
            return await self._question(tx, letter)
        if letter.kind == outbox.CALENDAR:
            return await renewed(tx, self.cycle, letter, person, now)
        if person.paused_until is not None and now < person.paused_until:
            return Outcome(outbox.CANCELLED, reason="reminders are paused")
        if letter.kind == outbox.NOTICE:
            return await self._notice(tx, letter, person, now)
        if letter.kind == outbox.PLACE:
            return await self._place(tx, letter, person, now)
        return await self._reminder(tx, letter, person, now)

    async def _reminder(self, tx: Tx, letter: Letter, person: Participant, now: datetime) -> Reply | Outcome:
        live = await programme.by_id(tx, letter.session_id or 0)
        if live is None or live.version != letter.payload["version"]:
            return Outcome(outbox.CANCELLED, reason="the session was moved")
        if now >= letter.good_until:
            return Outcome(outbox.EXPIRED, reason="past its deadline")
        if not await subscriptions.still_wants(tx, person.id, live.id, letter.payload["lead"]):
            return Outcome(outbox.CANCELLED, reason="no longer wanted")
        return reminder(self.cycle, live, person, now)

    async def _notice(self, tx: Tx, letter: Letter, person: Participant, now: datetime) -> Reply | Outcome:
        """Where the clocks change before a session, as it is true now where they are now."""
        live = await programme.programme(tx, self.cycle.key)
        times = [(each.number, each.starts_at) for each in live.values()]
        mine = next((each.number for each in live.values() if each.id == letter.session_id), None)
        changes = clock_changes(times, person.zone or self.cycle.zone)
        change = next((each for each in changes if each.number == mine and now < each.after), None)
        if change is None or not await subscriptions.still_wants(tx, person.id, letter.session_id or 0):
            return Outcome(outbox.CANCELLED, reason="no longer true or no longer wanted")
        card = Button(text("reminder.details"), f"+s:{change.number}")
        return reply(change_line(change, person.language), keyboard=((card,),))

    async def _question(self, tx: Tx, letter: Letter) -> Reply | Outcome:
        """What somebody asked the team, in their own words and nothing of who they are."""
        asked = await questions.get(tx, letter.payload["question"])
        if asked is None or asked.state != questions.OPEN:
            return Outcome(outbox.CANCELLED, reason="the question is gone or answered")
        language = text(f"language.name.{asked.language}")
        return reply(text("question.heading", number=asked.id, language=language), "", asked.words)

    async def _place(self, tx: Tx, letter: Letter, person: Participant, now: datetime) -> Reply | Outcome:
        """A place for somebody who waited; nothing where they have left meanwhile."""
        live = await programme.by_id(tx, letter.payload["session"])
        if live is None or await attendances.state_of(tx, person.id, live.id) != attendances.GOING:
            return Outcome(outbox.CANCELLED, reason="no longer wanted")
        if now >= live.starts_at:
            return Outcome(outbox.EXPIRED, reason="the session has begun")
        return place(self.cycle, live, person)


def reminder(cycle: Cycle, live: LiveSession, person: Participant, now: datetime) -> Reply:
    """What remains, which session, when where they are, what it covers, and how to stop these."""
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
        *_not_known(cycle),
        keyboard=_buttons(live.number),
    )


def place(cycle: Cycle, live: LiveSession, person: Participant) -> Reply:
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


def _not_known(cycle: Cycle) -> tuple[Value, ...]:
    link = [thing.name for thing in cycle.unknown if thing.key == "link"]
    return ("", text("session.unknown", things=Listing(tuple(link)))) if link else ()


def _buttons(number: int) -> Keyboard:
    # "+": the answer comes as a new message, the reminder stays.
    details = Button(text("reminder.details"), f"+s:{number}")
    stop = Button(text("reminders.stop", number=number), f"+rem:{number}:off")
    return ((details,), (stop,))
