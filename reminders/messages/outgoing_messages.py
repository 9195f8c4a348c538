"""What we say first, made at the moment of sending: in the person's language, zone and time of that moment."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from db.delivery import outbox
from db.delivery.outbox_claims import OutboxMessage
from db.delivery.render_context import Lookup
from db.engine.database import Tx
from db.people.participants import Participant
from knowledge.programme.cycle import Cycle
from locales.markup import Message, message
from locales.reply import Reply
from locales.translator import Translator
from reminders.delivery.outcome import Outcome
from reminders.messages.announcement_message import amended, announced, progress, taken_back
from reminders.messages.calendar_message import renewed
from reminders.messages.change_message import corrected, moved, returned
from reminders.messages.detail_message import revised, told
from reminders.messages.message_context import MessageContext
from reminders.messages.note_message import noted
from reminders.messages.question_message import answered, asked
from reminders.messages.reminder_message import Reminder, clock_notice, place_free, reminded, reminder

# "In 57 minutes" may be that old; and so many zones and languages are written at one time.
_SAME_WORDS_SECONDS, _MOST_WORDS = 5, 500

_BY_KIND: Mapping[str, Callable[[MessageContext], Awaitable[Reply | Reminder | Outcome]]] = {
    outbox.REMINDER: reminded,
    outbox.NOTICE: clock_notice,
    outbox.PLACE: place_free,
    outbox.CALENDAR: renewed,
    outbox.MOVED: moved,
    outbox.CORRECTION: corrected,
    outbox.DIGEST: returned,
    outbox.QUESTION: asked,
    outbox.ANSWER: answered,
    outbox.NOTE: noted,
    outbox.ANNOUNCEMENT: announced,
    outbox.AMENDMENT: amended,
    outbox.RECALL: taken_back,
    outbox.CARD: progress,
    outbox.DETAIL: told,
    outbox.REVISION: revised,
}


@dataclass(frozen=True)
class OutgoingMessages:
    """Puts a letter from the outbox into words."""

    cycle: Cycle
    translator: Translator
    _reminders: dict[Hashable, Message] = field(default_factory=dict)

    async def of(self, tx: Tx, letter: OutboxMessage, lookup: Lookup, now: datetime) -> Message | Outcome:
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
            return message(said, self.translator.reader(person.language, person.zone))
        return self._written(said, person)

    def _reminder(self, said: Reminder, person: Participant, now: datetime) -> Message:
        """Whoever reads the same hours in the same language in the same seconds is told the same words."""
        key = (said, person.language, person.zone, person.is_group, int(now.timestamp()) // _SAME_WORDS_SECONDS)
        if key not in self._reminders:
            if len(self._reminders) >= _MOST_WORDS:
                self._reminders.clear()
            self._reminders[key] = self._written(reminder(self.cycle, said, person, now), person)
        return self._reminders[key]

    def _written(self, said: Reply, person: Participant) -> Message:
        # What a button of ours changes is one person's own; a group has its commands.
        mine = replace(said, keyboard=()) if person.is_group else said
        return message(mine, self.translator.reader(said.own or person.language, person.zone))
