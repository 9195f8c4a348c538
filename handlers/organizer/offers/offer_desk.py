"""The practices that people offered, for the team: listed, asked about, accepted, declined, taken out, exported."""

from dataclasses import replace

from changes import practices
from db.people import dialogs
from db.practices import meetings, offers
from db.practices.offers import ACCEPTED, OPEN, PERSON, TEAM, PracticeOffer
from handlers.participant.keyboards import home_row, page_row
from handlers.participant.offers.offer_form import offer_lines, parse_text
from handlers.participant.offers.offering import LONGEST_WORDS
from handlers.turn import Turn
from knowledge.programme.offered_practices import SCOPES, WIDE_SCOPES, practice_from_offer, practices_file
from knowledge.summary.small_groups import hide_small, number_or_few
from locales.reply import Button, Day, Document, Keyboard, Reply, Value, reply, rows, text

_A_PAGE = 8
_ORDER = ("waiting", "asked", "accepted", "declined")


async def show_offers(turn: Turn, page: str = "0") -> Reply:
    """Lists the offers: what waits for the team first, then what waits for an answer, then what is decided."""
    found = await offers.offers_in(turn.tx, turn.cycle.key, _ORDER)
    ordered = sorted(found, key=lambda each: (_ORDER.index(each.state), each.id))
    pages = max(-(-len(ordered) // _A_PAGE), 1)
    number = min(int(page), pages - 1)
    shown = ordered[number * _A_PAGE : (number + 1) * _A_PAGE]
    lines = [line for each in shown for line in ("", _list_line(each))] or ["", text("offers.none")]
    wishing, met = await meetings.count(turn.tx, turn.cycle.key)
    counted = {"wishing": number_or_few(hide_small(wishing)), "met": number_or_few(hide_small(met))}
    lines += ["", text("offers.meetings", **counted)]
    see = rows(*(Button(text("offers.see", number=each.id), f"oo:v:{each.id}") for each in shown), of=3)
    file = ((Button(text("offers.export"), "oo:f"),),) if any(each.state == ACCEPTED for each in found) else ()
    last = (Button(text("team.button"), "tm"), *home_row())
    return reply(text("offers.heading"), *lines, keyboard=(*see, *page_row("oo:", number, pages), *file, last))


def _list_line(offer: PracticeOffer) -> Value:
    state = text(f"offers.state.{offer.state}")
    return text("offer.line", number=offer.id, title=str(offer.answers["title"]), state=state)


async def show_offer(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows one offer whole, with what was asked and answered, and every way on."""
    offer = await offers.get(turn.tx, int(id))
    if offer is None:
        return await gone(turn)
    language = text(f"language.name.{offer.language}")
    lines: list[Value] = [text("offers.card", number=offer.id, language=language, day=Day(offer.sent_at)), ""]
    lines += [*offer_lines(turn.cycle, offer.answers), "", text(f"offers.state.{offer.state}")]
    for side in (TEAM, PERSON):
        if words := offer.last_words(side):
            lines.append(text(f"offers.said.{side}", words=words))
    return reply(*lines, keyboard=(*_ways(offer), (Button(text("button.back"), "oo:0"), *home_row())))


def _ways(offer: PracticeOffer) -> Keyboard:
    if offer.state in OPEN:
        words = (Button(text(f"offers.do.{what}"), f"oo:w:{offer.id}:{what}") for what in ("ask", "decline"))
        return ((Button(text("offers.accept"), f"oo:a:{offer.id}"),), tuple(words))
    if offer.state == ACCEPTED:
        shown = Button(text("offer.as_shown"), f"+p:offered-{offer.id}")
        return ((shown,), (Button(text("offers.take_out"), f"oo:x:{offer.id}:{offer.version}"),))
    return ()


async def gone(turn: Turn) -> Reply:
    """Shows the list; the person has withdrawn that offer, or deleted their data."""
    return replace(await show_offers(turn), toast=text("offers.gone"))


async def ask_scope(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for the scope, with what accepting means; nothing is accepted yet."""
    offer = await offers.get(turn.tx, int(id))
    if offer is None or offer.state not in OPEN:
        return await show_offer(turn, id)
    fitting = [each for each in SCOPES if offer.answers.get("country") or each in WIDE_SCOPES]
    buttons = (Button(text(f"practice.scope.{each}"), f"oo:a:{id}:{offer.version}:{each}") for each in fitting)
    back = (Button(text("button.back"), f"oo:v:{id}"),)
    title = text("practice.heading", title=str(offer.answers["title"]))
    return reply(title, "", text("offers.accept.ask"), keyboard=(*rows(*buttons, of=2), back))


async def accept_offer(turn: Turn, id: str, version: str, field: str) -> Reply:  # noqa: A002 - as in the button's address
    """Accepts it as it was read: from here on it is among the practices. `field` is the scope."""
    offer = await offers.get(turn.tx, int(id), lock=True)
    if offer is None or offer.state not in OPEN or field not in SCOPES:
        return await show_offer(turn, id)
    if offer.version != int(version) or not (offer.answers.get("country") or field in WIDE_SCOPES):
        return replace(await show_offer(turn, id), toast=text("offers.changed"))
    await offers.change(turn.tx, offer, now=turn.now, state=ACCEPTED, scope=field)
    await _tell(turn, offer.id)
    await turn.note("offer_accepted", offer=offer.id)
    return replace(await show_offer(turn, id), toast=text("offers.accepted"))


async def _tell(turn: Turn, number: int) -> None:
    if (decided := await offers.get(turn.tx, number)) is not None:
        await practices.tell_person(turn.tx, decided, now=turn.now)


async def take_out(turn: Turn, id: str, version: str) -> Reply:  # noqa: A002 - as in the button's address
    """Takes an accepted one out of the practices again: it waits for the team as before."""
    offer = await offers.get(turn.tx, int(id), lock=True)
    if offer is not None and offer.state == ACCEPTED and offer.version == int(version):
        await offers.change(turn.tx, offer, now=turn.now, state=offers.WAITING, scope=None)
        await turn.note("offer_taken_out", offer=offer.id)
    return await show_offer(turn, id)


async def export_practices(turn: Turn) -> Reply:
    """Sends the accepted ones as a file that the next content pack can hold."""
    accepted = [practice_from_offer(each) for each in await offers.offers_in(turn.tx, turn.cycle.key, [ACCEPTED])]
    content = practices_file(accepted).encode()
    await turn.note("offers_exported", n=len(accepted))
    shown = reply(text("offers.file", n=len(accepted)), keyboard=((Button(text("button.back"), "+oo:0"),),))
    return replace(shown, document=Document("practices.toml", lambda _say: content), fresh=True)


DIALOG = "offer_words"
_TYPING, _LOOKING = "typing", "looking"
_STATES = {"ask": offers.ASKED, "decline": offers.DECLINED}


async def _open(turn: Turn, number: int, *, lock: bool = False) -> PracticeOffer | None:
    offer = await offers.get(turn.tx, number, lock=lock)
    return offer if offer is not None and offer.state in OPEN else None


def _back(number: int) -> Keyboard:
    return ((Button(text("button.back"), f"oo:v:{number}"),),)


async def ask_words(turn: Turn, id: str, field: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for the question, or for the reason; `field` says which."""
    offer = await _open(turn, int(id))
    if offer is None or field not in _STATES:
        return await show_offer(turn, id)
    kept = {"id": offer.id, "what": field, "seen": offer.version}
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, _TYPING, now=turn.now, **kept)
    title = text("practice.heading", title=str(offer.answers["title"]))
    return reply(title, "", text(f"offers.words.{field}", most=LONGEST_WORDS), keyboard=_back(offer.id))


async def words_input(turn: Turn) -> Reply:
    """Shows what was typed as the person will read it; nothing has left yet."""
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    offer = await _open(turn, int(state.answers["id"])) if state is not None else None
    if state is None or offer is None:
        await dialogs.end(turn.tx, turn.person.id, DIALOG)
        return await show_offers(turn)
    what, taken = str(state.answers["what"]), parse_text(turn.words, LONGEST_WORDS)
    if taken.problem is not None or turn.media is not None:
        asks = text(f"offers.words.{what}", most=LONGEST_WORDS)
        return reply(taken.problem or text("dialog.unreadable"), "", asks, keyboard=_back(offer.id))
    kept = {**state.answers, "words": taken.value}
    version = await dialogs.begin(turn.tx, turn.person.id, DIALOG, _LOOKING, now=turn.now, **kept)
    arrives = text(f"offer.news.{_STATES[what]}", title=str(offer.answers["title"]))
    said = text(f"offer.{_STATES[what]}.words", words=str(taken.value))
    send = (Button(text(f"offers.send.{what}"), f"oo:s:{offer.id}:{version}"),)
    return reply(text("offers.preview"), "", arrives, "", said, keyboard=(send, *_back(offer.id)))


async def send_words(turn: Turn, id: str, version: str) -> Reply:  # noqa: A002 - as in the button's address
    """Sends what was looked at, once; not where the offer has changed since it was read."""
    state, offer = await dialogs.get(turn.tx, turn.person.id, DIALOG), await _open(turn, int(id), lock=True)
    shown = state is not None and (state.step, state.answers["id"], state.version) == (_LOOKING, int(id), int(version))
    if state is None or offer is None or not shown:
        return await show_offer(turn, id)
    await dialogs.close(turn.tx, turn.person.id, state)
    if offer.version != state.answers["seen"]:
        return replace(await show_offer(turn, id), toast=text("offers.changed"))
    what = str(state.answers["what"])
    talk = [*offer.talk, practices.said(offers.TEAM, str(state.answers["words"]), turn.now)]
    await offers.change(turn.tx, offer, now=turn.now, talk=talk, state=_STATES[what])
    if (decided := await offers.get(turn.tx, offer.id)) is not None:
        await practices.tell_person(turn.tx, decided, now=turn.now)
    await turn.note("offer_asked" if what == "ask" else "offer_declined", offer=offer.id)
    return replace(await show_offer(turn, id), toast=text("offers.words.sent"))
