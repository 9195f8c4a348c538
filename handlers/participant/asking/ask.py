"""A question in people's own words: answered, followed up, or passed on to the team."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from db.delivery import outbox
from db.people import conversation_context, dialogs, participants
from db.programme import live_programme
from db.questions import questions
from db.team import team as team_members
from handlers.participant.asking.follow_up_buttons import follow_up_keyboard
from handlers.participant.keyboards import home_row, menu_keyboard
from handlers.turn import Turn
from knowledge.answers.answer_models import Answer, Situation, Talk
from knowledge.programme.cycle import Cycle
from knowledge.search.team_answers import TOPIC as TEAM_TOPIC
from knowledge.text.message_splitting import strip_introduction
from knowledge.wishes.wish_words import read_wish_words
from locales.localized import Language
from locales.reply import Reply, Value, reply, text

DIALOG = "team"
# With its heading a question must still fit one message to an organizer.
LONGEST_QUESTION = 3_000
_MOST_BUTTONS = 8
_SILENT = frozenset({"out_of_scope", "offered"})  # an honest "I do not know", or "is one of these your question?"


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
    if meaning is None or not knows.needs_meaning(found):
        return found
    asked = strip_introduction(words)  # "my boss wants to know if …" says nothing of what is asked
    near = await asyncio.to_thread(meaning.nearest, asked, turn.language, published=knows.published)
    return knows.answers(words, replace(at, near=tuple(near)), language) if near else found


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
    talk = (
        turn.context.talk
        if turn.context is not None
        else await conversation_context.current(turn.tx, turn.person.id, now=turn.now)
    )
    before = Talk(talk.kind, tuple(talk.ids), talk.zone) if talk is not None and talk.kind else None
    details = await turn.details()
    return Situation(
        turn.cycle, live, turn.now, turn.language, turn.person.zone, before, cancelled, details,
        language_kept=turn.person.language_kept,
    )  # fmt: skip


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
    talk = last.talk or Talk("")
    kept = conversation_context.Talk(talk.kind, talk.ids, talk.zone, unanswered, last.language)
    await conversation_context.remember(turn.tx, turn.person.id, kept, now=turn.now)


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
