"""Publishes answers that the bot then gives to everybody: made from a sent answer, edited, published, removed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from db.people import dialogs
from db.questions import answers, questions
from db.questions import published as entries
from db.questions.published import DRAFT, PUBLISHED, REMOVED, PublishedAnswer
from db.team.team import suffices
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row, page_row
from handlers.turn import Turn
from knowledge.programme.answer_card import shorten_quote
from knowledge.search.team_answers import (
    LONGEST_PUBLISHED,
    LONGEST_WORDING,
    MOST_WORDINGS,
    faq_from_entry,
    has_personal_data,
    propose_wordings,
    unanswered_wordings,
)
from knowledge.text.words import fold
from locales.localized import LANGUAGES, Language
from locales.reply import Button, Day, Formatted, Keyboard, Reply, Value, reply, rows, text

_A_PAGE, _MOST_PAGES = 6, 999
_LINE, _SHOWN, _MOST_DEAF = 120, 100, 2
Wordings = Mapping[Language, Sequence[str]]
# The conversation in which one or the other is waited for; it keeps which, never the words.
DIALOG = "published"
_NONE = "-"


async def show_published(turn: Turn, page: str = "0") -> Reply:
    """Shows what is published, the newest first; all of the team may look."""
    found = await entries.all_published(turn.tx, turn.cycle.key)
    pages = min(max(-(-len(found) // _A_PAGE), 1), _MOST_PAGES)
    number = min(int(page), pages - 1)
    shown = found[number * _A_PAGE : (number + 1) * _A_PAGE]
    lines: list[Value] = [text("published.heading"), text("published.count", n=len(found))]
    lines += [text("page", page=number + 1, pages=pages)] if pages > 1 else []
    for each in shown:
        lines += ["", text("published.line", number=each.id, words=shorten_quote(_first_wording(each.asked), _LINE))]
        lines.append(text("answer.by_team", day=Day(each.answered_at)))
    see = rows(*(Button(text("inbox.see.one", number=each.id), f"qf:{each.id}") for each in shown), of=3)
    back = (Button(text("inbox.button"), "qs"), *home_row())
    return reply(*lines, keyboard=(*see, *page_row("qf:p:", number, pages), back))


def _first_wording(asked: Wordings) -> str:
    return next((words for each in asked.values() for words in each), "")


async def make_published_draft(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Makes the draft of an entry, from an answer that was sent; nothing is published yet."""
    answer = await answers.get(turn.tx, int(id), lock=True)
    if answer is None or answer.state != answers.SENT or answer.settled_at is None:
        return replace(await show_published(turn), toast=text("inbox.gone"))
    number = await entries.create_draft(
        turn.tx, turn.cycle.key, answer.id, answer.bodies, answered_at=answer.settled_at
    )
    return await open_published(turn, str(number))


