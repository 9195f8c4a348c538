"""Joins a place's article to the word before it: "horário do Peru", "heure d’Haïti", "in the Bahamas"."""

import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from pathlib import Path

import tomli
from babel import Locale

from locales.localized import Language

WHERE = ("place", "country")  # the values that are places
_FILE = Path(__file__).parent / "articles.toml"
# CLDR has the names of countries and no library their articles, hence the table.
_WORDS: Mapping[Language, str] = {"es": "de|en", "pt": "de|em", "en": "from|in|near|of", "fr": "de"}
_BEFORE_PLACE: Mapping[Language, "re.Pattern[str]"] = {
    language: re.compile(rf"\b({words}) (<b>)?\{{({'|'.join(WHERE)})\}}(?!(?:</b>)? time)", re.IGNORECASE)
    for language, words in _WORDS.items()
}
_JOINED = {
    "de el": "del",
    **{f"de {article}": f"d{article}" for article in ("o", "a", "os", "as")},
    **{f"em {article}": f"n{article}" for article in ("o", "a", "os", "as")},
    "de le": "du",
    "de les": "des",
}
_COUNTRY = re.compile(r"[A-Z]{2}")
_BEHIND = re.compile(r" \(|, ")  # "Salvador (Brasil)", "Lima, Peru"
_OWN_ARTICLE = re.compile(r"(Les?) (?=[A-Z])")  # "Les Cayes", but "Los Angeles"
_ELIDED = re.compile(r"(?:[AÂEÉÊIÎOÔU]|H(?=aï))(?=[a-zà-ÿ])")  # no "d’UTC"


def join_articles(sentence: str, shown: dict[str, str], locale: Locale, language: Language) -> str:
    """Returns the sentence with the articles of the places that stand in `shown`, before these are put in."""

    def joined(found: "re.Match[str]") -> str:
        before, markup, key = found.groups(default="")
        name = unescape(shown[key])
        article = _articles(locale, language).get(_BEHIND.split(name)[0], "")
        if language == "fr" and (own := _OWN_ARTICLE.match(name)):
            article, shown[key] = own[1].lower(), shown[key][own.end() :]
        if not article:
            return f"d’{markup}{{{key}}}" if language == "fr" and _ELIDED.match(name) else found[0]
        words = _JOINED.get(f"{before.lower()} {article}", f"{before} {article}")
        words = words.capitalize() if before[0].isupper() else words
        return f"{words}{'' if article == 'l’' else ' '}{markup}{{{key}}}"

    return _BEFORE_PLACE[language].sub(joined, sentence)


def places_with_article(language: Language) -> list[str]:
    """Returns the places of the table: countries by their code, cities by their name."""
    return [place for places in _table()[language].values() for place in places]


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return tomli.loads(_FILE.read_text("utf-8"))


@cache
def _articles(locale: Locale, language: Language) -> Mapping[str, str]:
    """Returns the articles by the names of the places."""
    places = ((place, article) for article, places in _table()[language].items() for place in places)
    return {
        _BEHIND.split(str(locale.territories[place]))[0] if _COUNTRY.fullmatch(place) else place: article
        for place, article in places
    }
