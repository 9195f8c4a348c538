"""Holds the details that organizers have entered about a session, as a reader may see them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

DetailField = Literal["link", "platform", "interpretation", "panelists", "practices", "materials", "recording"]
FIELDS: tuple[DetailField, ...] = get_args(DetailField)
# What is of use once the session is over; the rest is only before and during it.
AFTERWARDS: frozenset[DetailField] = frozenset({"panelists", "practices", "materials", "recording"})
# Lists, which have a message of their own.
LISTS: tuple[DetailField, ...] = ("practices", "materials")


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """Everything told about one session; what was not told is empty."""

    link: str | None = None
    link_open: bool = False  # for everybody, in groups too; else for who comes or is reminded
    platform: str | None = None
    interpretation: tuple[str, ...] = ()  # codes of languages (ISO 639), or as the organizers wrote it
    panelists: tuple[tuple[str, str], ...] = ()  # name, organization ("" where none was told)
    practices: tuple[str, ...] = ()
    materials: tuple[tuple[str, str], ...] = ()  # title, address
    recording: str | None = None
    hidden: bool = False  # there is a link, but not for who reads

    @classmethod
    def from_stored(cls, kept: Mapping[str, Any]) -> "SessionDetails":
        """From the values as the database has them."""
        link = kept.get("link") or {}
        return cls(
            link=link.get("url"),
            link_open=bool(link.get("open")),
            platform=kept.get("platform"),
            interpretation=tuple(kept.get("interpretation") or ()),
            panelists=_pairs(kept.get("panelists")),
            practices=tuple(kept.get("practices") or ()),
            materials=_pairs(kept.get("materials")),
            recording=kept.get("recording"),
        )

    def has(self, field: DetailField) -> bool:
        """Whether it is known, be it for who reads or not."""
        return bool(getattr(self, field)) or (field == "link" and self.hidden)

    def visible_to(self, *, concerned: bool) -> "SessionDetails":
        """As somebody may see it who comes or is reminded (`concerned`), or as anybody may."""
        if self.link is None or self.link_open or concerned:
            return self
        return replace(self, link=None, hidden=True)


NO_DETAILS = SessionDetails()


def _pairs(kept: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - JSON
    return tuple((str(one), str(other)) for one, other in kept or ())
