"""Good practices, by objective and by country. Never "presented at": no agenda names one."""

from collections.abc import Mapping, Sequence

from db.people import conversation_context
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row, is_number, page_row
from handlers.turn import Turn
from knowledge.programme.cards import practice_lines, practice_list_line, practices_note
from knowledge.programme.cycle import Cycle, Practice
from locales.localized import Language
from locales.reply import Button, Country, Keyboard, Reply, Value, reply, rows, text

_A_PAGE = 5
_NOUN: Mapping[Language, str] = {"es": "prácticas", "pt": "práticas", "en": "practices", "fr": "pratiques"}


async def show_practices(turn: Turn) -> Reply:
    """Shows what there is, and the two ways in."""
    ways = (Button(text("practices.by_objective"), "pobj"), Button(text("practices.by_country"), "pcountry"))
    every = (Button(text("practices.all"), "pall:0"), Button(text("offer.button"), "of"))
    known = (await turn.known_cycle()).practices
    return reply(text("practices.heading", n=len(known)), "", practices_note(known), keyboard=(ways, every, home_row()))


async def practices_by_words(turn: Turn, words: str) -> Reply:
    """Shows what fits "/practices Chile", "/practices 4", "/practices remesas", best first."""
    if is_number(words):
        return await practices_of_objective(turn, words, "0")
    return await ask.answer_in_language(turn, f"{_NOUN[turn.language]} {words}", turn.language)


async def show_found_practices(turn: Turn, page: str) -> Reply:
    """Shows another page of what was found a moment ago; every practice where that is long ago."""
    talk = await conversation_context.current(turn.tx, turn.person.id, now=turn.now)
    if talk is None or talk.kind != "practice":
        return await all_practices(turn, "0")
    known = {each.id: each for each in (await turn.known_cycle()).practices}
    chosen = [known[each] for each in talk.ids if each in known]
    return _list_page(text("answer.practices.found"), chosen, "pfound:", int(page), ())


async def choose_objective(turn: Turn) -> Reply:
    """Asks which objective's practices, of those that have any."""
    cycle = await turn.known_cycle()
    found = [each for each in cycle.objectives if cycle.practices_of(each.number)]
    lines = (
        text("practices.objective_line", number=each.number, short=each.short, count=_count_label(cycle, each.number))
        for each in found
    )
    keyboard = rows(*(Button(str(each.number), f"po:{each.number}:0") for each in found), of=6)
    return reply(text("practices.which_objective"), "", *lines, keyboard=(*keyboard, _practices_button(), home_row()))


def _count_label(cycle: Cycle, objective: int) -> Value:
    return text("practices.count", n=len(cycle.practices_of(objective)))


async def choose_country(turn: Turn) -> Reply:
    """Asks which country's practices, of those that have any."""
    cycle = await turn.known_cycle()
    buttons = (
        Button(text("practices.country", country=Country(code), n=len(cycle.practices_in(code))), f"pc:{code}:0")
        for code in cycle.countries()
    )
    wider = (Button(text("practices.wider"), "pw:0"),)
    return reply(
        text("practices.which_country"), keyboard=(*rows(*buttons, of=2), wider, _practices_button(), home_row())
    )


def _practices_button() -> tuple[Button, ...]:
    return (Button(text("button.practices"), "practices"),)


async def practices_of_objective(turn: Turn, number: str, page: str) -> Reply:
    """Shows the practices of one objective; the objective leads to its session, never the practice."""
    if not 1 <= int(number) <= len(turn.cycle.objectives):
        return await choose_objective(turn)
    cycle = await turn.known_cycle()
    found = cycle.objective(int(number))
    heading = text("practices.of_objective", number=found.number, short=found.short)
    card = (Button(text("objective.button", number=found.number), f"o:{found.number}"),)
    return _list_page(heading, cycle.practices_of(found.number), f"po:{number}:", int(page), card)


async def practices_of_country(turn: Turn, code: str, page: str) -> Reply:
    """Shows the practices of one country."""
    found = (await turn.known_cycle()).practices_in(code)
    if not found:
        return await choose_country(turn)
    heading = text("practices.of_country", country=Country(code))
    other_country = (Button(text("practices.other_country"), "pcountry"),)
    return _list_page(heading, found, f"pc:{code}:", int(page), other_country, countries=(code,))


async def practices_of_no_country(turn: Turn, page: str) -> Reply:
    """Shows the practices of no single country: regional ones and those of the whole world."""
    found = tuple(each for each in (await turn.known_cycle()).practices if not each.countries)
    other_country = (Button(text("practices.other_country"), "pcountry"),)
    return _list_page(text("practices.of_wider"), found, "pw:", int(page), other_country)


async def all_practices(turn: Turn, page: str) -> Reply:
    """Shows every practice, in pages."""
    return _list_page(text("practices.of_all"), (await turn.known_cycle()).practices, "pall:", int(page), ())


def _list_page(
    heading: Value, found: Sequence[Practice], address: str, page: int, more: tuple[Button, ...],
    *, countries: Sequence[str] = (),
) -> Reply:  # fmt: skip
    pages = max(-(-len(found) // _A_PAGE), 1)
    page = min(page, pages - 1)
    shown = list(enumerate(found[page * _A_PAGE : (page + 1) * _A_PAGE], start=page * _A_PAGE + 1))
    lines = [line for number, each in shown for line in ("", practice_list_line(number, each, countries))]
    counted = () if pages == 1 else (text("page", page=page + 1, pages=pages),)
    chosen = tuple(Button(str(number), f"p:{each.id}") for number, each in shown)
    last = (*more, *_practices_button())
    return reply(heading, *counted, *lines, keyboard=(chosen, *page_row(address, page, pages), last, home_row()))


async def show_practice_card(turn: Turn, key: str) -> Reply:
    """Shows the card of one practice, with a link to its public page."""
    found = next((each for each in (await turn.known_cycle()).practices if each.id == key), None)
    if found is None:
        return await show_practices(turn)
    source = ((Button(text("practice.open"), url=found.url),),) if found.url is not None else ()
    keyboard = (*source, *_objective_buttons(found), (*_practices_button(), *home_row()))
    return reply(*practice_lines(turn.cycle, found, turn.language), keyboard=keyboard)


def _objective_buttons(practice: Practice) -> Keyboard:
    buttons = (Button(text("objective.button", number=number), f"o:{number}") for number in practice.objectives)
    return rows(*buttons, of=3)
