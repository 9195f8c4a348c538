"""Drafts an answer: its text in each language, the questions it answers, its preview, its deletion."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from db.people import dialogs
from db.questions import answers, published, questions
from db.questions.answers import CLOSED, DRAFT, SENT, TeamAnswer
from db.questions.questions import Question
from handlers.organizer.questions import questions as inbox
from handlers.turn import Turn
from knowledge.programme.answer_card import LONGEST_ANSWER, build_answer_card
from locales.localized import LANGUAGES, Language
from locales.reply import Button, Day, Formatted, Hour, Keyboard, Listing, Reply, Value, reply, rows, text
from locales.telegram_length import telegram_length

# The conversation in which an answer is waited for; it keeps for which draft and language, never the words.
DIALOG = "answer"
_NOT_THERE = frozenset({"unreachable", "refused", "expired", "cancelled", "unknown"})


async def show_answer_of_question(turn: Turn, question_id: int) -> Reply:
    """Shows where a question went that does not wait any more: the answer that is for it, or nowhere."""
    holder = await answers.answer_id_of_question(turn.tx, question_id)
    if holder is None:
        return replace(await inbox.show_questions(turn), toast=text("inbox.gone"))
    return await show_taken_answer(turn, holder)


async def show_taken_answer(turn: Turn, number: int) -> Reply:
    """Shows who has taken that question up, and how far it is."""
    answer = await answers.get(turn.tx, number)
    if answer is None:
        return replace(await inbox.show_questions(turn), toast=text("inbox.gone"))
    return replace(await answer_card(turn, answer), toast=author_line(answer))


def author_line(answer: TeamAnswer) -> Value:
    """Returns who has it in hand, or has settled it."""
    return text(f"inbox.by.{answer.state}", name=answer.author or text("audit.gone"))


async def open_answer(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows the answer as it stands, with what can be done about it."""
    answer = await answers.get(turn.tx, int(id))
    return (
        await answer_card(turn, answer)
        if answer is not None
        else replace(await inbox.show_questions(turn), toast=text("inbox.gone"))
    )


async def answer_card(turn: Turn, answer: TeamAnswer) -> Reply:
    """Shows who asks, what is written, and every way on."""
    asked = await questions.questions_of_answer(turn.tx, answer.id)
    moment = answer.settled_at or answer.created_at
    lines: list[Value] = [
        text("inbox.answer", number=answer.id, state=text(f"inbox.state.{answer.state}")),
        text("inbox.when", by=author_line(answer), day=Day(moment), hour=Hour(moment)),
        "",
        text("inbox.card", n=questions.count_people(asked)),
        *inbox.wording_lines(asked),
        "",
        *(_language_lines(answer, asked) if answer.state == DRAFT else await _delivery_lines(turn, answer)),
    ]
    keyboard = (
        await _draft_buttons(turn, answer, asked) if answer.state == DRAFT else await _settled_buttons(turn, answer)
    )
    return reply(*lines, keyboard=keyboard)


def _language_lines(answer: TeamAnswer, asked: Sequence[Question]) -> list[Value]:
    """Returns which languages there are; and which of those who ask would read another one."""
    names = tuple(text(f"language.name.{code}") for code in answer.bodies)
    lines: list[Value] = [text("announce.written", what=Listing(names)) if names else text("announce.unwritten")]
    for code in _missing_languages(answer, asked):
        people = questions.count_people([each for each in asked if each.language == code])
        lines.append(text("announce.missing", language=text(f"language.name.{code}"), n=people, first=names[0]))
    return lines


def _missing_languages(answer: TeamAnswer, asked: Sequence[Question]) -> list[Language]:
    """Returns the languages of those who ask in which nothing is written, once anything is."""
    spoken = Counter(each.language for each in asked)
    return [code for code in LANGUAGES if answer.bodies and spoken[code] and code not in answer.bodies]


async def _delivery_lines(turn: Turn, answer: TeamAnswer) -> list[Value]:
    counts = await answers.delivery_counts(turn.tx, answer)
    total, sent = sum(counts.values()), counts.get("sent", 0)
    lost = sum(count for state, count in counts.items() if state in _NOT_THERE)
    lines: list[Value] = [text("inbox.delivered", done=sent, total=total)] if sent or lost else []
    if lost:
        lines.append(text("inbox.lost", count=lost))
    if leaving := total - sent - lost:
        lines.append(text("inbox.leaving", count=leaving))
    return lines


