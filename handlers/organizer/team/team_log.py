"""/team log: what the team did, who, when."""

from collections.abc import Callable, Mapping
from typing import Any

from db.team import audit
from db.team.audit import AuditEntry
from db.team.team import suffices
from handlers.participant.keyboards import home_row, page_row
from handlers.turn import Turn
from locales.reply import Button, Country, Day, Hour, Listing, Reply, Value, reply, text

_A_PAGE = 12
_MOST_PAGES = 999  # as in a button's address
# Of whom people a number is.
_SELECTION = frozenset({"session", "country", "sector"})
# How a detail is said; what is not here is shown as it is.
_DETAIL_LABELS: Mapping[str, Callable[[Any], Value]] = {
    "role": lambda role: text(f"team.role.{role}"),
    "country": lambda codes: Listing(tuple(Country(code) for code in str(codes).split(","))),
    "sector": lambda key: text(f"sector.{key}"),
    "session": lambda number: text("audit.session", number=int(number)),
    "detail": lambda field: text(f"detail.name.{field}"),
    "messages": lambda number: text("audit.messages", n=int(number)),
    "minutes": lambda number: text("audit.minutes", n=int(number)),
    "announcement": lambda number: text("audit.announcement", number=int(number)),
    "answer": lambda number: text("audit.answer", number=int(number)),
    "question": lambda number: text("audit.question", number=int(number)),
    "offer": lambda number: text("audit.offer", number=int(number)),
    "figure": lambda key: text(f"figures.{key}"),
}


async def show_team_log(turn: Turn, page: str = "0") -> Reply:
    """Shows a page of the log, the newest first."""
    pages = min(max(-(-await audit.count(turn.tx) // _A_PAGE), 1), _MOST_PAGES)
    number = min(int(page), pages - 1)
    entries = await audit.page(turn.tx, number, size=_A_PAGE)
    organizer = suffices(turn.role, "organizer")
    lines = [entry_line(each, organizer=organizer) for each in entries] or [text("team.log.empty")]
    counted = () if pages == 1 else (text("page", page=number + 1, pages=pages),)
    keyboard = (*page_row("tm:log:", number, pages), (Button(text("team.button"), "tm"), *home_row()))
    return reply(text("team.log.heading"), *counted, "", *lines, keyboard=keyboard)


def entry_line(entry: AuditEntry, *, organizer: bool) -> Value:
    """Returns an entry as it is read: by a viewer without the choice that a number is about."""
    nameless = {audit.REFUSED: "audit.nobody", audit.CERTIFICATE_REISSUED: "audit.participant"}
    author: Value = entry.who or text(nameless.get(entry.action, "audit.gone"))
    return text(
        "audit.line",
        day=Day(entry.at, length="short"),
        hour=Hour(entry.at),
        who=author,
        what=_action_line(entry, organizer=organizer),
    )


def _action_line(entry: AuditEntry, *, organizer: bool) -> Value:
    """Returns what was done, with its number, its choices, and to whom."""
    details = dict(entry.details)
    number = details.pop("n", None)
    if entry.action == audit.EXPORTED and not organizer:  # two selections could be subtracted from each other
        details = {name: value for name, value in details.items() if name not in _SELECTION}
    if entry.action == audit.REFUSED:
        return text("audit.refused", route=str(details["route"]), n=entry.times)
    chosen = [_DETAIL_LABELS.get(name, str)(value) for name, value in details.items()]
    if entry.whom is not None:
        chosen.insert(0, entry.whom)
    action: Value = text(f"audit.{entry.action}") if number is None else text(f"audit.{entry.action}", n=int(number))
    return text("audit.with", what=action, with_=Listing(tuple(chosen))) if chosen else action
