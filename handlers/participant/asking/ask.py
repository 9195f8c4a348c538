"""Answers a question in people's own words: with buttons to go on with, or passed on to the team."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from db.delivery import outbox
from db.people import conversation_context, dialogs, participants
from db.programme import live_programme
from db.questions import questions
from db.team import team as team_members
from handlers.participant.keyboards import home_row, menu_keyboard
from handlers.turn import Turn
from knowledge.answering.meaning_answers import WISHED
from knowledge.answers.answer_models import Answer, Situation, Talk
from knowledge.programme.cycle import Cycle
from knowledge.search.team_answers import TOPIC as TEAM_TOPIC
from knowledge.understanding.query import TALK_OF_OWN_PLACE, Thing
from knowledge.wishes.wish_words import read_wish_words
from locales.localized import Language
from locales.reply import Button, Keyboard, Reply, Value, reply, rows, text

DIALOG = "team"
# With its heading a question must still fit one message to an organizer.
LONGEST_QUESTION = 3_000
_MOST_BUTTONS = 8
BEFORE = "before"  # the mark of the session that was told before; what one was found by is marked by its kind
_OWN, _CASE = "own", "case"  # they said that they are at the place of the talk; somebody's own case was told
# An honest "I do not know", "is one of these your question?", or a wish that is only likely.
_SILENT = frozenset({"out_of_scope", "offered", WISHED})


async def answer_question(turn: Turn) -> Reply:
    """Answers what they typed; where there is no answer, that is said, and it can be passed on."""
    return await reply_with_answers(turn, await find_answers(turn, turn.words), turn.words)


async def answer_in_language(turn: Turn, words: str, language: Language) -> Reply:
    """Answers words that we put together ourselves, in that language."""
    return await reply_with_answers(turn, await find_answers(turn, words, language), words)


def is_silent(found: Sequence[Answer]) -> bool:
    """Returns whether some of it was not understood; "the note does not say" is an answer."""
    return any(each.topic in _SILENT for each in found)


def is_urgent(found: Sequence[Answer]) -> bool:
    """Returns whether danger is told of: in the middle of any conversation, this is answered before all else."""
    return any(each.topic == "emergency" for each in found)


def is_unanswered(found: Sequence[Answer]) -> bool:
    """Returns whether something is left that only the team may answer: that is what they are offered then."""
    return any(("team", "") in each.offers for each in found)


async def find_answers(turn: Turn, words: str, language: Language | None = None) -> list[Answer]:
    """Returns what can be answered to those words; nothing is sent or kept yet."""
    knows, at = await turn.services.published(turn.tx), await make_situation(turn)
    found, meaning = knows.answers(words, at, language), turn.services.meaning
    if meaning is None or not knows.needs_meaning(found, words):
        return found
    texts = knows.compared_texts(words, at, language)
    near, *of_parts = [
        tuple(await asyncio.to_thread(meaning.nearest, each, turn.language, published=knows.published))
        for each in texts
    ]
    compared = replace(at, near=near, near_parts=tuple(zip(texts[1:], of_parts, strict=True)))
    return knows.answers(words, compared, language) if near else found


async def answer_entry(turn: Turn, key: str) -> Reply:
    """Answers with one entry of the FAQ, by its button: "did you mean …?"."""
    knows = await turn.services.published(turn.tx)
    answer = knows.entry(key, await make_situation(turn))
    return await reply_with_answers(turn, [answer], turn.words)


async def reply_with_answers(turn: Turn, found: Sequence[Answer], words: str) -> Reply:
    """Says it, and remembers what was talked about."""
    await _remember_answer(turn, found, words)
    await _subscribe_to_missing_links(turn, found)
    answer = _combine_answers(turn, await turn.known_cycle(), found)
    return (
        (await turn.link_guard()).without_links(answer) if any(each.topic == TEAM_TOPIC for each in found) else answer
    )


async def make_situation(turn: Turn) -> Situation:
    """Returns what the answering side must know of this turn."""
    programme = await turn.live()
    live = {number: (each.starts_at, each.ends_at) for number, each in programme.items()}
    cancelled = frozenset(number for number, each in programme.items() if each.cancelled)
    kept, details = await _kept_talk(turn), await turn.details()
    return Situation(
        turn.cycle, live, turn.now, turn.language, turn.person.zone, _talk(kept), cancelled, details,
        language_kept=turn.person.language_kept, talk_language=kept.language if kept is not None else None,
    )  # fmt: skip


async def _kept_talk(turn: Turn) -> conversation_context.Talk | None:
    """Returns what is kept of what was talked about a moment ago."""
    if turn.context is not None:
        return turn.context.talk
    return await conversation_context.current(turn.tx, turn.person.id, now=turn.now)


def _talk(kept: conversation_context.Talk | None) -> Talk | None:
    """Returns what was talked about; None where only a question without an answer is kept, or nothing."""
    if kept is None or not kept.kind:
        return None
    marks = kept.marks
    place, before = marks.pop(conversation_context.OF_PLACE, None), marks.pop(BEFORE, None)
    own = marks.pop(_OWN, None) is not None or kept.kind == TALK_OF_OWN_PLACE
    case = marks.pop(_CASE, "")
    found_by = next((Thing(kind, key) for kind, key in marks.items()), None)  # type: ignore[arg-type] # as _marks() has it
    return Talk(kept.kind, kept.things, kept.zone, place, found_by, None if before is None else int(before), own, case)


def _marks(talk: Talk) -> Iterator[str]:
    """Yields what is kept among the ids of a talk beside them."""
    if talk.place is not None:
        yield conversation_context.mark(conversation_context.OF_PLACE, talk.place)
    if talk.found_by is not None:
        yield conversation_context.mark(talk.found_by.kind, talk.found_by.key)
    if talk.before is not None:
        yield conversation_context.mark(BEFORE, talk.before)
    if talk.own:
        yield conversation_context.mark(_OWN, "yes")
    if talk.case:
        yield conversation_context.mark(_CASE, talk.case)


async def _subscribe_to_missing_links(turn: Turn, found: Sequence[Answer]) -> None:
    """Subscribes who asks for a link that is not known yet, so that they get it once it is."""
    owed = {key.removesuffix(":link") for each in found for kind, key in each.offers if kind == "tell"}
    if turn.person.is_group or not (numbers := [int(each) for each in owed if each.isdigit()]):
        return
    live = await turn.live()
    for number in numbers:
        await live_programme.request_detail(turn.tx, turn.person.id, live[number].id, "link", now=turn.now)


async def _remember_answer(turn: Turn, found: Sequence[Answer], words: str) -> None:
    last = found[-1]
    unanswered = words[:LONGEST_QUESTION] if is_unanswered(found) else None
    turn.services.tally(unanswered is None)
    if last.talk is None and unanswered is None:
        return
    talk = last.talk or _talk(await _kept_talk(turn)) or Talk("")  # an exclamation ends no talk
    kept = conversation_context.Talk(talk.kind, (*talk.ids, *_marks(talk)), talk.zone, unanswered, last.language)
    await conversation_context.remember(turn.tx, turn.person.id, kept, now=turn.now)


async def remember_topic(turn: Turn, topic: str) -> None:
    """Remembers that a wish was done, as talk of the FAQ's entry on that topic."""
    kept, entry = await _kept_talk(turn), next((each.key for each in turn.cycle.faq if each.topic == topic), None)
    if entry is not None:
        unanswered = kept.unanswered if kept is not None else None
        talk = conversation_context.Talk("faq", (entry,), None, unanswered, turn.language)
        await conversation_context.remember(turn.tx, turn.person.id, talk, now=turn.now)


