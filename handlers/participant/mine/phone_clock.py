"""Time zone without typing: the hour that the phone shows, and the country."""

from dataclasses import replace
from datetime import timedelta

from handlers.participant.keyboards import home_row
from handlers.participant.mine import timezone
from handlers.participant.mine.hour_grid import hour_keyboard, hour_question, parse_minute
from handlers.turn import Turn
from knowledge.places.phone_hours import apart, countries_with, country_of_phone, places_with
from knowledge.places.places import Place
from locales.reply import Button, Country, Reply, reply, rows, text

# A button older than that shows an hour that nobody's phone shows any more; clocks may have changed since.
_BUTTON_LIFETIME = timedelta(days=1)


async def show_all_hours(turn: Turn) -> Reply:
    """Every hour that it is anywhere on earth."""
    return reply(hour_question(turn), keyboard=(*hour_keyboard(turn, everywhere=True), timezone.back_row()))


async def choose_hour(turn: Turn, moment: str, offset: str) -> Reply:
    """The hour they tapped: with the country of their phone's language it is enough, else the country is asked."""
    if not _is_recent(turn, moment):
        return await timezone.show_timezone(turn)
    code = country_of_phone(turn.phone)
    found = await _places_with_hour(turn, moment, offset, code) if code else []
    if code is None or not found:
        return await countries_with_hour(turn, moment, offset)
    other = Button(text("clock.not_there", country=Country(code)), f"zhc:{moment}:{offset}")
    said = await _zone_or_question(turn, found, code)
    return replace(said, keyboard=(*said.keyboard[:-1], (other,), said.keyboard[-1]))


def _is_recent(turn: Turn, moment: str) -> bool:
    return abs(turn.now - parse_minute(moment)) < _BUTTON_LIFETIME


async def _places_with_hour(turn: Turn, moment: str, offset: str, code: str) -> list[Place]:
    """Where in that country it was that hour, one place for all that agree at every session still to come."""
    found = places_with(turn.services.places, code, int(offset), parse_minute(moment), turn.language)
    ahead = [each.starts_at for each in (await turn.live()).values() if each.is_open(turn.now)]
    return apart(found, ahead)


async def _zone_or_question(turn: Turn, found: list[Place], code: str) -> Reply:
    """The zone, or one question more where the hour alone does not tell."""
    if len(found) == 1:
        return await timezone.set_zone(turn, found[0].zone)
    buttons = tuple((Button(each.name, f"z:{each.zone}"),) for each in found)
    return reply(text("clock.which_place", country=Country(code)), keyboard=(*buttons, timezone.back_row()))


async def countries_with_hour(turn: Turn, moment: str, offset: str) -> Reply:
    """Where it is that hour: the likely countries."""
    if not _is_recent(turn, moment):
        return await timezone.show_timezone(turn)
    found = countries_with(turn.services.places, int(offset), parse_minute(moment), turn.language)
    buttons = rows(*(Button(name, f"zh:{moment}:{offset}:{code}") for code, name in found), of=2)
    other = (Button(text("clock.other_country"), "zc:0"), Button(text("button.back"), "zone"))
    return reply(text("zone.which_country"), keyboard=(*buttons, other, home_row()))


async def hour_in_country(turn: Turn, moment: str, offset: str, code: str) -> Reply:
    """That hour in that country."""
    found = await _places_with_hour(turn, moment, offset, code) if _is_recent(turn, moment) else []
    return await (_zone_or_question(turn, found, code) if found else timezone.zones_of_country(turn, code))
