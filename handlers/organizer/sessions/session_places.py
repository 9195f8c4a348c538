"""How many may come to a session, and whether its link is only for who has a place: shown, counted, then set."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from changes import link_access, session_time, waiting_list
from changes import session_details as follow_up
from changes.session_details import LINK, Change
from changes.session_time import Affected
from db.people import dialogs
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from db.team.team import suffices
from handlers.organizer.sessions import sessions
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.programme.session_details import PLACES, SessionDetails, capacity_of
from knowledge.text.words import fold
from locales.reply import Button, Keyboard, Reply, Value, reply, text

# The conversation in which a number of places is typed and looked at.
PLACES_DIALOG = "sessionplaces"
_TYPING, _LOOKING = "typing", "looking"
_MOST_PLACES = 100_000
_NUMBER = re.compile(r"\d+")
_NO_LIMIT = frozenset({"sin limite", "sem limite", "no limit", "sans limite"})
_ONLY_PLACES = re.compile(rf"\d{{1,6}}(?: (?:lugares|cupos|plazas|vagas|places|seats))?|{'|'.join(sorted(_NO_LIMIT))}")


@dataclass(frozen=True, slots=True)
class _Places:
    """A session's places as they are, or would be."""

    live: LiveSession
    kept: Mapping[str, Any]  # everything told of the session, as it is stored
    planned: int | None

    @property
    def capacity(self) -> int | None:
        return capacity_of(self.kept, self.planned)

    @property
    def details(self) -> SessionDetails:
        return SessionDetails.from_stored(self.kept, self.planned)

    def with_value(self, value: Mapping[str, Any]) -> "_Places":
        return replace(self, kept={**self.kept, PLACES: dict(value)})


async def _places(turn: Turn, number: str) -> _Places | None:
    live = (await turn.live()).get(int(number))
    if live is None:
        return None
    kept = (await live_programme.details_by_session_id(turn.tx, [live.id])).get(live.id, {})
    return _Places(live, kept, turn.cycle.planned_capacity(live.number))


async def show_places(turn: Turn, number: str) -> Reply:
    """Shows how many places there are, who has one, who waits, who sees the link; organizers can change it."""
    here = await _places(turn, number)
    if here is None:
        return await sessions.show_sessions(turn)
    lines = [*_limit_lines(here), await sessions.people_line(turn, here.live), visibility_line(here.details)]
    ways = _change_buttons(here) if suffices(turn.role, "organizer") else ()
    heading = sessions.session_heading(turn, here.live)
    return reply(heading, "", *lines, keyboard=(*ways, _back_row(here.live.number)))


def _limit_lines(here: _Places) -> Iterable[Value]:
    yield text("places.no_limit") if here.capacity is None else text("places.limit", capacity=here.capacity)
    if PLACES not in here.kept:
        yield text("places.from_content")


def visibility_line(details: SessionDetails) -> Value:
    """Returns who sees the link, or would see it."""
    words = {"anybody": "open", "concerned": "registered", "placed": "placed"}
    return text(f"detail.who.{words[link_access.link_audience(details)]}")


def _change_buttons(here: _Places) -> Keyboard:
    number, only = here.live.number, here.details.only_with_place
    limit = () if here.capacity is None else (Button(text("places.unlimited"), f"sp:n:{number}"),)
    switch = Button(text("places.only.off"), f"sp:w:{number}:off") if only else _only_button(number)
    return ((Button(text("places.change"), f"sp:c:{number}"), *limit), (switch,))


def _only_button(number: int) -> Button:
    return Button(text("places.only.on"), f"sp:w:{number}:on")


def _back_row(number: int) -> tuple[Button, ...]:
    return (Button(text("desk.back", number=number), f"se:{number}"), *home_row())


async def ask_places(turn: Turn, number: str) -> Reply:
    """Asks how many places: what is typed next is looked at before it counts."""
    here = await _places(turn, number)
    if here is None:
        return await sessions.show_sessions(turn)
    await dialogs.begin(turn.tx, turn.person.id, PLACES_DIALOG, _TYPING, now=turn.now, number=here.live.number)
    heading = sessions.session_heading(turn, here.live)
    return reply(heading, *_limit_lines(here), "", text("places.ask"), keyboard=(_back_row(here.live.number),))


async def places_input(turn: Turn) -> Reply:
    """Takes a number of places; anything else, also a picture, is asked for again."""
    state = await dialogs.get(turn.tx, turn.person.id, PLACES_DIALOG)
    here = await _places(turn, str(state.answers["number"])) if state is not None else None
    if here is None:
        return await sessions.show_sessions(turn)
    try:
        return await _propose(turn, here, {"capacity": _typed_capacity(turn.words), "only": _kept_only(here)})
    except ValueError:
        back = (_back_row(here.live.number),)
        return reply(text("places.bad", most=_MOST_PLACES), "", text("places.ask"), keyboard=back)


