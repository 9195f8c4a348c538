"""Taking the list away: which session, country and sector, and as which kind of file."""

from dataclasses import replace

from db.people import roster
from db.people.roster import Segment
from handlers.organizer.people import exports
from handlers.organizer.people.segment_labels import address, country_of, sector_of, segment_of, session_of, told
from handlers.participant.keyboards import home, pager
from handlers.participant.registration.registration_parsers import SECTORS
from handlers.turn import Turn
from locales.reply import Button, Country, Document, Keyboard, Reply, Value, reply, rows, text

_COUNTRIES_A_PAGE = 20
_KINDS = ("xlsx", "csv")


async def show(turn: Turn, number: str, land: str, sector: str) -> Reply:
    """The segment as it is chosen now, how many people it has, and the files it can become."""
    segment = segment_of(number, land, sector)
    here = address(segment)
    choose: Keyboard = (
        (Button(text("segment.session", what=session_of(segment)), f"pxs:{here}"),),
        (Button(text("segment.country", what=country_of(segment)), f"pxc:{here}:0"),),
        (Button(text("segment.sector", what=sector_of(segment)), f"pxr:{here}"),),
    )
    files = tuple(Button(text(f"segment.{kind}"), f"px:{here}:{kind}") for kind in _KINDS)
    last = (Button(text("participants.button"), "pt"), *home())
    return reply(
        text("segment.heading"),
        "",
        text("participants.total", n=await roster.count(turn.tx, turn.cycle.key, segment)),
        text("segment.how"),
        keyboard=(*choose, files, last),
    )


async def sessions(turn: Turn, number: str, land: str, sector: str) -> Reply:
    """Which session?"""
    segment = segment_of(number, land, sector)
    choices = [replace(segment, session=each) for each in (0, *(await turn.live()))]
    buttons = [Button(session_of(each), f"px:{address(each)}") for each in choices]
    return reply(text("segment.which_session"), keyboard=rows(*buttons, of=2))


async def countries(turn: Turn, number: str, land: str, sector: str, page: str) -> Reply:
    """Which country? Those that people come from, the most first."""
    segment = segment_of(number, land, sector)
    known = list((await roster.countries(turn.tx, turn.cycle.key)).items())
    pages = max(-(-len(known) // _COUNTRIES_A_PAGE), 1)
    place = min(int(page), pages - 1)
    shown = known[place * _COUNTRIES_A_PAGE : (place + 1) * _COUNTRIES_A_PAGE]
    buttons = [
        Button(
            text("segment.counted", what=Country(code), people=people), f"px:{address(replace(segment, country=code))}"
        )
        for code, people in shown
    ]
    every = (Button(text("segment.countries"), f"px:{address(replace(segment, country=''))}"),)
    more = pager(f"pxc:{address(segment)}:", place, pages)
    return reply(text("segment.which_country"), keyboard=(every, *rows(*buttons, of=2), *more))


async def sectors(_turn: Turn, number: str, land: str, sector: str) -> Reply:
    """Which sector?"""
    segment = segment_of(number, land, sector)
    choices = [replace(segment, sector=each) for each in ("", *SECTORS)]
    buttons = tuple((Button(sector_of(each), f"px:{address(each)}"),) for each in choices)
    return reply(text("segment.which_sector"), keyboard=buttons)


async def take(turn: Turn, number: str, land: str, sector: str, kind: str) -> Reply:
    """The segment as a file."""
    segment = segment_of(number, land, sector)
    if segment.session not in {0, *(await turn.live())} or segment.sector not in {"", *SECTORS}:
        return await show(turn, "0", "-", "-")
    people = await roster.registered_people(turn.tx, turn.cycle.key, segment)
    await turn.note("exported", n=len(people), kind=kind.upper(), **told(segment))
    whole = exports.Export(turn.cycle, await turn.live(), segment, people, turn.now)
    name = f"ciclo-{turn.now:%Y-%m-%d}{_suffix(segment)}.{kind}"
    heading = text("segment.file", n=len(people), what=text("segment.what", **_names(segment)))
    said = reply(
        heading, text("segment.careful"), keyboard=((Button(text("segment.button"), f"+px:{address(segment)}"),),)
    )
    return replace(said, document=Document(name, whole.csv if kind == "csv" else whole.xlsx), fresh=True)


def _names(segment: Segment) -> dict[str, Value]:
    return {"session": session_of(segment), "country": country_of(segment), "sector": sector_of(segment)}


def _suffix(segment: Segment) -> str:
    parts = (f"s{segment.session}" if segment.session else "", segment.country, segment.sector)
    return "".join(f"-{each}" for each in parts if each)
