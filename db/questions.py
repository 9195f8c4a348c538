"""What people asked the team, kept with its language and state until it is answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from db.database import Tx
from db.tables import questions
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
    """Keeps a question for the team; its number. Raises TooManyQuestionsError."""
    mine = select(func.count()).where(questions.c.participant_id == participant_id, questions.c.state == OPEN)
    if (await tx.execute(mine)).scalar_one() >= MOST_OPEN:
        raise TooManyQuestionsError(TooManyQuestionsError.__doc__)
    values = {"participant_id": participant_id, "words": words, "language": language, "state": OPEN, "asked_at": now}
    return int((await tx.execute(insert(questions).values(values).returning(questions.c.id))).scalar_one())


async def get(tx: Tx, question_id: int) -> Question | None:
    """The question of that number, if its person has not been deleted since."""
    row = (await tx.execute(select(*_COLUMNS).where(questions.c.id == question_id))).one_or_none()
    return Question(*row) if row else None
