"""Makes practices of a cycle from what participants offered, and the file for the next content pack. Pure."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, Protocol, cast

from knowledge.programme.cycle import Practice
from knowledge.text.words import fold
from locales.localized import LANGUAGES, Language, Localized

Scope = Literal["national", "local", "regional", "global"]
SCOPES: tuple[Scope, ...] = ("national", "local", "regional", "global")
# Only these have no single country.
WIDE_SCOPES = frozenset({"regional", "global"})
# Of a practice in a file, in their order.
_FIELDS = (
    "id", "title", "title_language", "scope", "countries", "implementer", "objectives", "objectives_from",
    "in_repository", "url", "translated", "original",
)  # fmt: skip
_LONGEST_ID = 40  # a number may follow; ids have 48 signs at most


class AcceptedOffer(Protocol):
    """What must be known of an offer."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def language(self) -> Language:
        """In which it was written."""

    @property
    def answers(self) -> Mapping[str, Any]:
        """Title, country, who implements it, summary, objectives, link."""

    @property
    def scope(self) -> str | None:
        """As the team read it."""


def practice_from_offer(offer: AcceptedOffer) -> Practice:
    """Returns the practice as it was offered, in its own language; a link is there where one was given."""
    given = offer.answers
    # People wrote it in the chat: its limits are kept there, not a content file's.
    return Practice.model_construct(
        id=f"offered-{offer.id}",
        title=str(given["title"]),
        title_language=offer.language,
        scope=cast("Scope", offer.scope or "national"),
        countries=(str(given["country"]),) if given.get("country") else (),
        implementer=Localized(**dict.fromkeys(LANGUAGES, str(given["implementer"]))),
        objectives=tuple(int(each) for each in given["objectives"]),
        objectives_from="participant",
        in_repository=False,
        url=str(given["link"]) if given.get("link") else None,
        summary=Localized(**dict.fromkeys(LANGUAGES, str(given["summary"]))),
        translated=(),
        original=offer.language,
    )


def practices_file(practices: Iterable[Practice]) -> str:
    """Returns a file practices.toml with those practices, as a content pack holds it."""
    head = [
        "# Good practices that participants offered and the team accepted.",
        "# Each is in the language of `original` only: translate its summary, then take that line out.",
        "",
        "[meta]",
        'about = "Offered by participants of the cycle, accepted by its team."',
    ]
    taken: set[str] = set()
    return "\n".join([*head, *(line for each in practices for line in _table(each, taken)), ""])


def _table(practice: Practice, taken: set[str]) -> Iterator[str]:
    implementer = practice.implementer.in_(practice.title_language) if practice.implementer is not None else None
    fields = {name: getattr(practice, name) for name in _FIELDS}
    fields |= {"id": _free_id(practice, taken), "implementer": implementer}
    yield from ("", "[[practice]]")
    # What JSON writes for texts, numbers, lists and truth is TOML, too, but for one sign that nobody sees.
    yield from (f"{name} = {_toml(value)}" for name, value in fields.items() if value is not None)
    yield from ("", "[practice.summary]")
    yield from (f"{code} = {_toml(practice.summary.in_(code))}" for code in LANGUAGES)


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _free_id(practice: Practice, taken: set[str]) -> str:
    """Returns an id made of country and title that none of the others has."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(practice.title)).strip("-")
    country = practice.countries[0].lower() if practice.countries else practice.scope
    base = f"{country}-{words}"[:_LONGEST_ID].strip("-")
    free = next(each for each in (base, *(f"{base}-{n}" for n in range(2, 9_999))) if each not in taken)
    taken.add(free)
    return free
