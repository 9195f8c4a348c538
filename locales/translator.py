"""Puts a reply into a person's words, as Telegram takes it: catalogues, dates in their zone, HTML, buttons, a file."""

import base64
import gettext
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from babel import Locale
from babel.lists import format_list

from locales.articles import WHERE, join_articles
from locales.localized import LANGUAGES, Language, Localized
from locales.reply import (
    Button,
    Country,
    Day,
    Duration,
    Formatted,
    Hour,
    LanguageName,
    Link,
    Listing,
    Media,
    OnPhone,
    Reply,
    Text,
    Value,
    text,
)
from locales.telegram_length import LONGEST_CAPTION, LONGEST_TEXT, telegram_length, without_markup, without_tags
from locales.time_zone import time_zone

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_FOLDER = Path(__file__).parent
# Brazilian rules for Portuguese (its plural at 0 differs from Portugal's), British ones for English, as the UN writes.
LOCALES: Mapping[Language, str] = {"es": "es", "pt": "pt_BR", "en": "en_GB", "fr": "fr"}


class CatalogueError(Exception):
    """A language file cannot be read."""


def read_catalogue(language: Language) -> "Catalog":
    """Reads one language's sentences, as Babel reads them. Raises CatalogueError."""
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - brings babel.dates, see below

    path = _FOLDER / language / "LC_MESSAGES" / "ciclo.po"
    try:
        with path.open("rb") as file:
            return read_po(file, locale=LOCALES[language], abort_invalid=True)
    except (OSError, PoFileError, UnicodeDecodeError) as error:
        raise CatalogueError(f"locales/{language}: {error}") from error


@cache
def load_catalogues() -> Mapping[Language, gettext.NullTranslations]:
    """Loads every language's sentences, ready to be looked up.

    Read once, for they do not change while a process runs.
    """
    return {language: CatalogueTranslations(read_catalogue(language)) for language in LANGUAGES}


