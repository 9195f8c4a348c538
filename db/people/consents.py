"""Remembers what each person allows, by purpose, and the version of the sentence they decided on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select, update

from db.engine.database import Tx, insert_into
from db.tables import consents

ANNOUNCEMENTS = "announcements"
# Messages after sessions: they come until somebody says no, and the no outlives the registration.
FEEDBACK, FEEDBACK_VERSION = "feedback", 1


@dataclass(frozen=True, slots=True)
class Consent:
    """One decision; it holds for the version of the sentence that was read."""

    given: bool
    version: int
    decided_at: datetime
    asked_version: int


# Built once: it runs with every message.
_CONSENTS = select(
    consents.c.purpose, consents.c.given, consents.c.version, consents.c.decided_at, consents.c.asked_version
).where(consents.c.participant_id == bindparam("person"))


async def consents_of_person(tx: Tx, participant_id: int) -> Mapping[str, Consent]:
    """Returns that person's decisions, by purpose."""
    rows = await tx.execute(_CONSENTS, {"person": participant_id})
    return {row[0]: Consent(*row[1:]) for row in rows}


async def record_decision(
    tx: Tx, participant_id: int, purpose: str, version: int, *, given: bool, now: datetime
) -> None:
    """Records a yes or no to that version of the sentence."""
    decision = {"version": version, "given": given, "decided_at": now, "asked_version": version}
    statement = insert_into(tx, consents).values({"participant_id": participant_id, "purpose": purpose, **decision})
    await tx.execute(statement.on_conflict_do_update(index_elements=["participant_id", "purpose"], set_=decision))


async def mark_asked(tx: Tx, participant_id: int, purpose: str, version: int) -> None:
    """Records that they were asked about that version: once is enough."""
    mine = update(consents).where(consents.c.participant_id == participant_id, consents.c.purpose == purpose)
    await tx.execute(mine.values(asked_version=version))


async def announcement_consents(tx: Tx, participant_ids: Sequence[int]) -> frozenset[tuple[int, int]]:
    """Returns (participant id, version of the sentence) of those who allow announcements."""
    mine = select(consents.c.participant_id, consents.c.version).where(consents.c.participant_id.in_(participant_ids))
    rows = await tx.execute(mine.where(consents.c.purpose == ANNOUNCEMENTS, consents.c.given))
    return frozenset((row[0], row[1]) for row in rows)


async def forget(tx: Tx, participant_id: int) -> None:
    """Deletes a person's decisions: they end with the registration; but no to messages after sessions stays."""
    mine = consents.c.participant_id == participant_id
    await tx.execute(delete(consents).where(mine, or_(consents.c.purpose != FEEDBACK, consents.c.given)))
