"""Sets the time zone: by the hour that the phone shows, by country, by location, or by a typed place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from db.people import conversation_context, dialogs, participants
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row, page_row
from handlers.participant.programme.sessions import clock_changes_ahead
from handlers.turn import Turn
from knowledge.places.phone_clock import (
    countries_at_offset,
    country_of_language_tag,
    distinct_clocks,
    list_utc_offsets,
    offsets_showing,
    parse_phone_hour,
    places_at_offset,
)
from knowledge.places.places import Place
from knowledge.text.words import normalize
from knowledge.time.zones import (
    WrittenZone,
    canonical_zone,
    is_zone,
    parse_offset,
    parse_written_zone,
    zone_at_offset,
    zone_label,
)
from knowledge.understanding.query import TALK_OF_OWN_PLACE, TALK_OF_PLACE, TALK_OF_SESSIONS
from knowledge.wishes.told_place import possible_places
from locales.reply import Button, Country, Day, Hour, Keyboard, OnPhone, Reply, Value, reply, rows, text

_HOURS_A_ROW = 4
DIALOG = "timezone"
PROPOSED = TALK_OF_PLACE  # one button, or a typed "yes", accepts it
_WORDS_OF_A_QUESTION = 5
_COUNTRIES_A_PAGE = 24
# A button older than that shows an hour that nobody's phone shows any more; clocks may have changed since.
_BUTTON_LIFETIME = timedelta(days=1)


def hour_question(turn: Turn) -> Value:
    """Returns the hour as the phone itself writes it; on phones too old for that, a request to look at its clock."""
    return text("clock.ask", hour=OnPhone(_current_minute(turn), "t", text("clock.ask.old")))


def hour_keyboard(turn: Turn, *, everywhere: bool = False) -> Keyboard:
    """Returns a button for each hour that it is somewhere at this moment."""
    at = _current_minute(turn)
    found = list_utc_offsets(at, everywhere=everywhere)
    shown = {minutes: (at + timedelta(minutes=minutes)).strftime("%H:%M") for minutes in found}
    twice = {hour for hour in shown.values() if list(shown.values()).count(hour) > 1}
    buttons = (
        Button(_hour_label(at, zone, with_day=shown[minutes] in twice), f"zh:{_minutes_since_1970(at)}:{minutes}")
        for minutes, zone in found.items()
    )
    return rows(*buttons, of=_HOURS_A_ROW)


def all_hours_button() -> Button:
    """Leads to every hour on earth."""
    return Button(text("clock.all_hours"), "zh")


def _hour_label(at: datetime, zone: str, *, with_day: bool) -> Value:
    return text("clock.day", hour=Hour(at, zone), day=Day(at, zone, "short")) if with_day else Hour(at, zone)


def _current_minute(turn: Turn) -> datetime:
    return turn.now.replace(second=0, microsecond=0)


def _minutes_since_1970(at: datetime) -> int:
    return int(at.timestamp()) // 60


def parse_minute(moment: str) -> datetime:
    """Reads the moment in a button's address."""
    return datetime.fromtimestamp(int(moment) * 60, UTC)


async def show_timezone(turn: Turn) -> Reply:
    """Shows what is set, and the ways to set it: the phone's hour, a country, a position, a typed place (/timezone)."""
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, "place", now=turn.now)
    others = (all_hours_button(), Button(text("zone.by_country"), "zc:0"))
    ways = (*hour_keyboard(turn), others, (Button(text("zone.by_location"), "zloc"), *home_row()))
    return reply(_current_zone_line(turn), "", hour_question(turn), text("zone.ask"), keyboard=ways)


def _current_zone_line(turn: Turn) -> Value:
    zone = turn.person.zone
    if zone is None:
        return text("zone.none", place=turn.cycle.zone_name)
    return text("zone.present", place=zone_label(zone, turn.language), zone=zone, hour=Hour(turn.now, zone))


async def timezone_by_words(turn: Turn, words: str) -> Reply:
    """Proposes the place right behind the command (/timezone Lima); another may be typed next."""
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, "place", now=turn.now)
    return await timezone_input(replace(turn, words=words))


