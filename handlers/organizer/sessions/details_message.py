"""Takes everything known of a session in one message: read back field by field, then set at once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from changes import session_details as follow_up
from db.people import dialogs
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from handlers.organizer.sessions import sessions
from handlers.organizer.sessions.session_details import make_change, replaced_lines, show_session_details
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.programme.details_parser import ReadDetails, parse_details_message
from knowledge.programme.session_details import FIELDS, DetailField, SessionDetails, field_lines
from locales.reply import Button, Keyboard, Reply, Value, reply, text

# The conversation in which many details are sent in one message and looked at.
ALL_DIALOG = "sessionall"
_TYPING, _LOOKING = "typing", "looking"
# Of lines that belong to nothing, so many are shown, each so long.
_MOST_UNREAD, _LONGEST_UNREAD = 10, 80


def _back_row(number: int) -> Keyboard:
    return ((Button(text("desk.details"), f"sd:{number}"), *home_row()),)


async def ask_all_details(turn: Turn, number: str) -> Reply:
    """Shows how such a message looks; what is sent next is read as one."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await sessions.show_sessions(turn)
    await dialogs.begin(turn.tx, turn.person.id, ALL_DIALOG, _TYPING, now=turn.now, number=live.number)
    return _asks(turn, live)


def _asks(turn: Turn, live: LiveSession) -> Reply:
    return reply(sessions.session_heading(turn, live), text("detail.all.ask"), keyboard=_back_row(live.number))


async def all_details_input(turn: Turn) -> Reply:
    """Shows each field as people will see it, why one cannot be kept, and the lines that were not understood."""
    state = await dialogs.get(turn.tx, turn.person.id, ALL_DIALOG)
    live = (await turn.live()).get(int(state.answers["number"])) if state is not None else None
    if live is None:
        return await sessions.show_sessions(turn)
    return await _shown(turn, live, parse_details_message(turn.words)) if turn.words.strip() else _asks(turn, live)


async def details_under_card(turn: Turn, number: str) -> Reply | None:
    """Reads back "Enlace: https://…", typed under the card of the details; None for words that set no field."""
    live, found = (await turn.live()).get(int(number)), parse_details_message(turn.words)
    return await _shown(turn, live, found) if live is not None and found.values else None


async def _shown(turn: Turn, live: LiveSession, found: ReadDetails) -> Reply:
    """Shows what was understood of such a message, to be kept with one button."""
    kept = (await live_programme.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
    values = {str(field): _with_visibility(field, value, kept) for field, value in found.values.items()}
    newest = await live_programme.latest_detail_version(turn.tx, live.id)
    draft = {"number": live.number, "values": values, "seen": newest}
    version = await dialogs.begin(turn.tx, turn.person.id, ALL_DIALOG, _LOOKING, now=turn.now, **draft)
    save = Button(text("detail.all.save"), f"sd:mok:{live.number}:{version}")
    buttons: Keyboard = ((save,),) if values else ()
    lines = (sessions.session_heading(turn, live), text("desk.dry_run"), *_read_back(values, found, kept))
    return reply(*lines, keyboard=(*buttons, *_back_row(live.number)))


def _read_back(values: Mapping[str, Any], found: ReadDetails, kept: Mapping[str, Any]) -> Iterable[Value]:
    """Yields field by field what was understood, or why it cannot be kept; then what belongs to no field."""
    details = SessionDetails.from_stored(values)
    for field in FIELDS:
        if field in values:
            yield from ("", *field_lines(details, field), *replaced_lines(kept, field, values[field]))
        elif field in found.problems:
            yield ""
            yield text("detail.all.bad", what=text(f"detail.label.{field}"), problem=found.problems[field])
    if found.unread:
        yield ""
    for line in found.unread[:_MOST_UNREAD]:
        yield text("detail.all.unread", words=line[:_LONGEST_UNREAD])


def _with_visibility(field: DetailField, value: Any, kept: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """Returns the value with its visibility: a new link is seen by those who may see the present one."""
    return value | {"open": bool((kept.get("link") or {}).get("open"))} if field == "link" else value


async def confirm_all_details(turn: Turn, number: str, version: str) -> Reply:
    """Sets every field that differs from what is kept, and tells whom each concerns: all of it or nothing."""
    state, live = await dialogs.get(turn.tx, turn.person.id, ALL_DIALOG), (await turn.live()).get(int(number))
    if live is None:
        return await sessions.show_sessions(turn)
    stale = state is None or state.step != _LOOKING or str(state.version) != version
    if (
        state is None
        or stale
        or await live_programme.latest_detail_version(turn.tx, live.id) != int(state.answers["seen"])
    ):
        return replace(await show_session_details(turn, number), toast=text("detail.stale"))
    messages = 0
    for field, value in state.answers["values"].items():
        messages += await _set(turn, live, cast("DetailField", field), value)
    await dialogs.end(turn.tx, turn.person.id, ALL_DIALOG)
    card = await show_session_details(turn, number)
    return replace(card, lines=(sessions.done_line(messages), "", *card.lines))


async def _set(turn: Turn, live: LiveSession, field: DetailField, value: object) -> int:
    kept = (await live_programme.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
    if kept.get(field) == value:
        return 0
    newest = await live_programme.latest_detail_version(turn.tx, live.id)
    done = await live_programme.set_detail(turn.tx, live.id, field, value, expected=newest, now=turn.now)
    change = make_change(turn, live, field, done or newest + 1, value, kept)
    messages = await follow_up.follow_up(turn.tx, change, now=turn.now)
    await turn.note("detail_set", session=live.number, detail=field, messages=messages)
    return messages
