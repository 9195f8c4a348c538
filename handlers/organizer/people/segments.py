"""Exports registrations: chooses session, country and sector, and the kind of file."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from db.people import roster
from db.people.attendances import GOING, WAITING
from db.people.roster import Registered, Segment
from db.team import audit
from handlers.organizer.people import exports
from handlers.participant.keyboards import home_row, page_row
from handlers.participant.registration.registration_parsers import SECTORS
from handlers.turn import Turn
from locales.reply import Button, Country, Document, Keyboard, Listing, Reply, Value, reply, rows, text

ANY = "-"  # in a button's address: no country, no sector
_COUNTRIES_A_PAGE = 20
_MOST_COUNTRIES = 8
_KINDS = ("xlsx", "csv")


_PLACES = {"g": GOING, "w": WAITING}


def parse_segment(place: str, land: str, sector: str) -> Segment:
    """Reads the segment that a button names: "4" is session 4, "4g" who has a place in it, "4w" who waits for one."""
    number, kind = (place, "") if place.isdecimal() else (place[:-1], place[-1])
    countries = land.removeprefix(ANY)
    lands = ",".join(countries[at : at + 2] for at in range(0, len(countries), 2))
    return Segment(int(number), lands, sector.removeprefix(ANY), _PLACES.get(kind, ""))


def segment_address(segment: Segment) -> str:
    """Returns the segment as a button names it."""
    return f"{segment.session}{segment.place[:1]}:{segment.country.replace(',', '') or ANY}:{segment.sector or ANY}"


def session_label(segment: Segment) -> Value:
    """Returns which session, and whether with a place or waiting; or all of them."""
    if not segment.session:
        return text("segment.sessions")
    key = f"segment.session.{segment.place}" if segment.place else "audit.session"
    return text(key, number=segment.session)


def country_label(segment: Segment) -> Value:
    """Returns which countries, or all of them."""
    chosen = tuple(Country(code) for code in split_choices(segment.country))
    return Listing(chosen) if chosen else text("segment.countries")


def sector_label(segment: Segment) -> Value:
    """Returns which sector, or all of them."""
    return text(f"sector.{segment.sector}") if segment.sector else text("segment.sectors")


def audit_details(segment: Segment) -> dict[str, Any]:
    """Returns what the audit log keeps: only what was chosen."""
    chosen = {"session": segment.session, "country": segment.country, "sector": segment.sector}
    return {name: value for name, value in chosen.items() if value}


def chosen_sessions(person: Registered, state: str) -> Value | None:
    """Returns the numbers of the sessions where they are going, or waiting; None for none."""
    numbers = tuple(str(number) for number, each in person.sessions.items() if each.state == state)
    return Listing(numbers) if numbers else None


async def show_segment(turn: Turn, place: str, land: str, sector: str) -> Reply:
    """Shows the segment as it is chosen now, how many people it has, and the files it can become."""
    segment = parse_segment(place, land, sector)
    here = segment_address(segment)
    choose: Keyboard = (
        (Button(text("segment.session", what=session_label(segment)), f"pxs:{here}"),),
        (Button(text("segment.country", what=country_label(segment)), f"pxc:{here}:0"),),
        (Button(text("segment.sector", what=sector_label(segment)), f"pxr:{here}"),),
    )
    files = tuple(Button(text(f"segment.{kind}"), f"px:{here}:{kind}") for kind in _KINDS)
    last = (Button(text("participants.button"), "pt"), *home_row())
    return reply(
        text("segment.heading"),
        "",
        text("participants.total", n=await roster.count(turn.tx, turn.cycle.key, segment)),
        text("segment.how"),
        keyboard=(*choose, files, last),
    )


async def choose_segment_session(turn: Turn, place: str, land: str, sector: str) -> Reply:
    """Asks which session."""
    segment = parse_segment(place, land, sector)
    choices = [Segment(), *await segments_of_sessions(turn)]
    buttons = [
        (
            Button(
                session_label(each), f"px:{segment_address(replace(segment, session=each.session, place=each.place))}"
            ),
        )
        for each in choices
    ]
    return reply(text("segment.which_session"), keyboard=tuple(buttons))


async def segments_of_sessions(turn: Turn) -> list[Segment]:
    """Returns everybody of each session; where some wait for a place, also those apart, and who has one."""
    found: list[Segment] = []
    for number in await turn.live():
        waiting = Segment(number, place=WAITING)
        apart = await roster.count(turn.tx, turn.cycle.key, waiting)
        found += [Segment(number), Segment(number, place=GOING), waiting] if apart else [Segment(number)]
    return found


async def choose_segment_country(turn: Turn, place: str, land: str, sector: str, page: str) -> Reply:
    """Asks which country, of those that people come from, the most first."""
    segment = parse_segment(place, land, sector)
    known = list((await roster.countries(turn.tx, turn.cycle.key)).items())
    pages = max(-(-len(known) // _COUNTRIES_A_PAGE), 1)
    shown_page = min(int(page), pages - 1)
    shown = known[shown_page * _COUNTRIES_A_PAGE : (shown_page + 1) * _COUNTRIES_A_PAGE]
    buttons = [
        Button(
            _country_button_label(segment, code, people),
            f"px:{segment_address(_with_country(segment, code))}",
        )
        for code, people in shown
    ]
    every = (Button(text("segment.countries"), f"px:{segment_address(replace(segment, country=''))}"),)
    more = page_row(f"pxc:{segment_address(segment)}:", shown_page, pages)
    return reply(text("segment.which_country"), keyboard=(every, *rows(*buttons, of=2), *more))


def _country_button_label(segment: Segment, code: str, people: int) -> Value:
    if code in split_choices(segment.country):
        return text("announce.chosen", what=Country(code))
    return text("segment.counted", what=Country(code), people=people)


def _with_country(segment: Segment, code: str) -> Segment:
    """Adds that country, or takes it out where it was chosen; no more than a button's address holds."""
    return replace(segment, country=",".join(toggle(split_choices(segment.country), code)[-_MOST_COUNTRIES:]))


