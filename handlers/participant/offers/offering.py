"""Offers a practice to the team: what that means, the conversation, what was sent, and what became of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from changes import practices
from db.people import dialogs
from db.practices import offers
from db.practices.offers import ACCEPTED, ASKED, DECLINED, OPEN, TEAM, PracticeOffer
from handlers.dialog import Dialog, Step, StepContext
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row
from handlers.participant.offers.offer_form import (
    CHECK,
    field_names,
    offer_lines,
    offer_steps,
    parse_text,
    sent_answers,
)
from handlers.participant.registration import registration
from handlers.participant.registration.registration_parsers import CONTROL_WORDS, QUESTION_START, SMALL_TALK
from handlers.turn import Turn
from knowledge.answers.answer_models import Answer
from knowledge.text.words import fold
from locales.localized import Language
from locales.reply import Button, Day, Keyboard, Reply, Value, reply, text

DIALOG, ANSWER_DIALOG = offers.DIALOG, "offer_answer"
# What offering means was just shown, and nothing is begun: the title may be typed at once.
SHOWN_DIALOG = "offer_shown"
SHOWN_FOR = timedelta(minutes=15)
# What is typed later is a question again; the practice goes on by its button, for a month.
RESTS_AFTER = timedelta(hours=2)
_EDITED = timedelta(hours=1)  # so long after a message was written, an edit of it may be meant for what was sent
LONGEST_WORDS = 300  # of what the team asks, and of the answer
_ID = "_id"  # among the answers: of the offer that is changed
_LONGEST_QUESTION = 300
# Answers about these are no sign of a question: titles are made of the same words.
_SUBJECTS = frozenset({"objective", "practice", "principle", "area", "term", "good_practice", "unknown"})
_DONE_AT_ONCE = frozenset({"registration", "cancel_registration", "greeting"})
_OFFER_BUTTON = Button(text("offer.button"), "of")
_DRAFT_WAYS: Keyboard = (
    (Button(text("offer.resume"), "of:new"),),
    (Button(text("offer.drop"), "of:drop"),),
    home_row(),
)


def _dialog(turn: Turn) -> Dialog:
    """Returns the conversation; its questions are the cycle's."""
    return Dialog(DIALOG, "ofq", offer_steps(turn.cycle), _send, _answer_aside, _after_leaving, rests_after=RESTS_AFTER)


async def show_offers(turn: Turn) -> Reply:
    """Says what offering a practice means, with what this person has begun and sent (/offer); a title may follow."""
    shown = await _offers_page(turn)
    if await dialogs.get(turn.tx, turn.person.id, DIALOG) is None:
        await dialogs.begin(turn.tx, turn.person.id, SHOWN_DIALOG, "title", now=turn.now)
    return shown


async def _offers_page(turn: Turn) -> Reply:
    mine = await offers.offers_of_person(turn.tx, turn.cycle.key, turn.person.id)
    draft = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    await dialogs.rest(turn.tx, turn.person.id)
    lines: list[Value] = [text("offer.heading"), text("offer.intro", number=len(field_names(turn.cycle)) + 1)]
    if mine:
        lines += ["", text("offer.yours")]
        lines += [_offer_line(place, each) for place, each in enumerate(mine, start=1)]
    seen = tuple((Button(text("offer.see", number=place), f"of:v:{each.id}"),) for place, each in enumerate(mine, 1))
    begin = ((Button(text("offer.resume" if draft is not None else "offer.begin"), "of:new"),),)
    drop = ((Button(text("offer.drop"), "of:drop"),),) if draft is not None else ()
    last = (Button(text("button.practices"), "practices"), *home_row())
    return reply(*lines, keyboard=(*begin, *drop, *seen, last))


def _offer_line(place: int, offer: PracticeOffer) -> Value:
    state = text(f"offer.state.{offer.state}")
    return text("offer.line", number=place, title=str(offer.answers["title"]), state=state)


