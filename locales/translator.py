"""A Reply becomes text in someone's language, dates in their zone."""

import gettext
import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, singledispatchmethod
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from locales.catalogue import LOCALES
from locales.duration import in_words
from locales.localized import Language, Localized
from locales.reply import Country, Day, Duration, Formatted, Hour, Link, Listing, OnPhone, Reply, Text, Value


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(LOCALES[language])


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
        """The whole message, a line each."""
        return "\n".join(self.show(line) for line in reply.lines)

    def plain(self, value: Value) -> str:
        """For labels and toasts, where Telegram shows no markup."""
        return html.unescape(self.show(value))

    @singledispatchmethod
    def show(self, value: Value) -> str:
        """The value as HTML. Raises TypeError for what is no Value."""
        raise TypeError(f"cannot be said: {type(value).__name__}")

    @show.register
    def _(self, value: str) -> str:
        return html.escape(value, quote=False)

    @show.register
    def _(self, value: int) -> str:
        return str(value)

    @show.register
    def _(self, value: Localized) -> str:
        return html.escape(value.in_(self.language), quote=False)

    @show.register
    def _(self, value: Text) -> str:
        shown = {name: self.show(part) for name, part in value.values.items()}
        return self.sentence(value).format_map(shown)

    def sentence(self, value: Text) -> str:
        """The catalogue's sentence, before its values are put in."""
        number = value.values.get("n")
        found = (
            self.sentences.ngettext(value.key, value.key, number)
            if isinstance(number, int)
            else self.sentences.gettext(value.key)
        )
        if found == value.key:
            raise UnknownTextError(f"{self.language}: {value.key}")
        return found

    @show.register
    def _(self, value: Hour) -> str:
        return self._local(value.at, value.zone).strftime("%H:%M")

    @show.register
    def _(self, value: Day) -> str:
        pattern = self.sentence(Text("pattern.day" if value.length == "long" else "pattern.day.short"))
        return html.escape(format_date(self._local(value.at, value.zone), pattern, locale=self.locale), quote=False)

    def _local(self, at: datetime, zone: str | None) -> datetime:
        return at.astimezone(ZoneInfo(zone or self.zone))

    @show.register
    def _(self, value: OnPhone) -> str:
        return f'<tg-time unix="{int(value.at.timestamp())}" format="{value.shape}">{self.show(value.words)}</tg-time>'

    @show.register
    def _(self, value: Duration) -> str:
        return self.show(in_words(value.length))

    @show.register
    def _(self, value: Country) -> str:
        return html.escape(self.locale.territories.get(value.code, value.code), quote=False)

    @show.register
    def _(self, value: Listing) -> str:
        return format_list([self.show(item) for item in value.items], locale=self.locale) if value.items else ""

    @show.register
    def _(self, value: Link) -> str:
        return f'<a href="{html.escape(value.url)}">{self.show(value.words)}</a>'

    @show.register
    def _(self, value: Formatted) -> str:
        return value.html


class Translator:
    """Knows the sentences of every language, and the zone of people who have told none."""

    def __init__(self, catalogues: Mapping[Language, gettext.NullTranslations], zone: str) -> None:
        self._catalogues = catalogues
        self._zone = zone

    def reader(self, language: Language, zone: str | None) -> Reader:
        """The words for someone of that language in that IANA zone (None: the cycle's)."""
        return Reader(language, zone or self._zone, self._catalogues[language])