class CatalogueTranslations(gettext.NullTranslations):
    """What GNUTranslations makes of a compiled catalogue, without compiling one: a dictionary and a plural rule."""

    def __init__(self, catalogue: "Catalog") -> None:
        super().__init__()
        said = [each for each in catalogue if each.id and each.string and not each.fuzzy]
        self._one = {str(each.id): str(each.string) for each in said if not each.pluralizable}
        self._forms = {each.id[0]: tuple(each.string or ()) for each in said if each.pluralizable}
        self._form: Callable[[int], int] = gettext.c2py(catalogue.plural_expr)

    def gettext(self, message: str) -> str:
        """Returns the sentence; the key itself where there is none."""
        found = self._one.get(message)
        return found if found is not None else self._forms.get(message, (message,))[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Returns the sentence in the form that this number takes."""
        forms = self._forms.get(msgid1)
        if forms is None:
            return msgid1 if n == 1 else msgid2
        return forms[self._form(n)]


_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def duration_words(length: timedelta) -> Listing:
    """Writes days and hours above a day, hours and minutes below, minutes below an hour; to the nearest minute."""
    minutes = max(round(length.total_seconds() / _MINUTE), 0)
    days, rest = divmod(minutes, _DAY // _MINUTE)
    hours, minutes = divmod(rest, _HOUR // _MINUTE)
    amounts = [("duration.days", days), ("duration.hours", hours)]
    if not days:
        amounts.append(("duration.minutes", minutes))
    spoken = tuple(text(unit, n=amount) for unit, amount in amounts if amount)
    return Listing(spoken or (Text("duration.minutes", {"n": 0}),))


_WORTH_CUTTING = 40  # signs of a line; shorter ones are left out from the end
# Before this sound "y" becomes "e" in Spanish, but not before a diphthong: "e inglés", "y hierro".
# Source: https://www.rae.es/dpd/y, 2.1.
_SOUNDS_LIKE_I = re.compile(r"\W*h?[iíIÍ](?![aeoáéó])", re.IGNORECASE)


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(LOCALES[language])


@lru_cache(maxsize=512)
def _day_in_words(day: date, pattern: str, language: Language) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - looks for the machine's time zone: 0.03 s of a start

    return html.escape(format_date(day, pattern, locale=_locale(language)), quote=False)


def _fit(lines: list[str], longest: int) -> list[str]:
    """Returns the lines, the longest ones cut without their markup: those repeat what somebody typed or sent."""
    while len("\n".join(lines)) > longest // 2 and (over := _shown_length(lines) - longest) > 0:
        place = max(range(len(lines)), key=lambda each: len(lines[each]))
        plain = without_markup(lines[place])
        if len(plain) < _WORTH_CUTTING:
            lines = lines[:-1]
            continue
        kept = max(len(plain) - over - 1, len(plain) // 2)  # signs of two units are cut in more than one step
        lines[place] = html.escape(plain[:kept], quote=False) + "…"
    return lines


def _shown_length(lines: list[str]) -> int:
    return telegram_length(without_markup("\n".join(lines)))


class UnknownTextError(KeyError):
    """No catalogue has a sentence with that key."""


@dataclass(frozen=True)
class Reader:
    """Turns values into HTML for one person: their language, their IANA zone."""

    language: Language
    zone: str
    sentences: gettext.NullTranslations

    @property
    def locale(self) -> Locale:
        """Babel's rules for that language."""
        return _locale(self.language)

    def page(self, reply: Reply) -> str:
        """Renders the whole message, a line each; where it would be too long for Telegram, its longest line is cut."""
        longest = LONGEST_CAPTION if reply.media is not None or reply.document is not None else LONGEST_TEXT
        return "\n".join(_fit([self.render(line) for line in reply.lines], longest))

    def plain(self, value: Value) -> str:
        """Renders plain text for labels and toasts, where Telegram shows no markup."""
        return html.unescape(self.render(value))

    def render(self, value: Value) -> str:
        """Renders the value as HTML. Raises TypeError for what is no Value."""
        for kind in type(value).__mro__:
            if (shown := self._shown.get(kind)) is not None:
                return shown(self, value)
        raise TypeError(f"cannot be said: {type(value).__name__}")

    def _typed(self, value: str) -> str:
        return html.escape(value, quote=False)

    def _number(self, value: int) -> str:
        return str(value)

    def _localized(self, value: Localized) -> str:
        return html.escape(value.in_(self.language), quote=False)

    def _text(self, value: Text) -> str:
        shown = {name: self.render(part) for name, part in value.values.items()}
        sentence = self.sentence(value)
        if not shown.keys().isdisjoint(WHERE):
            sentence = join_articles(sentence, shown, self.locale, self.language)
        return sentence.format_map(shown)

    def sentence(self, value: Text) -> str:
        """Returns the catalogue's sentence, before its values are put in."""
        number = value.values.get("n")
        found = (
            self.sentences.ngettext(value.key, value.key, number)
            if isinstance(number, int)
            else self.sentences.gettext(value.key)
        )
        if found == value.key:
            raise UnknownTextError(f"{self.language}: {value.key}")
        return found

    def _hour(self, value: Hour) -> str:
        return self._local(value.at, value.zone).strftime("%H:%M")

    def _day(self, value: Day) -> str:
        pattern = self.sentence(Text("pattern.day" if value.length == "long" else "pattern.day.short"))
        return _day_in_words(self._local(value.at, value.zone).date(), pattern, self.language)

    def _local(self, at: datetime, zone: str | None) -> datetime:
        return at.astimezone(time_zone(zone or self.zone))

    def _on_phone(self, value: OnPhone) -> str:
        return (
            f'<tg-time unix="{int(value.at.timestamp())}" format="{value.shape}">{self.render(value.words)}</tg-time>'
        )

    def _duration(self, value: Duration) -> str:
        return self.render(duration_words(value.length))

    def _country(self, value: Country) -> str:
        return html.escape(self.locale.territories.get(value.code, value.code), quote=False)

    def _tongue(self, value: LanguageName) -> str:
        return html.escape(self.locale.languages.get(value.code, value.code), quote=False)

    def _listing(self, value: Listing) -> str:
        shown = [self.render(item) for item in value.items]
        joined = format_list(shown, locale=self.locale) if shown else ""
        if self.language == "es" and len(shown) > 1 and _SOUNDS_LIKE_I.match(without_tags(shown[-1])):
            return f"{joined[: -len(shown[-1])].removesuffix('y ')}e {shown[-1]}"
        return joined

    def _link(self, value: Link) -> str:
        return f'<a href="{html.escape(value.url)}">{self.render(value.words)}</a>'

    def _formatted(self, value: Formatted) -> str:
        return value.html

    # functools.singledispatchmethod makes a function anew for each of the twenty values of a message.
    _shown: ClassVar[Mapping[type, Callable[["Reader", Any], str]]] = {
        str: _typed,
        int: _number,
        Localized: _localized,
        Text: _text,
        Hour: _hour,
        Day: _day,
        OnPhone: _on_phone,
        Duration: _duration,
        Country: _country,
        LanguageName: _tongue,
        Listing: _listing,
        Link: _link,
        Formatted: _formatted,
    }


class Translator:
    """Knows the sentences of every language, read when one is first needed, and the zone of who has told none."""

    def __init__(self, catalogues: Callable[[], Mapping[Language, gettext.NullTranslations]], zone: str) -> None:
        self._catalogues = catalogues
        self._zone = zone

    def load(self) -> None:
        """Reads the sentences now: 0.1 s. Raises CatalogueError."""
        self._catalogues()

    def reader(self, language: Language, zone: str | None) -> Reader:
        """Returns the words for someone of that language in that IANA zone (None: the cycle's)."""
        return Reader(language, zone or self._zone, self._catalogues()[language])


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent."""

    name: str
    content: bytes
    picture: bool = False  # shown in the chat itself


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to be sent; `markup` is a reply_markup object of the Bot API; a file's caption is `html`."""

    html: str
    markup: dict[str, Any] | None
    file: File | None = None
    media: Media | None = None  # one that Telegram has; its caption is `html`
    topic: int | None = None  # of a forum, where it is to come
    language: Language | None = None  # of an announcement's words

    def as_json(self) -> dict[str, Any]:
        """Returns the message as JSON, to be kept until it can be sent."""
        kept = self.file and {
            "name": self.file.name,
            "content": base64.b64encode(self.file.content).decode(),
            "picture": self.file.picture,
        }
        media = self.media and {"kind": self.media.kind, "file_id": self.media.file_id}
        return {"html": self.html, "markup": self.markup, "file": kept, "media": media, "topic": self.topic}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Message":
        """Reads what was kept; without a phone's own keyboard, whose moment is past."""
        markup, file = kept["markup"], kept.get("file")
        inline = markup if markup and "inline_keyboard" in markup else None
        media = kept.get("media")
        known = Media(**media) if media else None
        return cls(kept["html"], inline, _file(file) if file else None, known, kept.get("topic"))


def _file(kept: Mapping[str, Any]) -> File:
    return File(kept["name"], base64.b64decode(kept["content"]), bool(kept.get("picture")))


def hash_message(message: Message) -> str:
    """Returns a hash of what a message shows: to know whether it shows that already."""
    return sha256(repr((message.html, message.markup)).encode()).hexdigest()


def render_message(reply: Reply, reader: Reader) -> Message:
    """Renders the reply in that reader's words."""
    document = reply.document
    file = File(document.name, document.write(reader.plain), document.picture) if document is not None else None
    return Message(reader.page(reply), _markup(reply, reader), file, reply.media)


def _markup(reply: Reply, reader: Reader) -> dict[str, Any] | None:
    if reply.ask_location is not None:
        share = {"text": reader.plain(reply.ask_location), "request_location": True}
        return {"keyboard": [[share]], "resize_keyboard": True, "one_time_keyboard": True}
    if reply.put_away_location:
        return {"remove_keyboard": True}
    if reply.keyboard:
        return {"inline_keyboard": [[_button(button, reader) for button in row] for row in reply.keyboard]}
    return None


def _button(button: Button, reader: Reader) -> dict[str, str]:
    if button.press is not None:
        target = {"callback_data": button.press}
    else:
        target = {"url": button.link(reader.plain) if button.link is not None else button.url or ""}
    return {"text": reader.plain(button.label), **target}
