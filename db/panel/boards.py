"""Remembers where each moderator's card of a panel stands, and deletes all that panels left after a cycle."""

from dataclasses import asdict, dataclass
from typing import TypeVar

from sqlalchemy import Delete, Update, delete, select, update

from db.engine.database import Tx, insert_into, note_change
from db.tables import moderators, panel_boards, panel_questions, panel_screens, sessions

_Statement = TypeVar("_Statement", Update, Delete)


@dataclass(frozen=True, slots=True)
class Board:
    """One card: whose, of which session's row, its message, the page that it shows, and a hash of what it shows."""

    participant_id: int
    session_id: int
    message_id: int
    page: int
    shown: str | None


_COLUMNS = (
    panel_boards.c.participant_id,
    panel_boards.c.session_id,
    panel_boards.c.message_id,
    panel_boards.c.page,
    panel_boards.c.shown,
)


async def place(tx: Tx, board: Board) -> None:
    """Remembers that person's card: the one they used last."""
    changed = {"message_id": board.message_id, "page": board.page, "shown": board.shown}
    statement = insert_into(tx, panel_boards).values(**asdict(board))
    await tx.execute(statement.on_conflict_do_update(index_elements=["participant_id", "session_id"], set_=changed))
    note_change(tx, "panel")


async def rest(tx: Tx, participant_id: int, session_id: int) -> None:
    """Leaves that person's card as it is while they look at something else there; keeps the page for later."""
    mine = panel_boards.c.participant_id == participant_id, panel_boards.c.session_id == session_id
    resting = update(panel_boards).where(*mine, panel_boards.c.page >= 0)
    await tx.execute(resting.values(page=-panel_boards.c.page - 1))


async def last_page(tx: Tx, participant_id: int, session_id: int) -> int:
    """Returns the page that their card showed last."""
    mine = panel_boards.c.participant_id == participant_id, panel_boards.c.session_id == session_id
    page = (await tx.execute(select(panel_boards.c.page).where(*mine))).scalar_one_or_none() or 0
    return int(page) if page >= 0 else -int(page) - 1


async def mark_shown(tx: Tx, board: Board, shown: str) -> None:
    """Remembers what a card shows now, unless they have used another one meanwhile."""
    await tx.execute(_is_row(update(panel_boards), board).values(shown=shown))


async def drop(tx: Tx, board: Board) -> None:
    """Forgets a card that cannot be changed any more."""
    await tx.execute(_is_row(delete(panel_boards), board))


def _is_row(statement: _Statement, board: Board) -> _Statement:
    mine = panel_boards.c.participant_id == board.participant_id, panel_boards.c.session_id == board.session_id
    return statement.where(*mine, panel_boards.c.message_id == board.message_id)


async def open_boards(tx: Tx) -> list[Board]:
    """Returns the cards that are to be kept true."""
    return [Board(*row) for row in await tx.execute(select(*_COLUMNS).where(panel_boards.c.page >= 0))]


async def forget(tx: Tx, cycle: str) -> None:
    """Deletes all that is kept of the panels of a cycle: questions with their votes, moderators, screens, cards."""
    those = select(sessions.c.id).where(sessions.c.cycle == cycle)
    for table in (panel_questions, moderators, panel_screens, panel_boards):
        gone = await tx.execute(delete(table).where(table.c.session_id.in_(those)))
        if gone.rowcount:
            note_change(tx, "panel")
