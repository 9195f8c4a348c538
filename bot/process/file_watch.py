"""Watches the SQLite file that the bot works on: one that is deleted, replaced or damaged keeps nothing."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import ExceptionContext, event

from db.admin.schema import DatabaseUnavailableError, is_damaged
from db.engine.database import Database
from reminders.clock import wait_for_event

# Source: https://www.sqlite.org/fileformat.html#the_database_header
_MAGIC, _HEADER_BYTES = b"SQLite format 3\0", 100
_GONE = "was deleted or replaced while the bot ran, and what is written now would be lost: see what did that"
_HURT = "is damaged: put it aside"
_RESTORE = "then start again with that file put back, or `ciclo restore` the last backup into a new one"


class FileWatch:
    """Looks every few seconds, and at each error of the database."""

    def __init__(self, database: Database, *, seconds: float = 2.0) -> None:
        self._file = database.file
        self._seconds = seconds
        self._stopped = asyncio.Event()
        self._known: tuple[int, int] | None = None
        self._damaged = self._short = False
        if self._file is not None:
            event.listen(database.engine.sync_engine, "handle_error", self._met)

    def stop(self) -> None:
        """Watches no more."""
        self._stopped.set()

    async def run(self, report: Callable[[Exception], None]) -> None:
        """Reports DatabaseUnavailableError, with what to do, once; ends then, or when stopped."""
        while (harm := self.harm()) is None:
            if await wait_for_event(self._stopped, self._seconds):
                return
        report(harm)

    def harm(self) -> DatabaseUnavailableError | None:
        """Returns the error that says what has happened to the file and what to do; None where nothing has."""
        problem = self._problem(self._file) if self._file is not None else None
        return DatabaseUnavailableError(f"database.url: {self._file} {problem}; {_RESTORE}") if problem else None

    def _problem(self, file: Path) -> str | None:
        """Returns what has happened to the file; None while it is the one that was there at first, and whole."""
        if self._damaged:
            return _HURT
        try:
            with file.open("rb") as opened:
                found, header = os.fstat(opened.fileno()), opened.read(_HEADER_BYTES)
        except FileNotFoundError:
            return _GONE
        except OSError:
            return None  # too many open files, a disk that is slow: not about this file
        self._known = self._known or (found.st_dev, found.st_ino)
        if (found.st_dev, found.st_ino) != self._known:
            return _GONE
        return _HURT if self._is_cut(header, found.st_size) else None

    def _is_cut(self, header: bytes, size: int) -> bool:
        """Returns whether it has lost its head, or twice running its end: a checkpoint writes the head first."""
        if not header.startswith(_MAGIC):
            return True
        pages, page = int.from_bytes(header[28:32]), int.from_bytes(header[16:18])
        short, self._short = self._short, size < pages * (65536 if page == 1 else page)
        return short and self._short

    def _met(self, context: ExceptionContext) -> None:
        if is_damaged(context.original_exception):
            self._damaged = True  # set by whichever thread; seen at the next look
