"""Time zone without typing: the hour that the phone shows, and the country."""

from dataclasses import replace
from datetime import timedelta

from handlers.participant.keyboards import home
from handlers.participant.mine import timezone
from handlers.participant.mine.hour_grid import grid, question, read
from handlers.turn import Turn
from knowledge.places.phone_hours import apart, countries_with, country_of_phone, places_with
from knowledge.places.places import Place
from locales.reply import Button, Country, Reply, reply, rows, text

# A button older than that shows an hour that nobody's phone shows any more; clocks may have changed since.
_GOOD_FOR = timedelta(days=1)


async def all_hours(turn: Turn) -> Reply:
    """Every hour that it is anywhere on earth."""
    return reply(question(turn), keyboard=(*grid(turn, everywhere=True), timezone.back()))


async def hour(turn: Turn, moment: str, offset: str) -> Reply:
    """The hour they tapped: with the country of their phone's language it is enough, else the country is asked."""
    if not _fresh(turn, moment):
        return await timezone.timezone(turn)
    code = country_of_phone(turn.phone)
    found = await _places(turn, moment, offset, code) if code else []
    if code is None or not found:
        return await countries(turn, moment, offset)
    other = Button(text("clock.not_there", country=Country(code)), f"zhc:{moment}:{offset}")
    said = await _settled(turn, found, code)
    return replace(said, keyboard=(*said.keyboard[:-1], (other,), said.keyboard[-1]))


def _fresh(turn: Turn, moment: str) -> bool:
    return abs(turn.now - read(moment)) < _GOOD_FOR


async def _places(turn: Turn, moment: str, offset: str, code: str) -> list[Place]:
    """Where in that country it was that hour, one place for all that agree at every session still to come."""
    found = places_with(turn.services.places, code, int(offset), read(moment), turn.language)
    ahead = [each.starts_at for each in (await turn.live()).values() if each.is_open(turn.now)]
    return apart(found, ahead)


async def _settled(turn: Turn, found: list[Place], code: str) -> Reply:
    """The zone, or one question more where the hour alone does not tell."""
    if len(found) == 1:
        return await timezone.choose(turn, found[0].zone)
    buttons = tuple((Button(each.name, f"z:{each.zone}"),) for each in found)
    return reply(text("clock.which_place", country=Country(code)), keyboard=(*buttons, timezone.back()))


async def countries(turn: Turn, moment: str, offset: str) -> Reply:
    """Where it is that hour: the likely countries."""
    if not _fresh(turn, moment):
        return await timezone.timezone(turn)
    found = countries_with(turn.services.places, int(offset), read(moment), turn.language)
    buttons = rows(*(Button(name, f"zh:{moment}:{offset}:{code}") for code, name in found), of=2)
    other = (Button(text("clock.other_country"), "zc:0"), Button(text("button.back"), "zone"))
    return reply(text("zone.which_country"), keyboard=(*buttons, other, home()))


async def hour_in(turn: Turn, moment: str, offset: str, code: str) -> Reply:
    """That hour in that country."""
    found = await _places(turn, moment, offset, code) if _fresh(turn, moment) else []
    return await (_settled(turn, found, code) if found else timezone.of_country(turn, code))
