"""A formatted text as safe HTML for the rehearsal's page."""

import html
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

from rehearsal.formatting import Entity

_SHOWN = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "expandable_blockquote": "blockquote", "spoiler": "mark",
}  # fmt: skip


def page_html(text: str, entities: Sequence[Entity]) -> str:
    """The text as safe HTML for the rehearsal's page; `date_time` becomes <time>, which the page fills in."""
    units = text.encode("utf-16-le")
    cuts = sorted({0, len(units) // 2, *(p for e in entities for p in (e["offset"], e["offset"] + e["length"]))})
    parts = []
    for start, end in pairwise(cuts):
        piece = html.escape(units[start * 2 : end * 2].decode("utf-16-le", "replace"))
        covering = [e for e in entities if e["offset"] <= start and end <= e["offset"] + e["length"]]
        for each in sorted(covering, key=lambda e: e["length"]):
            piece = _wrap(each, piece)
        parts.append(piece)
    return "".join(parts)


def _wrap(entity: Entity, piece: str) -> str:
    kind = entity["type"]
    if kind in _SHOWN:
        return f"<{_SHOWN[kind]}>{piece}</{_SHOWN[kind]}>"
    if kind in {"text_link", "url"}:
        url = entity.get("url") or html.unescape(piece)
        safe = url if url.startswith(("https://", "http://", "tg://", "mailto:")) else "#"
        return f'<a href="{html.escape(safe)}" target="_blank" rel="noopener noreferrer">{piece}</a>'
    if kind == "date_time":
        return f"{_time(entity)}{piece}</time>"
    return f'<span class="{kind}">{piece}</span>' if kind in {"bot_command", "mention", "email"} else piece


def _time(entity: Entity) -> str:
    unix, shape = entity["unix_time"], html.escape(entity.get("date_time_format", ""))
    moment = datetime.fromtimestamp(unix, UTC).isoformat()
    return f'<time datetime="{moment}" data-unix="{unix}" data-format="{shape}">'