def _combine_answers(turn: Turn, cycle: Cycle, found: Sequence[Answer]) -> Reply:
    """Combines several answers into one message, with the buttons of each; in the language of the question."""
    lines: list[Value] = []
    for answer in found:
        lines += ["", "", *answer.lines] if lines else list(answer.lines)
    offers = list(dict.fromkeys(offer for answer in found for offer in answer.offers))
    language = found[0].language
    keyboard = follow_up_keyboard(turn, cycle, offers[:_MOST_BUTTONS], language, sure=found[0].sure)
    return replace(reply(*lines, keyboard=keyboard), language=language)


async def pass_to_team(turn: Turn) -> Reply:
    """Passes the last question without an answer to the team; without one, asks for it."""
    talk = await conversation_context.current(turn.tx, turn.person.id, now=turn.now)
    if talk is None or not talk.unanswered:
        return await ask_which_question(turn)
    return await _send_to_team(turn, talk.unanswered, talk.language)


async def ask_which_question(turn: Turn) -> Reply:
    """Takes their next words as a question for the team."""
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, "question", now=turn.now)
    return reply(text("team.which_question"), keyboard=(home_row(),))


async def team_question_input(turn: Turn) -> Reply:
    """Takes the question that the team was promised; a bare "yes" is none."""
    wish = read_wish_words(turn.words, turn.language)
    if wish is not None and wish.kind in {"yes", "no"}:
        return await ask_which_question(turn)
    if len(turn.words) > LONGEST_QUESTION:
        return reply(text("team.too_long", most=LONGEST_QUESTION), keyboard=(home_row(),))
    await dialogs.end(turn.tx, turn.person.id)
    if is_urgent(found := await find_answers(turn, turn.words)):
        careful = await reply_with_answers(turn, found, turn.words)
        return replace(careful, then=await _send_to_team(turn, turn.words, found[0].language))
    languages = turn.services.answering.languages
    language = languages.guess(turn.words, turn.language, kept=turn.person.language_kept).language
    return await _send_to_team(turn, turn.words, language)


