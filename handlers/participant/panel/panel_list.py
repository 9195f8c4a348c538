"""/panel: the questions to a session's panel that are on the list, and voting for them."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from changes import panel
from changes.panel_board import A_PAGE, page_of, shown_as
from db.panel import panel_questions, panel_votes
from db.panel.panel_questions import APPROVED, ON_THE_LIST, PanelQuestion
from db.programme.live_programme import LiveSession
from handlers.participant.keyboards import home_row, is_number, page_row
from handlers.turn import Turn
from locales.reply import Button, Day, Hour, Keyboard, Reply, Value, reply, rows, text


async def show_panel_now(turn: Turn) -> Reply:
    """Shows the panel that can be asked now, else the next one, else the last one (/panel)."""
    live = list((await turn.live()).values())
    ahead = sorted((each for each in live if each.is_open(turn.now)), key=lambda each: each.starts_at)
    found = panel.asked_session(live, turn.now) or (ahead[0] if ahead else live[-1])
    return await show_panel(turn, str(found.number))


async def panel_by_words(turn: Turn, words: str) -> Reply:
    """Shows the panel of that session (/panel 2)."""
    return await (show_panel(turn, words) if is_number(words) else show_panel_now(turn))


async def show_panel(turn: Turn, number: str, page: str = "0") -> Reply:
    """Shows a page of the list: what is being asked first, then by order and votes."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await show_panel_now(turn)
    listed = await panel_questions.questions_of_session(turn.tx, live.id, ON_THE_LIST)
    listed.sort(key=lambda each: ("asked", "approved", "answered").index(each.state))
    place, pages = page_of(len(listed), int(page))
    shown = list(enumerate(listed, start=1))[place * A_PAGE : (place + 1) * A_PAGE]
    voted = await panel_votes.voted_for(turn.tx, turn.person.id, [each.id for _, each in shown])
    lines: list[Value] = [text("panel.heading", number=live.number), state_line(turn, live)]
    lines += [text("page", page=place + 1, pages=pages)] if pages > 1 else []
    for count, each in shown:
        lines += ["", *_entry(turn, count, each, voted=each.id in voted)]
    if not listed:
        lines += ["", text("panel.empty")]
    turning = page_row(f"pq:{live.number}:", place, pages)
    keyboard = (*_vote_buttons(turn, live, shown, voted, place), *turning, *await _ways(turn, live))
    return reply(*lines, keyboard=keyboard)


def state_line(turn: Turn, live: LiveSession) -> Value:
    """Returns whether its panel can be asked now, from when on, or that it is too late."""
    zone = turn.person.zone or turn.cycle.zone
    if live.cancelled:
        return text("panel.cancelled", number=live.number)
    if turn.now >= live.ends_at:
        return text("panel.over", number=live.number)
    if turn.now < panel.opens_at(live):
        moment = panel.opens_at(live)
        return text("panel.not_yet", number=live.number, day=Day(moment, zone), hour=Hour(moment, zone))
    return text("panel.open", day=Day(live.ends_at, zone), hour=Hour(live.ends_at, zone))


def _entry(turn: Turn, place: int, question: PanelQuestion, *, voted: bool) -> list[Value]:
    words = question.words_in(turn.language)
    lines: list[Value] = [text("panel.line", number=place, words=words)]
    if question.is_original_in(turn.language):
        lines.append(text("panel.original", language=text(f"language.name.{question.language}")))
    elif words != question.words:
        lines.append(text("panel.translated", language=text(f"language.name.{question.language}")))
    lines.append(text("panel.about", who=shown_as(question.shown, question.label), n=question.votes))
    if question.state != APPROVED:
        lines.append(text(f"panel.is.{question.state}"))
    if question.participant_id == turn.person.id:
        lines.append(text("panel.yours"))
    elif voted:
        lines.append(text("panel.voted"))
    return lines


def _vote_buttons(
    turn: Turn, live: LiveSession, shown: Sequence[tuple[int, PanelQuestion]], voted: Collection[int], page: int
) -> Keyboard:
    if not panel.takes_questions(live, turn.now):
        return ()
    buttons = []
    for place, each in shown:
        if each.state != APPROVED or each.participant_id == turn.person.id:
            continue
        key, switch = ("panel.unvote", "off") if each.id in voted else ("panel.vote", "on")
        buttons.append(Button(text(key, number=place), f"pq:v:{each.id}:{page}:{switch}"))
    return rows(*buttons, of=2)


