"""Holds the details that organizers have entered about a session, as a reader may see them, and words their lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Literal, get_args

from knowledge.programme.link_guard import contains_link
from knowledge.text.interpretation_languages import is_language_code
from locales.reply import Button, Keyboard, LanguageName, Link, Listing, Value, text

# Why a session's link is not shown: they wait for a place; it is only for who has one, and they are registered for
# other sessions, or for none; it is for who comes or is reminded.
Hidden = Literal["", "waiting", "unplaced", "unregistered", "unconcerned"]


@dataclass(frozen=True, slots=True)
class Access:
    """One reader and one session; a group has neither a place nor a registration."""

    place: str = ""  # going, waiting, "" neither
    reminded: bool = False
    registered: bool = False  # for the cycle


ANYBODY = Access()


DetailField = Literal["link", "platform", "interpretation", "panelists", "practices", "materials", "recording"]
FIELDS: tuple[DetailField, ...] = get_args(DetailField)
# What is of use once the session is over; the rest is only before and during it.
AFTERWARDS: frozenset[DetailField] = frozenset({"panelists", "practices", "materials", "recording"})
# Lists, which have a message of their own.
LISTS: tuple[DetailField, ...] = ("practices", "materials")


# A material that is a file: this before its kind and its number in Telegram, in the place of an address.
FILE = "file:"
# Kept beside the details, but not one of them: how many may come, and whether its link is only for them.
PLACES = "places"

# Why the session's present time is what it is, in words of the team: {"version": of the time, "words": …}.
REASON = "reason"
LONGEST_REASON = 200


def reason_of(kept: Mapping[str, Any], version: int) -> str | None:
    """Returns why that version of the session's time is as it is, in the team's words; None without a reason."""
    found = kept.get(REASON) or {}
    return str(found["words"]) if found.get("version") == version else None


def capacity_of(kept: Mapping[str, Any], planned: int | None) -> int | None:
    """Returns how many may come: what the team has set, else what the content plans; None where everybody may."""
    places = kept.get(PLACES)
    return planned if places is None else places["capacity"]


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """Everything told about one session; what was not told is empty."""

    link: str | None = None
    link_open: bool = False  # for everybody, in groups too; else for who comes or is reminded
    only_with_place: bool = False  # for who has a place and nobody else, whatever link_open says
    platform: str | None = None
    interpretation: tuple[str, ...] = ()  # codes of languages (ISO 639), or as the organizers wrote it
    panelists: tuple[tuple[str, str], ...] = ()  # name, organization ("" where none was told)
    practices: tuple[str, ...] = ()
    materials: tuple[tuple[str, str], ...] = ()  # title, address
    recording: str | None = None
    hidden: Hidden = ""  # there is a link, but not for who reads, and why

    @classmethod
    def from_stored(cls, kept: Mapping[str, Any], planned: int | None = None) -> "SessionDetails":
        """Reads the values as the database has them; `planned` is the capacity that the content gives.

        Where places are counted, the link is only for who has one, unless the team has decided otherwise.
        """
        link, only = kept.get("link") or {}, (kept.get(PLACES) or {}).get("only")
        return cls(
            link=link.get("url"),
            link_open=bool(link.get("open")),
            only_with_place=capacity_of(kept, planned) is not None if only is None else only,
            platform=kept.get("platform"),
            interpretation=tuple(kept.get("interpretation") or ()),
            panelists=_pairs(kept.get("panelists")),
            practices=tuple(kept.get("practices") or ()),
            materials=_pairs(kept.get("materials")),
            recording=kept.get("recording"),
        )

    def has(self, field: DetailField) -> bool:
        """Returns whether it is known, be it for who reads or not."""
        return bool(getattr(self, field)) or (field == "link" and bool(self.hidden))

    def visible_to(self, reader: Access = ANYBODY) -> "SessionDetails":
        """Returns the details as that reader may see them; without one, as anybody may, also in a group."""
        why = "" if self.link is None else self._why_hidden(reader)
        return self._without_link(why) if why else self

    def _without_link(self, why: Hidden) -> "SessionDetails":
        """Returns them without the link, also where the team wrote it as the platform, or among the materials."""
        link = self.link or ""
        elsewhere = self.platform is not None and contains_link(escape(self.platform), (), link)
        materials = tuple(each for each in self.materials if not contains_link("", (each,), link))
        platform = None if elsewhere else self.platform
        return replace(self, link=None, hidden=why, platform=platform, materials=materials)

    def _why_hidden(self, reader: Access) -> Hidden:
        if reader.place == "going" or (self.link_open and not self.only_with_place):
            return ""
        if reader.place == "waiting":
            return "waiting"
        if self.only_with_place:
            return "unregistered" if not reader.registered else "unplaced"
        return "" if reader.reminded else "unconcerned"


NO_DETAILS = SessionDetails()


def _pairs(kept: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - JSON
    return tuple((str(one), str(other)) for one, other in kept or ())


# Names of panelists are on the card as long as they are this many signs; else they have a message of their own.
_FEW_SIGNS = 800


def field_lines(details: SessionDetails, field: DetailField) -> tuple[Value, ...]:
    """Returns that detail in full; where it is not known, that it is not known yet."""
    if not details.has(field):
        return (text("session.unknown", things=text(f"detail.name.{field}")),)
    match field:
        case "link":
            why = details.hidden if details.hidden in {"waiting", "unconcerned"} else "unplaced"
            return (text("detail.link", url=details.link) if details.link else text(f"detail.link.hidden.{why}"),)
        case "platform":
            return (text("detail.platform", platform=details.platform or ""),)
        case "interpretation":
            return (text("detail.interpretation", languages=language_list(details.interpretation)),)
        case "recording":
            return (text("detail.recording", url=details.recording or ""),)
        case _:
            return (text(f"detail.{field}"), *(text("detail.item", what=each) for each in _items(details, field)))


def enter_row(details: SessionDetails) -> Keyboard:
    """Returns the row with the way into a session; none where its link is not known, or not shown."""
    return () if details.link is None else ((Button(text("detail.enter"), url=details.link),),)


def ways_to_link(number: int, details: SessionDetails) -> tuple[Button, ...]:
    """Returns what who cannot see that session's link can do to get it; nothing for who waits for a place already."""
    register, mine = Button(text("menu.register"), "+reg"), Button(text("menu.mine"), "+mine")
    remind = Button(text("ask.remind", number=number), f"+rem:{number}")
    take = Button(text("place.take", number=number), f"+mine:s:{number}:on")
    ways = {"unplaced": (take,), "unregistered": (register,), "unconcerned": (register, remind), "waiting": (mine,)}
    return ways.get(details.hidden, ())