async def begin_offer(turn: Turn) -> Reply:
    """Asks the first question, or the one where it was left."""
    dialog = _dialog(turn)
    if (resumed := await dialog.resume(turn)) is not None:
        return resumed
    return await _refusal(turn) or await dialog.begin(turn)


async def begin_with_title(turn: Turn) -> Reply:
    """Takes the title that was typed before the first question, says so, and asks the next one."""
    if (refused := await _refusal(turn)) is not None:
        return refused
    dialog = _dialog(turn)
    await dialog.begin(turn)
    asked = await dialog.take_words(turn)
    here = await dialog.current_step(turn)
    title = here[0].answers.get("title") if here is not None else None
    return replace(asked, lines=(text("offer.title_taken", title=title), "", *asked.lines)) if title else asked


def is_title(turn: Turn, found: Sequence[Answer]) -> bool:
    """Returns whether words that follow what offering means are a title, by what is found for them as a question."""
    words = fold(turn.words)
    asks = turn.words.rstrip().endswith("?") or QUESTION_START.match(words) is not None or words in SMALL_TALK
    if turn.forwarded or asks or ask.is_urgent(found) or any(each.topic in _DONE_AT_ONCE for each in found):
        return False
    known = all(each.known and each.topic not in _SUBJECTS for each in found)
    length = len(words.split())
    return not known if length > 1 else not any(each.known for each in found)


async def _refusal(turn: Turn) -> Reply | None:
    """Returns why this person cannot offer one more now; None where they can."""
    if await offers.count_open(turn.tx, turn.cycle.key, turn.person.id) < offers.MOST_OPEN:
        return None
    return reply(text("offer.enough", most=offers.MOST_OPEN), keyboard=((_OFFER_BUTTON, *home_row()),))


async def drop_draft(turn: Turn) -> Reply:
    """Forgets what was begun."""
    await dialogs.end(turn.tx, turn.person.id, DIALOG)
    return replace(await _offers_page(turn), toast=text("offer.dropped"))


async def offer_press(turn: Turn, step: str, version: str, value: str) -> Reply:
    """Takes a button below one of the questions; leaving keeps what was said."""
    if value == "cancel":
        return await _after_leaving(turn)
    return await _dialog(turn).take_press(turn, step, version, value)


async def offer_input(turn: Turn) -> Reply:
    """Takes words in the middle of it."""
    if CONTROL_WORDS.get(fold(turn.words)) == "cancel" and not turn.forwarded:
        return await _after_leaving(turn)
    dialog = _dialog(turn)
    return await registration.take_control_words(turn, dialog) or await dialog.take_words(turn)


async def offer_unreadable(turn: Turn) -> Reply:
    """Answers a photo, a voice message or a sticker in the middle of it."""
    return await _dialog(turn).take_unreadable(turn)


async def edited_answer(turn: Turn) -> Reply | None:
    """Takes what an answer was changed to by editing its message; None where it was no answer of this practice."""
    return await _dialog(turn).take_edit(turn, _corrected)


async def explain_edit(turn: Turn) -> Reply | None:
    """Says how to change what was sent, where the edited message may be of a practice that was sent after it."""
    mine = await offers.offers_of_person(turn.tx, turn.cycle.key, turn.person.id)
    said_at = turn.said_at
    sent = next(
        (each for each in mine if said_at is not None and said_at <= each.changed_at <= said_at + _EDITED), None
    )
    if sent is None:
        return None
    return reply(text("offer.edited"), keyboard=((Button(text("offer.see.one"), f"of:v:{sent.id}"), *home_row()),))


def _corrected(turn: Turn, step: Step, value: object) -> Value:
    lines = offer_lines(turn.cycle, {step.name: value}, only=step.name)
    nothing = text("registration.line", field=field_names(turn.cycle).get(step.name, ""), value="—")
    return text("registration.corrected", line=lines[0] if lines else nothing)


