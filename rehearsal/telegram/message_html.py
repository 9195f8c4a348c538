"""A message as a phone shows it; its text as safe HTML for the rehearsal's page."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rehearsal.telegram.records import Json
from rehearsal.telegram.text.formatting import Entity

_MEDIA = ("photo", "document", "sticker", "voice", "location")
_SHOWN = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "expandable_blockquote": "blockquote", "spoiler": "mark",
}  # fmt: skip
_SAFE = ("https://", "http://", "tg://", "mailto:")


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message as a phone shows it."""

    id: int
    from_bot: bool
    sender: str
    text: str
    entities: list[Json]
    keyboard: list[list[Json]]
    reply_keyboard: list[list[Json]] | None
    media: Json | None
    edited: bool
    sent_at: datetime
    edited_at: datetime | None

    @property
    def html(self) -> str:
        """Its text as safe HTML, made when asked for: a chat is looked through far more often than it is drawn."""
        return page_html(self.text, self.entities)


def appearance(message: Json) -> tuple[Any, ...]:
    """Returns what of a message can change on a phone: compared with a later one, it says whether it has.

    Whoever writes or edits puts other values in, and changes none of them in place.
    """
    look = message.get  # written out: every message of a chat is looked at with everything that is said in it
    return look("text"), look("caption"), look("entities"), look("caption_entities"), look("reply_markup")


def shown(message: Json, reply_keyboard: list[list[Json]] | None) -> ChatMessage:
    """Returns what a phone makes of a message, and of the keyboard that came with it."""
    text = message.get("text") or message.get("caption") or ""
    entities = message.get("entities") or message.get("caption_entities") or []
    kind = next((each for each in _MEDIA if each in message), None)
    edited = message.get("edit_date")
    return ChatMessage(
        id=message["message_id"],
        from_bot=message["from"]["is_bot"],
        sender=message["from"]["first_name"],
        text=text,
        entities=entities,
        keyboard=message.get("reply_markup", {}).get("inline_keyboard", []),
        reply_keyboard=reply_keyboard,
        media={"kind": kind, **_details(message[kind])} if kind else None,
        edited=edited is not None,
        sent_at=_moment(message["date"]),
        edited_at=_moment(edited) if edited is not None else None,
    )


def _details(media: Any) -> Json:  # noqa: ANN401 - a list of sizes, or one thing
    return dict(media[-1] if isinstance(media, list) else media)


def _moment(unix: int) -> datetime:
    return datetime.fromtimestamp(unix, UTC)


def page_html(text: str, entities: Sequence[Entity]) -> str:
    """Returns the text as safe HTML, each entity one element; `date_time` becomes <time>, which the page fills in.

    Telegram's entities never cross, so they can be opened outermost first and closed innermost first.
    """
    units = text.encode("utf-16-le")
    parts: list[str] = []
    closing: list[tuple[int, str]] = []
    place = 0

    def write_until(end: int) -> int:
        parts.append(html.escape(units[place * 2 : end * 2].decode("utf-16-le", "replace")))
        return end

    for each in sorted(entities, key=lambda each: (each["offset"], -each["length"])):
        while closing and closing[-1][0] <= each["offset"]:
            place = write_until(closing[-1][0])
            parts.append(closing.pop()[1])
        place = write_until(each["offset"])
        end = each["offset"] + each["length"]
        begin_tag, end_tag = _tags(each, units[each["offset"] * 2 : end * 2].decode("utf-16-le", "replace"))
        parts.append(begin_tag)
        closing.append((end, end_tag))
    while closing:
        place = write_until(closing[-1][0])
        parts.append(closing.pop()[1])
    write_until(len(units) // 2)
    return "".join(parts)


def _tags(entity: Entity, covered: str) -> tuple[str, str]:
    kind = entity["type"]
    if kind in _SHOWN:
        return f"<{_SHOWN[kind]}>", f"</{_SHOWN[kind]}>"
    if kind in {"text_link", "url"}:
        url = entity.get("url") or (covered if "://" in covered else f"https://{covered}")
        safe = html.escape(url if url.startswith(_SAFE) else "#")
        return f'<a href="{safe}" target="_blank" rel="noopener noreferrer">', "</a>"
    if kind == "date_time":
        return _time(entity), "</time>"
    return f'<span class="{html.escape(kind)}">', "</span>"


def _time(entity: Entity) -> str:
    unix, shape = entity["unix_time"], html.escape(entity.get("date_time_format", ""))
    moment = datetime.fromtimestamp(unix, UTC).isoformat()
    return f'<time datetime="{moment}" data-unix="{unix}" data-format="{shape}">'
