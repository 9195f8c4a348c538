"""Remembers what people asked the team, with language and state."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update

from db.engine.database import Tx
from db.tables import answer_questions, questions
from locales.localized import Language

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"
# A person may have that many questions waiting; more would bury the others'.
MOST_OPEN = 10


class TooManyQuestionsError(Exception):
    """This person's earlier questions still wait for an answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the team."""

    id: int
    participant_id: int
    words: str
    language: Language
    state: str
    asked_at: datetime


_COLUMNS = (
    questions.c.id,
    questions.c.participant_id,
    questions.c.words,
    questions.c.language,
    questions.c.state,
    questions.c.asked_at,
)


async def ask(tx: Tx, participant_id: int, words: str, language: Language, *, now: datetime) -> int:
    """Inserts a question to the team; returns its number. Raises TooManyQuestionsError."""
    statement = select(func.count()).where(questions.c.participant_id == participant_id, questions.c.state == OPEN)
    if (await tx.execute(statement)).scalar_one() >= MOST_OPEN:
        raise TooManyQuestionsError(TooManyQuestionsError.__doc__)
    values = {"participant_id": participant_id, "words": words, "language": language, "state": OPEN, "asked_at": now}
    return int((await tx.execute(insert(questions).values(values).returning(questions.c.id))).scalar_one())


async def get(tx: Tx, question_id: int) -> Question | None:
    """Returns the question of that number; None where its person has been deleted."""
    row = (await tx.execute(select(*_COLUMNS).where(questions.c.id == question_id))).one_or_none()
    return Question(*row) if row else None


async def open_questions(tx: Tx, *, limit: int) -> list[Question]:
    """Returns open questions without an answer or draft, oldest first; of very many, the newest `limit`."""
    with_answer = select(answer_questions.c.question_id)
    wanted = select(*_COLUMNS).where(questions.c.state == OPEN, questions.c.id.not_in(with_answer))
    rows = await tx.execute(wanted.order_by(questions.c.asked_at.desc(), questions.c.id.desc()).limit(limit))
    return [Question(*row) for row in reversed(rows.all())]


async def questions_of_answer(tx: Tx, answer_id: int) -> list[Question]:
    """Returns the questions of an answer, oldest first; without those of people who have been deleted."""
    statement = select(*_COLUMNS).join_from(
        questions, answer_questions, questions.c.id == answer_questions.c.question_id
    )
    rows = await tx.execute(statement.where(answer_questions.c.answer_id == answer_id).order_by(questions.c.id))
    return [Question(*row) for row in rows]


async def settle(tx: Tx, question_ids: Collection[int], state: str) -> None:
    """Marks open questions as answered or closed."""
    statement = update(questions).where(questions.c.id.in_(question_ids), questions.c.state == OPEN)
    await tx.execute(statement.values(state=state))


def count_people(asked: Sequence[Question]) -> int:
    """Returns how many people asked those."""
    return len({each.participant_id for each in asked})
