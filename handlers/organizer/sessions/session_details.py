"""What the team tells of a session beside its time: link, panelists, materials… typed, shown, counted, then set."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from changes import session_details as follow_up
from changes.session_details import Change
from db.people import dialogs
from db.people.dialogs import DialogState
from db.programme import session_details
from db.programme.live_programme import LiveSession
from db.team.team import suffices
from handlers.organizer.sessions import sessions
from handlers.participant.keyboards import home
from handlers.participant.programme.session_details import known_field
from handlers.turn import Turn
from knowledge.programme.detail_lines import field_lines
from knowledge.programme.details_parser import NotUnderstoodError, read
from knowledge.programme.session_details import FIELDS, Details, Field
from locales.reply import Button, Keyboard, Reply, Value, reply, text

# The conversation in which a detail is typed and looked at; it keeps the draft, also over a restart.
DETAIL = "sessiondetail"
_TYPING, _LOOKING = "typing", "looking"
# Those that people who registered may be told of, if the organizer says so.
_TOLD: frozenset[Field] = frozenset({"link", "recording"})


async def show(turn: Turn, number: str) -> Reply:
    """Everything told of that session, and for organizers a button to each."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await sessions.show(turn)
    told = Details.of_kept((await session_details.details_by_session_id(turn.tx, [live.id])).get(live.id, {}))
    lines = [line for field in FIELDS for line in _shown(told, field)]
    ways: Keyboard = ()
    if suffices(turn.role, "organizer"):
        ways = tuple((Button(_label(told, field), f"sd:{live.number}:{field}"),) for field in FIELDS)
    heading = (sessions.heading(turn, live), text("detail.desk"), *_who_sees(told))
    return reply(*heading, "", *lines, keyboard=(*ways, _back(live.number)))


def _shown(told: Details, field: Field) -> tuple[Value, ...]:
    """Lists by their number: all of them together would be longer than a message may be."""
    count = {"panelists": told.panelists, "practices": told.practices, "materials": told.materials}.get(field, ())
    if not count:
        return field_lines(told, field)
    return (text("detail.counted", what=text(f"detail.label.{field}"), count=len(count)),)


def _label(told: Details, field: Field) -> Value:
    return text("detail.label.set" if told.has(field) else "detail.label.new", what=text(f"detail.label.{field}"))


def _who_sees(told: Details) -> tuple[Value, ...]:
    return () if told.link is None else (text("detail.who.open" if told.link_open else "detail.who.registered"),)


def _back(number: int) -> tuple[Button, ...]:
    return (Button(text("desk.back", number=number), f"se:{number}"), *home())


def _to_all(number: int) -> tuple[Button, ...]:
    return (Button(text("desk.details"), f"sd:{number}"), *home())


