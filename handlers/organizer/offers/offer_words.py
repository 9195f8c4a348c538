"""Words of the team about an offered practice: a question, or why it is declined. Typed, looked at, sent once."""

from dataclasses import replace

from changes import practices
from db.people import dialogs
from db.practices import offers
from db.practices.offers import OPEN, PracticeOffer
from handlers.organizer.offers import offer_desk
from handlers.participant.offers.offer_form import parse_text
from handlers.participant.offers.offering import LONGEST_WORDS
from handlers.turn import Turn
from locales.reply import Button, Keyboard, Reply, reply, text

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
        return await offer_desk.show_offer(turn, id)
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
        return await offer_desk.show_offers(turn)
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
        return await offer_desk.show_offer(turn, id)
    await dialogs.close(turn.tx, turn.person.id, state)
    if offer.version != state.answers["seen"]:
        return replace(await offer_desk.show_offer(turn, id), toast=text("offers.changed"))
    what = str(state.answers["what"])
    talk = [*offer.talk, practices.said(offers.TEAM, str(state.answers["words"]), turn.now)]
    await offers.change(turn.tx, offer, now=turn.now, talk=talk, state=_STATES[what])
    if (decided := await offers.get(turn.tx, offer.id)) is not None:
        await practices.tell_person(turn.tx, decided, now=turn.now)
    await turn.note("offer_asked" if what == "ask" else "offer_declined", offer=offer.id)
    return replace(await offer_desk.show_offer(turn, id), toast=text("offers.words.sent"))
