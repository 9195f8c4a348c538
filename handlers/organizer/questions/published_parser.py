"""The wordings and the words of a published answer, as an organizer types them."""

from dataclasses import replace

from db.people import dialogs
from db.questions import published as entries
from db.questions.published import REMOVED, PublishedAnswer
from handlers.organizer.questions import published
from handlers.turn import Turn
from knowledge.search.team_answers import LONGEST_PUBLISHED, LONGEST_WORDING, MOST_WORDINGS, is_somebodys
from knowledge.text.spelling import fold
from locales.localized import LANGUAGES, Language
from locales.reply import Button, Formatted, Keyboard, Reply, Value, reply, text

# The conversation in which one or the other is waited for; it keeps which, never the words.
DIALOG = "published"
_NONE = "-"


async def ask_wordings(turn: Turn, id: str, code: str) -> Reply:  # noqa: A002 - as in the button's address
    """What is typed next is how people ask it in that language."""
    entry = await _begin_input(turn, id, code, "asked")
    if entry is None:
        return await published.open_published(turn, id)
    now = dict(await published.current_wordings(turn, entry)).get(code, ())  # type: ignore[call-overload] # any code
    asks = text("published.ask.asked", language=text(f"language.name.{code}"), most=MOST_WORDINGS)
    return reply(asks, text("published.ask.nobodys"), "", *now, keyboard=_back_to_entry(id))


async def ask_published_text(turn: Turn, id: str, code: str) -> Reply:  # noqa: A002 - as in the button's address
    """What is typed next are its words in that language."""
    entry = await _begin_input(turn, id, code, "text")
    if entry is None:
        return await published.open_published(turn, id)
    now = dict(entry.texts).get(code)  # type: ignore[call-overload] # any code
    asks = text("published.ask.text", language=text(f"language.name.{code}"))
    return reply(asks, "", *((Formatted(now),) if now else ()), keyboard=_back_to_entry(id))


def _back_to_entry(id: object) -> Keyboard:  # noqa: A002 - as in the button's address
    return ((Button(text("button.back"), f"qf:{id}"),),)


async def _begin_input(turn: Turn, id: str, code: str, step: str) -> PublishedAnswer | None:  # noqa: A002 - as in the button's address
    entry = await entries.get(turn.tx, int(id))
    if entry is None or entry.state == REMOVED or code not in LANGUAGES:
        return None
    told = {"id": entry.id, "language": code, "version": entry.version}
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, step, now=turn.now, **told)
    return entry


async def published_input(turn: Turn) -> Reply:
    """Kept, unless somebody else has changed it meanwhile."""
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    entry = await entries.get(turn.tx, int(state.answers["id"]), lock=True) if state is not None else None
    if state is None or entry is None or entry.state == REMOVED:
        return await _discard_input(turn, await published.show_published(turn), text("published.gone"))
    if entry.version != state.answers["version"]:
        return await _discard_input(turn, await published.published_card(turn, entry), text("published.changed"))
    code: Language = state.answers["language"]
    values, problem = _parse_wordings(turn, entry, code) if state.step == "asked" else _parse_text(turn, entry, code)
    if problem is not None:
        return reply(problem, keyboard=_back_to_entry(entry.id))
    await dialogs.rest(turn.tx, turn.person.id)
    await entries.change(turn.tx, entry, **values)
    if entry.state == entries.PUBLISHED:
        await turn.note("faq_changed", answer=entry.answer_id)
    return await published.open_published(turn, str(entry.id))


async def _discard_input(turn: Turn, said: Reply, why: Value) -> Reply:
    """Nothing is kept of what they typed."""
    await dialogs.rest(turn.tx, turn.person.id)
    return replace(said, lines=(why, "", *said.lines))


def _parse_wordings(turn: Turn, entry: PublishedAnswer, code: Language) -> tuple[dict[str, object], Value | None]:
    """One a line; "-" for none in that language."""
    lines = [" ".join(line.split()) for line in turn.words.splitlines() if line.strip()]
    asked = [] if turn.words.strip() == _NONE else [line for line in lines if fold(line)]
    if len(asked) > MOST_WORDINGS:
        return {}, text("published.many", most=MOST_WORDINGS)
    if any(len(line) > LONGEST_WORDING for line in asked):
        return {}, text("published.long", most=LONGEST_WORDING)
    if any(is_somebodys(line) for line in asked):
        return {}, text("published.somebodys")
    changed = {**entry.asked, code: asked}
    if entry.state == entries.PUBLISHED and not any(changed.values()):
        return {}, text("published.unasked")
    return {"asked": {language: list(words) for language, words in changed.items()}}, None


def _parse_text(turn: Turn, entry: PublishedAnswer, code: Language) -> tuple[dict[str, object], Value | None]:
    if len(turn.words) > LONGEST_PUBLISHED:
        return {}, text("inbox.long", most=LONGEST_PUBLISHED)
    return {"texts": {**entry.texts, code: turn.html.strip()}}, None
