"""What is asked of the next session, the last one held, those that are over or left, at nine moments of the cycle.

What is so is told from the clock and the days alone. When this was first tried, 657 of 2,040 were answered wrongly:
"which ones are over?" with those that are left, "¿qué sesión sigue?" with all four.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import tomli

from knowledge.answers.session_choice import choose_sessions
from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import QUESTIONS, Grader
from tests.support.knowledge.phone_labels import dates, plain
from tests.support.thorough import one_in

_WORDINGS = tomli.loads((QUESTIONS / "moments.toml").read_text("utf-8"))
_ARGENTINA = ZoneInfo("America/Argentina/Buenos_Aires")
_MOMENTS = [
    datetime.fromisoformat(f"2024-{each}").replace(tzinfo=_ARGENTINA)
    for each in (
        "10-21T12:00", "10-23T14:30", "10-23T18:00", "10-28T10:00", "10-29T09:00", "11-01T10:00", "11-05T15:45",
        "11-12T15:00", "11-20T12:00",
    )
]  # fmt: skip
_YES, _NO = re.compile(r"^\W*(?:si|sim|yes|oui)\b"), re.compile(r"^\W*(?:no|nao|non)\b")
_ENDED = re.compile(r"^(?:el ciclo ha terminado|o ciclo terminou|the cycle has ended|le cycle est termine)")
# "When was it?" is told with its hour, and "what was it about" with its areas.
_ALSO = {"topic": {"areas", "card"}, "hour": {"day"}, "day": {"hour"}, "end": {"hour", "duration"}}


def _sessions(grader: Grader, asked: str, now: datetime) -> list[list[int]]:
    """The sessions that may be told, each of those lists; none where there is no such session."""
    begun = [number for number, (start, _) in grader.live.items() if start <= now]
    over = [number for number, (_, end) in grader.live.items() if end <= now]
    ahead = [number for number in grader.live if number not in begun]
    latest = [over[-1:], begun[-1:]] if over else []
    may = {"next": [ahead[:1]], "latest": latest, "left": [ahead, begun[len(over) :] + ahead]}
    return [each for each in may.get(asked, [over]) if each]


def _holds(grader: Grader, asked: str, now: datetime, number: int) -> bool:
    """Whether a session is over or has begun by then, or any is on that day or in that week."""
    starts, ends = grader.live[number]
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    days = {start.astimezone(_ARGENTINA).date() for start, _ in grader.live.values()}
    first, last = {
        "today": (today, today),
        "tomorrow": (today + timedelta(days=1),) * 2,
        "week": (monday, monday + timedelta(days=6)),
        "next_week": (monday + timedelta(days=7), monday + timedelta(days=13)),
    }.get(asked, (today, today))
    if asked.startswith("session_"):
        return now >= (ends if asked == "session_over" else starts)
    return any(first <= each <= last for each in days)


def _asked(language: Language, kinds: tuple[str, ...]) -> Iterator[tuple[str, str, datetime, int]]:
    for kind in kinds:
        for words in _WORDINGS[kind][language]:
            numbers = (1, 2, 3, 4) if "{n}" in words else (1,)
            yield from ((kind, words.format(n=number), now, number) for now in _MOMENTS for number in numbers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sessions_of_that_moment_are_told(grader: Grader, language: Language) -> None:
    """One of five questions; thoroughly each."""
    day = {number: (start.day, start.month) for number, (start, _) in grader.live.items()}
    cases = list(_asked(language, ("next", "latest", "left", "over")))
    wrong = []
    for asked, words, now, _ in one_in(5, cases, begin=LANGUAGES.index(language)):
        may = [{day[number] for number in each} for each in _sessions(grader, asked, now)]
        told = dates(plain(grader.text(grader.ask(words, now, language))))
        if may and told not in may:
            wrong.append(f"{now:%d %b %H:%M} {words}")
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whether_it_is_so_at_that_moment(grader: Grader, language: Language) -> None:
    """One of seven questions; thoroughly each. After the cycle it is enough to hear that it has ended."""
    kinds = ("today", "tomorrow", "week", "next_week", "session_over", "session_begun")
    wrong = []
    for asked, words, now, number in one_in(7, list(_asked(language, kinds)), begin=LANGUAGES.index(language)):
        said, holds = plain(grader.text(grader.ask(words, now, language))), _holds(grader, asked, now, number)
        named = not asked.startswith("session_") and not _NO.match(said) and dates(said)  # "it is on Tuesday 29"
        if not (_YES.match(said) or named if holds else _NO.match(said) or _ENDED.match(said)):
            wrong.append(f"{now:%d %b %H:%M} {words} => {said[:60]}")
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_done_at_a_session_that_is_over(grader: Grader, language: Language) -> None:
    """One of five questions; thoroughly each."""
    now, wordings = datetime(2024, 11, 8, 12, tzinfo=_ARGENTINA), _WORDINGS["held"][language]
    cases = [
        (asked, words.format(name).replace("de el ", "del "), int(number))
        for asked, all_words in wordings["asked"].items()
        for words in all_words
        for number, names in wordings["names"].items()
        for name in names
    ]
    at = replace(grader.situation(now, language), cycle=grader.cycle)
    wrong = []
    for asked, words, number in one_in(5, cases, begin=LANGUAGES.index(language)):
        query = grader.ask(words, now, language)[0].query
        asks = {str(each) for each in query.asks}
        told = asks & {asked, *_ALSO.get(asked, set())}
        if not told or choose_sessions(query.criteria, at).numbers != (number,):
            wrong.append(f"{words} => {query}")
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whether_the_session_that_was_told_is_over(grader: Grader, language: Language) -> None:
    """One of 19 talks; thoroughly each. "¿Cuándo es la 2? ¿Ya pasó?" was answered with what is left of the cycle."""
    cases = [
        (first, asked, then, now, int(number))
        for number, firsts in _WORDINGS["told"][language].items()
        for first in firsts
        for asked, turns in _WORDINGS["then"][language].items()
        for then in turns
        for now in _MOMENTS
    ]
    wrong = []
    for first, asked, then, now, number in one_in(19, cases, begin=LANGUAGES.index(language)):
        said = plain(grader.text(grader.converse(language, first, then, now=now)))
        if not (_YES if _holds(grader, asked, now, number) else _NO).match(said):
            wrong.append(f"{now:%d %b %H:%M} {first} {then} => {said[:60]}")
    assert wrong == []