async def _send_to_team(turn: Turn, words: str, language: Language) -> Reply:
    may = await team_members.organizers(turn.tx, turn.services.organizers)
    if not turn.services.organizers and not may:
        return replace(
            reply(text("team.nobody"), *_contact_lines(turn), keyboard=await menu_keyboard(turn)), language=language
        )
    try:
        number = await questions.ask(turn.tx, turn.person.id, words, language, now=turn.now)
    except questions.TooManyQuestionsError:
        return replace(reply(text("team.enough"), keyboard=await menu_keyboard(turn)), language=language)
    await _notify_team(turn, number, may)
    await conversation_context.clear_unanswered(turn.tx, turn.person.id)
    return replace(reply(text("team.passed_on"), *_contact_lines(turn), keyboard=(home_row(),)), language=language)


async def _notify_team(turn: Turn, number: int, may: Sequence[int]) -> None:
    """Notifies whoever may answer and can be reached; who has not written to the bot yet finds it in /questions."""
    known = await participants.get_many(turn.tx, may)
    reachable = [each for each in may if known[each].unreachable_since is None]
    until = max((session.ends_at for session in (await turn.live()).values()), default=turn.now)
    good_until = max(until, turn.now) + turn.services.retention
    await outbox.put_question(turn.tx, number, reachable, now=turn.now, good_until=good_until)


def _contact_lines(turn: Turn) -> tuple[Value, ...]:
    return ("", text("help.contact", contact=turn.services.contact)) if turn.services.contact else ()


_SHORT_A_ROW = 2  # short labels stand two in a row

_LONG_KINDS = frozenset({"use_zone", "practices_of", "objectives_of", "remind", "join", "team", "enter", "tell", "faq"})

