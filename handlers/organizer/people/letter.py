"""Writes to one person of the list: asked for, shown as it arrives, sent once."""

from datetime import datetime, timedelta

from changes import link_access
from db.delivery import outbox
from db.people import dialogs, participants, roster
from db.people.roster import Registered
from db.programme import live_programme
from handlers.organizer.people.participants import gone_reply
from handlers.turn import Turn
from knowledge.programme.answer_card import LONGEST_ANSWER, build_letter
from knowledge.time.holding import TIME_TO_READ, held_back
from locales.reply import Button, Day, Formatted, Hour, Keyboard, Reply, Value, reply, text

# The conversation in which a message to one person is written; it keeps who, and the words until they are sent.
LETTER_DIALOG = "letter"
_TYPING, _LOOKING = "typing", "looking"
_GOOD_FOR = timedelta(days=2)


async def _addressee(turn: Turn, id_: int) -> Registered | None:
    return next(iter(await roster.registered_people(turn.tx, turn.cycle.key, only=(id_,))), None)


def _back_row(id_: int) -> Keyboard:
    return ((Button(text("button.back"), f"pt:c:{id_}"),),)


async def ask_letter(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for the message: what is typed next. Nothing leaves before it was looked at."""
    person = await _addressee(turn, int(id))
    if person is None:
        return gone_reply()
    if (await participants.get_many(turn.tx, [person.id]))[person.id].unreachable_since is not None:
        return reply(text("letter.unreachable", name=person.name), keyboard=_back_row(person.id))
    await dialogs.begin(turn.tx, turn.person.id, LETTER_DIALOG, _TYPING, now=turn.now, id=person.id)
    return _asks(person)


def _asks(person: Registered) -> Reply:
    return reply(text("letter.ask", name=person.name, most=LONGEST_ANSWER), keyboard=_back_row(person.id))


async def letter_input(turn: Turn) -> Reply:
    """Shows the message as it arrives; what is no text, or too long, is asked for again."""
    state = await dialogs.get(turn.tx, turn.person.id, LETTER_DIALOG)
    person = await _addressee(turn, int(state.answers["id"])) if state is not None else None
    if person is None:
        await dialogs.end(turn.tx, turn.person.id, LETTER_DIALOG)
        return gone_reply()
    if turn.media is not None or not turn.html.strip() or len(Formatted(turn.html).plain) > LONGEST_ANSWER:
        return _asks(person)
    draft = {"id": person.id, "html": turn.html}
    version = await dialogs.begin(turn.tx, turn.person.id, LETTER_DIALOG, _LOOKING, now=turn.now, **draft)
    send = Button(text("letter.send"), f"pt:w:{person.id}:{version}")
    known = await link_access.accesses(turn.tx, [person.id])
    linked = await live_programme.details_with_link(turn.tx)
    guard = link_access.guard_for(linked, known, turn.cycle, person.id)
    shown = guard.without_links(build_letter(turn.html))
    lines = (text("letter.preview", name=person.name), "", *shown.lines)
    return reply(*lines, keyboard=((send,), *_back_row(person.id)))


async def send_letter(turn: Turn, id: str, version: str) -> Reply:  # noqa: A002 - as in the button's address
    """Sends it, once: a second tap finds no draft any more."""
    state, person = await dialogs.get(turn.tx, turn.person.id, LETTER_DIALOG), await _addressee(turn, int(id))
    if person is None:
        return gone_reply()
    if state is None or state.step != _LOOKING or (str(state.answers["id"]), str(state.version)) != (id, version):
        return reply(text("detail.stale"), keyboard=_back_row(person.id))
    subject = f"letter/{turn.person.id}/{int(turn.now.timestamp() * 1000)}/{version}"
    words, until = str(state.answers["html"]), turn.now + _GOOD_FOR
    await outbox.put_letter(turn.tx, person.id, subject, words, now=turn.now, good_until=until)
    await dialogs.end(turn.tx, turn.person.id, LETTER_DIALOG)
    await turn.note("wrote", n=1)
    return reply(await _departure(turn, person, until), keyboard=_back_row(person.id))


async def _departure(turn: Turn, person: Registered, until: datetime) -> Value:
    """Returns whether it leaves now, or when in their morning: by the rule by which it then leaves."""
    quiet = (await participants.get_many(turn.tx, [person.id]))[person.id].quiet
    zone = person.zone or turn.cycle.zone
    held = held_back(turn.now, zone, quiet, None, until - TIME_TO_READ)
    if held is None or held.until is None:
        return text("letter.sent", name=person.name)
    return text("letter.sent.night", name=person.name, day=Day(held.until, zone), hour=Hour(held.until, zone))
