"""Validates the tables of content files and their fields: texts in four languages, countries, zones, instants."""

from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from typing import Annotated, TypeAlias, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    Strict,
    StringConstraints,
)
from pydantic_core import CoreSchema, core_schema

from knowledge.places.gazetteer import country_codes
from knowledge.time.zones import is_zone
from locales.localized import LANGUAGES, Language, Localized

_LONGEST_TITLE, _LONGEST_SUMMARY = 300, 600  # so that a card with all its parts stays far below Telegram's 4096


class Content(BaseModel):
    """A table of a content file: nothing unknown in it, nothing changed after reading."""

    # Built when a file is read, as a part of that file: not a second time for itself, at import.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class _InFourLanguages:
    """Makes pydantic read { es, pt, en, fr } into a Localized; with `or_name` also one text, the same in all."""

    def __init__(self, longest: int, *, or_name: bool = False) -> None:
        self.longest = longest
        self.or_name = or_name

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(strict=True, strip_whitespace=True, min_length=1, max_length=self.longest)
        four = core_schema.typed_dict_schema(
            {language: core_schema.typed_dict_field(text) for language in LANGUAGES}, extra_behavior="forbid"
        )
        localized = core_schema.no_info_after_validator_function(lambda texts: Localized(**texts), four)
        if not self.or_name:
            return localized
        return core_schema.no_info_before_validator_function(
            lambda given: dict.fromkeys(LANGUAGES, given) if isinstance(given, str) else given, localized
        )


_Thing = TypeVar("_Thing", bound=Hashable)


def _without_repeats(things: tuple[_Thing, ...]) -> tuple[_Thing, ...]:
    twice = next((thing for place, thing in enumerate(things) if thing in things[:place]), None)
    if twice is not None:
        raise ValueError(f"has {twice} twice; take one out")
    return things


def _in_every_language(texts: Mapping[Language, _Thing]) -> Mapping[Language, _Thing]:
    missing = next((language for language in LANGUAGES if language not in texts), None)
    if missing is not None:
        raise ValueError(f"lacks the language {missing}; add it")
    return texts


def _page(url: str) -> str:
    advice = "is not a page's address; write one that starts with https:// and names a host, without spaces"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(advice) from None
    readable = url.isprintable() and not set(url) & set(' <>"\\')
    if parts.scheme not in {"http", "https"} or not readable or not all(host.split(".")) or "." not in host:
        raise ValueError(advice)
    return url


def _country(code: str) -> str:
    if code not in country_codes():
        raise ValueError(f"does not know the country {code!r}; write its two letters in ISO 3166, such as AR")
    return code


def _zone(name: str) -> str:
    if not is_zone(name):
        raise ValueError(f"{name!r} is not a time zone; write its name in the tz database, such as America/Lima")
    return name


def _to_utc(at: datetime) -> datetime:
    if not 2000 <= at.year <= 2100:  # noqa: PLR2004 - far from where conversions overflow, wide enough for any cycle
        raise ValueError(f"is in the year {at.year}; correct the date")
    return at.astimezone(UTC)


Title: TypeAlias = Annotated[Localized, _InFourLanguages(_LONGEST_TITLE)]
Name: TypeAlias = Annotated[Localized, _InFourLanguages(_LONGEST_TITLE, or_name=True)]
Summary: TypeAlias = Annotated[Localized, _InFourLanguages(_LONGEST_SUMMARY)]
Line: TypeAlias = Annotated[
    str, Strict(), StringConstraints(strip_whitespace=True, min_length=1, max_length=_LONGEST_TITLE)
]
Key: TypeAlias = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9_-]+$", max_length=48)]
PracticeId: TypeAlias = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9-]+$", max_length=48)]
Number: TypeAlias = Annotated[int, Strict(), Field(ge=1)]
Numbers: TypeAlias = Annotated[tuple[Number, ...], Field(min_length=1), AfterValidator(_without_repeats)]
Languages: TypeAlias = Annotated[tuple[Language, ...], AfterValidator(_without_repeats)]
Keywords: TypeAlias = Annotated[Mapping[Language, tuple[Line, ...]], AfterValidator(_in_every_language)]
Flag: TypeAlias = Annotated[bool, Strict()]
Page: TypeAlias = Annotated[str, Strict(), AfterValidator(_page)]
CountryCode: TypeAlias = Annotated[str, Strict(), AfterValidator(_country)]
Countries: TypeAlias = Annotated[tuple[CountryCode, ...], AfterValidator(_without_repeats)]
Zone: TypeAlias = Annotated[str, Strict(), AfterValidator(_zone)]
Instant: TypeAlias = Annotated[AwareDatetime, Strict(), AfterValidator(_to_utc)]