async def _after_leaving(turn: Turn) -> Reply:
    """Says that what was said is kept, and how to go on."""
    await dialogs.rest(turn.tx, turn.person.id)
    if await dialogs.get(turn.tx, turn.person.id, DIALOG) is None:
        return await show_offers(turn)
    return reply(text("offer.left"), keyboard=_DRAFT_WAYS)


async def _answer_aside(scene: StepContext, step: Step) -> Reply | None:
    """Answers a question or small talk in the middle; None where what is typed is the answer."""
    turn = scene.turn
    found = await ask.find_answers(turn, turn.words)
    if ask.is_urgent(found):
        return await ask.reply_with_answers(turn, found, turn.words)
    if len(turn.words) > _LONGEST_QUESTION or not await _is_aside(scene, step, found):
        return None
    return registration.without_ways_out(await ask.reply_with_answers(turn, found, turn.words))


async def _is_aside(scene: StepContext, step: Step, found: list[Answer]) -> bool:
    words = fold(scene.turn.words)
    if scene.turn.words.rstrip().endswith("?") or words in SMALL_TALK:
        return True
    if not all(each.known and each.topic not in _SUBJECTS for each in found):
        return False
    if step.free:
        return QUESTION_START.match(words) is not None
    return len(words.split()) > 1 and (await step.read(scene)).problem is not None


async def _send(scene: StepContext) -> Reply:
    """Sends the offer, or what was changed of it, exactly as it was shown."""
    turn, answers = scene.turn, sent_answers(scene.turn.cycle, scene.answers)
    language = _language_of(turn, str(answers["summary"]))
    if (changed := int(scene.answers.get(_ID) or 0)) != 0:
        mine = await _own(turn, changed, lock=True)
        if mine is None or mine.state not in OPEN:  # decided meanwhile
            return await show_offer(turn, str(changed))
        values = {"answers": answers, "language": language, "state": offers.WAITING}
        await offers.change(turn.tx, mine, now=turn.now, **values)
        return await _receipt(turn, changed)
    if (refused := await _refusal(turn)) is not None:
        return refused
    number = await offers.send(turn.tx, turn.cycle.key, turn.person.id, answers, language, now=turn.now)
    return await _receipt(turn, number)


async def _receipt(turn: Turn, number: int) -> Reply:
    await _tell_team(turn, number)
    see = (Button(text("offer.see.one"), f"of:v:{number}"), *home_row())
    return reply(text("offer.sent"), "", text("offer.sent.next"), keyboard=(see,))


def _language_of(turn: Turn, words: str) -> Language:
    kept = turn.person.language_kept
    return turn.services.answering.languages.guess(words, turn.language, kept=kept).language


async def _tell_team(turn: Turn, number: int) -> None:
    if (sent := await offers.get(turn.tx, number)) is not None:
        await practices.tell_team(turn.tx, sent, turn.services.organizers, now=turn.now)


async def _own(turn: Turn, number: int, *, lock: bool = False) -> PracticeOffer | None:
    """Returns that offer, if it is theirs."""
    found = await offers.get(turn.tx, number, lock=lock)
    return found if found is not None and found.participant_id == turn.person.id else None


