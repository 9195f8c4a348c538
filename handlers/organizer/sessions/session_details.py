"""What the team tells of a session beside its time: link, panelists, materials… typed, shown, counted, then set."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from changes import link_access
from changes import session_details as follow_up
from changes.session_details import Change
from db.people import dialogs
from db.people.dialogs import DialogState
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from db.team.team import suffices
from handlers.organizer.sessions import sessions
from handlers.organizer.sessions.session_places import visibility_line
from handlers.participant.keyboards import home_row
from handlers.participant.programme.session_details import find_field
from handlers.turn import Turn
from knowledge.programme.details_parser import DetailParseError, add_to_list, parse_detail, parse_file
from knowledge.programme.session_details import FIELDS, PLACES, DetailField, SessionDetails, field_lines
from locales.reply import Button, Formatted, Keyboard, Reply, Value, reply, text

# The conversation in which a detail is typed and looked at; it keeps the draft, also over a restart.
DETAIL_DIALOG = "sessiondetail"
_TYPING, _LOOKING = "typing", "looking"
# Those that something can join.
_GROWING: frozenset[DetailField | None] = frozenset({"panelists", "practices", "materials"})
# Those that people who registered may be told of, if the organizer says so.
_ANNOUNCED_FIELDS: frozenset[DetailField] = frozenset({"link", "recording"})


async def show_session_details(turn: Turn, number: str) -> Reply:
    """Shows everything told of that session, and to organizers a button for each."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await sessions.show_sessions(turn)
    stored = await live_programme.details_by_session_id(turn.tx, [live.id])
    details = SessionDetails.from_stored(stored.get(live.id, {}), turn.cycle.planned_capacity(live.number))
    lines = [line for field in FIELDS for line in _field_summary(details, field)]
    ways: Keyboard = ()
    if suffices(turn.role, "organizer"):
        each_field = ((Button(_field_label(details, field), f"sd:{live.number}:{field}"),) for field in FIELDS)
        ways = (*each_field, (Button(text("detail.all"), f"sd:m:{live.number}"),))
    heading = (sessions.session_heading(turn, live), text("detail.desk"), *_visibility_line(details))
    return reply(*heading, "", *lines, keyboard=(*ways, _back_to_session(live.number)))


def _field_summary(details: SessionDetails, field: DetailField) -> tuple[Value, ...]:
    """Lists by their number: all of them together would be longer than a message may be."""
    count = {"panelists": details.panelists, "practices": details.practices, "materials": details.materials}.get(
        field, ()
    )
    if not count:
        return field_lines(details, field)
    return (text("detail.counted", what=text(f"detail.label.{field}"), count=len(count)),)


def _field_label(details: SessionDetails, field: DetailField) -> Value:
    return text("detail.label.set" if details.has(field) else "detail.label.new", what=text(f"detail.label.{field}"))


def _visibility_line(details: SessionDetails) -> tuple[Value, ...]:
    return () if details.link is None else (visibility_line(details),)


def _back_to_session(number: int) -> tuple[Button, ...]:
    return (Button(text("desk.back", number=number), f"se:{number}"), *home_row())


def _back_to_details(number: int) -> tuple[Button, ...]:
    return (Button(text("desk.details"), f"sd:{number}"), *home_row())


