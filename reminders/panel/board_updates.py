"""Draws moderators' cards of a panel anew when its questions or votes change. Its state is in the database."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from changes import panel_board
from db.engine.database import Database, Tx
from db.panel import boards, panel_questions
from db.panel.boards import Board
from db.people import participants
from db.programme import live_programme
from locales.markup import Message, hash_message, render_message
from locales.translator import Translator
from reminders.clock import Clock
from reminders.delivery.leader_election import LeaderElection
from reminders.delivery.waiting import wait_for_event
from telegram_io.sender import Sender

_log = structlog.get_logger(__name__)

# Telegram takes about one message a second in a chat: a card changes no more often, and the last change is shown.
# Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
_EDIT_SECONDS = 1.0
# Another replica may have changed something, which wakes nobody here; a person's deletion wakes nobody at all.
_LOOK_SECONDS, _SWEEP_SECONDS = 0.5, 30.0


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One card as it should be now."""

    board: Board
    chat_id: int
    message: Message


@dataclass
class BoardUpdates:
    """Keeps every open card true: edited within a second or two after a change, by the replica that sends."""

    database: Database
    translator: Translator
    sender: Sender
    clock: Clock
    leader_election: LeaderElection
    settled: bool = False  # every card is true
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _edited: dict[tuple[int, int], float] = field(default_factory=dict)
    _seen: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # stamps of the panels at the last look
    _true: bool = False  # whether all cards showed that

    def wake(self) -> None:
        """Looks at the panels at once: something has changed."""
        self.settled, self._true = False, False
        self._woken.set()

    def stop(self) -> None:
        """Stops; what the cards should show is in the database."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Looks at the panels until stopped. An error is logged, and they are looked at again."""
        while not self._stopping:
            self._woken.clear()
            try:
                again = await self._look()
            except Exception:
                _log.exception("cards of a panel could not be drawn anew")
                again = 1.0
            self.settled = self._true and not self._woken.is_set()
            await wait_for_event(self._woken, again)

    async def _look(self) -> float:
        """Draws what has changed; returns in how many seconds to look again."""
        if not self.leader_election.is_leader:
            self._true = True
            return _SWEEP_SECONDS if self.database.is_sqlite else _LOOK_SECONDS
        async with self.database.transaction() as tx:
            open_boards = await boards.open_boards(tx)
            stamps = await panel_questions.stamps(tx, sorted({each.session_id for each in open_boards}))
            changed = not self._true or stamps != self._seen
            drawings = [await self._draw(tx, each) for each in open_boards] if changed else []
        self._seen = stamps
        shown = [await self._show(each) for each in drawings if each is not None]
        self._true = all(shown)
        if not self._true:
            return 0.1
        return _LOOK_SECONDS if open_boards and not self.database.is_sqlite else _SWEEP_SECONDS

    async def _draw(self, tx: Tx, board: Board) -> _Drawing | None:
        live = await live_programme.by_id(tx, board.session_id)
        person = await participants.get(tx, board.participant_id)
        if live is None or person is None:
            return None
        card, _page = await panel_board.board(tx, live, board.page)
        message = render_message(card, self.translator.reader(person.language, person.zone))
        return _Drawing(board, person.telegram_id, message)

    async def _show(self, drawing: _Drawing) -> bool:
        """Edits the card unless it shows that already, or was edited within this second; returns whether it is true."""
        board, shown = drawing.board, hash_message(drawing.message)
        if shown == board.shown:
            return True
        key = board.participant_id, board.session_id
        if _time() - self._edited.get(key, float("-inf")) < _EDIT_SECONDS:
            return False
        self._edited[key] = _time()
        result = await self.sender.edit(drawing.chat_id, board.message_id, drawing.message)
        if result.state in {"later", "unauthorized", "unknown"}:
            return False
        async with self.database.transaction() as tx:
            # A card that was deleted on the phone, or belongs to a chat that is gone, is left alone.
            await (boards.mark_shown(tx, board, shown) if result.state == "sent" else boards.drop(tx, board))
        return True


def _time() -> float:
    return asyncio.get_running_loop().time()
