"""What people thought of a session or of the cycle: marks and sentences of nobody, counted five or more at a time.

A row is in the figures only together with at least four others that come into them at the same moment: who looks at the
figures again and again never sees the difference that one answer makes.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update

from db.engine.database import Tx
from db.tables import feedback, feedback_sentences

# Answers are shown from so many on, and come into the figures so many or more at a time.
FEWEST = 5
DIALOG = "feedback"  # in which a sentence is written
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody thought, without who."""

    cycle: str
    number: int  # of the session; 0: the whole cycle
    language: str
    usefulness: int  # 1 to 5
    practice: str  # yes, maybe or no
    day: str  # ISO 8601


@dataclass(frozen=True, slots=True)
class Group:
    """How many have answered alike, in the figures."""

    number: int  # of the session; 0: the whole cycle
    language: str | None  # None: several languages together
    usefulness: int
    practice: str
    answers: int


async def add(tx: Tx, answer: Answer) -> None:
    """Adds an answer of nobody; with it, or later, it comes into the figures of its language."""
    await tx.execute(insert(feedback).values(id=secrets.token_hex(_ID_BYTES), **asdict(answer)))
    await _count(tx, and_(_waits(answer.cycle, answer.number), feedback.c.language == answer.language))


async def count_the_rest(tx: Tx, cycle: str, number: int) -> None:
    """Takes answers in languages that are too few each into the figures, together and without their language.

    Fewer than FEWEST in all still wait.
    """
    await _count(tx, _waits(cycle, number), language=None)


def _waits(cycle: str, number: int) -> ColumnElement[bool]:
    return and_(feedback.c.cycle == cycle, feedback.c.number == number, feedback.c.counted.is_(False))


async def _count(tx: Tx, these: ColumnElement[bool], **values: None) -> None:
    # Locked: of two answers at once, the second sees that the first has taken the others along, and waits by itself.
    waiting = list((await tx.execute(select(feedback.c.id).where(these).with_for_update())).scalars())
    if len(waiting) >= FEWEST:
        await tx.execute(update(feedback).where(feedback.c.id.in_(waiting)).values(counted=True, **values))


async def groups(tx: Tx, cycle: str) -> Sequence[Group]:
    """Returns everything that is in the figures of that cycle, by session, language and answer."""
    columns = (feedback.c.number, feedback.c.language, feedback.c.usefulness, feedback.c.practice)
    counted = select(*columns, func.count()).where(feedback.c.cycle == cycle, feedback.c.counted).group_by(*columns)
    return [Group(*row) for row in await tx.execute(counted)]


async def totals(tx: Tx, cycle: str) -> dict[int, int]:
    """Returns how many answers there are by session, those that are not in the figures yet among them."""
    counted = select(feedback.c.number, func.count()).where(feedback.c.cycle == cycle).group_by(feedback.c.number)
    return {row[0]: row[1] for row in await tx.execute(counted)}


async def add_sentence(tx: Tx, cycle: str, number: int, sentence: str) -> None:
    """Adds a sentence of nobody."""
    row = {"id": secrets.token_hex(_ID_BYTES), "cycle": cycle, "number": number, "sentence": sentence}
    await tx.execute(insert(feedback_sentences).values(row))


async def sentences(tx: Tx, cycle: str) -> list[tuple[int, str]]:
    """Returns (session, sentence) of those sessions that FEWEST have answered, in an order drawn by lot each time."""
    enough = [number for number, answers in (await totals(tx, cycle)).items() if answers >= FEWEST]
    wanted = select(feedback_sentences.c.number, feedback_sentences.c.sentence).where(
        feedback_sentences.c.cycle == cycle, feedback_sentences.c.number.in_(enough)
    )
    found = [(row[0], row[1]) for row in await tx.execute(wanted)]
    secrets.SystemRandom().shuffle(found)
    return sorted(found, key=lambda each: each[0])


async def forget_sentences(tx: Tx, cycle: str) -> None:
    """Deletes the sentences of that cycle: they may name people. The marks are nobody's and stay."""
    await tx.execute(delete(feedback_sentences).where(feedback_sentences.c.cycle == cycle))
