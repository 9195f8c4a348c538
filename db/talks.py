"""What was talked about with someone a moment ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from db.database import Tx, insert_into
from db.tables import talks
from locales.localized import Language

# Long enough to read an answer and think, short enough that "¿y en Lima?" still means the same.
REMEMBERED = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Talk:
    """The kind of thing, which ones, in whose hours (an IANA zone); the last question that had no answer."""

    kind: str
    ids: Sequence[str]
    zone: str | None
    unanswered: str | None
    language: Language


_COLUMNS = (talks.c.kind, talks.c.ids, talks.c.zone, talks.c.unanswered, talks.c.language)


async def current(tx: Tx, participant_id: int, *, now: datetime) -> Talk | None:
    """What was talked about within the last minutes, if anything."""
    recent = select(*_COLUMNS).where(talks.c.participant_id == participant_id, talks.c.updated_at > now - REMEMBERED)
    row = (await tx.execute(recent)).one_or_none()
    return Talk(*row) if row else None


async def remember(tx: Tx, participant_id: int, talk: Talk, *, now: datetime) -> None:
    """This is what we are talking about now."""
    values = {
        "kind": talk.kind,
        "ids": list(talk.ids),
        "zone": talk.zone,
        "unanswered": talk.unanswered,
        "language": talk.language,
        "updated_at": now,
    }
    statement = insert_into(tx, talks).values({"participant_id": participant_id, **values})
    await tx.execute(statement.on_conflict_do_update(index_elements=["participant_id"], set_=values))


async def passed_on(tx: Tx, participant_id: int) -> None:
    """The unanswered question is somewhere else now, or not wanted any more."""
    await tx.execute(update(talks).where(talks.c.participant_id == participant_id).values(unanswered=None))


async def forget(tx: Tx, *, before: datetime) -> None:
    """Drops what nobody talks about any more: it may hold people's own words."""
    await tx.execute(delete(talks).where(talks.c.updated_at < before))
