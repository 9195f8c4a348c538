"""Plain questions about one session, composed: each way to name it with each way to ask, in four languages.

The day, the hour, the end, how long, the subject, the objectives, the areas. When this was first tried, 408 of 5,212
were read wrongly ("la 3 de qué trata", "the objectives of the one on inclusion", "how long does session 3 last").
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from knowledge.answers.session_choice import choose_sessions
from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import Grader
from tests.support.knowledge.plain_wordings import PLAIN, contract
from tests.support.thorough import one_in

# "When is it?" is answered with day and hour in one sentence, and "what is it about" with its areas.
ALSO = {
    "topic": {"areas"},
    "areas": {"topic"},
    "hour": {"day"},
    "day": {"hour"},
    "end": {"hour", "duration"},
    "duration": {"end"},
}


def composed(language: Language) -> Iterator[tuple[str, str, int]]:
    """Yields each question, what it asks, and of which session."""
    for number, names in PLAIN["names"][language].items():
        for asked, wordings in PLAIN["asked"][language].items():
            for words in (wording.format(name) for wording in wordings for name in names):
                yield contract(words, language), asked, int(number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_and_of_which_session(grader: Grader, language: Language) -> None:
    """One of seventeen questions; thoroughly each."""
    wrong = []
    for words, asked, number in one_in(17, list(composed(language)), begin=LANGUAGES.index(language)):
        at = replace(grader.situation(language=language), cycle=grader.cycle)
        query = grader.answering.answers(words, at)[0].query
        asks = {str(each) for each in query.asks}
        told = asked in asks or (asks & ALSO.get(asked, set())) or (asked in {"day", "hour"} and asks == {"card"})
        if not told or choose_sessions(query.criteria, at).numbers != (number,):
            wrong.append(f"{words} => {query}")
    assert wrong == []
