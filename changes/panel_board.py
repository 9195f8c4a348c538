"""Builds a moderator's card of a panel: what waits, what is on the list, and the buttons; for answers and redrawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.engine.database import Tx
from db.panel import panel_questions
from db.panel.panel_questions import (
    ANSWERED,
    APPROVED,
    ASKED,
    ON_THE_LIST,
    WAITING,
    PanelQuestion,
)
from db.programme.live_programme import LiveSession
from locales.reply import Button, Country, Keyboard, Reply, Value, reply, rows, text

A_PAGE = 5
_MOST_PAGES = 999  # as in a button's address


@dataclass(frozen=True, slots=True)
class OpenPanel:
    """A session's panel as its moderators see it: what waits, as it was asked, and the list in its order."""

    number: int
    waiting: Sequence[PanelQuestion]
    listed: Sequence[PanelQuestion]


def shown_as(shown: str, label: str) -> Value:
    """Returns who asks, as they have chosen to be shown: their name, their country, or nobody."""
    if shown == "name" and label:
        return label
    return Country(label) if shown == "country" and label else text("panel.nobody")


def about(question: PanelQuestion) -> Value:
    """Returns what moderators read below a question: its state, who asks, its language, its votes."""
    state, language = text(f"panel.state.{question.state}"), text(f"language.name.{question.language}")
    who = shown_as(question.shown, question.label)
    return text("panel.board.about", state=state, who=who, language=language, n=question.votes)


def page_of(count: int, page: int) -> tuple[int, int]:
    """Returns the page that there is, and how many there are."""
    pages = min(max(-(-count // A_PAGE), 1), _MOST_PAGES)
    return min(page, pages - 1), pages


async def read_panel(tx: Tx, live: LiveSession) -> OpenPanel:
    """Reads what the cards of that session's panel show."""
    waiting = await panel_questions.questions_of_session(tx, live.id, [WAITING])
    return OpenPanel(live.number, waiting, await panel_questions.questions_of_session(tx, live.id, ON_THE_LIST))


def draw_board(panel: OpenPanel, page: int) -> tuple[Reply, int]:
    """Returns the card at that page, and the page that it shows: what is being asked, what waits, then the list."""
    by_state = {state: [each for each in panel.listed if each.state == state] for state in ON_THE_LIST}
    everything = [*by_state[ASKED], *panel.waiting, *by_state[APPROVED], *by_state[ANSWERED]]
    number, pages = page_of(len(everything), page)
    shown = list(enumerate(everything, start=1))[number * A_PAGE : (number + 1) * A_PAGE]
    counts = {"waiting": len(panel.waiting), "listed": len(by_state[APPROVED]), "done": len(by_state[ANSWERED])}
    lines: list[Value] = [text("panel.board.heading", number=panel.number), text("panel.board.counts", **counts)]
    lines += [text("page", page=number + 1, pages=pages)] if pages > 1 else []
    for place, each in shown:
        lines += ["", text("panel.line", number=place, words=each.words), about(each)]
    if not everything:
        lines += ["", text("panel.board.empty")]
    return reply(*lines, keyboard=_buttons(panel.number, shown, number, pages)), number


def _buttons(number: int, shown: Sequence[tuple[int, PanelQuestion]], page: int, pages: int) -> Keyboard:
    """Returns approving in one tap for what waits; everything else is on the question's own card."""
    waiting = [(place, each) for place, each in shown if each.state == WAITING]
    approving = tuple(
        (
            Button(text("panel.approve.one", number=place), f"pm:d:{number}:{each.id}:{each.version}:approve"),
            Button(text("inbox.see.one", number=place), f"pm:q:{number}:{each.id}"),
        )
        for place, each in waiting
    )
    others = [
        Button(text("inbox.see.one", number=place), f"pm:q:{number}:{each.id}")
        for place, each in shown
        if each.state != WAITING
    ]
    turning = [Button(text("button.earlier"), f"pm:{number}:{page - 1}")] if page else []
    turning += [Button(text("button.later"), f"pm:{number}:{page + 1}")] if page < pages - 1 else []
    more = (Button(text("panel.more"), f"pm:more:{number}"), Button(text("announce.refresh"), f"pm:{number}:{page}"))
    return (*approving, *rows(*others, of=3), *rows(*turning, of=2), more)