async def open_published(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows an entry; drafts only to who may publish them."""
    entry = await entries.get(turn.tx, int(id))
    may = suffices(turn.role, "organizer")
    if entry is None or not (entry.state == PUBLISHED or (entry.state == DRAFT and may)):
        return replace(await show_published(turn), toast=text("published.gone"))
    return await published_card(turn, entry)


async def current_wordings(turn: Turn, entry: PublishedAnswer) -> Wordings:
    """Returns how it is asked: as an organizer wrote it; until it is published also as people did, to be looked at."""
    if entry.state != DRAFT:
        return entry.asked
    asked = await questions.questions_of_answer(turn.tx, entry.answer_id)
    asked_wordings = {
        code: propose_wordings([each.words for each in asked if each.language == code]) for code in LANGUAGES
    }
    return {code: entry.asked.get(code, asked_wordings[code]) for code in LANGUAGES}


async def published_card(turn: Turn, entry: PublishedAnswer) -> Reply:
    """Shows the wordings exactly as they would be kept, the answer's words, and every way on."""
    asked = await current_wordings(turn, entry)
    lines: list[Value] = [text("published.card", number=entry.id, state=text(f"published.state.{entry.state}"))]
    lines += [text("answer.by_team", day=Day(entry.answered_at))]
    for code in LANGUAGES:
        if asked.get(code):
            lines += ["", text("published.asked", language=text(f"language.name.{code}"))]
            lines += [text("published.wording", words=words) for words in asked[code]]
    for code, words in entry.texts.items():
        answer = text(
            "published.text",
            language=text(f"language.name.{code}"),
            words=shorten_quote(Formatted(words).plain, _SHOWN),
        )
        lines += ["", answer]
    lines += [text("published.deaf", words=each) for each in await _unmatched_wordings(turn, entry, asked)]
    lines += ["", text("published.look")] if entry.state == DRAFT else []
    return reply(*lines, keyboard=_entry_buttons(turn, entry))


async def _unmatched_wordings(turn: Turn, entry: PublishedAnswer, asked: Wordings) -> list[str]:
    """Returns wordings to which the bot would say something else all the same.

    It is careful with people's own cases.
    """
    would = faq_from_entry(replace(entry, asked=asked))
    answering, situation = turn.services.answering.with_team([would]), await ask.make_situation(turn)

    def finds(words: str, language: Language) -> bool:
        return any(would.key in each.ids for each in answering.answers(words, situation, language))

    return unanswered_wordings(asked, finds)[:_MOST_DEAF]


def _entry_buttons(turn: Turn, entry: PublishedAnswer) -> Keyboard:
    back = (Button(text("published.button"), "qf:p:0"), Button(text("inbox.button"), "qs"))
    if not suffices(turn.role, "organizer"):
        return (back,)
    edit = []
    for code in LANGUAGES:
        language = text(f"language.name.{code}")
        edit.append(Button(text("published.edit.asked", language=language), f"qf:w:{entry.id}:{code}"))
        edit.append(Button(text("published.edit.text", language=language), f"qf:t:{entry.id}:{code}"))
    publish = Button(text("published.publish"), f"qf:ok:{entry.id}:{entry.version}")
    remove = Button(text("published.remove"), f"qf:x:{entry.id}")
    return (*rows(*edit, of=2), (publish if entry.state == DRAFT else remove,), back)


async def publish_answer(turn: Turn, id: str, version: str) -> Reply:  # noqa: A002 - as in the button's address
    """Publishes it: from here on the bot gives it, on every replica."""
    entry = await entries.get(turn.tx, int(id), lock=True)
    if entry is None or entry.state != DRAFT:
        return await open_published(turn, id)
    if entry.version != int(version):
        return replace(await published_card(turn, entry), toast=text("inbox.look_again"))
    asked = {code: list(words) for code, words in (await current_wordings(turn, entry)).items() if words}
    if not asked:
        return replace(await published_card(turn, entry), toast=text("published.unasked"))
    if any(len(Formatted(words).plain) > LONGEST_PUBLISHED for words in entry.texts.values()):
        return replace(await published_card(turn, entry), toast=text("published.shorten", most=LONGEST_PUBLISHED))
    await entries.change(turn.tx, entry, state=PUBLISHED, asked=asked)
    await turn.note("faq_published", answer=entry.answer_id)
    return replace(await open_published(turn, id), toast=text("published.done"))


async def ask_to_unpublish(_turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for a second tap, the last one."""
    yes, no = Button(text("published.remove.yes"), f"qf:x:{id}:yes"), Button(text("button.back"), f"qf:{id}")
    return reply(text("published.remove.ask"), keyboard=((yes,), (no,)))


async def unpublish_answer(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Withdraws it: the bot does not give it any more."""
    entry = await entries.get(turn.tx, int(id), lock=True)
    if entry is None or entry.state == entries.REMOVED or not await entries.remove(turn.tx, entry):
        return replace(await show_published(turn), toast=text("published.gone"))
    await turn.note("faq_removed", answer=entry.answer_id)
    return replace(await show_published(turn), toast=text("published.removed"))


async def ask_wordings(turn: Turn, id: str, code: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks how people ask it in that language: what is typed next."""
    entry = await _begin_input(turn, id, code, "asked")
    if entry is None:
        return await open_published(turn, id)
    now = dict(await current_wordings(turn, entry)).get(code, ())  # type: ignore[call-overload] # any code
    asks = text("published.ask.asked", language=text(f"language.name.{code}"), most=MOST_WORDINGS)
    return reply(asks, text("published.ask.nobodys"), "", *now, keyboard=_back_to_entry(id))


async def ask_published_text(turn: Turn, id: str, code: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for its words in that language: what is typed next."""
    entry = await _begin_input(turn, id, code, "text")
    if entry is None:
        return await open_published(turn, id)
    now = dict(entry.texts).get(code)  # type: ignore[call-overload] # any code
    asks = text("published.ask.text", language=text(f"language.name.{code}"))
    return reply(asks, "", *((Formatted(now),) if now else ()), keyboard=_back_to_entry(id))


def _back_to_entry(id: object) -> Keyboard:  # noqa: A002 - as in the button's address
    return ((Button(text("button.back"), f"qf:{id}"),),)


async def _begin_input(turn: Turn, id: str, code: str, step: str) -> PublishedAnswer | None:  # noqa: A002 - as in the button's address
    entry = await entries.get(turn.tx, int(id))
    if entry is None or entry.state == REMOVED or code not in LANGUAGES:
        return None
    answers = {"id": entry.id, "language": code, "version": entry.version}
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, step, now=turn.now, **answers)
    return entry


async def published_input(turn: Turn) -> Reply:
    """Keeps what was typed, unless somebody else has changed it meanwhile."""
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    entry = await entries.get(turn.tx, int(state.answers["id"]), lock=True) if state is not None else None
    if state is None or entry is None or entry.state == REMOVED:
        return await _discard_input(turn, await show_published(turn), text("published.gone"))
    if entry.version != state.answers["version"]:
        return await _discard_input(turn, await published_card(turn, entry), text("published.changed"))
    code: Language = state.answers["language"]
    values, problem = _parse_wordings(turn, entry, code) if state.step == "asked" else _parse_text(turn, entry, code)
    if problem is not None:
        return reply(problem, keyboard=_back_to_entry(entry.id))
    await dialogs.rest(turn.tx, turn.person.id)
    await entries.change(turn.tx, entry, **values)
    if entry.state == entries.PUBLISHED:
        await turn.note("faq_changed", answer=entry.answer_id)
    card = await open_published(turn, str(entry.id))
    if state.step == "asked" or code not in entry.texts:
        return card
    return replace(card, lines=(text("announce.replaced", language=text(f"language.name.{code}")), "", *card.lines))


async def _discard_input(turn: Turn, answer: Reply, why: Value) -> Reply:
    """Discards what they typed: nothing of it is kept."""
    await dialogs.rest(turn.tx, turn.person.id)
    return replace(answer, lines=(why, "", *answer.lines))


def _parse_wordings(turn: Turn, entry: PublishedAnswer, code: Language) -> tuple[dict[str, object], Value | None]:
    """Reads the wordings, one a line; "-" for none in that language."""
    lines = [" ".join(line.split()) for line in turn.words.splitlines() if line.strip()]
    asked = [] if turn.words.strip() == _NONE else [line for line in lines if fold(line)]
    if len(asked) > MOST_WORDINGS:
        return {}, text("published.many", most=MOST_WORDINGS)
    if any(len(line) > LONGEST_WORDING for line in asked):
        return {}, text("published.long", most=LONGEST_WORDING)
    if any(has_personal_data(line) for line in asked):
        return {}, text("published.somebodys")
    changed = {**entry.asked, code: asked}
    if entry.state == entries.PUBLISHED and not any(changed.values()):
        return {}, text("published.unasked")
    return {"asked": {language: list(words) for language, words in changed.items()}}, None


def _parse_text(turn: Turn, entry: PublishedAnswer, code: Language) -> tuple[dict[str, object], Value | None]:
    if len(turn.words) > LONGEST_PUBLISHED:
        return {}, text("inbox.long", most=LONGEST_PUBLISHED)
    return {"texts": {**entry.texts, code: turn.html.strip()}}, None
