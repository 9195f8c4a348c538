"""Draws moderators' cards of a panel anew when its questions or votes change. Its state is in the database."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from changes import panel_board
from changes.panel import is_over, moderating
from db.engine.database import Database, Tx
from db.panel import boards, panel_questions
from db.panel.boards import Board
from db.people import participants
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from locales.translator import Message, Translator, hash_message, render_message
from reminders.clock import Clock, wait_for_event
from reminders.delivery.leader_election import LeaderElection
from telegram_io.sender import Sender

_log = structlog.get_logger(__name__)

# Telegram takes about one message a second in a chat: a card changes no more often, and the last change is shown.
# Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
_EDIT_SECONDS = 1.0
# Another replica may have changed something, which wakes nobody here; but little happens after a session.
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
    owners: Collection[int] = ()  # of the team, by their Telegram ids
    edit_seconds: float = _EDIT_SECONDS  # a card is edited once in so many
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
            numbers = sorted({each.session_id for each in open_boards})
            stamps = await panel_questions.stamps(tx, numbers) if numbers else {}
            live = await live_programme.sessions_by_id(tx, numbers) if numbers else {}
            changed = not self._true or stamps != self._seen
            drawings = await self._draw(tx, open_boards, live) if changed and open_boards else []
        self._seen = stamps
        left = [await self._show(each) for each in drawings]
        self._true = not any(left)
        if not self._true:
            return min(each for each in left if each)
        going_on = any(not is_over(each, self.clock.now()) for each in live.values())
        return _LOOK_SECONDS if going_on and not self.database.is_sqlite else _SWEEP_SECONDS

    async def _draw(self, tx: Tx, open_boards: Sequence[Board], live: Mapping[int, LiveSession]) -> Sequence[_Drawing]:
        """Reads each panel once, and draws every card of it."""
        people = await participants.get_many(tx, sorted({each.participant_id for each in open_boards}))
        panels = {number: await panel_board.read_panel(tx, each) for number, each in live.items()}
        may = {number: await moderating(tx, each, self.owners) for number, each in live.items()}
        drawings = []
        for board in open_boards:
            panel, person = panels.get(board.session_id), people.get(board.participant_id)
            # Who moderates no more learns nothing more; others may have been deleted since the cards were read.
            if panel is None or person is None or person.id not in may[board.session_id]:
                continue
            card, _page = panel_board.draw_board(panel, board.page)
            message = render_message(card, self.translator.reader(person.language, person.zone))
            drawings.append(_Drawing(board, person.telegram_id, message))
        return drawings

    async def _show(self, drawing: _Drawing) -> float:
        """Edits the card unless it shows that already, or was edited within this second.

        Returns in how many seconds to try again; 0 where the card is true.
        """
        board, shown = drawing.board, hash_message(drawing.message)
        if shown == board.shown:
            return 0
        key = board.participant_id, board.session_id
        left = self._edited.get(key, float("-inf")) + self.edit_seconds - _time()
        if left > 0:
            return left
        self._edited[key] = _time()
        result = await self.sender.edit(drawing.chat_id, board.message_id, drawing.message)
        if result.state in {"later", "unauthorized", "unknown"}:
            return self.edit_seconds
        async with self.database.transaction() as tx:
            # A card that was deleted on the phone, or belongs to a chat that is gone, is left alone.
            await (boards.mark_shown(tx, board, shown) if result.state == "sent" else boards.drop(tx, board))
        return 0


def _time() -> float:
    return asyncio.get_running_loop().time()