async def _draft_buttons(turn: Turn, answer: TeamAnswer, asked: Sequence[Question]) -> Keyboard:
    number, missing = answer.id, _missing_languages(answer, asked)
    if not answer.bodies:
        missing = [turn.language]
    add = [
        _language_button(text("inbox.add", language=text(f"language.name.{code}")), number, code) for code in missing
    ]
    edit = [
        _language_button(text("inbox.edit", language=text(f"language.name.{code}")), number, code)
        for code in answer.bodies
    ]
    more = len(await inbox.find_similar(turn, asked))
    who = [Button(text("inbox.add.alike", n=more), f"qa:m:{number}")] if more else []
    who += [Button(text("inbox.take_out"), f"qa:o:{number}")] if len(inbox.distinct_wordings(asked)) > 1 else []
    look, send = (
        Button(text("announce.preview.button"), f"qa:p:{number}"),
        f"qa:go:{number}:{content_hash(answer, asked)}",
    )
    ready = ((look, Button(text("inbox.send"), send)),) if answer.bodies and asked else ()
    drop = (Button(text("announce.drop"), f"qa:d:{number}"), Button(text("button.back"), "qs"))
    return (*rows(*add, *edit, of=1), *rows(*who, of=1), *ready, drop)


def content_hash(answer: TeamAnswer, asked: Sequence[Question]) -> int:
    """Returns a number for the words and for who asks: what somebody changes meanwhile is not sent unseen."""
    whole = repr((list(answer.bodies.items()), [each.id for each in asked]))
    return int(sha256(whole.encode()).hexdigest(), 16) % 10**9


def _language_button(label: Value, number: int, code: Language) -> Button:
    return Button(label, f"qa:b:{number}:{code}")


async def _settled_buttons(turn: Turn, answer: TeamAnswer) -> Keyboard:
    entry = await published.get_by_answer(turn.tx, answer.id) if answer.state == SENT else None
    again = Button(text("announce.refresh"), f"qa:{answer.id}")
    back = (again, Button(text("button.back"), "qs"))
    if answer.state == CLOSED:
        return (back,)
    known = (
        Button(text("published.see"), f"qf:{entry.id}")
        if entry
        else Button(text("published.make"), f"qf:new:{answer.id}")
    )
    return ((known,), back)


