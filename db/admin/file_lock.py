"""One process on one SQLite file: a lock that ends with its process, however that ends."""

import contextlib
import os
import sys
from datetime import datetime
from pathlib import Path

import structlog

from db.admin.schema import DatabaseUnavailableError
from db.engine.database import Database

_log = structlog.get_logger(__name__)


class FileLock:
    """Held by the system on a file beside the database; two that send from one file would send much twice.

    Source: https://man7.org/linux/man-pages/man2/flock.2.html
    """

    def __init__(self, database: Database) -> None:
        self._database = database.file
        self._held: int | None = None

    def take(self, now: datetime) -> None:
        """Holds it until release() or the end of the process. Raises DatabaseUnavailableError that names its holder."""
        if self._database is None or sys.platform == "win32":
            return
        import fcntl  # noqa: PLC0415 - Windows has none

        file = Path(f"{self._database}.lock")
        try:
            self._held = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise DatabaseUnavailableError(_in_use(self._database, file)) from None
        except OSError as error:
            self.release()
            if file.parent.is_dir():  # a folder that is not there is told of by whoever opens the database
                _log.warning("nothing keeps a second process from this SQLite file", error=type(error).__name__)
            return
        os.truncate(self._held, 0)
        os.write(self._held, f"process {os.getpid()}, since {now:%Y-%m-%d %H:%M:%S} UTC".encode())

    def release(self) -> None:
        """Lets it go; the file stays, because deleting it could let two in."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _in_use(database: Path, file: Path) -> str:
    holder = ""
    with contextlib.suppress(OSError, UnicodeError):
        holder = file.read_text("utf-8")
    return f"database.url: {database} is in use by another Ciclo ({holder or 'unknown'}): stop that one first"
