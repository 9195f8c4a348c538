"""A moderator's card of a panel, and the card of one question with every decision about it."""

from dataclasses import replace

from changes import panel, panel_board
from db.panel import boards, moderation, panel_questions
from db.panel.panel_questions import ANSWERED, APPROVED, ASKED, DECLINED, OPEN, WAITING, PanelQuestion
from db.programme.live_programme import LiveSession
from handlers.participant.keyboards import home_row, is_number
from handlers.turn import Turn
from knowledge.text.question_clustering import AskedQuestion, cluster_questions
from locales.reply import Button, Keyboard, Reply, Value, reply, rows, text

_STEPS = {"approve": APPROVED, "decline": DECLINED, "ask": ASKED, "answered": ANSWERED, "list": APPROVED}
_UP, _DOWN = -1, 1
_MOST_TARGETS = 8


async def open_boards(turn: Turn, words: str = "") -> Reply:
    """Opens the card of the panel that is named or can be asked now; else lets choose (/panel, for who moderates)."""
    theirs = list((await turn.moderated()).values())
    now = panel.asked_session(theirs, turn.now)
    named = next((each for each in theirs if is_number(words) and each.number == int(words)), None)
    found = named or now or (theirs[0] if len(theirs) == 1 else None)
    if found is not None:
        return await show_board(turn, str(found.number))
    buttons = [Button(text("session.before", number=each.number), f"pm:{each.number}") for each in theirs]
    return reply(text("panel.boards"), keyboard=(*rows(*buttons, of=2), home_row()))


async def show_board(turn: Turn, number: str, page: str | None = None) -> Reply:
    """Shows the card of that session's panel; from here on it is drawn anew by itself."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await open_boards(turn)
    wanted = await boards.last_page(turn.tx, turn.person.id, live.id) if page is None else int(page)
    card, shown = panel_board.draw_board(await panel_board.read_panel(turn.tx, live), wanted)
    turn.boards[live.id] = shown
    return card


async def find_question(turn: Turn, number: str, id: str) -> tuple[LiveSession, PanelQuestion] | None:  # noqa: A002 - as in the button's address
    """Returns a question of that session's panel: a moderator of another one learns nothing of it."""
    live = (await turn.live()).get(int(number))
    question = await panel_questions.get(turn.tx, int(id)) if live is not None else None
    if live is None or question is None or question.session_id != live.id:
        return None
    return (live, question) if question.state not in {"withdrawn", "passed_on"} else None


async def gone(turn: Turn, number: str) -> Reply:
    """Shows the card anew where a question is not there any more."""
    return replace(await show_board(turn, number), toast=text("panel.gone"))


