"""Reads what the big-screen page of a panel shows, once for all who watch it, and wakes them when it changes."""

import asyncio
import json
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any, TypeVar, cast

from changes.panel_board import shown_as
from db.engine.database import Database, Tx
from db.panel import screens
from db.panel.panel_questions import APPROVED, ASKED, PanelQuestion
from db.panel.screens import OpenPanel
from knowledge.programme.cycle import Cycle
from locales.localized import LANGUAGES, Language
from locales.translator import Translator
from reminders.clock import wait_for_event

# Another replica may have changed something, which wakes nobody here: a page is at most one and a half times as old.
# With 0.5 a vote took up to 1.03 s to the screen on a busy machine (`python -m benchmarks.long.panel_crowd`).
# On SQLite only commands, such as `bot forget`, change something in another process.
_LOOK_SECONDS, _SQLITE_LOOK_SECONDS = 0.25, 15.0
_SILENT_SECONDS = 15.0  # without news until a line is sent that keeps proxies from closing the connection
# More would take the room of Telegram's own connections.
MOST_VIEWERS, MOST_VIEWERS_OF_SESSION = 120, 60
T = TypeVar("T")


class TooManyViewersError(Exception):
    """As many pages as one process serves are open already."""


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page shows: the session, what is being asked now, and the list in its order; ready for JSON."""

    number: int
    title: str
    now: dict[str, Any] | None
    listed: list[dict[str, Any]]

    def as_json(self) -> str:
        """Returns it as one line of JSON."""
        return json.dumps({"now": self.now, "list": self.listed}, ensure_ascii=False)


@dataclass
class PanelFeed:
    """Gives the pages of panels their content; holds no state but who watches and what was read last."""

    database: Database
    cycle: Cycle
    translator: Translator
    viewers: dict[int, int] = field(default_factory=dict)  # by the session's row
    stopping: bool = False
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    # When reading began, and what was read: the secrets of all open pages; with their panels, by language.
    _read: dict[object, tuple[float, Any]] = field(default_factory=dict)
    _changed_at: float = 0.0
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def _look_seconds(self) -> float:
        return _SQLITE_LOOK_SECONDS if self.database.is_sqlite else _LOOK_SECONDS

    def wake(self) -> None:
        """Has every page look at once: a panel has changed."""
        self._changed_at = monotonic()
        self._news.set()
        self._news = asyncio.Event()

    def stop(self) -> None:
        """Ends every stream; the pages open theirs again at another replica, or after the next start."""
        self.stopping = True
        self.wake()

    async def read(self, token: str, language: Language | None) -> Panel | None:
        """Returns what the page with that secret shows; None for a secret that opens no page."""
        found = await self._find(token, language)
        return None if found is None else found[1]

    async def _find(self, token: str, language: Language | None) -> tuple[int, Panel] | None:
        """Returns the session whose page has that secret, and its panel; None for a guess, which costs no reading."""
        opened = await self._read_shared(language, partial(self._open_panels, language=language))
        session_id = screens.session_of_token({each: secret for each, (secret, _) in opened.items()}, token)
        return None if session_id is None else (session_id, opened[session_id][1])

    async def stream(self, token: str, language: Language | None) -> AsyncIterator[str]:
        """Yields server-sent events: the panel at first and after each change, and "gone" when the link is withdrawn.

        Raises TooManyViewersError before the first one.
        """
        shown, silent = "", 0.0
        while not self.stopping:
            news = self._news
            panel = await self.read(token, language)
            if panel is None:
                yield "event: gone\ndata: {}\n\n"
                return
            found = panel.as_json()
            if found != shown:
                yield f"retry: 1000\ndata: {found}\n\n"
                shown, silent = found, 0.0
            elif silent >= _SILENT_SECONDS:
                yield ": still here\n\n"
                silent = 0.0
            await wait_for_event(news, self._look_seconds)
            silent += self._look_seconds

    async def enter(self, token: str, language: Language | None = None) -> int | None:
        """Counts one more who watches; returns the session's row, or None. Raises TooManyViewersError."""
        found = await self._find(token, language)
        if found is None:
            return None
        session_id, _ = found
        watching = self.viewers.get(session_id, 0)
        if sum(self.viewers.values()) >= MOST_VIEWERS or watching >= MOST_VIEWERS_OF_SESSION:
            raise TooManyViewersError(TooManyViewersError.__doc__)
        self.viewers[session_id] = watching + 1
        return session_id

    def leave(self, session_id: int) -> None:
        """Counts one less."""
        self.viewers[session_id] = max(self.viewers.get(session_id, 0) - 1, 0)

    async def _read_shared(self, key: object, read: Callable[[Tx], Awaitable[T]]) -> T:
        """Returns what was read since it was asked for or, where nothing has changed, within this look.

        By whomever: a hundred pages cost one reading, also while everybody votes.
        """
        asked = monotonic()
        async with self._reading:
            began, known = self._read.get(key, (-math.inf, None))
            if began >= asked or (began >= self._changed_at and asked - began < self._look_seconds / 2):
                return cast("T", known)
            began = monotonic()
            async with self.database.reading() as tx:
                found = await read(tx)
            self._read[key] = (began, found)
            return found

    async def _open_panels(self, tx: Tx, language: Language | None) -> Mapping[int, tuple[str, Panel]]:
        """Returns the secret of each open page and what it shows, by the session's row."""
        opened = await screens.open_panels(tx)
        return {each: (found.secret, self._panel(found, language)) for each, found in opened.items()}

    def _panel(self, opened: OpenPanel, language: Language | None) -> Panel:
        asked = [each for each in opened.questions if each.state == ASKED]
        title = self.cycle.session(opened.number).title.in_(language or "es")
        entries = [self._entry(each, language) for each in opened.questions if each.state == APPROVED]
        return Panel(opened.number, title, self._entry(asked[-1], language) if asked else None, entries)

    def _entry(self, question: PanelQuestion, language: Language | None) -> dict[str, Any]:
        words = question.words if language is None else question.words_in(language)
        others = {code: question.translations[code] for code in LANGUAGES if code in question.translations}
        return {
            "words": words,
            "language": question.language if words == question.words else language,
            "original": None if words == question.words else question.words,
            "spoken": question.language,
            "translations": others,
            "who": self._who(question, language or question.language),
            "votes": question.votes,
        }

    def _who(self, question: PanelQuestion, language: Language) -> str:
        """Returns who asks; nothing for somebody who wants to be shown to nobody."""
        who = shown_as(question.shown, question.label)
        return self.translator.reader(language, None).plain(who) if question.label else ""