async def _ways(turn: Turn, live: LiveSession) -> Keyboard:
    number = live.number
    found: list[tuple[Button, ...]] = []
    if panel.takes_questions(live, turn.now):
        found.append((Button(text("panel.ask"), f"pq:a:{number}"),))
    mine = await panel_questions.questions_of_person(turn.tx, live.id, turn.person.id)
    if mine:
        found.append((Button(text("panel.mine", n=len(mine)), f"pq:my:{number}"),))
    if number in await turn.moderated():
        found.append((Button(text("panel.moderate"), f"pm:{number}"),))
    return (*found, (Button(text("session.before", number=number), f"s:{number}"), *home_row()))


async def switch_vote(turn: Turn, id: str, page: str, switch: str) -> Reply:  # noqa: A002 - as in the button's address
    """Votes for a question, once, or takes the vote back; shows the list with the votes as they are now."""
    question = await panel_questions.get(turn.tx, int(id))
    live = await session_of(turn, question)
    if question is None or live is None:
        return replace(await show_panel_now(turn), toast=text("panel.gone"))
    if not panel.takes_questions(live, turn.now):
        return replace(await show_panel(turn, str(live.number), page), toast=state_line(turn, live))
    if switch == "on":
        done = await panel_votes.vote(turn.tx, question.id, turn.person.id)
        toast = text("panel.voted.now" if done else "panel.vote.no")
    else:
        await panel_votes.take_vote_back(turn.tx, question.id, turn.person.id)
        toast = text("panel.unvoted.now")
    return replace(await show_panel(turn, str(live.number), page), toast=toast)


async def session_of(turn: Turn, question: PanelQuestion | None) -> LiveSession | None:
    """Returns the session whose panel that question is for."""
    if question is None:
        return None
    return next((each for each in (await turn.live()).values() if each.id == question.session_id), None)


async def show_my_questions(turn: Turn, number: str) -> Reply:
    """Shows what this person asked that panel, what became of it, and how to take it back."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await show_panel_now(turn)
    mine = await panel_questions.questions_of_person(turn.tx, live.id, turn.person.id)
    lines: list[Value] = [text("panel.mine.heading", number=live.number)]
    for place, each in enumerate(mine, start=1):
        about = text("panel.about", who=shown_as(each.shown, each.label), n=each.votes)
        lines += ["", text("panel.line", number=place, words=each.words), about, text(f"panel.mine.{each.state}")]
        if each.answer is not None and turn.now >= live.ends_at:
            lines.append(text("panel.mine.answer", answer=each.answer))
    taking_back = [
        Button(text("panel.withdraw", number=place), f"pq:x:{each.id}")
        for place, each in enumerate(mine, start=1)
        if each.state in {"waiting", "approved", "merged"}
    ]
    back = (Button(text("button.back"), f"pq:{live.number}"), *home_row())
    return reply(*lines, keyboard=(*rows(*taking_back, of=2), back))


async def ask_to_withdraw(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for a second tap before a question is taken back with its votes."""
    question = await _own(turn, id)
    live = await session_of(turn, question)
    if question is None or live is None:
        return replace(await show_panel_now(turn), toast=text("panel.gone"))
    yes, no = Button(text("panel.withdraw.yes"), f"pq:x:{id}:yes"), Button(text("button.back"), f"pq:my:{live.number}")
    return reply(text("panel.withdraw.ask"), "", text("panel.quote", words=question.words), keyboard=((yes,), (no,)))


async def _own(turn: Turn, id: str) -> PanelQuestion | None:  # noqa: A002 - as in the button's address
    question = await panel_questions.get(turn.tx, int(id))
    return question if question is not None and question.participant_id == turn.person.id else None


async def withdraw_question(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Takes it back: it is on no list and no screen any more, and its words are deleted."""
    question = await _own(turn, id)
    live = await session_of(turn, question)
    if question is None or live is None:
        return replace(await show_panel_now(turn), toast=text("panel.gone"))
    done = await panel_questions.withdraw(turn.tx, question.id, turn.person.id, now=turn.now)
    shown = await show_my_questions(turn, str(live.number))
    return replace(shown, toast=text("panel.withdrawn" if done else "panel.withdraw.late"))