def _typed_capacity(words: str) -> int | None:
    """Returns the number of places that was typed, None for no limit; raises ValueError where it is neither."""
    if fold(words) in _NO_LIMIT:
        return None
    numbers = _NUMBER.findall(words)
    if len(numbers) != 1 or not 1 <= int(numbers[0][:9]) <= _MOST_PLACES or "-" in words:
        raise ValueError
    return int(numbers[0])


async def places_under_card(turn: Turn, number: str) -> Reply | None:
    """Takes "150" or "150 lugares", typed under the card of the places; None for any other words."""
    return await propose_places(turn, number, turn.words) if _ONLY_PLACES.fullmatch(fold(turn.words)) else None


async def propose_places(turn: Turn, number: str, words: str) -> Reply:
    """Shows what so many places would mean; asks for their number where the words tell none."""
    here = await _places(turn, number)
    if here is None:
        return await sessions.show_sessions(turn)
    try:
        return await _propose(turn, here, {"capacity": _typed_capacity(words), "only": _kept_only(here)})
    except ValueError:
        return await ask_places(turn, number)


def _kept_only(here: _Places) -> bool | None:
    only: bool | None = (here.kept.get(PLACES) or {}).get("only")
    return only


async def remove_limit(turn: Turn, number: str) -> Reply:
    """Shows what places for everybody would mean; nothing is changed yet."""
    here = await _places(turn, number)
    if here is None:
        return await sessions.show_sessions(turn)
    return await _propose(turn, here, {"capacity": None, "only": _kept_only(here)})


async def switch_only_with_place(turn: Turn, number: str, switch: str) -> Reply:
    """Shows what a link only for who has a place, or also for who is reminded, would mean; nothing is changed yet."""
    here = await _places(turn, number)
    if here is None:
        return await sessions.show_sessions(turn)
    return await _propose(turn, here, {"capacity": here.capacity, "only": switch == "on"})


async def _propose(turn: Turn, here: _Places, value: Mapping[str, Any]) -> Reply:
    """Shows how it would be, whom it concerns, and the button that does it."""
    number, newest = here.live.number, await live_programme.latest_detail_version(turn.tx, here.live.id)
    draft = {"number": number, "value": dict(value), "seen": newest}
    version = await dialogs.begin(turn.tx, turn.person.id, PLACES_DIALOG, _LOOKING, now=turn.now, **draft)
    would = here.with_value(value)
    found = await session_time.count_affected(turn.tx, here.live, now=turn.now)
    limit = list(_limit_lines(would))[:1]
    lines = [text("desk.dry_run"), "", *limit, *_people_lines(turn, would, found), visibility_line(would.details)]
    if here.details.link is not None and _audience_changes(here, would):
        shown = await follow_up.count_affected(turn.tx, _link_change(turn, would, newest + 1), now=turn.now)
        lines.append(text("desk.corrected", n=shown.delivered))
    confirm = Button(text("places.confirm"), f"sp:ok:{number}:{version}")
    heading = sessions.session_heading(turn, here.live)
    return reply(heading, *lines, keyboard=((confirm,), _back_row(number)))


def _people_lines(turn: Turn, would: _Places, found: Affected) -> Iterable[Value]:
    yield text("desk.people", going=found.going, waiting=found.waiting, reminded=found.reminded)
    free = found.waiting if would.capacity is None else max(would.capacity - found.going, 0)
    if turn.now < would.live.starts_at and (rising := min(free, found.waiting)):
        yield text("places.move_up", n=rising)
    if would.capacity is not None and found.going > would.capacity:
        yield text("places.fewer", going=found.going)


def _audience_changes(here: _Places, would: _Places) -> bool:
    return link_access.link_audience(here.details) != link_access.link_audience(would.details)


def _link_change(turn: Turn, would: _Places, version: int) -> Change:
    audience = link_access.link_audience(would.details)
    return Change(turn.cycle.key, would.live, LINK, version, audience=audience)


async def confirm_places(turn: Turn, number: str, version: str) -> Reply:
    """Sets what was looked at; who waits moves up and is told, delivered links show or hide: all of it or nothing."""
    state, here = await dialogs.get(turn.tx, turn.person.id, PLACES_DIALOG), await _places(turn, number)
    stale = state is None or state.step != _LOOKING or str(state.version) != version
    if here is None or state is None or stale or str(state.answers["number"]) != str(here.live.number):
        return replace(await show_places(turn, number), toast=text("detail.stale"))
    value, seen = state.answers["value"], int(state.answers["seen"])
    done = await live_programme.set_detail(turn.tx, here.live.id, PLACES, value, expected=seen, now=turn.now)
    if done is None:
        return replace(await show_places(turn, number), toast=text("detail.stale"))
    would = here.with_value(value)
    messages = await waiting_list.move_up(turn.tx, here.live, would.capacity, now=turn.now)
    if here.details.link is not None and _audience_changes(here, would):
        messages += await follow_up.show_link_anew(turn.tx, _link_change(turn, would, done), now=turn.now)
    await turn.note("places_set", session=here.live.number, messages=messages)
    await dialogs.end(turn.tx, turn.person.id, PLACES_DIALOG)
    card = await show_places(turn, number)
    return replace(card, lines=(sessions.done_line(messages), "", *card.lines))