_LABELS: Mapping[str, tuple[str, str]] = {
    # kind: the label's key and the button's address
    "sessions": ("menu.sessions", "sessions"),
    "objectives": ("menu.objectives", "objectives"),
    "principles": ("menu.principles", "principles"),
    "practices": ("menu.practices", "practices"),
    "offer": ("offer.button", "of"),
    "more_practices": ("button.later", "pfound:1"),
    "reminders": ("menu.reminders", "rem"),
    "calendar": ("menu.calendar", "cal"),
    "zone": ("ask.my_zone", "zone"),
    "language": ("menu.language", "language"),
    "register": ("menu.register", "reg"),
    "my_registration": ("menu.mine", "mine"),
    "my_data": ("menu.data", "data"),
    "privacy": ("ask.privacy", "privacy"),
    "team": ("ask.team", "team"),
    "menu": ("button.menu", "menu"),
}
_NUMBERED: Mapping[str, tuple[Callable[[str], Value], str]] = {
    "session": (lambda number: text("session.before", number=int(number)), "s:{}"),
    "objective": (lambda number: text("objective.button", number=int(number)), "o:{}"),
    "principle": (lambda number: text("ask.principle", number=int(number)), "pr:{}"),
    "objectives_of": (lambda number: text("ask.objectives_of", number=int(number)), "so:{}"),
    "remind": (lambda number: text("ask.remind", number=int(number)), "rem:{}"),
    "files": (lambda _number: text("detail.button.materials"), "d:{}:materials"),
    "join": (lambda number: text("place.take", number=int(number)), "mine:s:{}:on"),
}


def follow_up_keyboard(
    turn: Turn, cycle: Cycle, offers: Sequence[tuple[str, str]], language: Language, *, sure: bool
) -> Keyboard:
    """Returns a button for each offer.

    The last one changes the language for good, where the question was in another.
    """
    practices = [key for kind, key in offers if kind == "practice"]
    buttons = [(each, offer[0]) for offer in offers if (each := _button(turn, cycle, offer, practices)) is not None]
    switch = (_language_button(language),) if sure and language != turn.language else ()
    return (*_practice_number_buttons(practices), *_arrange_rows(buttons), *((each,) for each in switch))


def _arrange_rows(buttons: Sequence[tuple[Button, str]]) -> Keyboard:
    """Arranges the buttons: long labels have a row to themselves, so that a small screen shows them whole."""
    long = tuple((button,) for button, kind in buttons if kind in _LONG_KINDS)
    short = rows(*(button for button, kind in buttons if kind not in _LONG_KINDS), of=_SHORT_A_ROW)
    return (*long, *short)


def _practice_number_buttons(practices: Sequence[str]) -> Keyboard:
    """Returns the buttons of a list of practices, by the numbers under which it shows them."""
    if len(practices) < 2:  # noqa: PLR2004 - one practice is shown already
        return ()
    return (tuple(Button(str(place), f"+p:{key}") for place, key in enumerate(practices, start=1)),)


def _button(turn: Turn, cycle: Cycle, offer: tuple[str, str], practices: Sequence[str]) -> Button | None:
    kind, key = offer
    if kind == "practice" and key in practices:
        return None
    if kind == "use_zone":
        zone, place = key.split("|", maxsplit=1)
        return None if zone == turn.person.zone else Button(text("ask.use_zone", place=place), f"+z:{zone}")
    if kind == "practices_of":
        count = len(cycle.practices_of(int(key)))
        return Button(text("objective.practices", n=count), f"+po:{key}:0")
    if kind in _NUMBERED:
        label, address = _NUMBERED[kind]
        return Button(label(key), "+" + address.format(key))
    if kind in _LABELS:
        label_key, address = _LABELS[kind]
        return Button(text(label_key), "+" + address)
    return _entry_button(cycle, key) if kind == "faq" else _detail_button(kind, key)


def _entry_button(cycle: Cycle, key: str) -> Button | None:
    """Returns the button of a question of the FAQ, in its own words."""
    asked = next((each.question for each in cycle.faq if each.key == key), None)
    return None if asked is None else Button(asked, f"+q:{key}")


def _detail_button(kind: str, key: str) -> Button | None:
    """Returns the way into a session, one session's own answer, or to be told of what is not known yet ("2:link")."""
    if kind == "enter":
        return Button(text("detail.enter"), url=key)
    if kind == "detail":
        return Button(text("session.before", number=int(key.partition(":")[0])), f"+d:{key}")
    return Button(text("detail.tell"), f"+tell:{key}:on") if kind == "tell" else None


def _language_button(language: Language) -> Button:
    return Button(text("ask.switch"), f"+lang:{language}")