async def ask(turn: Turn, number: str, field: str) -> Reply:
    """How it is now; what is typed next takes its place."""
    wanted, live = known_field(field), (await turn.live()).get(int(number))
    if live is None or wanted is None:
        return await (sessions.show(turn) if live is None else show(turn, number))
    await dialogs.begin(turn.tx, turn.person.id, DETAIL, _TYPING, now=turn.now, number=live.number, field=wanted)
    kept = (await session_details.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
    clear: Keyboard = ()
    if wanted in kept:
        clear = ((Button(text("detail.clear"), f"sd:x:{number}:{wanted}"),),)
        if wanted == "link":
            others = not kept["link"]["open"]
            clear = (*clear, _switch(live.number, open_=others))
    lines = (*field_lines(Details.of_kept(kept), wanted), "", text(f"detail.ask.{wanted}"))
    return reply(sessions.heading(turn, live), *lines, keyboard=(*clear, _to_all(live.number)))


def _switch(number: int, *, open_: bool) -> tuple[Button, ...]:
    way = "on" if open_ else "off"
    return (Button(text("detail.who.to_open" if open_ else "detail.who.to_registered"), f"sd:w:{number}:{way}"),)


async def typed(turn: Turn) -> Reply:
    """The new value: shown as people will see it, and counted, before anything is done."""
    found = await _place(turn)
    if found is None:
        return await sessions.show(turn)
    live, field, _ = found
    try:
        value = read(field, turn.words)
    except NotUnderstoodError as error:
        return reply(error.problem, "", text(f"detail.ask.{field}"), keyboard=(_to_all(live.number),))
    if field == "link":
        kept = (await session_details.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
        value["open"] = bool((kept.get("link") or {}).get("open"))
    return await _proposed(turn, live, field, value)


async def unreadable(turn: Turn) -> Reply:
    """A photo, a voice: only words are read here."""
    found = await _place(turn)
    if found is None:
        return await sessions.show(turn)
    live, field, _ = found
    return reply(text("detail.bad.empty"), "", text(f"detail.ask.{field}"), keyboard=(_to_all(live.number),))


async def _place(turn: Turn) -> tuple[LiveSession, Field, DialogState] | None:
    state = await dialogs.get(turn.tx, turn.person.id, DETAIL)
    if state is None:
        return None
    live, field = (await turn.live()).get(int(state.answers["number"])), known_field(str(state.answers["field"]))
    return None if live is None or field is None else (live, field, state)


async def ask_to_clear(turn: Turn, number: str, field: str) -> Reply:
    """The dry run of taking it away."""
    wanted, live = known_field(field), (await turn.live()).get(int(number))
    if live is None or wanted is None:
        return await (sessions.show(turn) if live is None else show(turn, number))
    return await _proposed(turn, live, wanted, None)


async def who(turn: Turn, number: str, switch: str) -> Reply:
    """Who may see the link: of the draft that is looked at, else of the present one."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await sessions.show(turn)
    found = await _place(turn)
    kept = (await session_details.details_by_session_id(turn.tx, [live.id])).get(live.id, {}).get("link")
    if found is not None and found[:2] == (live, "link") and found[2].step == _LOOKING:
        kept = found[2].answers["value"]
    if kept is None:
        return await ask(turn, number, "link")
    return await _proposed(turn, live, "link", {**kept, "open": switch == "on"})


async def _proposed(turn: Turn, live: LiveSession, field: Field, value: Any) -> Reply:  # noqa: ANN401 - JSON
    """The draft as people will see it, whom it concerns, and the buttons that set it."""
    kept = (await session_details.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
    if kept.get(field) == value:
        return reply(sessions.heading(turn, live), text("desk.same"), keyboard=(_to_all(live.number),))
    newest = await session_details.latest_version(turn.tx, live.id)
    place = {"number": live.number, "field": field, "value": value, "seen": newest}
    await dialogs.begin(turn.tx, turn.person.id, DETAIL, _LOOKING, now=turn.now, **place)
    state = await dialogs.get(turn.tx, turn.person.id, DETAIL)
    would = Details.of_kept({field: value} if value is not None else {})
    change = _change(turn, live, field, newest + 1, value, kept)
    found = await follow_up.count_affected(turn.tx, change, now=turn.now)
    lines = [sessions.heading(turn, live), text("desk.dry_run"), "", *field_lines(would, field), *_who_sees(would), ""]
    keyboard = _confirm(live, field, state.version if state is not None else 0, value)
    return reply(*lines, *await _counted(turn, live, found, would, field), keyboard=keyboard)


def _change(  # noqa: PLR0917 - the callers are here
    turn: Turn,
    live: LiveSession,
    field: Field,
    version: int,
    value: object,
    kept: Mapping[str, Any],
) -> Change:
    """Whoever saw the old link must hear of the new one: it counts as open where either is."""
    either = [each for each in (value, kept.get(field)) if isinstance(each, dict)]
    open_ = field != "link" or any(each["open"] for each in either)
    return Change(turn.cycle.key, live, field, version, is_set=value is not None, open=open_)


async def _counted(
    turn: Turn, live: LiveSession, found: follow_up.Affected, would: Details, field: Field
) -> list[Value]:
    """How many it concerns, how many asked for it, how many would be told, how many messages would change."""
    asked = (text("detail.asked", n=found.asked),) if would.has(field) else ()
    told = (text("detail.would_tell", n=found.registered),) if would.has(field) and field in _TOLD else ()
    return [await sessions.people(turn, live), *asked, *told, text("desk.corrected", n=found.delivered)]


def _confirm(live: LiveSession, field: Field, version: int, value: Any) -> Keyboard:  # noqa: ANN401 - JSON
    address = f"sd:ok:{live.number}:{field}:{version}"
    back = _to_all(live.number)
    if value is None:
        return ((Button(text("detail.clear.yes"), f"{address}:off"),), back)
    tell = ((Button(text("detail.save.tell"), f"{address}:on"),),) if field in _TOLD else ()
    over = (_switch(live.number, open_=not value["open"]),) if field == "link" else ()
    return ((Button(text("detail.save"), f"{address}:off"),), *tell, *over, back)


async def confirm(turn: Turn, number: str, field: str, version: str, switch: str) -> Reply:
    """Sets the draft that was looked at, tells whom it concerns, changes what was said: all of it or nothing."""
    found = await _place(turn)
    if found is None or found[2].step != _LOOKING or str(found[2].version) != version:
        return await _stale(turn, number)
    live, wanted, state = found
    if (str(live.number), wanted) != (number, field):
        return await _stale(turn, number)
    kept = (await session_details.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
    value = state.answers["value"]
    done = await session_details.set_detail(
        turn.tx, live.id, wanted, value, expected=int(state.answers["seen"]), now=turn.now
    )
    if done is None:
        return await _stale(turn, number)
    change = _change(turn, live, wanted, done, value, kept)
    messages = await follow_up.follow_up(turn.tx, change, now=turn.now, tell=switch == "on" and wanted in _TOLD)
    action = "detail_cleared" if value is None else "detail_set"
    await turn.note(action, session=live.number, detail=wanted, messages=messages)
    await dialogs.end(turn.tx, turn.person.id, DETAIL)
    card = await show(turn, number)
    return replace(card, lines=(text("desk.done", n=messages), "", *card.lines))


async def _stale(turn: Turn, number: str) -> Reply:
    return replace(await show(turn, number), toast=text("detail.stale"))
