"""Remembers the big-screen pages of panels. A link's secret is made of a key, so that it can be shown again."""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from db.engine.database import Tx, insert_into, note_change
from db.panel.panel_questions import PanelQuestion, questions_on_screens
from db.people.participants import get_key
from db.tables import panel_screens

_KEY, _TOKEN_BYTES = "panel screens", 24


@dataclass(frozen=True, slots=True)
class OpenPanel:
    """What an open page shows: its session's number, and its questions in their order; and the link's secret."""

    secret: str
    number: int
    questions: Sequence[PanelQuestion]


def _token(key: bytes, session_id: int, version: int) -> str:
    whole = hmac.new(key, f"panel/{session_id}/{version}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(whole[:_TOKEN_BYTES]).decode()


async def token_of_session(tx: Tx, session_id: int) -> str | None:
    """Returns the secret of the link, while the page is open; else None."""
    found = select(panel_screens.c.version).where(panel_screens.c.session_id == session_id, panel_screens.c.open)
    version = (await tx.execute(found)).scalar_one_or_none()
    return None if version is None else _token(await get_key(tx, _KEY), session_id, version)


async def open_screen(tx: Tx, session_id: int) -> str:
    """Opens the page with a new link; any earlier link shows nothing any more. Returns the link's secret."""
    row = {"session_id": session_id, "version": 1, "open": True}
    again = {"version": panel_screens.c.version + 1, "open": True}
    statement = insert_into(tx, panel_screens).values(row)
    anew = statement.on_conflict_do_update(index_elements=["session_id"], set_=again)
    version = int((await tx.execute(anew.returning(panel_screens.c.version))).scalar_one())
    note_change(tx, "panel")
    return _token(await get_key(tx, _KEY), session_id, version)


async def close_screen(tx: Tx, session_id: int) -> bool:
    """Withdraws the link; returns whether the page was open."""
    own = panel_screens.c.session_id == session_id, panel_screens.c.open
    closed = await tx.execute(panel_screens.update().where(*own).values(open=False))
    note_change(tx, "panel")
    return closed.rowcount == 1


async def open_panels(tx: Tx) -> Mapping[int, OpenPanel]:
    """Returns all open pages, by their session's row."""
    key = await get_key(tx, _KEY)
    found = await questions_on_screens(tx)
    return {
        session_id: OpenPanel(_token(key, session_id, version), number, questions)
        for (session_id, version, number), questions in found.items()
    }


def session_of_token(opened: Mapping[int, str], token: str) -> int | None:
    """Returns the session whose open page has that secret; every open page is compared, each in constant time."""
    typed, matched = token.encode(), None
    for session_id, secret in opened.items():
        if hmac.compare_digest(secret.encode(), typed):
            matched = session_id
    return matched
