"""Whom an announcement is for: chosen one thing at a time, with the count at each."""

from dataclasses import replace
from typing import Any

from db.announcements import announcements, audiences
from db.announcements.audiences import ALSO, ANYBODY, ONLY, REGISTERED, REMINDED, WITHOUT, Audience
from db.people import roster
from handlers.organizer.announcements import announce_draft
from handlers.participant.registration.registration_parsers import SECTORS
from handlers.turn import Turn
from locales.localized import LANGUAGES
from locales.reply import Button, Country, Reply, Value, reply, rows, text

_AUDIENCE_FIELDS = ("who", "session", "country", "sector", "language", "groups")
_MOST_COUNTRIES = 40
_ANY = "any"


async def choose_audience_field(_turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Which of it to change."""
    ways = [Button(text(f"announce.field.{field}"), f"an:a:{id}:{field}") for field in _AUDIENCE_FIELDS]
    back = (Button(text("button.back"), f"an:{id}"),)
    return reply(text("announce.who.ask"), "", text("announce.who.how"), keyboard=(*rows(*ways, of=2), back))


async def show_audience_choices(turn: Turn, id: str, field: str) -> Reply:  # noqa: A002 - as in the button's address
    """What one can choose, with how many it would be."""
    told = await announcements.get(turn.tx, int(id))
    if told is None or field not in _AUDIENCE_FIELDS:
        return await choose_audience_field(turn, id)
    kept, buttons = Audience.from_json(told.audience), []
    for value, label in await _field_choices(turn, field):
        people = await _count_people(turn, _audience_with(kept, field, value))
        counted = text("segment.counted", what=label, people=people)
        buttons.append(Button(counted, f"an:s:{id}:{field}:{value}"))
    back = (Button(text("button.back"), f"an:a:{id}"),)
    return reply(text(f"announce.field.{field}"), keyboard=(*rows(*buttons, of=2), back))


async def _field_choices(turn: Turn, field: str) -> list[tuple[str, Value]]:
    if field == "who":
        return [(each, text(f"announce.who.{each}")) for each in (REGISTERED, REMINDED, ANYBODY)]
    if field == "groups":
        return [(each, text(f"announce.groups.{each}")) for each in (WITHOUT, ALSO, ONLY)]
    every = (_ANY, text("announce.any"))
    if field == "session":
        return [every, *((str(each), text("audit.session", number=each)) for each in await turn.live())]
    if field == "sector":
        return [every, *((each, text(f"sector.{each}")) for each in SECTORS)]
    if field == "language":
        return [every, *((each, text(f"language.name.{each}")) for each in LANGUAGES)]
    known = list(await roster.countries(turn.tx, turn.cycle.key))[:_MOST_COUNTRIES]
    return [every, *((code, Country(code)) for code in known)]


def _audience_with(audience: Audience, field: str, value: str) -> Audience:
    if field == "session":
        return replace(audience, session=0 if value == _ANY else int(value))
    chosen: dict[str, Any] = {field: "" if value == _ANY else value}
    return replace(audience, **chosen)


async def _count_people(turn: Turn, audience: Audience) -> int:
    return sum(each.people for each in await audiences.audience_groups(turn.tx, turn.cycle.key, audience))


async def set_audience_field(turn: Turn, id: str, field: str, value: str) -> Reply:  # noqa: A002 - as in the button's address
    """One thing is chosen; what is no choice changes nothing."""
    told = await announcements.get(turn.tx, int(id), lock=True)
    if (
        told is None
        or field not in _AUDIENCE_FIELDS
        or value not in {each for each, _ in await _field_choices(turn, field)}
    ):
        return await choose_audience_field(turn, id)
    chosen = _audience_with(Audience.from_json(told.audience), field, value).to_json()
    await announcements.change_if(turn.tx, told.id, {announcements.DRAFT}, now=turn.now, audience=chosen)
    again = await announcements.get(turn.tx, told.id)
    return await announce_draft.draft_card(turn, again or told)
