"""Writes outbox messages just before they are sent: in the person's language, zone and time of that moment."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from db.delivery import outbox, outbox_claims
from db.delivery.outbox_claims import OutboxMessage
from db.engine.database import Database, Tx
from db.people.participants import Participant
from knowledge.programme.cycle import Cycle
from locales.reply import Reply
from locales.translator import Message, Translator, render_message
from reminders.clock import Clock
from reminders.messages import message_context
from reminders.messages.afterwards_messages import (
    write_after_session,
    write_nudge,
    write_summary,
    write_survey,
)
from reminders.messages.meeting_messages import write_meeting
from reminders.messages.message_context import MessageContext, Outcome, RenderContext
from reminders.messages.offer_messages import write_offer_news
from reminders.messages.panel_messages import write_panel_answer, write_panel_news
from reminders.messages.reminder_messages import (
    Reminder,
    reminder_reply,
    write_clock_notice,
    write_free_place,
    write_reminder,
)
from reminders.messages.session_change_messages import (
    write_calendar_file,
    write_detail,
    write_digest,
    write_move,
    write_move_correction,
    write_revision,
)
from reminders.messages.team_messages import (
    language_of_words,
    write_announcement,
    write_answer,
    write_correction,
    write_letter,
    write_note,
    write_nothing,
    write_progress_card,
    write_question,
)

_log = structlog.get_logger(__name__)

# Whom to send what; or what became of it without sending; or the error that writing it raised.
BuiltMessage = tuple[int, Message] | Outcome | Exception

# "In 57 minutes" may be that old; and so many zones and languages are written at one time.
_SAME_TEXT_SECONDS, _MOST_TEXTS = 5, 500

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
    outbox.LETTER: write_letter,
    outbox.NOTE: write_note,
    outbox.ANNOUNCEMENT: write_announcement,
    outbox.AMENDMENT: write_correction,
    outbox.RECALL: write_nothing,
    outbox.CARD: write_progress_card,
    outbox.DETAIL: write_detail,
    outbox.REVISION: write_revision,
    outbox.AFTER: write_after_session,
    outbox.SURVEY: write_survey,
    outbox.NUDGE: write_nudge,
    outbox.SUMMARY: write_summary,
    outbox.PANEL: write_panel_news,
    outbox.PANEL_ANSWER: write_panel_answer,
    outbox.OFFER: write_offer_news,
    outbox.MEETING: write_meeting,
}


@dataclass(frozen=True)
class MessageWriter:
    """Writes an outbox message by its kind."""

    cycle: Cycle
    translator: Translator
    _reminders: dict[Hashable, Message] = field(default_factory=dict)

    async def write(
        self, tx: Tx, outbox_message: OutboxMessage, context: RenderContext, now: datetime
    ) -> Message | Outcome:
        """Returns the message as it is true now; an Outcome where it is no longer wanted, or no longer true."""
        if outbox_message.kind == outbox.REPLY:
            return Message.from_json(outbox_message.payload)
        person = context.people[outbox_message.participant_id]
        context_of_message = MessageContext(tx, outbox_message, person, now, self.cycle, context)
        written = await _BY_KIND[outbox_message.kind](context_of_message)
        if isinstance(written, Outcome):
            return written
        if isinstance(written, Reminder):
            return self._reminder(written, person, now)
        if outbox_message.kind in outbox.WRITTEN_FREELY:
            written = context_of_message.link_guard.without_links(written)
        if outbox_message.kind in outbox.ANNOUNCED:  # its buttons are links, which a group may have, too
            rendered = render_message(written, self.translator.reader(person.language, person.zone))
            return replace(rendered, language=language_of_words(context_of_message))
        return self._rendered(written, person)

    def _reminder(self, reminder: Reminder, person: Participant, now: datetime) -> Message:
        """Returns one rendered text for all who read the same hours in the same language within some seconds."""
        key = (reminder, person.language, person.zone, person.is_group, int(now.timestamp()) // _SAME_TEXT_SECONDS)
        if key not in self._reminders:
            if len(self._reminders) >= _MOST_TEXTS:
                self._reminders.clear()
            self._reminders[key] = self._rendered(reminder_reply(self.cycle, reminder, person, now), person)
        return self._reminders[key]

    def _rendered(self, reply: Reply, person: Participant) -> Message:
        # What a button of ours changes is one person's own; a group has its commands.
        shown = replace(reply, keyboard=()) if person.is_group else reply
        return render_message(shown, self.translator.reader(shown.own or person.language, person.zone))


@dataclass(frozen=True, slots=True)
class MessageBuilder:
    """Decides just before sending what is sent: a written message, or the outcome where there is none."""

    database: Database
    writer: MessageWriter
    clock: Clock

    async def build(self, tx: Tx, outbox_message: OutboxMessage, context: RenderContext) -> BuiltMessage:
        """Returns the message as it is true now; returns an error of ours, for the other messages must leave."""
        person = context.people.get(outbox_message.participant_id)
        if person is None or person.unreachable_since is not None:
            return Outcome(outbox.UNREACHABLE, reason="blocked or gone before it was sent")
        try:
            written = await self.writer.write(tx, outbox_message, context, self.clock.now())
        except Exception as error:
            _log.exception("words failed", letter=outbox_message.id)
            return error
        if isinstance(written, Outcome):
            return written
        # An answer that a stop kept from being said knows its own topic.
        elsewhere = outbox_message.kind == outbox.REPLY or person.topic is None
        return person.telegram_id, written if elsewhere else replace(written, topic=person.topic)

    async def rebuild(self, outbox_message: OutboxMessage, owner: str) -> BuiltMessage:
        """Builds one that has waited anew: it may have been stopped, or another sender may have claimed it."""
        async with self.database.transaction() as tx:
            if not await outbox_claims.is_claimed_by(tx, outbox_message.id, owner):
                return Outcome(outbox.CANCELLED, reason="stopped")
            context = await message_context.load_render_context(tx, [outbox_message])
            return await self.build(tx, outbox_message, context)
