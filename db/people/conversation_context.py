"""Remembers for some minutes what somebody talked about with the bot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, delete, select, update

from db.engine.database import Tx, dialect_insert
from db.tables import outbox, talks
from locales.localized import Language

# Long enough to read an answer and think, short enough that "¿y en Lima?" still means the same.
REMEMBERED = timedelta(minutes=15)
OF_PLACE = "place"  # the mark of what the place is called whose zone is kept: "Montréal"
_MARK = ":"


def mark(kind: str, value: object) -> str:
    """Returns what is kept among the ids of a talk beside the things that it was about: "place:Lima"."""
    return f"{kind}{_MARK}{value}"


@dataclass(frozen=True, slots=True)
class Talk:
    """The kind of thing, which ones (and marks), in which zone (IANA); the last question that had no answer."""

    kind: str
    ids: Sequence[str]
    zone: str | None
    unanswered: str | None
    language: Language

    @property
    def things(self) -> tuple[str, ...]:
        """Those that it was about."""
        return tuple(each for each in self.ids if _MARK not in each)

    @property
    def marks(self) -> dict[str, str]:
        """What mark() made of the others, by its kind."""
        return dict(each.split(_MARK, 1) for each in self.ids if _MARK in each)


COLUMNS = (talks.c.kind, talks.c.ids, talks.c.zone, talks.c.unanswered, talks.c.language)
# Built once, as in _upsert(): these run with every question.
_CURRENT = select(*COLUMNS).where(
    talks.c.participant_id == bindparam("person"),
    talks.c.updated_at > bindparam("since", type_=talks.c.updated_at.type),
)


# What is still to be written, by transaction and person: those who answer many in one write it once.
_unwritten: "WeakKeyDictionary[Tx, dict[int, dict[str, Any]]]" = WeakKeyDictionary()


async def current(tx: Tx, participant_id: int, *, now: datetime) -> Talk | None:
    """Returns what was talked about within REMEMBERED; None where nothing was."""
    await write_remembered(tx)
    row = (await tx.execute(_CURRENT, {"person": participant_id, "since": now - REMEMBERED})).one_or_none()
    return Talk(*row) if row else None


async def remember(tx: Tx, participant_id: int, talk: Talk, *, now: datetime) -> None:
    """Remembers what is talked about now; write_remembered() writes it."""
    values = {
        "participant_id": participant_id,
        "kind": talk.kind,
        "ids": list(talk.ids),
        "zone": talk.zone,
        "unanswered": talk.unanswered,
        "language": talk.language,
        "updated_at": now,
    }
    _unwritten.setdefault(tx, {})[participant_id] = values


async def write_remembered(tx: Tx) -> None:
    """Writes what remember() was given in this transaction. Must be called before the transaction ends."""
    rows = list(_unwritten.pop(tx, {}).values())
    if rows:
        await tx.execute(_upsert(tx.dialect.name), rows if len(rows) > 1 else rows[0])


@cache
def _upsert(dialect: str) -> Any:  # noqa: ANN401 - an INSERT of either dialect
    statement = dialect_insert(dialect, talks)
    changed = {each.name: statement.excluded[each.name] for each in talks.c if each.name != "participant_id"}
    return statement.on_conflict_do_update(index_elements=["participant_id"], set_=changed)


async def change_kind(tx: Tx, participant_id: int, kind: str, to: str) -> None:
    """Turns talk of that kind into talk of another, with all that it has; their other talk stays."""
    await write_remembered(tx)
    theirs = update(talks).where(talks.c.participant_id == participant_id, talks.c.kind == kind)
    await tx.execute(theirs.values(kind=to))


async def was_written_to_since(tx: Tx, participant_id: int) -> bool:
    """Returns whether a message of the outbox (a reminder, an announcement) has reached them since they last talked."""
    later = select(outbox.c.id).join(talks, talks.c.participant_id == outbox.c.participant_id)
    theirs = (outbox.c.participant_id == participant_id, outbox.c.state == "sent")
    return (
        await tx.execute(later.where(*theirs, outbox.c.settled_at > talks.c.updated_at).limit(1))
    ).first() is not None


async def clear_unanswered(tx: Tx, participant_id: int) -> None:
    """Clears the unanswered question: it was passed on, or is not wanted any more."""
    await write_remembered(tx)
    await tx.execute(update(talks).where(talks.c.participant_id == participant_id).values(unanswered=None))


async def forget(tx: Tx, *, before: datetime) -> None:
    """Deletes what was last talked about before that: it may hold people's own words."""
    await tx.execute(delete(talks).where(talks.c.updated_at < before))
