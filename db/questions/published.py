"""Remembers answers of the team that the bot gives to everybody who asks the same: drafts, published, removed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from db.engine.database import Tx, insert_into
from db.programme import live_programme
from db.tables import published
from locales.localized import LANGUAGES, Language

DRAFT, PUBLISHED, REMOVED = "draft", live_programme.PUBLISHED, "removed"


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """One such answer; `asked` are the wordings by which it is found, `texts` its words as Telegram's HTML."""

    id: int
    answer_id: int
    state: str
    version: int
    asked: Mapping[Language, Sequence[str]]
    texts: Mapping[Language, str]
    answered_at: datetime


_COLUMNS: list[ColumnElement[Any]] = [
    published.c.id,
    published.c.answer_id,
    published.c.state,
    published.c.version,
    published.c.asked,
    published.c.texts,
    published.c.answered_at,
]


def _entry(row: "Row[Any]") -> PublishedAnswer:
    asked = {code: tuple(row.asked[code]) for code in LANGUAGES if code in row.asked}
    texts = {code: row.texts[code] for code in row.texts if code in LANGUAGES}  # the first one first
    return PublishedAnswer(row.id, row.answer_id, row.state, row.version, asked, texts, row.answered_at)


async def create_draft(
    tx: Tx, cycle: str, answer_id: int, texts: Mapping[Language, str], *, answered_at: datetime
) -> int:
    """Inserts a draft for an answer, or finds the one there is; returns its number."""
    new = {"state": DRAFT, "version": 1, "asked": {}, "texts": dict(texts)}
    row = {"cycle": cycle, "answer_id": answer_id, "answered_at": answered_at, **new}
    await tx.execute(insert_into(tx, published).values(row).on_conflict_do_nothing())
    of_answer = published.c.answer_id == answer_id
    # One that was removed begins anew.
    again = {**new, "version": published.c.version + 1}
    await tx.execute(update(published).where(of_answer, published.c.state == REMOVED).values(again))
    return int((await tx.execute(select(published.c.id).where(of_answer))).scalar_one())


async def get(tx: Tx, number: int, *, lock: bool = False) -> PublishedAnswer | None:
    """Returns the entry of that number; `lock`: nobody else changes it until this transaction ends."""
    wanted = select(*_COLUMNS).where(published.c.id == number)
    row = (await tx.execute(wanted.with_for_update() if lock else wanted)).one_or_none()
    return _entry(row) if row is not None else None


async def get_by_answer(tx: Tx, answer_id: int) -> PublishedAnswer | None:
    """Returns the entry that was made of that answer, unless it is removed."""
    statement = select(*_COLUMNS).where(published.c.answer_id == answer_id, published.c.state != REMOVED)
    row = (await tx.execute(statement)).one_or_none()
    return _entry(row) if row is not None else None


async def all_published(tx: Tx, cycle: str) -> list[PublishedAnswer]:
    """Returns every published entry, the newest first."""
    wanted = select(*_COLUMNS).where(published.c.cycle == cycle, published.c.state == PUBLISHED)
    return [_entry(row) for row in await tx.execute(wanted.order_by(published.c.answered_at.desc(), published.c.id))]


async def change(tx: Tx, entry: PublishedAnswer, **values: object) -> bool:
    """Changes it, if it is still as it was read; returns False where somebody was faster."""
    statement = update(published).where(published.c.id == entry.id, published.c.version == entry.version)
    live_programme.forget_knowledge_stamp(tx)
    return (await tx.execute(statement.values(version=entry.version + 1, **values))).rowcount == 1


async def remove(tx: Tx, entry: PublishedAnswer) -> bool:
    """Removes it and erases its texts; returns False as change() does."""
    return await change(tx, entry, state=REMOVED, asked={}, texts={})
