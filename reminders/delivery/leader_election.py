"""One replica sends for all: so exactly the permitted rate leaves, and a 429 halts everybody."""

import asyncio
from dataclasses import dataclass, field

import structlog

from db.delivery import leases, outbox_claims
from db.engine.database import Database
from reminders.clock import Clock
from reminders.delivery.waiting import wait_for_event

_log = structlog.get_logger(__name__)

_NAME = "sending"
# A replica that does not renew for so long is dead, or must behave as if it were: another one sends.
LEASE_SECONDS = 10.0
_RENEWED_SECONDS, _TRIED_SECONDS = 3.0, 1.0


@dataclass
class LeaderElection:
    """Held by a lease in PostgreSQL; one process alone on its SQLite file always has it."""

    database: Database
    owner: str
    clock: Clock
    _until: float = 0.0  # by this machine's clock, counted from before the lease was asked for: never too late
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def ours(self) -> bool:
        """Whether this replica may send at this moment."""
        return self.database.is_sqlite or _time() < self._until

    async def look(self) -> None:
        """Takes or renews it, if it is free, with what its last holder left in the air."""
        asked, had = _time(), self.ours
        async with self.database.transaction() as tx:
            if self.database.is_sqlite:  # one process, one file: whoever had claimed something is gone
                await outbox_claims.recover_claims(tx, now=self.clock.now(), owner_is_gone=True)
                return
            held = await leases.acquire(tx, _NAME, self.owner, seconds=LEASE_SECONDS)
            if held.from_whom is not None:
                await outbox_claims.recover_claims(tx, now=self.clock.now(), owner=held.from_whom)
        self._until = asked + LEASE_SECONDS if held.ours else 0.0
        if held.ours and not had:
            _log.info("this replica sends", taken_over=held.from_whom is not None)

    async def run(self) -> None:
        """Renews it, or waits for it to become free, until stopped; then lets it go."""
        while not self.database.is_sqlite and not self._stopped.is_set():
            await wait_for_event(self._stopped, _RENEWED_SECONDS if self.ours else _TRIED_SECONDS)
            try:
                await self.look()
            except Exception:
                _log.exception("who sends could not be looked up")
        if not self.database.is_sqlite:
            await self._let_go()

    def stop(self) -> None:
        """Nothing more is sent from here."""
        self._stopped.set()

    async def _let_go(self) -> None:
        self._until = 0.0
        async with self.database.transaction() as tx:
            await leases.release(tx, _NAME, self.owner)


def _time() -> float:
    return asyncio.get_running_loop().time()
