"""Takes links of sessions that a reader may not see out of words that the team wrote freely. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import urlsplit

from locales.reply import Formatted, Reply, Value, text

_ANCHOR = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL | re.IGNORECASE)
# Stands where a link was.
_GAP = "[…]"
# With the sentence about the gap, words under a picture or alone still fit a message: Telegram's limits, less room.
_MOST_UNDER_MEDIA, _MOST_SIGNS = 800, 3_800


def _without_scheme(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address.strip().lower()).rstrip("/")


def _place(address: str) -> str:
    """Returns host and path: a link without its query still leads to the same room."""
    parts = urlsplit(address)
    return _without_scheme(f"{parts.netloc}{parts.path}")


@dataclass(frozen=True)
class LinkGuard:
    """The links that one reader may not see, and those that they may: the same address may serve several sessions."""

    closed: frozenset[str] = frozenset()
    visible: frozenset[str] = frozenset()

    @property
    def _hidden(self) -> list[str]:
        seen = {_without_scheme(each) for each in self.visible}
        return [each for each in self.closed if _without_scheme(each) not in seen]

    def hides(self, address: str) -> bool:
        """Returns whether that address leads to a session whose link is not for this reader."""
        written = _without_scheme(unescape(address))
        if any(written == _without_scheme(each) for each in self.visible):
            return False
        return any(re.match(rf"{re.escape(_place(each))}(?![\w-])", written) for each in self._hidden)

    def without_links(self, answer: Reply) -> Reply:
        """Returns the same message with gaps for such links, without buttons to them, and a sentence that says so."""
        if not self._hidden:
            return answer
        lines = tuple(self._line(line) for line in answer.lines)
        rows = (tuple(each for each in row if each.url is None or not self.hides(each.url)) for row in answer.keyboard)
        keyboard = tuple(row for row in rows if row)
        if (lines, keyboard) == (answer.lines, answer.keyboard):
            return answer
        most = _MOST_SIGNS if answer.media is None else _MOST_UNDER_MEDIA
        size = sum(len(line.html) for line in lines if isinstance(line, Formatted))
        note = ("", text("link.closed", gap=_GAP)) if size <= most else ()
        return replace(answer, lines=(*lines, *note), keyboard=keyboard)

    def _line(self, line: Value) -> Value:
        return Formatted(self._in_html(line.html)) if isinstance(line, Formatted) else line

    def _in_html(self, html: str) -> str:
        html = _ANCHOR.sub(lambda match: f"{match[2]} {_GAP}" if self.hides(match[1]) else match[0], html)
        for place in {_place(each) for each in self._hidden}:
            address = rf"(?:https?://)?(?:www\.)?{re.escape(place)}(?![\w-])[^\s<\"]*"
            html = re.sub(address, lambda match: _GAP if self.hides(match[0]) else match[0], html, flags=re.IGNORECASE)
        return html


def contains_link(html: str, buttons: Collection[tuple[str, str]], link: str) -> bool:
    """Returns whether words of the team, or a button under them, lead to that session's link."""
    guard = LinkGuard(frozenset((link,)))
    before = Reply((Formatted(html),))
    return guard.without_links(before) is not before or any(guard.hides(address) for _, address in buttons)