def language_list(kept: Iterable[str]) -> Listing:
    """Returns the languages of interpretation as a list in words, each in the reader's own where it is known."""
    return Listing(tuple(LanguageName(each) if is_language_code(each) else each for each in kept))


def _items(details: SessionDetails, field: DetailField) -> Iterable[Value]:
    if field == "panelists":
        people = details.panelists
        return (text("detail.panelist", name=name, of=of) if of else name for name, of in people)
    if field == "materials":
        files = details.materials
        return (text("detail.file", title=title) if url.startswith(FILE) else Link(title, url) for title, url in files)
    return details.practices


def separate_lists(details: SessionDetails) -> tuple[DetailField, ...]:
    """Returns those known details that a card has no room for: each has a message of its own."""
    long = sum(len(name) + len(organization) for name, organization in details.panelists) > _FEW_SIGNS
    return tuple(each for each in (*(("panelists",) if long else ()), *LISTS) if details.has(each))


def text_size(details: SessionDetails, field: DetailField) -> int:
    """Returns about how many signs that detail takes."""
    return sum(len(repr(each)) for each in _items(details, field)) if field in {"panelists", *LISTS} else 0


def card_lines(details: SessionDetails, *, over: bool) -> tuple[Value, ...]:
    """Returns what a session's card says of them; a session that is over has no link any more."""
    apart = separate_lists(details)
    wanted = [each for each in FIELDS if details.has(each) and each not in apart and (not over or each in AFTERWARDS)]
    lines = [line for field in wanted for line in field_lines(details, field)]
    return ("", *lines) if lines else ()
