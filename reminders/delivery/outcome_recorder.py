"""Notes what became of each message, many in one transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from db.delivery import outbox, outbox_claims
from db.delivery.outbox_claims import OutboxMessage, RecordedOutcome
from db.engine.database import Database, Tx
from db.people import participants
from reminders.clock import Clock

_log = structlog.get_logger(__name__)

# So many, or so long after the first, whichever comes sooner: what is in the air but not noted stays little.
_MANY, _SECONDS = 64, 0.05


@dataclass
class OutcomeRecorder:
    """What was sent is noted within a moment; a crash before that can repeat it, and nothing else."""

    database: Database
    clock: Clock
    organizers: Sequence[int] = ()  # in Telegram; they are told what Telegram refuses
    _open: list[tuple[OutboxMessage, RecordedOutcome, bool]] = field(default_factory=list)
    _some: asyncio.Event = field(default_factory=asyncio.Event)
    _written: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False

    def note(self, letter: OutboxMessage, noted: RecordedOutcome, *, unreachable: bool) -> None:
        """To be written down in a moment."""
        self._open.append((letter, noted, unreachable))
        self._some.set()

    @property
    def empty(self) -> bool:
        """Whether everything is written down."""
        return not self._open

    async def written(self) -> None:
        """Waits until the next of them is."""
        self._written.clear()
        await self._written.wait()

    def stop(self) -> None:
        """Writes down what there is, and ends."""
        self._stopping = True
        self._some.set()

    async def run(self) -> None:
        """Writes down until stopped. A database that fails is tried again: nothing is left out."""
        while not (self._stopping and not self._open):
            await self._some.wait()
            if not self._stopping and len(self._open) < _MANY:
                await asyncio.sleep(_SECONDS)
            self._some.clear()
            try:
                await self._write()
            except Exception:
                _log.exception("outcomes could not be noted yet")
                self._some.set()
                await asyncio.sleep(_SECONDS * 4)

    async def _write(self) -> None:
        written = self._open[:]
        if not written:
            return
        now = self.clock.now()
        async with self.database.transaction() as tx:
            await outbox_claims.record_outcomes(tx, [noted for _, noted, _ in written], now=now)
            for letter, noted, unreachable in written:
                if unreachable:
                    await _unreachable(tx, letter)
                if noted.state == outbox.REFUSED:
                    await self._tell_organizers(tx, letter, noted)
        del self._open[: len(written)]
        self._written.set()

    async def _tell_organizers(self, tx: Tx, letter: OutboxMessage, noted: RecordedOutcome) -> None:
        """Once a kind of message and session: the reason is the same for all, or nearly."""
        now = self.clock.now()
        if letter.kind == outbox.NOTE:
            return
        met = [await participants.meet_organizer(tx, each, now=now) for each in self.organizers]
        subject = f"refused/{letter.kind}/{letter.session_id or 0}"
        told = {"what": "refused", "reason": noted.reason or ""}
        await outbox.put_note(tx, subject, [each.id for each in met], told, now=now)


async def _unreachable(tx: Tx, letter: OutboxMessage) -> None:
    """Nothing more is planned for them until they write again; of a group that took us out nothing stays."""
    person = await participants.get(tx, letter.participant_id)
    if person is not None and person.is_group:
        await participants.remove(tx, person.telegram_id)
    elif person is not None and person.unreachable_since is None:
        await participants.set_reachable(tx, person.telegram_id, now=letter.due_at)
