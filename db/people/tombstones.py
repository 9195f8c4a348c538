"""Who asked to be deleted, so that an old backup brings nobody back. No personal data: keyed hashes."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, delete, select

from db.engine.database import Tx, insert_into
from db.tables import participants, tombstones
from db.tables import secrets as secrets_table

_KEY, _KEY_BYTES = "tombstones", 32
_known: "WeakKeyDictionary[Engine, bytes]" = WeakKeyDictionary()
_MINE = select(secrets_table.c.value).where(secrets_table.c.name == _KEY)
_ANY_OF = select(tombstones.c.mark).where(tombstones.c.mark.in_(bindparam("whose", expanding=True))).limit(1)
_DELETED_AT = select(tombstones.c.deleted_at).where(tombstones.c.mark == bindparam("whose"))


async def _key(tx: Tx) -> bytes:
    """Made once, at the first need, and kept here: without it the marks tell nothing."""
    engine = tx.engine.sync_engine
    if engine in _known:
        return _known[engine]
    found = (await tx.execute(_MINE)).scalar_one_or_none()
    if found is None:
        made = {"name": _KEY, "value": secrets.token_hex(_KEY_BYTES)}
        await tx.execute(insert_into(tx, secrets_table).values(made).on_conflict_do_nothing())
        return bytes.fromhex((await tx.execute(_MINE)).scalar_one())
    # It never changes: one that was found, not just made, is remembered.
    return _known.setdefault(engine, bytes.fromhex(found))


async def create_deletion_key(tx: Tx) -> None:
    """Makes the key at the first start, so that every backup holds it."""
    await _key(tx)


async def delete_for_good(tx: Tx, telegram_id: int, *, now: datetime) -> str:
    """Deletes that person with all that is theirs, for good; gives the mark that stays."""
    mark = _mark(await _key(tx), telegram_id)
    await tx.execute(delete(participants).where(participants.c.telegram_id == telegram_id))
    await record_deletions(tx, [(mark, now)])
    return mark


def _mark(key: bytes, telegram_id: int) -> str:
    return hmac.new(key, str(telegram_id).encode(), hashlib.sha256).hexdigest()


async def record_deletions(tx: Tx, marks: Iterable[tuple[str, datetime]]) -> None:
    """Marks of deletions, here or read from the log of a database that is lost; the latest of each counts."""
    for mark, deleted_at in marks:
        put = insert_into(tx, tombstones).values(mark=mark, deleted_at=deleted_at)
        later = put.on_conflict_do_update(
            index_elements=["mark"], set_={"deleted_at": deleted_at}, where=tombstones.c.deleted_at < deleted_at
        )
        await tx.execute(later)


async def deletion_mark(tx: Tx, telegram_id: int) -> str:
    """The mark that person's deletion leaves, or would leave."""
    return _mark(await _key(tx), telegram_id)


async def any_deleted(tx: Tx, telegram_ids: Iterable[int]) -> bool:
    """Whether any of them was ever deleted."""
    key = await _key(tx)
    marks = [_mark(key, each) for each in telegram_ids]
    return (await tx.execute(_ANY_OF, {"whose": marks})).first() is not None


async def enforce_deletion(tx: Tx, telegram_id: int) -> datetime | None:
    """When that person was deleted last, if ever; what is older is removed again on the way."""
    mark = await deletion_mark(tx, telegram_id)
    moment = (await tx.execute(_DELETED_AT, {"whose": mark})).scalar_one_or_none()
    if moment is not None:
        older = delete(participants).where(
            participants.c.telegram_id == telegram_id, participants.c.first_seen_at < moment
        )
        await tx.execute(older)
    return moment


async def delete_restored(tx: Tx) -> int:
    """Deletes whom a restored backup brought back; how many."""
    marks = {row.mark: row.deleted_at for row in await tx.execute(select(tombstones.c.mark, tombstones.c.deleted_at))}
    if not marks:
        return 0
    key = await _key(tx)
    people = await tx.execute(select(participants.c.id, participants.c.telegram_id, participants.c.first_seen_at))
    back = [
        row.id
        for row in people
        if (moment := marks.get(_mark(key, row.telegram_id))) is not None and row.first_seen_at < moment
    ]
    for number in back:
        await tx.execute(delete(participants).where(participants.c.id == number))
    return len(back)