async def show_offer(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows one's own offer: what was sent, how far it is, and what can be done."""
    offer = await _own(turn, int(id))
    if offer is None:
        return replace(await show_offers(turn), toast=text("offer.gone"))
    state = text("offer.is", state=text(f"offer.state.{offer.state}"), day=Day(offer.sent_at))
    asked = offer.last_words(TEAM) if offer.state in {ASKED, DECLINED} else ""
    said = ("", text(f"offer.{offer.state}.words", words=asked)) if asked else ()
    return reply(*offer_lines(turn.cycle, offer.answers), "", state, *said, keyboard=_ways(offer))


def _ways(offer: PracticeOffer) -> Keyboard:
    ways = []
    if offer.state == ASKED:
        ways.append((Button(text("offer.reply"), f"of:r:{offer.id}"),))
    if offer.state in OPEN:
        ways.append((Button(text("offer.change"), f"of:c:{offer.id}"),))
    if offer.state == ACCEPTED:
        ways.append((Button(text("offer.as_shown"), f"p:offered-{offer.id}"),))
    return (*ways, (Button(text("offer.withdraw"), f"of:x:{offer.id}"),), (_OFFER_BUTTON, *home_row()))


async def change_offer(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows the answers again, each of which can be changed; what was begun of another practice comes first."""
    offer = await _own(turn, int(id))
    if offer is None or offer.state not in OPEN:
        return await show_offer(turn, id)
    draft = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    if draft is not None and draft.answers.get(_ID) != offer.id:
        return reply(text("offer.other_draft"), keyboard=_DRAFT_WAYS)
    return await _dialog(turn).begin(turn, CHECK, {**offer.answers, _ID: offer.id})


async def ask_to_withdraw(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for a second tap, the last one."""
    if await _own(turn, int(id)) is None:
        return await show_offer(turn, id)
    yes = (Button(text("offer.withdraw.yes"), f"of:x:{id}:yes"),)
    return reply(text("offer.withdraw.ask"), keyboard=(yes, (Button(text("button.back"), f"of:v:{id}"),)))


async def withdraw_offer(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Deletes it, wherever it is: before the team, and among the practices."""
    done = await offers.withdraw(turn.tx, int(id), turn.person.id)
    return replace(await show_offers(turn), toast=text("offer.withdrawn" if done else "offer.gone"))


async def ask_reply(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for the answer to what the team wants to know."""
    offer = await _own(turn, int(id))
    if offer is None or offer.state != ASKED:
        return await show_offer(turn, id)
    await dialogs.begin(turn.tx, turn.person.id, ANSWER_DIALOG, "words", now=turn.now, id=offer.id)
    question = text("offer.asked.words", words=offer.last_words(TEAM))
    return reply(question, "", text("offer.reply.ask", most=LONGEST_WORDS), keyboard=_back_to(offer.id))


def _back_to(number: int) -> Keyboard:
    return ((Button(text("button.back"), f"of:v:{number}"), *home_row()),)


async def reply_input(turn: Turn) -> Reply:
    """Sends what was typed to the team; a question in between is answered."""
    state = await dialogs.get(turn.tx, turn.person.id, ANSWER_DIALOG)
    offer = await _own(turn, int(state.answers["id"]), lock=True) if state is not None else None
    if state is None or offer is None or offer.state != ASKED:
        await dialogs.end(turn.tx, turn.person.id, ANSWER_DIALOG)
        return await show_offers(turn)
    found = await ask.find_answers(turn, turn.words)
    again = reply(text("offer.reply.ask", most=LONGEST_WORDS), keyboard=_back_to(offer.id))
    asks = turn.words.rstrip().endswith("?") and all(each.known for each in found)  # else it is asked of the team
    if ask.is_urgent(found) or asks:
        return replace(await ask.reply_with_answers(turn, found, turn.words), then=again)
    taken = parse_text(turn.words, LONGEST_WORDS)
    if turn.forwarded or taken.problem is not None:
        return replace(again, lines=(taken.problem or text("dialog.forwarded"), "", *again.lines))
    if not await dialogs.close(turn.tx, turn.person.id, state):
        return await show_offer(turn, str(offer.id))
    talk = [*offer.talk, practices.said(offers.PERSON, str(taken.value), turn.now)]
    await offers.change(turn.tx, offer, now=turn.now, talk=talk, state=offers.WAITING)
    await _tell_team(turn, offer.id)
    return reply(text("offer.replied"), "", str(taken.value), keyboard=_back_to(offer.id))


async def reply_unreadable(turn: Turn) -> Reply:
    """Answers a photo or a voice message: the answer is needed in writing."""
    state = await dialogs.get(turn.tx, turn.person.id, ANSWER_DIALOG)
    number = int(state.answers["id"]) if state is not None else 0
    return reply(text("dialog.unreadable"), keyboard=_back_to(number))
