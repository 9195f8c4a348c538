"""Sets up log lines that never show a token or a person's data."""

import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog

# The Bot API puts the token into every address, so a library's message or a traceback may quote it.
_TOKEN = re.compile(r"(?<!\d)\d{1,15}:[A-Za-z0-9_-]{10,}")
_FRAMES = 6
# Libraries that tell each request with its address, or each job with its arguments.
_TALKATIVE = (
    "httpx",
    "httpcore",
    "telegram",
    "aiohttp",
    "apscheduler",
    "alembic",
    "sqlalchemy",
    "asyncio",
)

Event = MutableMapping[str, Any]
# Who else is told of each line, as it is written: nothing in it is secret any more.
listeners: list[Callable[[Event], None]] = []


def set_up_logs(stream: TextIO | None = None, *, level: int = logging.INFO) -> None:
    """Sets up the log: one JSON object a line, on standard error unless another stream is given.

    Below INFO the libraries' lines are written, too, as who and where: their words may quote people.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,  # the update or the letter that a line belongs to
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _where_it_failed,
        _without_tokens,
        _told_others,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    formatter = structlog.stdlib.ProcessorFormatter
    render: list[Any] = [formatter.remove_processors_meta, structlog.processors.JSONRenderer()]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(OneAMinute())
    handler.setFormatter(formatter(foreign_pre_chain=[_only_who_and_where, *shared], processors=render))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING if level >= logging.INFO else level)


class OneAMinute(logging.Filter):
    """Lets the web server's lines pass once a minute for each place in its code: strangers can cause any number."""

    seconds = 60.0

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Returns whether the line is written."""
        # asyncio's: a server that has no more files to open writes it for each connection that waits.
        accepting = record.name == "asyncio" and "accept" in str(record.msg)
        if not accepting and not record.name.startswith("uvicorn"):
            return True
        place, now = (record.pathname, record.lineno), time.monotonic()
        if now - self._seen.get(place, float("-inf")) < self.seconds:
            return False
        self._seen[place] = now
        return True


def _only_who_and_where(_logger: object, _method: str, event: Event) -> Event:
    """Reduces a library's line to its logger, level, place and kind of error: its words may quote people.

    Ours come through structlog and not through here.
    """
    record: logging.LogRecord = event["_record"]
    kept = {key: event[key] for key in ("_record", "_from_structlog", "exc_info") if key in event}
    place = record.pathname.rsplit("/", maxsplit=1)[-1]
    return {**kept, "event": "a library's message", "where": f"{place}:{record.lineno}"}


def _told_others(_logger: object, _method: str, event: Event) -> Event:
    for listen in listeners:
        listen(event)
    return event


def _without_tokens(_logger: object, _method: str, event: Event) -> Event:
    return {key: _clean(value) for key, value in event.items()}


def _clean(value: Any) -> Any:  # noqa: ANN401 - whatever somebody logged
    return _TOKEN.sub("***", value) if isinstance(value, str) else value


def _where_it_failed(_logger: object, _method: str, event: Event) -> Event:
    """Replaces an error by its kind and the lines it passed; its message may quote what a person wrote."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info and info[0] is not None:
        event["error"] = info[0].__name__
        event["at"] = _places(info[2])
    return event


def _places(where: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(where)[-_FRAMES:]
    return [f"{frame.filename.rsplit('/', maxsplit=1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
