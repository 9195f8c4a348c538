"""Remembers practices that people offer: sent, asked back, accepted into the practices of the cycle, declined."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from db.engine.database import Tx
from db.programme import live_programme
from db.tables import practice_offers
from locales.localized import Language

# The conversation in which a practice is told; it is kept where it is left.
DIALOG = "offer"
# Asked: the team waits for an answer of the person; waiting: the person waits for the team.
WAITING, ASKED, ACCEPTED, DECLINED = "waiting", "asked", live_programme.ACCEPTED, "declined"
OPEN = (WAITING, ASKED)
# A person may have that many open; more would bury the others'.
MOST_OPEN = 3
PERSON, TEAM = "person", "team"


@dataclass(frozen=True, slots=True)
class PracticeOffer:
    """One offered practice; `talk` holds what was asked and answered about it, the oldest first."""

    id: int
    participant_id: int
    state: str
    language: Language
    answers: Mapping[str, Any]
    talk: Sequence[Mapping[str, str]]
    scope: str | None
    sent_at: datetime
    changed_at: datetime
    version: int

    def last_words(self, by: str) -> str:
        """Returns what that side wrote last; "" where it wrote nothing."""
        return next((each["words"] for each in reversed(self.talk) if each["by"] == by), "")


_COLUMNS: tuple[ColumnElement[Any], ...] = (
    practice_offers.c.id,
    practice_offers.c.participant_id,
    practice_offers.c.state,
    practice_offers.c.language,
    practice_offers.c.answers,
    practice_offers.c.talk,
    practice_offers.c.scope,
    practice_offers.c.sent_at,
    practice_offers.c.changed_at,
    practice_offers.c.version,
)


async def send(
    tx: Tx, cycle: str, participant_id: int, answers: Mapping[str, Any], language: Language, *, now: datetime
) -> int:
    """Inserts an offer that waits for the team; returns its number. Whoever calls asks count_open() first."""
    row = {"cycle": cycle, "participant_id": participant_id, "language": language, "answers": dict(answers)}
    row |= {"state": WAITING, "talk": [], "sent_at": now, "changed_at": now, "version": 1}
    return int((await tx.execute(insert(practice_offers).values(row).returning(practice_offers.c.id))).scalar_one())


async def get(tx: Tx, number: int, *, lock: bool = False) -> PracticeOffer | None:
    """Returns that offer; None where it was withdrawn or has gone with its person. `lock`: nobody else changes it."""
    wanted = select(*_COLUMNS).where(practice_offers.c.id == number)
    row = (await tx.execute(wanted.with_for_update() if lock else wanted)).one_or_none()
    return PracticeOffer(*row) if row else None


async def offers_of_person(tx: Tx, cycle: str, participant_id: int) -> list[PracticeOffer]:
    """Returns what that person offered, the newest first."""
    mine = practice_offers.c.participant_id == participant_id, practice_offers.c.cycle == cycle
    wanted = select(*_COLUMNS).where(*mine).order_by(practice_offers.c.id.desc())
    return [PracticeOffer(*row) for row in await tx.execute(wanted)]


async def count_open(tx: Tx, cycle: str, participant_id: int) -> int:
    """Returns how many of that person's offers are not decided yet."""
    mine = practice_offers.c.participant_id == participant_id, practice_offers.c.cycle == cycle
    return int((await tx.execute(select(func.count()).where(*mine, practice_offers.c.state.in_(OPEN)))).scalar_one())


async def offers_in(tx: Tx, cycle: str, states: Collection[str]) -> list[PracticeOffer]:
    """Returns the offers in those states, the oldest first."""
    wanted = select(*_COLUMNS).where(practice_offers.c.cycle == cycle, practice_offers.c.state.in_(states))
    return [PracticeOffer(*row) for row in await tx.execute(wanted.order_by(practice_offers.c.id))]


async def change(tx: Tx, offer: PracticeOffer, *, now: datetime, **values: object) -> bool:
    """Changes it, if it is still as it was read; returns False where somebody was faster."""
    same = practice_offers.c.id == offer.id, practice_offers.c.version == offer.version
    changed = update(practice_offers).where(*same).values(version=offer.version + 1, changed_at=now, **values)
    live_programme.forget_knowledge_stamp(tx)
    return (await tx.execute(changed)).rowcount == 1


async def withdraw(tx: Tx, number: int, participant_id: int) -> bool:
    """Deletes that offer of that person with all its words; returns False where there is none of theirs."""
    mine = practice_offers.c.id == number, practice_offers.c.participant_id == participant_id
    live_programme.forget_knowledge_stamp(tx)
    return (await tx.execute(delete(practice_offers).where(*mine))).rowcount == 1


async def forget(tx: Tx, cycle: str) -> None:
    """Deletes every offer of the cycle: some time after it."""
    await tx.execute(delete(practice_offers).where(practice_offers.c.cycle == cycle))