async def ask_answer_text(turn: Turn, id: str, code: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for the answer in that language: what is typed next."""
    answer = await answers.get(turn.tx, int(id))
    if answer is None or answer.state != DRAFT or code not in LANGUAGES:
        return await open_answer(turn, id)
    seen = _text_hash(answer, code)
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, "body", now=turn.now, id=answer.id, language=code, seen=seen)
    others = [
        _language_button(text("inbox.ask.in", language=text(f"language.name.{other}")), answer.id, other)
        for other in LANGUAGES
        if other != code and not answer.bodies
    ]
    mine_alone = not answer.bodies and answer.author_id == turn.person.id
    back = (Button(text("button.back"), f"qa:d:{id}" if mine_alone else f"qa:{id}"),)
    asks = text("inbox.ask", language=text(f"language.name.{code}"))
    asked = await questions.questions_of_answer(turn.tx, answer.id)
    return reply(
        *inbox.wording_lines(asked[-1:]),
        "",
        asks,
        text("inbox.ask.how", most=LONGEST_ANSWER),
        keyboard=(*rows(*others, of=3), back),
    )


def _text_hash(answer: TeamAnswer, code: str) -> str:
    """Returns whether somebody else has written there meanwhile."""
    return sha256(dict(answer.bodies).get(code, "").encode()).hexdigest()[:16]  # type: ignore[call-overload] # any code


async def answer_input(turn: Turn) -> Reply:
    """Takes the answer that was waited for; not where somebody was faster."""
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    answer = await answers.get(turn.tx, int(state.answers["id"]), lock=True) if state is not None else None
    if state is None or answer is None:
        await dialogs.rest(turn.tx, turn.person.id)
        return _with_first_lines(await inbox.show_questions(turn), text("inbox.gone"), text("inbox.late"))
    code: Language = state.answers["language"]
    if answer.state != DRAFT:
        await dialogs.rest(turn.tx, turn.person.id)
        return _with_first_lines(await answer_card(turn, answer), author_line(answer), text("inbox.late"))
    if (there := answer.bodies.get(code)) is not None and _text_hash(answer, code) != state.answers["seen"]:
        await ask_answer_text(turn, str(answer.id), code)  # what they send next is for these words
        back = ((Button(text("button.back"), f"qa:{answer.id}"),),)
        return reply(text("inbox.changed"), "", Formatted(there), "", text("inbox.changed.again"), keyboard=back)
    return await _save_answer(turn, answer, code)


def _with_first_lines(answer: Reply, *lines: Value) -> Reply:
    return replace(answer, lines=(*lines, "", *answer.lines))


async def _save_answer(turn: Turn, answer: TeamAnswer, code: Language) -> Reply:
    if telegram_length(turn.words) > LONGEST_ANSWER:
        back = ((Button(text("button.back"), f"qa:{answer.id}"),),)
        return reply(text("inbox.long", most=LONGEST_ANSWER), keyboard=back)
    await answers.set_body(turn.tx, answer.id, code, turn.html.strip())
    await dialogs.rest(turn.tx, turn.person.id)
    card = await open_answer(turn, str(answer.id))
    if code not in answer.bodies:
        return card
    return _with_first_lines(card, text("announce.replaced", language=text(f"language.name.{code}")))


async def preview_answer(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows it exactly as it arrives, for each language of those who ask; the card comes last."""
    answer = await answers.get(turn.tx, int(id))
    asked = await questions.questions_of_answer(turn.tx, int(id))
    if answer is None or not answer.bodies or not asked:
        return await open_answer(turn, id)
    last = replace(await answer_card(turn, answer), fresh=True)
    newest = {each.language: each for each in asked}
    for code in reversed([each for each in LANGUAGES if each in newest]):
        people = questions.count_people([each for each in asked if each.language == code])
        heading = reply(text("inbox.preview", language=text(f"language.name.{code}"), n=people))
        arrives = build_answer_card(newest[code].words, code, answer.bodies)
        last = replace(heading, then=replace(arrives, then=last), fresh=True)
    return last


async def delete_answer_draft(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Deletes the draft; what it was for waits again."""
    if await answers.remove(turn.tx, int(id)):
        await dialogs.end(turn.tx, turn.person.id, DIALOG)
        await turn.note("answer_dropped", answer=int(id))
    return await inbox.show_questions(turn)


async def add_similar_questions(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Adds those questions, too, that came since."""
    answer = await answers.get(turn.tx, int(id), lock=True)
    if answer is not None and answer.state == DRAFT:
        asked = await questions.questions_of_answer(turn.tx, answer.id)
        if added := await answers.add_questions(turn.tx, answer.id, await inbox.find_similar(turn, asked)):
            await turn.note("answer_added", n=added, answer=answer.id)
    return await open_answer(turn, id)


async def ask_question_to_remove(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks which of the questions asks something else."""
    asked = await questions.questions_of_answer(turn.tx, int(id))
    shown = inbox.distinct_wordings(asked)
    buttons = [Button(str(place), f"qa:o:{id}:{same[0].id}") for place, same in enumerate(shown, start=1)]
    back = (Button(text("button.back"), f"qa:{id}"),)
    return reply(text("inbox.take_out.ask"), "", *inbox.wording_lines(asked), keyboard=(*rows(*buttons, of=4), back))


async def remove_question(turn: Turn, id: str, version: str) -> Reply:  # noqa: A002 - as in the button's address
    """Returns that question (`version` is its number), and whoever asked it in the same words, to the inbox."""
    answer = await answers.get(turn.tx, int(id), lock=True)
    if answer is not None and answer.state == DRAFT:
        asked = await questions.questions_of_answer(turn.tx, answer.id)
        same = (each for each in inbox.distinct_wordings(asked) if any(one.id == int(version) for one in each))
        if gone := await answers.remove_questions(turn.tx, answer.id, [each.id for each in next(same, [])]):
            await turn.note("answer_taken_out", n=gone, answer=answer.id)
    return await open_answer(turn, id)
