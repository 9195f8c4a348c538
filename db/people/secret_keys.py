"""Gives the database's own random keys: each is created when it is first needed, and never changes."""

import secrets
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, select

from db.engine.database import Tx, insert_into
from db.tables import secrets as secrets_table

_KEY_BYTES = 32
_known: "WeakKeyDictionary[Engine, dict[str, bytes]]" = WeakKeyDictionary()
_VALUE = select(secrets_table.c.value).where(secrets_table.c.name == bindparam("key_name"))


async def get_key(tx: Tx, name: str) -> bytes:
    """Returns the key of that name, created where there is none yet."""
    known = _known.setdefault(tx.engine.sync_engine, {})
    if name in known:
        return known[name]
    found = (await tx.execute(_VALUE, {"key_name": name})).scalar_one_or_none()
    if found is None:
        made = {"name": name, "value": secrets.token_hex(_KEY_BYTES)}
        await tx.execute(insert_into(tx, secrets_table).values(made).on_conflict_do_nothing())
        return bytes.fromhex((await tx.execute(_VALUE, {"key_name": name})).scalar_one())
    # One that was found, not just made, is remembered: this transaction may still be rolled back.
    return known.setdefault(name, bytes.fromhex(found))
