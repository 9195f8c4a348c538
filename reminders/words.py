"""What we say first, made at the moment of sending: in the person's language, zone and time of that moment."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from db import outbox, questions
from db.claims import Letter
from db.database import Tx
from db.participants import Participant
from knowledge.cycle import Cycle
from locales.markup import Message, message
from locales.reply import Reply, reply, text
from locales.translator import Translator
from reminders.calendar_words import renewed
from reminders.change_words import corrected, moved, returned
from reminders.note_words import noted
from reminders.outcome import Outcome
from reminders.reminder_words import clock_notice, place_free, reminded
from reminders.writing import Writing


async def asked(writing: Writing) -> Reply | Outcome:
    """What somebody asked the team, in their own words and nothing of who they are."""
    question = await questions.get(writing.tx, writing.letter.payload["question"])
    if question is None or question.state != questions.OPEN:
        return Outcome(outbox.CANCELLED, reason="the question is gone or answered")
    language = text(f"language.name.{question.language}")
    return reply(text("question.heading", number=question.id, language=language), "", question.words)


_BY_KIND: Mapping[str, Callable[[Writing], Awaitable[Reply | Outcome]]] = {
    outbox.REMINDER: reminded,
    outbox.NOTICE: clock_notice,
    outbox.PLACE: place_free,
    outbox.CALENDAR: renewed,
    outbox.MOVED: moved,
    outbox.CORRECTION: corrected,
    outbox.DIGEST: returned,
    outbox.QUESTION: asked,
    outbox.NOTE: noted,
}


@dataclass(frozen=True)
class Words:
    """Puts a letter from the outbox into words."""

    cycle: Cycle
    translator: Translator

    async def of(self, tx: Tx, letter: Letter, person: Participant, now: datetime) -> Message | Outcome:
        """The message as it is true now. An Outcome where it is no longer wanted, or no longer true."""
        if letter.kind == outbox.REPLY:
            return Message.from_json(letter.payload)
        said = await _BY_KIND[letter.kind](Writing(tx, letter, person, now, self.cycle))
        if isinstance(said, Outcome):
            return said
        # What a button of ours changes is one person's own; a group has its commands.
        mine = replace(said, keyboard=()) if person.is_group else said
        return message(mine, self.translator.reader(person.language, person.zone))
