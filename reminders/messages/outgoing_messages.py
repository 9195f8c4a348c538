"""What we say first, made at the moment of sending: in the person's language, zone and time of that moment."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from db.delivery import outbox
from db.delivery.outbox_claims import OutboxMessage
from db.delivery.render_context import RenderContext
from db.engine.database import Tx
from db.people.participants import Participant
from knowledge.programme.cycle import Cycle
from locales.markup import Message, render_message
from locales.reply import Reply
from locales.translator import Translator
from reminders.delivery.outcome import Outcome
from reminders.messages.announcement_message import (
    write_announcement,
    write_correction,
    write_nothing,
    write_progress_card,
)
from reminders.messages.calendar_message import write_calendar_file
from reminders.messages.change_message import write_digest, write_move, write_move_correction
from reminders.messages.detail_message import write_detail, write_revision
from reminders.messages.message_context import MessageContext
from reminders.messages.note_message import write_note
from reminders.messages.question_message import write_answer, write_question
from reminders.messages.reminder_message import (
    Reminder,
    reminder_reply,
    write_clock_notice,
    write_free_place,
    write_reminder,
)

# "In 57 minutes" may be that old; and so many zones and languages are written at one time.
_SAME_WORDS_SECONDS, _MOST_WORDS = 5, 500

_BY_KIND: Mapping[str, Callable[[MessageContext], Awaitable[Reply | Reminder | Outcome]]] = {
    outbox.REMINDER: write_reminder,
    outbox.NOTICE: write_clock_notice,
    outbox.PLACE: write_free_place,
    outbox.CALENDAR: write_calendar_file,
    outbox.MOVED: write_move,
    outbox.CORRECTION: write_move_correction,
    outbox.DIGEST: write_digest,
    outbox.QUESTION: write_question,
    outbox.ANSWER: write_answer,
    outbox.NOTE: write_note,
    outbox.ANNOUNCEMENT: write_announcement,
    outbox.AMENDMENT: write_correction,
    outbox.RECALL: write_nothing,
    outbox.CARD: write_progress_card,
    outbox.DETAIL: write_detail,
    outbox.REVISION: write_revision,
}


@dataclass(frozen=True)
class OutgoingMessages:
    """Puts a letter from the outbox into words."""

    cycle: Cycle
    translator: Translator
    _reminders: dict[Hashable, Message] = field(default_factory=dict)

    async def of(self, tx: Tx, letter: OutboxMessage, lookup: RenderContext, now: datetime) -> Message | Outcome:
        """The message as it is true now. An Outcome where it is no longer wanted, or no longer true."""
        if letter.kind == outbox.REPLY:
            return Message.from_json(letter.payload)
        person = lookup.people[letter.participant_id]
        said = await _BY_KIND[letter.kind](MessageContext(tx, letter, person, now, self.cycle, lookup))
        if isinstance(said, Outcome):
            return said
        if isinstance(said, Reminder):
            return self._reminder(said, person, now)
        if letter.kind in outbox.ANNOUNCED:  # its buttons are links, which a group may have, too
            return render_message(said, self.translator.reader(person.language, person.zone))
        return self._written(said, person)

    def _reminder(self, said: Reminder, person: Participant, now: datetime) -> Message:
        """Whoever reads the same hours in the same language in the same seconds is told the same words."""
        key = (said, person.language, person.zone, person.is_group, int(now.timestamp()) // _SAME_WORDS_SECONDS)
        if key not in self._reminders:
            if len(self._reminders) >= _MOST_WORDS:
                self._reminders.clear()
            self._reminders[key] = self._written(reminder_reply(self.cycle, said, person, now), person)
        return self._reminders[key]

    def _written(self, said: Reply, person: Participant) -> Message:
        # What a button of ours changes is one person's own; a group has its commands.
        mine = replace(said, keyboard=()) if person.is_group else said
        return render_message(mine, self.translator.reader(said.own or person.language, person.zone))
