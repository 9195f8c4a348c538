"""Elects the one replica that sends, so that the permitted rate is kept and a 429 halts all sending."""

import asyncio
from dataclasses import dataclass, field

import structlog

from db.delivery import leases, outbox_claims
from db.engine.database import Database
from reminders.clock import Clock, wait_for_event

_log = structlog.get_logger(__name__)

_NAME = "sending"
# A replica that does not renew for so long is dead, or must behave as if it were: another one sends.
LEASE_SECONDS = 10.0
_RENEWED_SECONDS, _TRIED_SECONDS = 3.0, 1.0


@dataclass
class LeaderElection:
    """Holds a lease in PostgreSQL; a process alone on its SQLite file is always the leader."""

    database: Database
    owner: str
    clock: Clock
    _until: float = 0.0  # by this machine's clock, counted from before the lease was asked for: never too late
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_leader(self) -> bool:
        """Returns whether this replica may send at this moment."""
        return self.database.is_sqlite or _time() < self._until

    async def acquire(self) -> None:
        """Takes or renews the lease, if it is free, and recovers what its last holder had claimed."""
        asked, had = _time(), self.is_leader
        async with self.database.transaction() as tx:
            if self.database.is_sqlite:  # one process, one file: whoever had claimed something is gone
                await outbox_claims.recover_claims(tx, now=self.clock.now(), owner_is_gone=True)
                return
            lease = await leases.acquire(tx, _NAME, self.owner, seconds=LEASE_SECONDS)
            if lease.previous_owner is not None:
                await outbox_claims.recover_claims(tx, now=self.clock.now(), owner=lease.previous_owner)
        self._until = asked + LEASE_SECONDS if lease.is_held else 0.0
        if lease.is_held and not had:
            _log.info("this replica sends", taken_over=lease.previous_owner is not None)

    async def run(self) -> None:
        """Renews the lease, or waits for it to become free, until stopped; then releases it."""
        while not self.database.is_sqlite and not self._stopped.is_set():
            await wait_for_event(self._stopped, _RENEWED_SECONDS if self.is_leader else _TRIED_SECONDS)
            try:
                await self.acquire()
            except Exception:
                _log.exception("who sends could not be looked up")
        if not self.database.is_sqlite:
            await self._release()

    def stop(self) -> None:
        """Stops; nothing more is sent from here."""
        self._stopped.set()

    async def _release(self) -> None:
        self._until = 0.0
        async with self.database.transaction() as tx:
            await leases.release(tx, _NAME, self.owner)


def _time() -> float:
    return asyncio.get_running_loop().time()
