"""Asks the panel: the words, what will be shown of who asks, a look at exactly that, and sending it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from changes import panel
from changes.panel_board import shown_as
from db.panel import panel_questions
from db.panel.panel_questions import APPROVED, NewPanelQuestion, PanelQuestion
from db.people import dialogs, registrations
from db.people.dialogs import DialogState
from db.programme.live_programme import LiveSession
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row
from handlers.participant.panel import panel_list
from handlers.turn import Turn
from knowledge.text.question_clustering import AskedQuestion, cluster_questions
from knowledge.text.question_words import asks_something, clean_question
from knowledge.wishes.wish_words import read_panel_words
from locales.reply import Button, Keyboard, Reply, reply, text

DIALOG = "panel"
# What is longer is not read from a screen in a room.
LONGEST = 300
_LONGEST_NAME = 60
_WORDS, _SIMILAR, _PREVIEW = "words", "similar", "preview"


async def start_asking(turn: Turn, number: str) -> Reply:
    """Asks for the question to that session's panel; says why not where it cannot be asked."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await panel_list.show_panel_now(turn)
    refused = await _refusal(turn, live)
    if refused is not None:
        return refused
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, _WORDS, now=turn.now, number=live.number)
    asks = text("panel.asks", number=live.number, title=turn.cycle.session(live.number).title)
    back = (Button(text("button.back"), f"pq:{live.number}"), *home_row())
    return reply(asks, text("panel.asks.how", most=LONGEST), keyboard=(back,))


async def _refusal(turn: Turn, live: LiveSession) -> Reply | None:
    """Returns why this person cannot ask that panel now; None where they can."""
    back: Keyboard = ((Button(text("panel.button"), f"pq:{live.number}"), *home_row()),)
    if not panel.takes_questions(live, turn.now):
        team = (Button(text("ask.team"), "team"),)
        return reply(panel_list.state_line(turn, live), keyboard=(team, *back))
    if await panel_questions.count_open(turn.tx, live.id, turn.person.id) >= panel_questions.MOST_OPEN:
        mine = (Button(text("panel.mine", n=panel_questions.MOST_OPEN), f"pq:my:{live.number}"),)
        return reply(text("panel.enough", n=panel_questions.MOST_OPEN), keyboard=(mine, *back))
    return None


async def ask_in_one_message(turn: Turn, words: str, number: int | None) -> Reply:
    """Takes "question to the panel: …": of the session that is named, else of the one that can be asked now."""
    live = await turn.live()
    named = live.get(number) if number is not None else panel.asked_session(list(live.values()), turn.now)
    if named is None:
        return await panel_list.show_panel_now(turn)
    if not words:
        return await start_asking(turn, str(named.number))
    refused = await _refusal(turn, named)
    if refused is not None:
        return refused
    return await _take_words(turn, named, words)


async def panel_input(turn: Turn) -> Reply:
    """Takes what was typed for the question, also in place of what was typed before."""
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    live = (await turn.live()).get(int(state.answers["number"])) if state is not None else None
    if live is None:
        await dialogs.end(turn.tx, turn.person.id, DIALOG)
        return await panel_list.show_panel_now(turn)
    refused = await _refusal(turn, live)
    if refused is not None:
        await dialogs.end(turn.tx, turn.person.id, DIALOG)
        return refused
    addressed = read_panel_words(turn.words)  # "tengo una pregunta para el panel: …", though it was asked for
    typed = addressed.words if addressed is not None and addressed.words else turn.words
    found = await ask.find_answers(turn, turn.words)
    if ask.is_urgent(found):  # help comes before everything else; the question can still be sent
        careful = await ask.reply_with_answers(turn, found, turn.words)
        return replace(careful, then=await _take_words(turn, live, typed))
    return await _take_words(turn, live, typed)


async def panel_unreadable(_turn: Turn) -> Reply:
    """Answers a photo or a voice message in the middle of it: the question is needed in writing."""
    return reply(text("panel.unreadable"), keyboard=(home_row(),))


async def _take_words(turn: Turn, live: LiveSession, typed: str) -> Reply:
    words = clean_question(typed)
    back = (Button(text("button.back"), f"pq:{live.number}"), *home_row())
    if len(words) > LONGEST or not asks_something(words):
        await dialogs.begin(turn.tx, turn.person.id, DIALOG, _WORDS, now=turn.now, number=live.number)
        long = text("panel.too_long", most=LONGEST, has=len(words))
        return reply(long if len(words) > LONGEST else text("panel.too_short"), keyboard=(back,))
    kept = turn.person.language_kept
    language = turn.services.answering.languages.guess(words, turn.language, kept=kept).language
    answers: dict[str, Any] = {"number": live.number, "words": words, "language": language}
    answers |= {"shown": "nobody", "label": ""}
    similar = await _similar(turn, live, words, answers["language"])
    return await _offer_vote(turn, similar, answers) if similar is not None else await _preview(turn, answers)


async def _similar(turn: Turn, live: LiveSession, words: str, language: Any) -> PanelQuestion | None:  # noqa: ANN401 - a language's code
    """Returns the question on the list, of somebody else, that asks the same; None where there is none."""
    listed = await panel_questions.questions_of_session(turn.tx, live.id, [APPROVED])
    known = {each.id: each for each in listed if each.participant_id != turn.person.id}
    asked = [AskedQuestion(each.id, each.words, each.language) for each in known.values()]
    groups = cluster_questions([*asked, AskedQuestion(0, words, language)], turn.services.answering.stems)
    same = next((group for group in groups if 0 in group and len(group) > 1), [])
    return next((known[key] for key in same if key), None)


