"""Just enough of HTTP/1.1 to understand Bot API clients fast: JSON, urlencoded, multipart; whole or in chunks."""

import re
from dataclasses import dataclass
from functools import cache

_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """One call."""

    path: str
    body: bytes

    @property
    def method(self) -> str:
        """The Bot API's method: what stands last in the path."""
        return self.path.split("?", 1)[0].rsplit("/", 1)[1]

    def number(self, name: str, usual: int = 0) -> int:
        """Reads a parameter that is a whole number."""
        found = _pattern(name).search(self.body) or _pattern(name).search(self.path.encode())
        return int(found[1]) if found else usual


@cache
def _pattern(name: str) -> re.Pattern[bytes]:
    """Matches `name=1`, `"name": 1` and `name="name"` with the value two lines on."""
    written = rf'(?:^|[&?"]){name}(?:=|"\s*:\s*"?|"(?:\r\n[^\r\n]+)*\r\n\r\n)(-?\d+)'
    return re.compile(written.encode())


def next_request(heard: bytearray) -> Request | None:
    """Takes the first whole request out of what was heard; None while it is not whole."""
    head_end = heard.find(_HEAD_END)
    if head_end < 0:
        return None
    head = bytes(heard[:head_end])
    found = _body(heard, head, head_end + len(_HEAD_END))
    if found is None:
        return None
    body, end = found
    del heard[:end]
    return Request(head.split(b" ", 2)[1].decode(), body)


def _body(heard: bytearray, head: bytes, start: int) -> tuple[bytes, int] | None:
    """Returns the body and where it ends; None while it is not whole."""
    if _CHUNKED.search(head):
        return _chunks(heard, start)
    length = _LENGTH.search(head)
    end = start + (int(length[1]) if length else 0)
    return (bytes(heard[start:end]), end) if len(heard) >= end else None


def _chunks(heard: bytearray, at: int) -> tuple[bytes, int] | None:
    parts: list[bytes] = []
    while (line_end := heard.find(b"\r\n", at)) >= 0:
        size = int(bytes(heard[at:line_end]).split(b";")[0], 16)
        at = line_end + 2 + size + 2
        if len(heard) < at:
            return None
        if size == 0:
            return b"".join(parts), at
        parts.append(bytes(heard[line_end + 2 : line_end + 2 + size]))
    return None