async def show_question(turn: Turn, number: str, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows one question: its words, translations and answer, and what can be decided about it."""
    found = await find_question(turn, number, id)
    if found is None:
        return await gone(turn, number)
    live, question = found
    await boards.rest(turn.tx, turn.person.id, live.id)
    heading, quoted = text("panel.board.heading", number=live.number), text("panel.quote", words=question.words)
    lines: list[Value] = [heading, "", quoted, panel_board.about(question)]
    for code, words in question.translations.items():
        lines += ["", text("panel.translation", language=text(f"language.name.{code}"), words=words)]
    if question.answer is not None:
        lines += ["", text("panel.written", answer=question.answer)]
    return reply(*lines, keyboard=_question_buttons(live.number, question))


def _question_buttons(number: int, question: PanelQuestion) -> Keyboard:
    def step(label: str, name: str) -> Button:
        return Button(text(label), f"pm:d:{number}:{question.id}:{question.version}:{name}")

    merge = Button(text("panel.merge"), f"pm:m:{number}:{question.id}")
    decide: dict[str, tuple[tuple[Button, ...], ...]] = {
        WAITING: ((step("panel.approve", "approve"), step("panel.decline", "decline")), (merge,)),
        APPROVED: (
            (step("panel.ask.now", "ask"),),
            (step("panel.up", "up"), step("panel.down", "down")),
            (merge, step("panel.decline", "decline")),
        ),
        ASKED: ((step("panel.answered", "answered"),), (step("panel.list_again", "list"),)),
    }
    again = ((step("panel.list_again", "list"),),)
    write = Button(text("panel.write"), f"pm:w:{number}:{question.id}")
    translate = Button(text("panel.translate"), f"pm:t:{number}:{question.id}")
    back = (Button(text("panel.board.back"), f"pm:{number}"),)
    return (*decide.get(question.state, again), (write, translate), back)


async def decide(turn: Turn, number: str, id: str, version: str, step: str) -> Reply:  # noqa: A002 - as in the button's address
    """Decides about a question, once: who comes second is shown the card as it is now."""
    found = await find_question(turn, number, id)
    if found is None:
        return await gone(turn, number)
    live, question = found
    if question.version != int(version) or not await _do(turn, live, question, step):
        return replace(await show_board(turn, number), toast=text("panel.faster"))
    if step in {"up", "down"}:
        return replace(await show_question(turn, number, id), toast=await _place_toast(turn, live, question))
    return replace(await show_board(turn, number), toast=text(f"panel.done.{step}"))


async def _place_toast(turn: Turn, live: LiveSession, question: PanelQuestion) -> Value:
    listed = await panel_questions.questions_of_session(turn.tx, live.id, [APPROVED])
    place = next((place for place, each in enumerate(listed, start=1) if each.id == question.id), 0)
    return text("panel.done.moved", place=place)


async def _do(turn: Turn, live: LiveSession, question: PanelQuestion, step: str) -> bool:
    if step in {"up", "down"}:
        by = _UP if step == "up" else _DOWN
        done = question.state == APPROVED and await moderation.move(turn.tx, question, by, now=turn.now)
    else:
        done = await _set_state(turn, question, _STEPS.get(step))
    if done:
        await turn.note(f"panel_{step}", session=live.number, question=question.id)
    return done


async def _set_state(turn: Turn, question: PanelQuestion, state: str | None) -> bool:
    if state is None or state == question.state:
        return False
    if state == ASKED:
        return await moderation.ask_now(turn.tx, question, now=turn.now)
    if not await moderation.set_state(turn.tx, question, state, now=turn.now):
        return False
    if state == DECLINED:
        await panel.tell_declined(turn.tx, question, now=turn.now)
    return True


async def choose_target(turn: Turn, number: str, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows with which question it can be merged: those that ask nearly the same first."""
    found = await find_question(turn, number, id)
    if found is None:
        return await gone(turn, number)
    live, question = found
    await boards.rest(turn.tx, turn.person.id, live.id)
    others = [
        each for each in await panel_questions.questions_of_session(turn.tx, live.id, OPEN) if each.id != question.id
    ]
    asked = [AskedQuestion(each.id, each.words, each.language) for each in (question, *others)]
    groups = cluster_questions(asked, turn.services.answering.stems)
    same = {key for group in groups if question.id in group for key in group}
    shown = sorted(others, key=lambda each: (each.id not in same, each.state != APPROVED))[:_MOST_TARGETS]
    lines: list[Value] = [text("panel.merge.ask"), "", text("panel.quote", words=question.words)]
    for place, each in enumerate(shown, start=1):
        lines += ["", text("panel.line", number=place, words=each.words)]
    address = f"pm:m:{number}:{question.id}:{question.version}"
    buttons = [Button(str(place), f"{address}:{each.id}") for place, each in enumerate(shown, start=1)]
    back = (Button(text("button.back"), f"pm:q:{number}:{question.id}"),)
    return reply(*lines, keyboard=(*rows(*buttons, of=4), back))


async def merge(turn: Turn, number: str, id: str, version: str, other: str) -> Reply:  # noqa: A002 - as in the button's address
    """Lets the other question speak for this one: its votes, and who asked it, count there."""
    found = await find_question(turn, number, id)
    if found is None:
        return await gone(turn, number)
    live, question = found
    if question.version != int(version) or not await moderation.merge(turn.tx, question, int(other), now=turn.now):
        return replace(await show_board(turn, number), toast=text("panel.faster"))
    await turn.note("panel_merge", session=live.number, question=question.id)
    return replace(await show_board(turn, number), toast=text("panel.done.merge"))