async def timezone_input(turn: Turn) -> Reply:
    """Takes a place in their own words, an offset, or the hour that the phone shows: one button more accepts it."""
    if ask.is_urgent(found_answers := await ask.find_answers(turn, turn.words)):
        answer = await ask.reply_with_answers(turn, found_answers, turn.words)
        return replace(answer, then=reply(text("zone.ask"), keyboard=_other_ways()))
    if (by_clock := await _zone_by_clock(turn)) is not None:
        return by_clock
    if (written := parse_written_zone(turn.words, turn.language)) is not None:
        return await _propose_zone(turn, written)
    found = turn.services.places.find(turn.words, turn.language)
    if not found and _is_question(turn.words):
        answer = await ask.reply_with_answers(turn, found_answers, turn.words)
        return replace(answer, then=reply(text("zone.ask"), keyboard=_other_ways()))
    if not found:
        return reply(text("zone.not_found", place=turn.words[:60]), "", text("zone.ask"), keyboard=_other_ways())
    return await _propose(turn, found[0], found[1:4])


async def yes_or_no(turn: Turn, *, agrees: bool) -> Reply:
    """Takes a bare yes or no at the question where they are: to the place just proposed, else it says nothing."""
    if agrees and (done := await accept_proposal(turn)) is not None:
        return done
    if _has_proposal(turn):
        return reply(text("zone.ask"), keyboard=_other_ways())
    asked = await show_timezone(turn)
    return replace(asked, lines=(text("zone.no_answer"), *asked.lines))


async def _zone_by_clock(turn: Turn) -> Reply | None:
    """Asks for the country where clocks show the typed hour, or are that far from UTC; None for other words."""
    hours = parse_phone_hour(turn.words)
    at = _current_minute(turn)
    offset = parse_offset(turn.words)
    offsets = offsets_showing(hours, at) if offset is None else [offset]
    if offset is None and not hours:
        return None
    if offset is not None and zone_at_offset(offset) is None:
        return reply(text("zone.not_found", place=turn.words[:60]), "", text("zone.ask"), keyboard=_other_ways())
    if not offsets:
        return reply(text("clock.nowhere"), hour_question(turn), keyboard=(*hour_keyboard(turn), *_other_ways()))
    if len(offsets) == 1:
        moment = str(_minutes_since_1970(at))
        if offset is None:
            return await _propose_hour(turn, moment, str(offsets[0]))
        return await countries_with_hour(turn, moment, str(offset))
    buttons = (
        Button((at + timedelta(minutes=each)).strftime("%H:%M"), f"zh:{_minutes_since_1970(at)}:{each}")
        for each in offsets
    )
    return reply(hour_question(turn), keyboard=(*rows(*buttons, of=_HOURS_A_ROW), *_other_ways()))


async def _propose_hour(turn: Turn, moment: str, offset: str) -> Reply:
    """Asks whether they are where their phone's language says and clocks show that hour: typed, it may be a slip."""
    code = country_of_language_tag(turn.phone)
    found = await _places_with_hour(turn, moment, offset, code) if code else []
    if code is None or len(found) != 1:
        return await choose_hour(turn, moment, offset)
    asked = await _propose(turn, found[0], [])
    not_there = Button(text("clock.not_there", country=Country(code)), f"zhc:{moment}:{offset}")
    return replace(asked, keyboard=(asked.keyboard[0], (not_there,), *asked.keyboard[1:]))


async def _propose_zone(turn: Turn, written: WrittenZone) -> Reply:
    """Proposes a zone in short or in words by its city; else says that we know no such zone."""
    if written.zone is None:
        return reply(text("zone.not_found", place=written.words[:60]), "", text("zone.ask"), keyboard=_other_ways())
    found = turn.services.places.find(written.zone, turn.language)
    place = Place(zone_label(written.zone, turn.language), found[0].country if found else "", written.zone, "zone")
    return await _propose(turn, place, [])


async def propose_place(turn: Turn, words: str) -> Reply | None:
    """Proposes the place of "I live in Lima", with one button to accept; None where there is no such place."""
    found = turn.services.places.find(words, turn.language)
    if not found:
        return None
    return await _propose(turn, found[0], found[1:4])


async def open_in_words(turn: Turn) -> Reply:
    """Proposes the place that a typed wish names: "set me to Lima's hours"; else shows the zone as the button does."""
    return await propose_told_place(turn, f" {normalize(turn.words)} ") or await show_timezone(turn)


async def propose_told_place(turn: Turn, told: str) -> Reply | None:
    """Proposes the first place in those plain words; no slip is forgiven: "I work in remittances" names none."""
    every = (turn.services.places.find_exactly(name, turn.language) for name in possible_places(told))
    found = next(filter(None, every), None)
    return await _propose(turn, found[0], found[1:4]) if found is not None else None


def _has_proposal(turn: Turn) -> bool:
    """Returns whether a zone was proposed in the turn before this one."""
    talk = turn.context.talk if turn.context is not None else None
    return talk is not None and talk.kind == PROPOSED