async def ask_detail(turn: Turn, number: str, field: str) -> Reply:
    """Shows how it is now; what is typed next takes its place."""
    wanted, live = find_field(field), (await turn.live()).get(int(number))
    if live is None or wanted is None:
        return await (sessions.show_sessions(turn) if live is None else show_session_details(turn, number))
    await dialogs.begin(turn.tx, turn.person.id, DETAIL_DIALOG, _TYPING, now=turn.now, number=live.number, field=wanted)
    kept = (await live_programme.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
    clear: Keyboard = ()
    if wanted in kept:
        clear = ((Button(text("detail.clear"), f"sd:x:{number}:{wanted}"),),)
        if wanted in _GROWING:
            clear = ((Button(text("detail.add"), f"sd:a:{number}:{wanted}"),), *clear)
        if wanted == "link":
            clear = (*clear, *_visibility_buttons(turn, live, kept, kept["link"]))
    lines = (*field_lines(SessionDetails.from_stored(kept), wanted), "", text(f"detail.ask.{wanted}"))
    return reply(sessions.session_heading(turn, live), *lines, keyboard=(*clear, _back_to_details(live.number)))


async def ask_addition(turn: Turn, number: str, field: str) -> Reply:
    """Asks what to add: what is typed next joins the list."""
    wanted, live = find_field(field), (await turn.live()).get(int(number))
    if live is None or wanted not in _GROWING:
        return await (sessions.show_sessions(turn) if live is None else show_session_details(turn, number))
    place = {"number": live.number, "field": wanted, "add": True}
    await dialogs.begin(turn.tx, turn.person.id, DETAIL_DIALOG, _TYPING, now=turn.now, **place)
    heading = sessions.session_heading(turn, live)
    return reply(heading, text(f"detail.ask.{wanted}"), keyboard=(_back_to_details(live.number),))


def _visibility_buttons(turn: Turn, live: LiveSession, kept: Mapping[str, Any], link: Mapping[str, Any]) -> Keyboard:
    """Returns the other choice of who sees the link; the way to the places where these decide."""
    planned = turn.cycle.planned_capacity(live.number)
    if SessionDetails.from_stored({**kept, "link": link}, planned).only_with_place:
        return ((Button(text("places.button"), f"sp:{live.number}"),),)
    label, way = ("detail.who.to_registered", "off") if link["open"] else ("detail.who.to_open", "on")
    return ((Button(text(label), f"sd:w:{live.number}:{way}"),),)


async def detail_input(turn: Turn) -> Reply:
    """Takes the new value: shown as people will see it, and counted, before anything is done."""
    found = await _current_draft(turn)
    if found is None:
        return await sessions.show_sessions(turn)
    live, field, state = found
    try:
        value = await _typed_value(turn, live, field, state)
    except DetailParseError as error:
        return reply(error.problem, "", text(f"detail.ask.{field}"), keyboard=(_back_to_details(live.number),))
    if field == "link":
        kept = (await live_programme.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
        value["open"] = bool((kept.get("link") or {}).get("open"))
    return await _propose_detail(turn, live, field, value, add=bool(state.answers.get("add")))


async def _typed_value(turn: Turn, live: LiveSession, field: DetailField, state: DialogState) -> Any:  # noqa: ANN401 - JSON
    """Returns what was typed or sent, alone or at the end of the list that it joins."""
    if turn.media is not None and field == "materials":
        value: Any = parse_file(Formatted(turn.html).plain, *turn.media)
    else:
        value = parse_detail(field, turn.words)
    if not state.answers.get("add"):
        return value
    if state.step == _LOOKING:
        return add_to_list(state.answers["value"], value)
    kept = (await live_programme.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
    return add_to_list(kept.get(field) or (), value)


async def detail_unreadable(turn: Turn) -> Reply:
    """Answers a photo or a voice message: only words are read here, and files among the materials."""
    found = await _current_draft(turn)
    if found is None:
        return await sessions.show_sessions(turn)
    live, field, _ = found
    if turn.media is not None and field == "materials":
        return await detail_input(turn)
    return reply(text("detail.bad.empty"), "", text(f"detail.ask.{field}"), keyboard=(_back_to_details(live.number),))


async def _current_draft(turn: Turn) -> tuple[LiveSession, DetailField, DialogState] | None:
    state = await dialogs.get(turn.tx, turn.person.id, DETAIL_DIALOG)
    if state is None:
        return None
    live, field = (await turn.live()).get(int(state.answers["number"])), find_field(str(state.answers["field"]))
    return None if live is None or field is None else (live, field, state)


async def ask_to_clear_detail(turn: Turn, number: str, field: str) -> Reply:
    """Shows what taking it away would mean; nothing is changed yet."""
    wanted, live = find_field(field), (await turn.live()).get(int(number))
    if live is None or wanted is None:
        return await (sessions.show_sessions(turn) if live is None else show_session_details(turn, number))
    return await _propose_detail(turn, live, wanted, None)


async def set_link_visibility(turn: Turn, number: str, switch: str) -> Reply:
    """Sets who may see the link: of the draft that is looked at, else of the present one."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await sessions.show_sessions(turn)
    found = await _current_draft(turn)
    kept = (await live_programme.details_by_session_id(turn.tx, [live.id])).get(live.id, {}).get("link")
    if found is not None and found[:2] == (live, "link") and found[2].step == _LOOKING:
        kept = found[2].answers["value"]
    if kept is None:
        return await ask_detail(turn, number, "link")
    return await _propose_detail(turn, live, "link", {**kept, "open": switch == "on"})


async def _propose_detail(
    turn: Turn,
    live: LiveSession,
    field: DetailField,
    value: Any,  # noqa: ANN401 - JSON
    *,
    add: bool = False,
) -> Reply:
    """Shows the draft as people will see it, whom it concerns, and the buttons that set it."""
    kept = (await live_programme.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
    if kept.get(field) == value:
        return reply(sessions.session_heading(turn, live), text("desk.same"), keyboard=(_back_to_details(live.number),))
    newest = await live_programme.latest_detail_version(turn.tx, live.id)
    place = {"number": live.number, "field": field, "value": value, "seen": newest, "add": add}
    version = await dialogs.begin(turn.tx, turn.person.id, DETAIL_DIALOG, _LOOKING, now=turn.now, **place)
    would = SessionDetails.from_stored(
        {each: kept[each] for each in (PLACES,) if each in kept} | ({field: value} if value is not None else {}),
        turn.cycle.planned_capacity(live.number),
    )
    change = make_change(turn, live, field, newest + 1, value, kept)
    found = await follow_up.count_affected(turn.tx, change, now=turn.now)
    heading = (sessions.session_heading(turn, live), text("desk.dry_run"), "")
    over = _visibility_buttons(turn, live, kept, value) if field == "link" and value is not None else ()
    before = replaced_lines(kept, field, value) if not add else ()
    join = ((Button(text("detail.add"), f"sd:j:{live.number}:{field}"),),) if before and field in _GROWING else ()
    keyboard = _confirm_buttons(live, field, version, value, (*join, *over))
    shown = (*field_lines(would, field), *_visibility_line(would), *before, "")
    return reply(*heading, *shown, *await _impact_lines(turn, live, found, would, field), keyboard=keyboard)


async def join_list(turn: Turn, number: str, field: str) -> Reply:
    """Lets the draft that is looked at join the list that is there, in place of taking its place."""
    found = await _current_draft(turn)
    if found is None or found[2].step != _LOOKING or (str(found[0].number), found[1]) != (number, field):
        return await _stale_draft(turn, number)
    live, wanted, state = found
    kept = (await live_programme.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
    try:
        value = add_to_list(kept.get(wanted) or (), state.answers["value"])
    except DetailParseError as error:
        return reply(error.problem, "", text(f"detail.ask.{field}"), keyboard=(_back_to_details(live.number),))
    return await _propose_detail(turn, live, wanted, value, add=True)


def replaced_lines(kept: Mapping[str, Any], field: DetailField, value: object) -> tuple[Value, ...]:
    """Returns what the new value takes the place of; of a list, how long it is. Nothing where nothing is dropped."""
    before = SessionDetails.from_stored({field: kept[field]}) if field in kept else SessionDetails()
    now = SessionDetails.from_stored({field: value}) if value is not None else SessionDetails()
    if value is None or not before.has(field) or field_lines(before, field) == field_lines(now, field):
        return ()
    if field in _GROWING:
        what, count = text(f"detail.label.{field}"), len(kept[field])
        return ("", text("detail.replaces.list", what=what, count=count), text("detail.replaces.add"))
    return ("", text("detail.replaces"), *field_lines(before, field))


def make_change(  # noqa: PLR0917 - the callers are here
    turn: Turn,
    live: LiveSession,
    field: DetailField,
    version: int,
    value: object,
    kept: Mapping[str, Any],
) -> Change:
    """Returns the change.

    Whoever saw the old link must hear of the new one: it counts as open where either of them is, and may be.
    """
    either = [each for each in (value, kept.get(field)) if isinstance(each, dict)]
    link = {"url": "", "open": any(each["open"] for each in either)} if field == "link" else {"open": True}
    places = {PLACES: kept[PLACES]} if PLACES in kept else {}
    would = SessionDetails.from_stored({**places, "link": link}, turn.cycle.planned_capacity(live.number))
    audience = link_access.link_audience(would) if field == "link" else "anybody"
    return Change(turn.cycle.key, live, field, version, is_set=value is not None, audience=audience)


async def _impact_lines(
    turn: Turn, live: LiveSession, found: follow_up.Affected, would: SessionDetails, field: DetailField
) -> list[Value]:
    """Returns how many it concerns, how many asked for it, how many would be told, how many messages would change."""
    asked = (text("detail.asked", n=found.asked),) if would.has(field) else ()
    would_be_told = (
        (text("detail.would_tell", n=found.registered),) if would.has(field) and field in _ANNOUNCED_FIELDS else ()
    )
    return [await sessions.people_line(turn, live), *asked, *would_be_told, text("desk.corrected", n=found.delivered)]


def _confirm_buttons(live: LiveSession, field: DetailField, version: int, value: object, over: Keyboard) -> Keyboard:
    address = f"sd:ok:{live.number}:{field}:{version}"
    back = _back_to_details(live.number)
    if value is None:
        return ((Button(text("detail.clear.yes"), f"{address}:off"),), back)
    tell = ((Button(text("detail.save.tell"), f"{address}:on"),),) if field in _ANNOUNCED_FIELDS else ()
    return ((Button(text("detail.save"), f"{address}:off"),), *tell, *over, back)


async def confirm_detail(turn: Turn, number: str, field: str, version: str, switch: str) -> Reply:
    """Sets the draft that was looked at, tells whom it concerns, changes what was said: all of it or nothing."""
    found = await _current_draft(turn)
    if found is None or found[2].step != _LOOKING or str(found[2].version) != version:
        return await _stale_draft(turn, number)
    live, wanted, state = found
    if (str(live.number), wanted) != (number, field):
        return await _stale_draft(turn, number)
    kept = (await live_programme.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
    value = state.answers["value"]
    done = await live_programme.set_detail(
        turn.tx, live.id, wanted, value, expected=int(state.answers["seen"]), now=turn.now
    )
    if done is None:
        return await _stale_draft(turn, number)
    change = make_change(turn, live, wanted, done, value, kept)
    messages = await follow_up.follow_up(
        turn.tx, change, now=turn.now, to_registered=switch == "on" and wanted in _ANNOUNCED_FIELDS
    )
    action = "detail_cleared" if value is None else "detail_set"
    await turn.note(action, session=live.number, detail=wanted, messages=messages)
    await dialogs.end(turn.tx, turn.person.id, DETAIL_DIALOG)
    card = await show_session_details(turn, number)
    return replace(card, lines=(sessions.done_line(messages), "", *card.lines))


async def _stale_draft(turn: Turn, number: str) -> Reply:
    return replace(await show_session_details(turn, number), toast=text("detail.stale"))
