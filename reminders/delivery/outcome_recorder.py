"""Decides what becomes of a message after an attempt to send it, and records it, many in one transaction."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from db.delivery import outbox, outbox_claims
from db.delivery.outbox_claims import OutboxMessage, RecordedOutcome
from db.engine.database import Database, Tx
from db.people import participants
from locales.localized import Language
from reminders.clock import Clock, wait_for_event
from reminders.messages.message_context import Outcome
from telegram_io.sender import SendResult, State

# As the outbox keeps them; None: not yet.
_STORED_STATES: Mapping[State, str | None] = {
    "sent": outbox.SENT,
    "unreachable": outbox.UNREACHABLE,
    "refused": outbox.REFUSED,
    "moved": outbox.WAITING,  # goes to the group's new number
    "unknown": outbox.UNKNOWN,
    "later": None,
    "unauthorized": None,
}
# A message that may have arrived is repeated once: a reminder or thanks twice is a nuisance, lost they are harm.
_ATTEMPTS_WHEN_UNKNOWN = 2
# A message that fails on our side must not be tried in circles.
_ATTEMPTS_WHEN_BROKEN = 3


def outcome_of(message: OutboxMessage, result: SendResult, language: Language | None) -> Outcome:
    """Returns what the outbox calls that result of an attempt to send; the language only of what may have arrived."""
    if result.state == "moved" and (message.message_id is not None or message.attempts >= _ATTEMPTS_WHEN_BROKEN):
        # A message to be changed has stayed in the old chat, and has no number in the new one.
        return Outcome(outbox.REFUSED, reason="the group has become a supergroup")
    arrived_in = language if result.state in {"sent", "unknown"} else None
    return Outcome(_STORED_STATES[result.state], result.message_id, result.reason, language=arrived_in)


def may_repeat(message: OutboxMessage) -> bool:
    """Returns whether a message is sent once more where nobody knows if it has arrived."""
    return message.kind not in outbox.NEVER_TWICE and message.attempts < _ATTEMPTS_WHEN_UNKNOWN


def failure_outcome(message: OutboxMessage, error: Exception) -> Outcome:
    """Returns the outcome of a failure on our side: tried again a few times; the reason is for the organizers."""
    reason = f"failed here: {type(error).__name__}"
    given_up = message.attempts >= _ATTEMPTS_WHEN_BROKEN
    return Outcome(outbox.REFUSED if given_up else outbox.WAITING, reason=reason)


def recorded_outcome(message: OutboxMessage, outcome: Outcome) -> RecordedOutcome:
    """Returns the outcome as the outbox keeps it; an attempt in which nothing was sent does not count."""
    erase = message.kind == outbox.REPLY and outcome.state not in {None, outbox.WAITING}
    state, uncounted = outcome.state or outbox.WAITING, int(outcome.state in {None, outbox.HELD})
    return RecordedOutcome(
        message.id, state, outcome.message_id, outcome.reason, outcome.not_before, uncounted, erase, outcome.language
    )


_log = structlog.get_logger(__name__)

# So many, or so long after the first, whichever comes sooner: what is in the air but not noted stays little.
_MANY, _SECONDS = 64, 0.05


@dataclass
class OutcomeRecorder:
    """Records outcomes within a moment; a crash before that can repeat these messages, and nothing else."""

    database: Database
    clock: Clock
    organizers: Sequence[int] = ()  # in Telegram; they are told what Telegram refuses
    _open: list[tuple[OutboxMessage, RecordedOutcome, bool]] = field(default_factory=list)
    _moved: dict[int, int] = field(default_factory=dict)  # groups that are supergroups now: old and new number
    _some: asyncio.Event = field(default_factory=asyncio.Event)
    _written: asyncio.Event = field(default_factory=asyncio.Event)
    _last: asyncio.Event = field(default_factory=asyncio.Event)  # nothing more is in the air: no reason to wait
    _stopping: bool = False

    def add(self, message: OutboxMessage, outcome: RecordedOutcome, *, unreachable: bool) -> None:
        """Adds an outcome to those that are written in a moment."""
        self._open.append((message, outcome, unreachable))
        self._some.set()

    def moved(self, chat_id: int, new_id: int) -> None:
        """Notes that a group has become that supergroup; kept together with what became of its messages."""
        self._moved[chat_id] = new_id

    @property
    def is_empty(self) -> bool:
        """Returns whether everything is written."""
        return not self._open

    async def write_the_last(self) -> None:
        """Writes at once what there is, and waits for it: the sender has nothing more in the air."""
        self._written.clear()
        self._last.set()
        await self._written.wait()

    def stop(self) -> None:
        """Writes what there is, and ends."""
        self._stopping = True
        self._some.set()
        self._last.set()

    async def run(self) -> None:
        """Writes until stopped. A database that fails is tried again: nothing is left out."""
        while not (self._stopping and not self._open):
            await self._some.wait()
            if len(self._open) < _MANY:
                await wait_for_event(self._last, _SECONDS)
            self._some.clear()
            self._last.clear()
            try:
                await self._write()
            except Exception:
                _log.exception("outcomes could not be recorded yet")
                self._some.set()
                await asyncio.sleep(_SECONDS * 4)

    async def _write(self) -> None:
        outcomes = self._open[:]
        if not outcomes:
            return
        now = self.clock.now()
        async with self.database.transaction() as tx:
            await outbox_claims.record_outcomes(tx, [outcome for _, outcome, _ in outcomes], now=now)
            for message, outcome, unreachable in outcomes:
                if unreachable:
                    await _mark_unreachable(tx, message)
                if outcome.state == outbox.REFUSED:
                    await self._tell_organizers(tx, message, outcome)
            moved = dict(self._moved)
            for chat_id, new_id in moved.items():
                await participants.change_telegram_id(tx, chat_id, new_id)
        for chat_id in moved:
            del self._moved[chat_id]
        del self._open[: len(outcomes)]
        self._written.set()

    async def _tell_organizers(self, tx: Tx, message: OutboxMessage, outcome: RecordedOutcome) -> None:
        """Tells organizers of a refusal, once a kind of message and session: the reason is nearly the same for all."""
        now = self.clock.now()
        if message.kind == outbox.NOTE:
            return
        met = [await participants.meet_organizer(tx, each, now=now) for each in self.organizers]
        subject = f"refused/{message.kind}/{message.session_id or 0}"
        note = {"what": "refused", "reason": outcome.reason or ""}
        await outbox.put_note(tx, subject, [each.id for each in met], note, now=now)


async def _mark_unreachable(tx: Tx, message: OutboxMessage) -> None:
    """Marks a person as unreachable until they write again; deletes a group that removed the bot."""
    person = await participants.get(tx, message.participant_id)
    if person is not None and person.is_group:
        await participants.remove(tx, person.telegram_id)
    elif person is not None and person.unreachable_since is None:
        await participants.set_reachable(tx, person.telegram_id, now=message.due_at)