async def end_proposal(turn: Turn) -> None:
    """Lets only this turn accept what was proposed in the one before: a later "ok" is about something else.

    That it is their place is still known: "here" is there.
    """
    await conversation_context.change_kind(turn.tx, turn.person.id, PROPOSED, TALK_OF_OWN_PLACE)


async def accept_proposal(turn: Turn) -> Reply | None:
    """Sets the zone proposed in the turn before, for a typed "yes"; None where none was, or another message came."""
    talk = turn.context.talk if turn.context is not None else None
    if talk is None or talk.kind != PROPOSED or not talk.zone:
        return None
    if await conversation_context.was_written_to_since(turn.tx, turn.person.id):
        return None
    return await set_zone(turn, talk.zone)


def _is_question(words: str) -> bool:
    """Returns whether it reads like a question in the middle, not like a place."""
    return "?" in words or len(words.split()) >= _WORDS_OF_A_QUESTION


def _session_before(talk: conversation_context.Talk | None) -> Sequence[str]:
    """Returns what keeps the session that was told before a place was: "so when does it start for me?"."""
    if talk is None:
        return ()
    if talk.kind in TALK_OF_SESSIONS and len(talk.things) == 1:
        return (conversation_context.mark(ask.BEFORE, talk.things[0]),)
    return [conversation_context.mark(ask.BEFORE, number) for kind, number in talk.marks.items() if kind == ask.BEFORE]


async def _propose(turn: Turn, best: Place, others: list[Place]) -> Reply:
    """Proposes the place: one button, or a typed "yes" right after, accepts it."""
    before = turn.context.talk if turn.context is not None else None
    unanswered = before.unanswered if before is not None else None
    called = (conversation_context.mark(conversation_context.OF_PLACE, best.name), *_session_before(before))
    proposed = conversation_context.Talk(PROPOSED, called, best.zone, unanswered, turn.language)
    await conversation_context.remember(turn.tx, turn.person.id, proposed, now=turn.now)
    accept = (Button(text("zone.accept", place=best.name), f"z:{best.zone}"),)
    also = tuple((Button(_place_label(each, turn), f"z:{each.zone}"),) for each in others if each.zone != best.zone)
    here = text(
        "zone.proposal", place=_place_label(best, turn), hour=Hour(turn.now, best.zone), day=Day(turn.now, best.zone)
    )
    more = (text("zone.or"),) if also else ()
    return reply(here, *more, keyboard=(accept, *also, *_other_ways()))


def _place_label(place: Place, turn: Turn) -> Value:
    if not place.country:
        return text("zone.hour", place=place.name, hour=Hour(turn.now, place.zone))
    if place.kind == "country":  # of one clock: "Nepal, Nepal" says it twice
        return place.name
    return text("zone.place", place=place.name, country=Country(place.country), hour=Hour(turn.now, place.zone))


def _other_ways() -> Keyboard:
    return ((Button(text("zone.by_country"), "zc:0"), Button(text("zone.retype"), "zone")), home_row())


