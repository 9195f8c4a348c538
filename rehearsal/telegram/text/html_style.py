"""Reads Telegram's HTML once from left to right, as td/telegram/MessageEntity.cpp does."""

import re

from rehearsal.telegram.text.formatted_text import Entity, ParseError, utf16_length
from rehearsal.telegram.text.html_tags import StartTag, byte_offset, read_end_tag, read_reference, read_start_tag
from rehearsal.telegram.text.links import checked_link, linked_user

_PLAIN = re.compile(r"[^<&]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "span": "spoiler",
    "tg-spoiler": "spoiler", "pre": "pre", "code": "code",
}  # fmt: skip
_WHOLE = re.compile(r"-?[0-9]{1,10}")
LAST_SECOND = 2**31 - 1
_EMOJI = re.compile(r"-?(?!0+\Z)[0-9]{1,19}")
# The shapes that https://core.telegram.org/bots/api#date-time-entity-formatting names; td takes any mix of the letters.
TIME_SHAPE = re.compile(r"[rR]|[wW]?[dD]?[tT]?")


class HtmlReader:
    """Gathers the plain text and its entities."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._place = 0
        self._text: list[str] = []
        self._length = 0
        self._open: list[tuple[StartTag, int]] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        """Returns the text and its entities, as they were closed. Raises ParseError."""
        while self._place < len(self._source):
            match self._source[self._place]:
                case "<":
                    self._tag()
                case "&":
                    sign, self._place = read_reference(self._source, self._place)
                    self._put(sign)
                case _:
                    self._plain()
        if self._open:
            raise ParseError(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0].name}"')
        text = "".join(self._text)
        if _SURROGATES.search(text):
            raise ParseError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, [{key: value for key, value in each.items() if key != "_language"} for each in self._entities]

    def _plain(self) -> None:
        run = _PLAIN.match(self._source, self._place)
        if run:
            self._put(run[0])
            self._place = run.end()

    def _put(self, text: str) -> None:
        self._text.append(text)
        self._length += utf16_length(text)

    def _tag(self) -> None:
        if self._source[self._place + 1 : self._place + 2] == "/":
            self._close()
            return
        tag = read_start_tag(self._source, self._place)
        if tag.name == "span" and tag.attributes.get("class") != "tg-spoiler":
            place = byte_offset(self._source, self._place)
            raise ParseError(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
        self._open.append((tag, self._length))
        self._place = tag.end

    def _close(self) -> None:
        place = byte_offset(self._source, self._place)
        if not self._open:
            raise ParseError(f"Unexpected end tag at byte offset {place}")
        name, end = read_end_tag(self._source, self._place)
        tag, offset = self._open.pop()
        if name and name != tag.name:
            raise ParseError(f'Unmatched end tag at byte offset {place}, expected "</{tag.name}>", found "</{name}>"')
        if self._length > offset:
            self._add(tag, {"offset": offset, "length": self._length - offset})
        self._place = end

    def _add(self, tag: StartTag, where: Entity) -> None:
        match tag.name:
            case "pre" | "code":
                self._add_code(tag, where)
            case "a":
                self._add_link(tag, where)
            case "tg-emoji":
                self._entities.append({"type": "custom_emoji", **where, "custom_emoji_id": _emoji(tag)})
            case "tg-time":
                self._entities += [{"type": "date_time", **where, **each} for each in _time(tag)]
            case "blockquote":
                kind = "expandable_blockquote" if "expandable" in tag.attributes else "blockquote"
                self._entities.append({"type": kind, **where})
            case _:
                self._entities.append({"type": _KINDS[tag.name], **where})

    def _add_code(self, tag: StartTag, where: Entity) -> None:
        """Adds <pre><code class="language-…"> as one entity, in whichever order the two are nested."""
        last = self._entities[-1] if self._entities else {}
        around = all(last.get(key) == where[key] for key in where) and last.get("type") in {"pre", "code"}
        marked = tag.attributes.get("class") or ""
        language = marked.removeprefix("language-") if tag.name == "code" and marked.startswith("language-") else ""
        language = language or (last.get("_language", "") if around else "")
        if around and language and last["type"] != tag.name:
            self._entities[-1] = {"type": "pre", **where, "language": language}
        else:
            self._entities.append({"type": tag.name, **where, **({"_language": language} if language else {})})

    def _add_link(self, tag: StartTag, where: Entity) -> None:
        inside = "".join(self._text).encode("utf-16-le", "surrogatepass")[where["offset"] * 2 :]
        link = tag.attributes.get("href") or inside.decode("utf-16-le", "replace")
        user = linked_user(link)
        if user is not None:
            self._entities.append({"type": "text_mention", **where, "user": {"id": user}})
        elif (url := checked_link(link)) is not None:
            self._entities.append({"type": "text_link", **where, "url": url})


def _emoji(tag: StartTag) -> str:
    number = tag.attributes.get("emoji-id") or ""
    if not _EMOJI.fullmatch(number):
        raise ParseError("Invalid custom emoji identifier specified")
    return number


def _time(tag: StartTag) -> list[Entity]:
    """Returns the moment and its shape; nothing for a moment before 1970. Raises ParseError for another shape."""
    shape, number = tag.attributes.get("format") or "", tag.attributes.get("unix") or ""
    if not TIME_SHAPE.fullmatch(shape):
        raise ParseError("Invalid date format used")
    unix = int(number) if _WHOLE.fullmatch(number) else 0
    written = shape.replace("R", "r").replace("W", "w")
    entity = {"unix_time": unix, **({"date_time_format": written} if written else {})}
    return [entity] if 0 < unix <= LAST_SECOND else []
