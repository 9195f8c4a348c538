"""/questions: what the bot could not answer and people passed on, the same question together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.questions import answers, questions
from db.questions.answers import TeamAnswer
from db.questions.questions import Question
from db.team.team import suffices
from handlers.participant.keyboards import home_row, page_row
from handlers.turn import Turn
from knowledge.programme.answer_card import shorten_quote
from knowledge.text import question_clustering
from knowledge.text.words import fold
from locales.localized import LANGUAGES
from locales.reply import Button, Day, Hour, Keyboard, Listing, Reply, Value, reply, rows, text

_A_PAGE, _MOST_PAGES = 6, 999
# Beyond that many the newest are enough to see what people ask.
_READ = 1_000
_LINE, _MOST_DRAFTS = 120, 10
_MOST_WORDINGS, _ALL_WORDINGS = 8, 1_800


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """One question, as several people put it; the oldest first."""

    asked: Sequence[Question]

    @property
    def id(self) -> int:
        """The first one's number: what its buttons name it by."""
        return self.asked[0].id

    @property
    def people(self) -> int:
        """How many ask it."""
        return questions.count_people(self.asked)

    @property
    def last(self) -> datetime:
        """When it was asked last."""
        return max(each.asked_at for each in self.asked)


async def waiting_groups(turn: Turn) -> list[QuestionGroup]:
    """Returns what nobody has taken up yet: what most people ask first, then the newest."""
    found = await questions.open_questions(turn.tx, limit=_READ)
    groups = [QuestionGroup(each) for each in group_similar(turn, found)]
    return sorted(groups, key=lambda each: (-each.people, -each.last.timestamp(), each.id))


def group_similar(turn: Turn, asked: Sequence[Question]) -> list[list[Question]]:
    """Returns those questions, the same ones together."""
    known = {each.id: each for each in asked}
    read = [question_clustering.AskedQuestion(each.id, each.words, each.language) for each in asked]
    return [
        [known[key] for key in keys]
        for keys in question_clustering.cluster_questions(read, turn.services.answering.stems)
    ]


async def find_group(turn: Turn, question_id: int) -> QuestionGroup | None:
    """Returns the group with that question; None where it does not wait any more."""
    groups = await waiting_groups(turn)
    return next((each for each in groups if any(one.id == question_id for one in each.asked)), None)


async def find_similar(turn: Turn, asked: Sequence[Question]) -> list[int]:
    """Returns the numbers of what waits and asks the same as those."""
    found = await questions.open_questions(turn.tx, limit=_READ)
    numbers = {each.id for each in asked}
    same = (group for group in group_similar(turn, [*asked, *found]) if any(each.id in numbers for each in group))
    return [each.id for group in same for each in group if each.id not in numbers]


async def show_questions(turn: Turn, page: str = "0") -> Reply:
    """Shows drafts first, then a page of what waits (/questions). Viewers see how many ask, not their words."""
    groups, drafts = await waiting_groups(turn), await answers.drafts(turn.tx, turn.cycle.key, limit=_MOST_DRAFTS)
    pages = min(max(-(-len(groups) // _A_PAGE), 1), _MOST_PAGES)
    number = min(int(page), pages - 1)
    first = number * _A_PAGE
    shown = list(enumerate(groups[first : first + _A_PAGE], start=first + 1))
    lines: list[Value] = [text("inbox.heading"), text("inbox.count", n=len(groups))]
    lines += [text("page", page=number + 1, pages=pages)] if pages > 1 else []
    for each in drafts:
        lines += ["", _draft_line(each)]
    for place, each_group in shown:
        lines += ["", *_group_lines(turn, place, each_group)]
    return reply(*lines, keyboard=_inbox_buttons(turn, shown, drafts, page_row("qs:p:", number, pages)))


def _draft_line(draft: TeamAnswer) -> Value:
    author: Value = draft.author or text("audit.gone")
    return text("inbox.draft", number=draft.id, name=author)


def _group_lines(turn: Turn, place: int, group: QuestionGroup) -> list[Value]:
    figures = text(
        "inbox.line",
        n=group.people,
        languages=spoken_languages(group.asked),
        day=Day(group.last, length="short"),
        hour=Hour(group.last),
    )
    hidden = text("inbox.hidden", number=place)
    words = text("inbox.words", number=place, words=shorten_quote(group.asked[0].words, _LINE))
    return [words if suffices(turn.role, "organizer") else hidden, figures]


def spoken_languages(asked: Sequence[Question]) -> Value:
    """Returns the languages in which it was asked."""
    spoken = {each.language for each in asked}
    return Listing(tuple(text(f"language.name.{code}") for code in LANGUAGES if code in spoken))


def _inbox_buttons(
    turn: Turn, shown: Sequence[tuple[int, QuestionGroup]], drafts: Sequence[TeamAnswer], pages: Keyboard
) -> Keyboard:
    known = (Button(text("published.button"), "qf:p:0"), *home_row())
    if not suffices(turn.role, "organizer"):
        return (*pages, known)
    see = rows(*(Button(text("inbox.see.one", number=place), f"qs:{each.id}") for place, each in shown), of=3)
    go_on = rows(*(Button(text("inbox.see.answer", number=each.id), f"qa:{each.id}") for each in drafts), of=2)
    return (*go_on, *see, *pages, known)


def distinct_wordings(asked: Sequence[Question]) -> list[list[Question]]:
    """Returns the questions grouped by their exact words; of many groups the newest."""
    found: dict[tuple[str, str], list[Question]] = {}
    for each in asked:
        found.setdefault((fold(each.words), each.language), []).append(each)
    return sorted(found.values(), key=lambda same: same[-1].id)[-_MOST_WORDINGS:]


def wording_lines(asked: Sequence[Question]) -> list[Value]:
    """Returns how people put it, each with its language, and how many put it so."""
    shown = distinct_wordings(asked)
    most = _ALL_WORDINGS // max(len(shown), 1)
    lines: list[Value] = [_wording_line(place, each, most) for place, each in enumerate(shown, start=1)]
    more = len(asked) - sum(map(len, shown))
    return [*lines, text("inbox.more", n=more)] if more else lines


def _wording_line(place: int, same: Sequence[Question], most: int) -> Value:
    language, people = text(f"language.name.{same[0].language}"), questions.count_people(same)
    words = shorten_quote(same[0].words, most)
    if people == 1:
        return text("inbox.wording", number=place, words=words, language=language)
    return text("inbox.wording.many", number=place, words=words, language=language, n=people)