def split_choices(chosen: str) -> list[str]:
    """Returns the parts of a choice of several: "HT,CU"; none of ""."""
    return chosen.split(",") if chosen else []


def toggle(chosen: Sequence[str], value: str) -> list[str]:
    """Returns the choice with that value at its end, or without it where it was there."""
    return [each for each in chosen if each != value] if value in chosen else [*chosen, value]


async def choose_segment_sector(_turn: Turn, place: str, land: str, sector: str) -> Reply:
    """Asks which sector."""
    segment = parse_segment(place, land, sector)
    choices = [replace(segment, sector=each) for each in ("", *SECTORS)]
    buttons = tuple((Button(sector_label(each), f"px:{segment_address(each)}"),) for each in choices)
    return reply(text("segment.which_sector"), keyboard=buttons)


async def export_segment(turn: Turn, place: str, land: str, sector: str, kind: str) -> Reply:
    """Sends the segment as a file."""
    segment = parse_segment(place, land, sector)
    if segment.session not in {0, *(await turn.live())} or segment.sector not in {"", *SECTORS}:
        return await show_segment(turn, "0", "-", "-")
    people = await roster.registered_people(turn.tx, turn.cycle.key, segment, or_came=True)
    await turn.note(audit.EXPORTED, n=len(people), kind=kind.upper(), **audit_details(segment))
    whole = exports.Export(turn.cycle, await turn.live(), segment, people, turn.now)
    name = f"ciclo-{turn.now:%Y-%m-%d}{_file_suffix(segment)}.{kind}"
    heading = text("segment.file", n=len(people), what=text("segment.what", **_segment_labels(segment)))
    answer = reply(
        heading,
        text("segment.careful"),
        keyboard=((Button(text("segment.button"), f"+px:{segment_address(segment)}"),),),
    )
    return replace(answer, document=Document(name, whole.csv if kind == "csv" else whole.xlsx), fresh=True)


def _segment_labels(segment: Segment) -> dict[str, Value]:
    return {"session": session_label(segment), "country": country_label(segment), "sector": sector_label(segment)}


def _file_suffix(segment: Segment) -> str:
    parts = (
        f"s{segment.session}" if segment.session else "",
        segment.place,
        segment.country.replace(",", "-"),
        segment.sector,
    )
    return "".join(f"-{each}" for each in parts if each)
