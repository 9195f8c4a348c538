"""Builds the lines about a session's details (link, panelists, materials...). Pure."""

from collections.abc import Iterable

from knowledge.programme.session_details import AFTERWARDS, FIELDS, FILE, LISTS, DetailField, SessionDetails
from knowledge.text.interpretation_languages import is_language_code
from locales.reply import Button, Keyboard, LanguageName, Link, Listing, Value, text

# Names of panelists are on the card as long as they are this many signs; else they have a message of their own.
_FEW_SIGNS = 800


def field_lines(details: SessionDetails, field: DetailField) -> tuple[Value, ...]:
    """Returns that detail in full; where it is not known, that it is not known yet."""
    if not details.has(field):
        return (text("session.unknown", things=text(f"detail.name.{field}")),)
    match field:
        case "link":
            return (text("detail.link", url=details.link) if details.link else text(_hidden_key(details)),)
        case "platform":
            return (text("detail.platform", platform=details.platform or ""),)
        case "interpretation":
            return (text("detail.interpretation", languages=Listing(tuple(_language_values(details)))),)
        case "recording":
            return (text("detail.recording", url=details.recording or ""),)
        case _:
            return (text(f"detail.{field}"), *(text("detail.item", what=each) for each in _items(details, field)))


def _hidden_key(details: SessionDetails) -> str:
    """Returns why the link is not shown: in words that tell whoever reads it what they can do."""
    why = details.hidden if details.hidden in {"waiting", "unconcerned"} else "unplaced"
    return f"detail.link.hidden.{why}"


def enter_row(details: SessionDetails) -> Keyboard:
    """Returns the row with the way into a session; none where its link is not known, or not shown."""
    return () if details.link is None else ((Button(text("detail.enter"), url=details.link),),)


def ways_to_link(number: int, details: SessionDetails) -> tuple[Button, ...]:
    """Returns what who cannot see that session's link can do to get it; nothing for who waits for a place already."""
    remind = Button(text("ask.remind", number=number), f"+rem:{number}")
    match details.hidden:
        case "unplaced":
            return (Button(text("place.take", number=number), f"+mine:s:{number}:on"),)
        case "unregistered":
            return (Button(text("menu.register"), "+reg"),)
        case "unconcerned":
            return (Button(text("menu.register"), "+reg"), remind)
        case "waiting":
            return (Button(text("menu.mine"), "+mine"),)
        case _:
            return ()


def _language_values(details: SessionDetails) -> Iterable[Value]:
    return (LanguageName(each) if is_language_code(each) else each for each in details.interpretation)


def _items(details: SessionDetails, field: DetailField) -> Iterable[Value]:
    if field == "panelists":
        return (
            text("detail.panelist", name=name, of=organization) if organization else name
            for name, organization in details.panelists
        )
    if field == "materials":
        return (
            text("detail.file", title=title) if url.startswith(FILE) else Link(title, url)
            for title, url in details.materials
        )
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
