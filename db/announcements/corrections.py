"""Corrections of announcements: new words in one language, from being written until they are confirmed or discarded."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from db.announcements.announcements import Body, body_columns, body_of
from db.engine.database import Tx
from db.tables import corrections
from locales.localized import Language

WRITTEN, ASKING, MADE, DROPPED = "written", "asking", "made", "dropped"


@dataclass(frozen=True, slots=True)
class Correction:
    """New words for that language of an announcement; `author_id` is None once the author's data is deleted."""

    id: int
    announcement_id: int
    language: Language
    body: Body
    author_id: int | None
    state: str


async def create(tx: Tx, number: int, language: Language, body: Body, author: int, *, now: datetime) -> int:
    """Inserts a correction that is written and not confirmed; returns its number."""
    about = {"announcement_id": number, "language": language, "author_id": author}
    row = {**about, "state": WRITTEN, "created_at": now, **body_columns(body)}
    return int((await tx.execute(insert(corrections).values(**row).returning(corrections.c.id))).scalar_one())


async def get(tx: Tx, number: int, *, lock: bool = False) -> Correction | None:
    """Returns that correction; `lock`: nobody else changes it until this transaction ends."""
    wanted = select(corrections).where(corrections.c.id == number)
    row = (await tx.execute(wanted.with_for_update() if lock else wanted)).one_or_none()
    if row is None:
        return None
    return Correction(row.id, row.announcement_id, row.language, body_of(row), row.author_id, row.state)


async def set_state(tx: Tx, number: int, state: str) -> None:
    """Sets its state."""
    await tx.execute(update(corrections).where(corrections.c.id == number).values(state=state))


async def remove_buttons(tx: Tx, number: int) -> None:
    """Takes its link buttons away."""
    await tx.execute(update(corrections).where(corrections.c.id == number).values(buttons=[]))


async def language_of_last(tx: Tx, announcement: int) -> Language | None:
    """Returns the language of the correction that was made last; None where there was none."""
    made = select(corrections.c.language).where(
        corrections.c.announcement_id == announcement, corrections.c.state == MADE
    )
    found: Language | None = (await tx.execute(made.order_by(corrections.c.id.desc()).limit(1))).scalar()
    return found