async def show_countries(turn: Turn, page: str) -> Reply:
    """Shows the countries of the region, then the others, in pages."""
    region = turn.services.places.region_countries(turn.language)
    listed = [*region, *turn.services.places.other_countries(turn.language)]
    pages = -(-len(listed) // _COUNTRIES_A_PAGE)
    number = min(int(page), pages - 1)
    shown = listed[number * _COUNTRIES_A_PAGE : (number + 1) * _COUNTRIES_A_PAGE]
    buttons = rows(*(Button(name, f"zn:{code}") for code, name in shown), of=2)
    counted = text("page", page=number + 1, pages=pages)
    return reply(text("zone.which_country"), counted, keyboard=(*buttons, *page_row("zc:", number, pages), back_row()))


async def zones_of_country(turn: Turn, code: str) -> Reply:
    """Shows that country's zones: set at once where there is one, else a button each with its hour now."""
    found = turn.services.places.of_country(code, turn.language)
    if not found:
        return await show_countries(turn, "0")
    if len(found) == 1:
        return await set_zone(turn, found[0].zone)
    buttons = tuple(
        (Button(text("zone.hour", place=each.name, hour=Hour(turn.now, each.zone)), f"z:{each.zone}"),)
        for each in found
    )
    return reply(text("zone.which_hour", country=Country(code)), keyboard=(*buttons, back_row()))


def back_row() -> tuple[Button, ...]:
    """Returns the row that leads to the other ways of setting it."""
    return (Button(text("button.back"), "zone"), *home_row())


async def ask_location(_turn: Turn) -> Reply:
    """Shows a button of the phone that shares where it is, once."""
    return replace(reply(text("zone.share")), ask_location=text("zone.share.button"), fresh=True)


async def set_zone_by_location(turn: Turn, latitude: float, longitude: float) -> Reply:
    """Sets the zone of a shared position; the position itself is not kept."""
    place = turn.services.places.at(latitude, longitude, turn.language)
    if place is None:
        first = reply(text("zone.nowhere"))
        return replace(first, put_away_location=True, then=await show_timezone(turn))
    thanks = replace(reply(text("zone.located", place=place.name)), put_away_location=True)
    return replace(thanks, then=await set_zone(turn, place.zone))


async def set_zone(turn: Turn, zone: str) -> Reply:
    """Sets the zone of every hour from now on; shown with the hours of the sessions, to be checked at a glance."""
    if not is_zone(zone):
        return await show_timezone(turn)
    kept = canonical_zone(zone)
    await participants.set_zone(turn.tx, turn.person.id, kept)
    await dialogs.end(turn.tx, turn.person.id, DIALOG)
    done = text("zone.done", place=zone_label(kept, turn.language), hour=Hour(turn.now, kept))
    live = (await turn.live()).values()
    hours = (
        text("zone.session", number=each.number, day=Day(each.starts_at, kept), hour=Hour(each.starts_at, kept))
        for each in live
        if each.is_open(turn.now)
    )
    buttons = ((Button(text("menu.reminders"), "rem"), Button(text("menu.sessions"), "sessions")), back_row())
    return replace(reply(done, "", *hours, *await clock_changes_ahead(turn, kept), keyboard=buttons), zone=kept)


async def show_all_hours(turn: Turn) -> Reply:
    """Shows every hour that it is anywhere on earth."""
    return reply(hour_question(turn), keyboard=(*hour_keyboard(turn, everywhere=True), back_row()))


async def choose_hour(turn: Turn, moment: str, offset: str) -> Reply:
    """Takes the hour they tapped.

    With the country of their phone's language it is enough, else the country is asked.
    """
    if not _is_recent(turn, moment):
        return await show_timezone(turn)
    code = country_of_language_tag(turn.phone)
    found = await _places_with_hour(turn, moment, offset, code) if code else []
    if code is None or not found:
        return await countries_with_hour(turn, moment, offset)
    not_there = Button(text("clock.not_there", country=Country(code)), f"zhc:{moment}:{offset}")
    answer = await _zone_or_question(turn, found, code)
    return replace(answer, keyboard=(*answer.keyboard[:-1], (not_there,), answer.keyboard[-1]))


def _is_recent(turn: Turn, moment: str) -> bool:
    return abs(turn.now - parse_minute(moment)) < _BUTTON_LIFETIME


async def _places_with_hour(turn: Turn, moment: str, offset: str, code: str) -> list[Place]:
    """Returns the places of that country where it was that hour, one for all that agree at every session to come."""
    found = places_at_offset(turn.services.places, code, int(offset), parse_minute(moment), turn.language)
    ahead = [each.starts_at for each in (await turn.live()).values() if each.is_open(turn.now)]
    return distinct_clocks(found, ahead)


async def _zone_or_question(turn: Turn, found: list[Place], code: str) -> Reply:
    """Sets the zone, or asks one question more where the hour alone does not tell."""
    if len(found) == 1:
        return await set_zone(turn, found[0].zone)
    buttons = tuple((Button(each.name, f"z:{each.zone}"),) for each in found)
    return reply(text("clock.which_place", country=Country(code)), keyboard=(*buttons, back_row()))


async def countries_with_hour(turn: Turn, moment: str, offset: str) -> Reply:
    """Shows where it is that hour: the likely countries."""
    if not _is_recent(turn, moment):
        return await show_timezone(turn)
    found = countries_at_offset(turn.services.places, int(offset), parse_minute(moment), turn.language)
    buttons = rows(*(Button(name, f"zh:{moment}:{offset}:{code}") for code, name in found), of=2)
    last_row = (Button(text("clock.other_country"), "zc:0"), Button(text("button.back"), "zone"))
    return reply(text("zone.which_country"), keyboard=(*buttons, last_row, home_row()))


async def hour_in_country(turn: Turn, moment: str, offset: str, code: str) -> Reply:
    """Takes that hour in that country."""
    found = await _places_with_hour(turn, moment, offset, code) if _is_recent(turn, moment) else []
    return await (_zone_or_question(turn, found, code) if found else zones_of_country(turn, code))
