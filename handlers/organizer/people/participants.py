"""/participants: how many there are, the list, a search, and the card of one registration."""

from collections.abc import Iterable, Sequence

from db.people import dialogs, roster
from db.people.attendances import GOING, WAITING
from db.people.roster import Registered
from db.team import figures
from db.team.team import suffices
from handlers.organizer.people.segments import chosen_sessions
from handlers.participant.keyboards import home_row, page_row
from handlers.participant.registration.consent import PURPOSES, is_given
from handlers.turn import Turn
from knowledge.places.gazetteer import country_name
from knowledge.text.words import fold
from knowledge.time.zones import zone_label
from locales.localized import LANGUAGES
from locales.reply import Button, Country, Day, Hour, Keyboard, Listing, Reply, Value, reply, rows, text

# The conversation in which words are looked for; it keeps who was found, never the words.
SEARCH_DIALOG = "find"
_A_PAGE = 8
_MOST_PAGES = 999  # as in a button's address


async def show_participants(turn: Turn) -> Reply:
    """Shows the counts, and to organizers the ways to the list (/participants).

    How many come and wait is exact here as on a session's card: the team acts on it. Groups that say who somebody is
    (country, sector, language) are hidden where they are small, in /figures and summaries.
    """
    counted = await figures.registration_figures(turn.tx, turn.cycle.key)
    sessions = [
        text(
            "participants.session",
            number=number,
            going=going,
            waiting=counted.waiting[number],
        )
        for number, going in counted.going.items()
    ]
    total = text("participants.total", n=len(counted.moments))
    return reply(text("participants.heading"), "", total, *sessions, keyboard=_participants_buttons(turn))


def _participants_buttons(turn: Turn) -> Keyboard:
    if not suffices(turn.role, "organizer"):
        return (home_row(),)
    search, everybody = Button(text("participants.search"), "pt:find"), Button(text("participants.all"), "pt:all:0")
    return ((search, everybody), (Button(text("participants.export"), "px:0:-:-"), *home_row()))


async def list_participants(turn: Turn, page: str) -> Reply:
    """Lists everybody, in pages."""
    everybody = [each.id for each in await roster.registered_people(turn.tx, turn.cycle.key)]
    return await _list_page(turn, text("participants.heading"), everybody, "pt:all:", int(page))


async def ask_search_words(turn: Turn) -> Reply:
    """Asks what to look for."""
    await dialogs.begin(turn.tx, turn.person.id, SEARCH_DIALOG, "words", now=turn.now)
    return reply(text("participants.ask"), keyboard=(home_row(),))


async def search_input(turn: Turn) -> Reply:
    """Takes the words to look for."""
    return await search_participants(turn, turn.words)


async def search_participants(turn: Turn, words: str) -> Reply:
    """Finds everybody whose name, organization, country or e-mail holds every one of those words."""
    parts = fold(words).split()
    everybody = await roster.registered_people(turn.tx, turn.cycle.key) if parts else []
    ids = [each.id for each in everybody if all(part in _search_text(each) for part in parts)]
    await dialogs.begin(turn.tx, turn.person.id, SEARCH_DIALOG, "found", now=turn.now, ids=ids)
    await dialogs.rest(turn.tx, turn.person.id)
    await turn.note("searched", n=len(ids))
    return await _list_page(turn, text("participants.found", n=len(ids)), ids, "pt:f:", 0)


def _search_text(person: Registered) -> str:
    """Returns the text as typed words are compared: without accents, capitals and signs."""
    countries = " ".join(country_name(person.country, language) for language in LANGUAGES)
    return fold(f"{person.name} {person.organization} {countries} {person.email or ''}")


async def show_search_results(turn: Turn, page: str) -> Reply:
    """Shows another page of what was found; the counts where that is long ago."""
    state = await dialogs.get(turn.tx, turn.person.id, SEARCH_DIALOG)
    if state is None or state.step != "found":
        return await show_participants(turn)
    ids = list(state.answers["ids"])
    return await _list_page(turn, text("participants.found", n=len(ids)), ids, "pt:f:", int(page))


async def _list_page(turn: Turn, heading: Value, ids: Sequence[int], address: str, page: int) -> Reply:
    """Shows a page of those people; who is not registered any more leaves a gap."""
    pages = min(max(-(-len(ids) // _A_PAGE), 1), _MOST_PAGES)
    page = min(page, pages - 1)
    shown = ids[page * _A_PAGE : (page + 1) * _A_PAGE]
    people = {each.id: each for each in await roster.registered_people(turn.tx, turn.cycle.key, only=shown)}
    if people:
        await turn.note("listed", n=len(people))
    listed = [(n, people[id_]) for n, id_ in enumerate(shown, start=page * _A_PAGE + 1) if id_ in people]
    counted = () if pages == 1 else (text("page", page=page + 1, pages=pages),)
    cards = rows(*(Button(str(number), f"pt:c:{each.id}") for number, each in listed), of=4)
    last = (Button(text("participants.search"), "pt:find"), Button(text("participants.button"), "pt"))
    lines = [_list_line(number, each) for number, each in listed]
    return reply(heading, *counted, "", *lines, keyboard=(*cards, *page_row(address, page, pages), last))


def _list_line(number: int, person: Registered) -> Value:
    return text(
        "participants.line",
        number=number,
        name=person.name,
        organization=person.organization or text("registration.personal"),
        country=Country(person.country),
    )


async def show_participant_card(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows everything one registration says."""
    person = next(iter(await roster.registered_people(turn.tx, turn.cycle.key, only=(int(id),))), None)
    if person is None:
        return gone_reply()
    await turn.note("card", n=1)
    write = (Button(text("letter.write"), f"pt:w:{person.id}"),)
    came = (
        Button(text("presence.desk.button"), f"pn:{person.id}"),
        Button(text("certificates.of_person"), f"ct:p:{person.id}"),
    )
    return reply(*_card_lines(turn, person), keyboard=(write, came, *_BACK))


_BACK: Keyboard = ((Button(text("participants.found.button"), "pt:f:0"), Button(text("participants.button"), "pt")),)


def gone_reply() -> Reply:
    """Answers that this person was on the list and is not any more."""
    return reply(text("participants.gone"), keyboard=_BACK)


def _card_lines(turn: Turn, person: Registered) -> Iterable[Value]:
    yield text("participants.name", name=person.name)
    yield _field_line("organization", person.organization or text("registration.personal"))
    yield _field_line("sector", text(f"sector.{person.sector}"))
    yield _field_line("country", Country(person.country))
    yield _field_line("email", person.email or text("participants.none"))
    yield _field_line("needs", person.needs or text("participants.none"))
    for state in (GOING, WAITING):
        if numbers := chosen_sessions(person, state):
            yield text(f"participants.{state}", numbers=numbers)
    if person.came:
        yield text("participants.came", numbers=Listing(tuple(str(each) for each in person.came)))
    allowed = [text(f"participants.consent.{each.key}") for each in PURPOSES if is_given(each, person.consents)]
    yield text("participants.allows", what=Listing(tuple(allowed)) if allowed else text("participants.none"))
    yield text("participants.language", language=text(f"language.name.{person.language}"))
    zone = person.zone or turn.cycle.zone
    place = zone_label(zone, turn.language)
    yield text("participants.clock", place=place, hour=Hour(turn.now, zone), day=Day(turn.now, zone))
    if person.zone is None:
        yield text("participants.no_zone")
    yield text("participants.since", day=Day(person.registered_at), hour=Hour(person.registered_at))


def _field_line(name: str, value: Value) -> Value:
    return text("registration.line", field=text(f"registration.field.{name}"), value=value)