async def _offer_vote(turn: Turn, similar: PanelQuestion, answers: Mapping[str, Any]) -> Reply:
    version = await _keep(turn, _SIMILAR, {**answers, "similar": similar.id})
    join = (Button(text("panel.similar.vote"), f"pq:j:{version}:{similar.id}"),)
    own = (Button(text("panel.similar.own"), f"pq:own:{version}"),)
    quoted = text("panel.quote", words=similar.words_in(turn.language))
    votes = text("panel.votes", n=similar.votes)
    return reply(text("panel.similar"), "", quoted, votes, keyboard=(join, own, home_row()))


async def _keep(turn: Turn, step: str, answers: Mapping[str, Any]) -> int:
    return await dialogs.begin(turn.tx, turn.person.id, DIALOG, step, now=turn.now, **answers)


async def _preview(turn: Turn, answers: Mapping[str, Any]) -> Reply:
    """Shows exactly what others will see, and the ways to change it."""
    version = await _keep(turn, _PREVIEW, answers)
    return reply(
        text("panel.preview", number=int(answers["number"])),
        "",
        text("panel.quote", words=str(answers["words"])),
        text("panel.by", who=shown_as(str(answers["shown"]), str(answers["label"]))),
        "",
        text("panel.preview.note"),
        keyboard=(
            *await _shown_buttons(turn, str(answers["shown"]), version),
            (Button(text("panel.send"), f"pq:ok:{version}"),),
            (Button(text("panel.drop"), f"pq:no:{version}"),),
        ),
    )


async def _shown_buttons(turn: Turn, chosen: str, version: int) -> Keyboard:
    labels = await _labels(turn)
    return tuple(
        (Button(text(f"panel.show.{key}", who=shown_as(key, label)), f"pq:as:{version}:{key}"),)
        for key, label in labels.items()
        if key != chosen
    )


async def _labels(turn: Turn) -> dict[str, str]:
    """Returns what may be shown of this person: nobody, their country as registered, their name."""
    registered = await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key)
    name = clean_question(registered.name if registered is not None else turn.name)[:_LONGEST_NAME]
    found = {"nobody": "", "country": registered.country if registered is not None else "", "name": name}
    return {key: label for key, label in found.items() if label or key == "nobody"}


async def _current(turn: Turn, version: str) -> DialogState | None:
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    return state if state is not None and state.version == int(version) and "words" in state.answers else None


async def choose_shown(turn: Turn, version: str, value: str) -> Reply:
    """Shows their name, their country or nobody with the question."""
    state, labels = await _current(turn, version), await _labels(turn)
    if state is None or value not in labels:
        return await _stale(turn)
    return await _preview(turn, {**state.answers, "shown": value, "label": labels[value]})


async def _stale(turn: Turn) -> Reply:
    return replace(await panel_list.show_panel_now(turn), toast=text("button.stale"))


async def keep_own(turn: Turn, version: str) -> Reply:
    """Goes on with their own question beside the one that asks nearly the same."""
    state = await _current(turn, version)
    return await _stale(turn) if state is None else await _preview(turn, state.answers)


async def join_similar(turn: Turn, version: str, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Votes for the question that asks the same, and sends none."""
    state = await _current(turn, version)
    if state is None or state.answers.get("similar") != int(id):
        return await _stale(turn)
    await dialogs.close(turn.tx, turn.person.id, state)
    return await panel_list.switch_vote(turn, id, "0", "on")


async def abandon_question(turn: Turn, version: str) -> Reply:
    """Sends nothing and forgets the words."""
    state = await _current(turn, version)
    if state is None:
        return await _stale(turn)
    await dialogs.close(turn.tx, turn.person.id, state)
    shown = await panel_list.show_panel(turn, str(state.answers["number"]))
    return replace(shown, toast=text("panel.dropped"))


async def send_question(turn: Turn, version: str) -> Reply:
    """Sends the question to the moderators, exactly as it was shown."""
    state = await _current(turn, version)
    live = (await turn.live()).get(int(state.answers["number"])) if state is not None else None
    if state is None or live is None:
        return await _stale(turn)
    refused = await _refusal(turn, live)
    if refused is not None or not await dialogs.close(turn.tx, turn.person.id, state):
        return refused or await _stale(turn)
    words, language = str(state.answers["words"]), state.answers["language"]
    shown, label = state.answers["shown"], str(state.answers["label"])
    asked = NewPanelQuestion(live.id, turn.person.id, words, language, shown, label)
    await panel_questions.ask(turn.tx, asked, now=turn.now)
    await panel.tell_of_first(turn.tx, turn.cycle.key, live, turn.services.organizers, now=turn.now)
    mine = (Button(text("panel.mine", n=1), f"pq:my:{live.number}"),)
    others = (Button(text("panel.button"), f"pq:{live.number}"), *home_row())
    sent = reply(text("panel.sent"), "", text("panel.quote", words=words), text("panel.by", who=shown_as(shown, label)))
    return replace(sent, keyboard=(mine, others))
