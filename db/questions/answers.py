"""Remembers the team's answers: drafts with a body in each language, then sent, or closed without an answer."""

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
    """One answer, as it is now."""

    id: int
    state: str
    author_id: int | None
    author: str | None  # who began it, or else who sent or closed it: a name of the team's; None: gone
    created_at: datetime
    settled_at: datetime | None
    bodies: Mapping[Language, str] = field(default_factory=dict)  # Telegram's HTML, the first one first

    def body(self, language: Language) -> str | None:
        """Returns the body in that language, else the first that there is; None where there is none."""
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
    """Inserts a draft for those questions that have no answer yet; returns its number, or None where all have one."""
    row = {"cycle": cycle, "author_id": author, "state": DRAFT, "created_at": now}
    number = int((await tx.execute(insert(answers).values(row).returning(answers.c.id))).scalar_one())
    if await add_questions(tx, number, question_ids):
        return number
    await tx.execute(delete(answers).where(answers.c.id == number))
    return None


async def add_questions(tx: Tx, number: int, question_ids: Sequence[int]) -> int:
    """Adds questions to the answer; returns how many of them had none before."""
    if not question_ids:
        return 0
    rows = [{"answer_id": number, "question_id": each} for each in question_ids]
    statement = insert_into(tx, answer_questions).values(rows).on_conflict_do_nothing()
    return (await tx.execute(statement)).rowcount


async def remove_questions(tx: Tx, number: int, question_ids: Sequence[int]) -> int:
    """Removes questions from a draft: they wait again; returns how many were removed."""
    statement = delete(answer_questions).where(answer_questions.c.answer_id == number)
    return (await tx.execute(statement.where(answer_questions.c.question_id.in_(question_ids)))).rowcount


async def get(tx: Tx, number: int, *, lock: bool = False) -> TeamAnswer | None:
    """Returns that answer with its bodies, unless it was dropped; `lock`: nobody else changes it meanwhile."""
    if lock:
        await tx.execute(select(answers.c.id).where(answers.c.id == number).with_for_update())
    condition = answers.c.id == number, answers.c.state != _DROPPED
    row = (await tx.execute(_ANSWERS.where(*condition))).one_or_none()
    return (await _with_bodies(tx, [row]))[0] if row is not None else None


async def answer_id_of_question(tx: Tx, question_id: int) -> int | None:
    """Returns the number of the answer to that question; None where there is none."""
    statement = select(answer_questions.c.answer_id).where(answer_questions.c.question_id == question_id)
    found: int | None = (await tx.execute(statement)).scalar_one_or_none()
    return found


async def drafts(tx: Tx, cycle: str, *, limit: int) -> list[TeamAnswer]:
    """Returns the drafts, the oldest first."""
    wanted = _ANSWERS.where(answers.c.cycle == cycle, answers.c.state == DRAFT)
    return await _with_bodies(tx, (await tx.execute(wanted.order_by(answers.c.id).limit(limit))).all())


async def _with_bodies(tx: Tx, rows: "Sequence[Row[Any]]") -> list[TeamAnswer]:
    statement = select(answer_bodies).where(answer_bodies.c.answer_id.in_([row.id for row in rows]))
    bodies: dict[int, dict[Language, str]] = {}
    for each in await tx.execute(statement.order_by(answer_bodies.c.answer_id, answer_bodies.c.place)):
        bodies.setdefault(each.answer_id, {})[each.language] = each.html
    return [TeamAnswer(**row._mapping, bodies=bodies.get(row.id, {})) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name


async def set_body(tx: Tx, number: int, language: Language, html: str) -> None:
    """Sets the body in that language; new languages come last."""
    last = select(func.coalesce(func.max(answer_bodies.c.place), 0) + 1).where(answer_bodies.c.answer_id == number)
    row = {"answer_id": number, "language": language, "html": html, "place": last.scalar_subquery()}
    statement = insert_into(tx, answer_bodies).values(row)
    await tx.execute(statement.on_conflict_do_update(index_elements=["answer_id", "language"], set_={"html": html}))


async def settle(tx: Tx, number: int, state: str, author: int, *, now: datetime) -> bool:
    """Marks a draft as sent or closed; returns False where somebody was faster."""
    statement = update(answers).where(answers.c.id == number, answers.c.state == DRAFT)
    return (await tx.execute(statement.values(state=state, author_id=author, settled_at=now))).rowcount == 1


async def remove(tx: Tx, number: int) -> bool:
    """Drops a draft: its questions wait again; returns whether it was a draft."""
    statement = update(answers).where(answers.c.id == number, answers.c.state == DRAFT)
    if (await tx.execute(statement.values(state=_DROPPED))).rowcount != 1:
        return False
    await tx.execute(delete(answer_bodies).where(answer_bodies.c.answer_id == number))
    await tx.execute(delete(answer_questions).where(answer_questions.c.answer_id == number))
    return True


def subject(number: int, settled_at: datetime) -> str:
    """Returns the outbox subject of its messages, one for each person."""
    return f"answer/{number}/{int(settled_at.timestamp())}"


async def delivery_counts(tx: Tx, answer: TeamAnswer) -> Mapping[str, int]:
    """Returns how many of its messages are in each state of the outbox."""
    if answer.settled_at is None:
        return {}
    statement = select(outbox.c.state, func.count()).where(outbox.c.kind == ANSWER)
    rows = await tx.execute(
        statement.where(outbox.c.subject == subject(answer.id, answer.settled_at)).group_by(outbox.c.state)
    )
    return {row[0]: row[1] for row in rows}


async def forget(tx: Tx, cycle: str) -> None:
    """Deletes the answers of a cycle, and what was published of them."""
    await tx.execute(delete(answers).where(answers.c.cycle == cycle))
