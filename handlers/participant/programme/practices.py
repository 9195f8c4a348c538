"""Good practices, by objective and by country. Never "presented at": no agenda names one."""

from collections.abc import Mapping, Sequence

from db.people import conversation_context
from handlers.participant.asking import ask
from handlers.participant.keyboards import home, is_number, pager
from handlers.turn import Turn
from knowledge.programme.cards import practice_lines
from knowledge.programme.cycle import Practice
from locales.localized import Language
from locales.reply import Button, Country, Keyboard, Listing, Reply, Value, reply, rows, text

_A_PAGE = 5
_NOUN: Mapping[Language, str] = {"es": "prácticas", "pt": "práticas", "en": "practices", "fr": "pratiques"}


async def practices(turn: Turn) -> Reply:
    """What there is, and the two ways in."""
    ways = (Button(text("practices.by_objective"), "pobj"), Button(text("practices.by_country"), "pcountry"))
    every = (Button(text("practices.all"), "pall:0"),)
    lines = (text("practices.heading", n=len(turn.cycle.practices)), "", text("practices.note"))
    return reply(*lines, keyboard=(ways, every, home()))


async def named(turn: Turn, words: str) -> Reply:
    """/practices Chile, /practices 4, /practices remesas: what fits, best first."""
    if is_number(words):
        return await of_objective(turn, words, "0")
    return await ask.about(turn, f"{_NOUN[turn.language]} {words}", turn.language)


async def found(turn: Turn, page: str) -> Reply:
    """Another page of what was found a moment ago; every practice where that is long ago."""
    talk = await conversation_context.current(turn.tx, turn.person.id, now=turn.now)
    if talk is None or talk.kind != "practice":
        return await all_(turn, "0")
    known = {each.id: each for each in turn.cycle.practices}
    chosen = [known[each] for each in talk.ids if each in known]
    return _listed(text("answer.practices.found"), chosen, "pfound:", int(page), ())


async def by_objective(turn: Turn) -> Reply:
    """Which objective's practices? Only those that have any."""
    found = [each for each in turn.cycle.objectives if turn.cycle.practices_of(each.number)]
    lines = (
        text("practices.objective_line", number=each.number, short=each.short, count=_count(turn, each.number))
        for each in found
    )
    keyboard = rows(*(Button(str(each.number), f"po:{each.number}:0") for each in found), of=6)
    return reply(text("practices.which_objective"), "", *lines, keyboard=(*keyboard, _ways(), home()))


def _count(turn: Turn, objective: int) -> Value:
    return text("practices.count", n=len(turn.cycle.practices_of(objective)))


async def by_country(turn: Turn) -> Reply:
    """Which country's practices? Only those that have any."""
    found = turn.cycle.countries()
    buttons = (
        Button(text("practices.country", country=Country(code), n=len(turn.cycle.practices_in(code))), f"pc:{code}:0")
        for code in found
    )
    wider = (Button(text("practices.wider"), "pw:0"),)
    return reply(text("practices.which_country"), keyboard=(*rows(*buttons, of=2), wider, _ways(), home()))


def _ways() -> tuple[Button, ...]:
    return (Button(text("button.practices"), "practices"),)


async def of_objective(turn: Turn, number: str, page: str) -> Reply:
    """The practices of one objective; the objective leads to its session, never the practice."""
    if not 1 <= int(number) <= len(turn.cycle.objectives):
        return await by_objective(turn)
    found = turn.cycle.objective(int(number))
    heading = text("practices.of_objective", number=found.number, short=found.short)
    card = (Button(text("objective.button", number=found.number), f"o:{found.number}"),)
    return _listed(heading, turn.cycle.practices_of(found.number), f"po:{number}:", int(page), card)


async def of_country(turn: Turn, code: str, page: str) -> Reply:
    """The practices of one country."""
    found = turn.cycle.practices_in(code)
    if not found:
        return await by_country(turn)
    heading = text("practices.of_country", country=Country(code))
    other = (Button(text("practices.other_country"), "pcountry"),)
    return _listed(heading, found, f"pc:{code}:", int(page), other)


async def wider(turn: Turn, page: str) -> Reply:
    """The practices of no single country: regional ones and those of the whole world."""
    found = tuple(each for each in turn.cycle.practices if not each.countries)
    other = (Button(text("practices.other_country"), "pcountry"),)
    return _listed(text("practices.of_wider"), found, "pw:", int(page), other)


async def all_(turn: Turn, page: str) -> Reply:
    """Every practice, in pages."""
    return _listed(text("practices.of_all"), turn.cycle.practices, "pall:", int(page), ())


def _listed(heading: Value, found: Sequence[Practice], address: str, page: int, more: tuple[Button, ...]) -> Reply:
    pages = max(-(-len(found) // _A_PAGE), 1)
    page = min(page, pages - 1)
    shown = list(enumerate(found[page * _A_PAGE : (page + 1) * _A_PAGE], start=page * _A_PAGE + 1))
    lines = [line for number, each in shown for line in ("", _entry(number, each))]
    counted = () if pages == 1 else (text("page", page=page + 1, pages=pages),)
    chosen = tuple(Button(str(number), f"p:{each.id}") for number, each in shown)
    last = (*more, *_ways())
    return reply(heading, *counted, *lines, keyboard=(chosen, *pager(address, page, pages), last, home()))


def _entry(number: int, practice: Practice) -> Value:
    places = tuple(Country(code) for code in practice.countries[:3])
    where = Listing(places) if places else text(f"practice.scope.{practice.scope}")
    return text("practices.line", number=number, title=practice.title, where=where)


async def practice(turn: Turn, key: str) -> Reply:
    """The card of one practice, with a link to its public page."""
    found = next((each for each in turn.cycle.practices if each.id == key), None)
    if found is None:
        return await practices(turn)
    source = (Button(text("practice.open"), url=found.url),)
    keyboard = (source, *_objectives(found), (*_ways(), *home()))
    return reply(*practice_lines(turn.cycle, found, turn.language), keyboard=keyboard)


def _objectives(practice: Practice) -> Keyboard:
    buttons = (Button(text("objective.button", number=number), f"o:{number}") for number in practice.objectives)
    return rows(*buttons, of=3)
