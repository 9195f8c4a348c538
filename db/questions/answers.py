"""The team's answers to what people asked: drafts with a body a language, then sent, or closed without an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update

from db.delivery.outbox import ANSWER
from db.engine.database import Tx, insert_into
from db.tables import answer_bodies, answer_questions, answers, outbox, team
from locales.localized import Language

DRAFT, SENT, CLOSED = "draft", "sent", "closed"
# A draft that was deleted: empty, but its number must never come to mean another one on somebody's old button.
_DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class TeamAnswer:
    """One of them, as it stands."""

    id: int
    state: str
    author_id: int | None
    author: str | None  # who began it, or else who sent or closed it: a name of the team's; None: gone
    created_at: datetime
    settled_at: datetime | None
    bodies: Mapping[Language, str] = field(default_factory=dict)  # Telegram's HTML, the first one first

    def body(self, language: Language) -> str | None:
        """In that language, else the first that there is."""
        return self.bodies.get(language) or next(iter(self.bodies.values()), None)


_COLUMNS: list[ColumnElement[Any]] = [
    answers.c.id,
    answers.c.state,
    answers.c.author_id,
    team.c.name.label("author"),
    answers.c.created_at,
    answers.c.settled_at,
]
_ANSWERS = select(*_COLUMNS).join_from(answers, team, answers.c.author_id == team.c.participant_id, isouter=True)


async def create_draft(tx: Tx, cycle: str, author: int, question_ids: Sequence[int], *, now: datetime) -> int | None:
    """A draft for those of the questions that nobody has taken up; None where somebody was faster with all of them."""
    row = {"cycle": cycle, "author_id": author, "state": DRAFT, "created_at": now}
    number = int((await tx.execute(insert(answers).values(row).returning(answers.c.id))).scalar_one())
    if await add_questions(tx, number, question_ids):
        return number
    await tx.execute(delete(answers).where(answers.c.id == number))
    return None


async def add_questions(tx: Tx, number: int, question_ids: Sequence[int]) -> int:
    """It is for those, too; how many of them nobody had taken up before."""
    if not question_ids:
        return 0
    rows = [{"answer_id": number, "question_id": each} for each in question_ids]
    put = insert_into(tx, answer_questions).values(rows).on_conflict_do_nothing()
    return (await tx.execute(put)).rowcount


async def remove_questions(tx: Tx, number: int, question_ids: Sequence[int]) -> int:
    """A draft is not for those: they wait in the inbox again; how many it was for."""
    mine = delete(answer_questions).where(answer_questions.c.answer_id == number)
    return (await tx.execute(mine.where(answer_questions.c.question_id.in_(question_ids)))).rowcount


async def get(tx: Tx, number: int, *, lock: bool = False) -> TeamAnswer | None:
    """That one with its words, unless it was dropped; `lock`: nobody else changes it until this transaction ends."""
    if lock:
        await tx.execute(select(answers.c.id).where(answers.c.id == number).with_for_update())
    there = answers.c.id == number, answers.c.state != _DROPPED
    row = (await tx.execute(_ANSWERS.where(*there))).one_or_none()
    return (await _with_bodies(tx, [row]))[0] if row is not None else None


async def answer_id_of_question(tx: Tx, question_id: int) -> int | None:
    """The number of the answer that is for that question, if there is one."""
    mine = select(answer_questions.c.answer_id).where(answer_questions.c.question_id == question_id)
    found: int | None = (await tx.execute(mine)).scalar_one_or_none()
    return found


async def drafts(tx: Tx, cycle: str, *, limit: int) -> list[TeamAnswer]:
    """Those that are not sent yet, the oldest first."""
    wanted = _ANSWERS.where(answers.c.cycle == cycle, answers.c.state == DRAFT)
    return await _with_bodies(tx, (await tx.execute(wanted.order_by(answers.c.id).limit(limit))).all())


async def _with_bodies(tx: Tx, rows: "Sequence[Row[Any]]") -> list[TeamAnswer]:
    mine = select(answer_bodies).where(answer_bodies.c.answer_id.in_([row.id for row in rows]))
    bodies: dict[int, dict[Language, str]] = {}
    for each in await tx.execute(mine.order_by(answer_bodies.c.answer_id, answer_bodies.c.place)):
        bodies.setdefault(each.answer_id, {})[each.language] = each.html
    return [TeamAnswer(**row._mapping, bodies=bodies.get(row.id, {})) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name


async def set_body(tx: Tx, number: int, language: Language, html: str) -> None:
    """The words in that language, whatever they were before; new languages come last."""
    last = select(func.coalesce(func.max(answer_bodies.c.place), 0) + 1).where(answer_bodies.c.answer_id == number)
    row = {"answer_id": number, "language": language, "html": html, "place": last.scalar_subquery()}
    put = insert_into(tx, answer_bodies).values(row)
    await tx.execute(put.on_conflict_do_update(index_elements=["answer_id", "language"], set_={"html": html}))


async def settle(tx: Tx, number: int, state: str, author: int, *, now: datetime) -> bool:
    """Sent or closed, by them; False where somebody was faster."""
    mine = update(answers).where(answers.c.id == number, answers.c.state == DRAFT)
    return (await tx.execute(mine.values(state=state, author_id=author, settled_at=now))).rowcount == 1


async def remove(tx: Tx, number: int) -> bool:
    """Deletes a draft: its questions wait in the inbox again."""
    mine = update(answers).where(answers.c.id == number, answers.c.state == DRAFT)
    if (await tx.execute(mine.values(state=_DROPPED))).rowcount != 1:
        return False
    await tx.execute(delete(answer_bodies).where(answer_bodies.c.answer_id == number))
    await tx.execute(delete(answer_questions).where(answer_questions.c.answer_id == number))
    return True


def subject(number: int, settled_at: datetime) -> str:
    """Under which its messages are in the outbox: one a person."""
    return f"answer/{number}/{int(settled_at.timestamp())}"


async def delivery_counts(tx: Tx, told: TeamAnswer) -> Mapping[str, int]:
    """How many of its messages are in each state of the outbox."""
    if told.settled_at is None:
        return {}
    mine = select(outbox.c.state, func.count()).where(outbox.c.kind == ANSWER)
    rows = await tx.execute(mine.where(outbox.c.subject == subject(told.id, told.settled_at)).group_by(outbox.c.state))
    return {row[0]: row[1] for row in rows}


async def forget(tx: Tx, cycle: str) -> None:
    """Deletes the answers of a cycle that is long over, and what was published of them."""
    await tx.execute(delete(answers).where(answers.c.cycle == cycle))
