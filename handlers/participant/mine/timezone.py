"""Where someone is, so that every hour they read is their own."""

from dataclasses import replace

from db.people import dialogs, participants
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row, page_row
from handlers.participant.mine.hour_grid import all_hours_button, hour_keyboard, hour_question
from handlers.participant.programme.clock_change_notes import clock_changes_ahead
from handlers.turn import Turn
from knowledge.places.places import Place
from knowledge.time.zones import canonical, is_zone, zone_label
from locales.reply import Button, Country, Day, Hour, Keyboard, Reply, Value, reply, rows, text

DIALOG = "timezone"
_WORDS_OF_A_QUESTION = 5
_COUNTRIES_A_PAGE = 24


async def show_timezone(turn: Turn) -> Reply:
    """/timezone: what is set, and four ways to set it: the hour on the phone, a country, a position, a typed place."""
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
    """/timezone Lima: the place right behind the command; another may be typed next."""
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, "place", now=turn.now)
    return await timezone_input(replace(turn, words=words))


async def timezone_input(turn: Turn) -> Reply:
    """A place in their own words: proposed, with one button to accept."""
    found = turn.services.places.find(turn.words, turn.language)
    if not found and _is_question(turn.words):
        return replace(await ask.answer_question(turn), then=reply(text("zone.ask"), keyboard=_other_ways()))
    if not found:
        return reply(text("zone.not_found", place=turn.words[:60]), "", text("zone.ask"), keyboard=_other_ways())
    best = found[0]
    return _proposal(turn, best, found[1:4])


def _is_question(words: str) -> bool:
    """Whether it reads like a question in the middle, not like a place."""
    return "?" in words or len(words.split()) >= _WORDS_OF_A_QUESTION


def _proposal(turn: Turn, best: Place, others: list[Place]) -> Reply:
    accept = (Button(text("zone.accept", place=best.name), f"z:{best.zone}"),)
    also = tuple((Button(_place_label(each, turn), f"z:{each.zone}"),) for each in others if each.zone != best.zone)
    here = text(
        "zone.proposal", place=_place_label(best, turn), hour=Hour(turn.now, best.zone), day=Day(turn.now, best.zone)
    )
    more = (text("zone.or"),) if also else ()
    return reply(here, *more, keyboard=(accept, *also, *_other_ways()))


def _place_label(place: Place, turn: Turn) -> Value:
    return text("zone.place", place=place.name, country=Country(place.country), hour=Hour(turn.now, place.zone))


def _other_ways() -> Keyboard:
    return ((Button(text("zone.by_country"), "zc:0"), Button(text("zone.retype"), "zone")), home_row())


async def show_countries(turn: Turn, page: str) -> Reply:
    """The countries of the region, then the others, in pages."""
    region = turn.services.places.region_countries(turn.language)
    listed = [*region, *turn.services.places.other_countries(turn.language)]
    pages = -(-len(listed) // _COUNTRIES_A_PAGE)
    number = min(int(page), pages - 1)
    shown = listed[number * _COUNTRIES_A_PAGE : (number + 1) * _COUNTRIES_A_PAGE]
    buttons = rows(*(Button(name, f"zn:{code}") for code, name in shown), of=2)
    counted = text("page", page=number + 1, pages=pages)
    return reply(text("zone.which_country"), counted, keyboard=(*buttons, *page_row("zc:", number, pages), back_row()))


async def zones_of_country(turn: Turn, code: str) -> Reply:
    """That country's zones: set at once where there is one, else a button each with its hour now."""
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
    """The row that leads to the other ways of setting it."""
    return (Button(text("button.back"), "zone"), *home_row())


async def ask_location(_turn: Turn) -> Reply:
    """A button of the phone that shares where it is, once."""
    return replace(reply(text("zone.share")), ask_location=text("zone.share.button"), fresh=True)


async def set_zone_by_location(turn: Turn, latitude: float, longitude: float) -> Reply:
    """A shared position: its zone is set, the position itself is forgotten."""
    place = turn.services.places.at(latitude, longitude, turn.language)
    if place is None:
        first = reply(text("zone.nowhere"))
        return replace(first, put_away_location=True, then=await show_timezone(turn))
    thanks = replace(reply(text("zone.located", place=place.name)), put_away_location=True)
    return replace(thanks, then=await set_zone(turn, place.zone))


async def set_zone(turn: Turn, zone: str) -> Reply:
    """Every hour is in that zone from now on; shown with the hours of the sessions, to be checked at a glance."""
    if not is_zone(zone):
        return await show_timezone(turn)
    kept = canonical(zone)
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
