"""A text in the four languages, and the list of those languages."""

from dataclasses import dataclass
from typing import Literal, cast

Language = Literal["es", "pt", "en", "fr"]
LANGUAGES: tuple[Language, ...] = ("es", "pt", "en", "fr")

# What phones report (IETF tags) for people of the region whose language is not one of the four:
# the language of schooling and administration in the places where it is spoken.
_NEIGHBOURS: dict[str, Language] = {
    **dict.fromkeys(("es", "ca", "gl", "eu", "gn", "qu", "ay"), "es"),
    **dict.fromkeys(("fr", "ht"), "fr"),
    "pt": "pt",
}


@dataclass(frozen=True, slots=True)
class Localized:
    """One text in each language; official titles may be the same text four times."""

    es: str
    pt: str
    en: str
    fr: str

    def in_(self, language: Language) -> str:
        """Returns the text in that language."""
        return cast("str", getattr(self, language))


def language_of_phone(tag: str | None) -> Language:
    """Returns the nearest of the four for a phone's IETF language tag; Spanish where it says none, English for others.

    Source: `User.language_code`, https://core.telegram.org/bots/api#user ("may be absent").
    """
    if not tag:
        return "es"
    return _NEIGHBOURS.get(tag.lower().split("-")[0], "en")
