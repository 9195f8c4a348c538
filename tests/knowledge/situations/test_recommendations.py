"""Which session is for somebody, by what they work on, composed: a statement, a field of work, and a question.

When this was first tried, 385 of 800 were told who may come, all four sessions, or a careful text.
"""

from collections.abc import Iterator

import pytest
import tomli

from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import QUESTIONS, Grader
from tests.support.knowledge.phone_labels import dates, plain
from tests.support.thorough import one_in

_WORDINGS = tomli.loads((QUESTIONS / "fields.toml").read_text("utf-8"))
_FRAMES = ("{stated}, {asked}", "{stated}. {asked}", "{stated} {asked}", "{asked} {stated}")


def composed(language: Language) -> Iterator[tuple[str, int]]:
    """Yields each message, and the session."""
    words = _WORDINGS[language]
    for stated in words["works_on"]:
        for field, number in words["fields"].items():
            said = stated.format(field=field).replace("de le ", "du ").replace("de les ", "des ")
            for asked in words["asked"]:
                yield from ((frame.format(stated=said, asked=asked), number) for frame in _FRAMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_session_on_what_they_work_on_is_told(grader: Grader, language: Language) -> None:
    """One of 131 messages; thoroughly each. What sounds like a case of their own has the careful text before it."""
    day = {number: (start.day, start.month) for number, (start, _) in grader.live.items()}
    wrong = []
    for words, number in one_in(131, list(composed(language)), begin=LANGUAGES.index(language)):
        told = dates(plain(grader.text(grader.ask(words, language=language))))
        if told != {day[number]}:
            wrong.append(words)
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Me interesa la trata, ¿me recomiendan un libro?", "es"),
        ("Trabajo en una casa de familia y no me pagan, ¿a cuál debería ir?", "es"),
        ("Trabalho com migrantes, vocês recomendam se inscrever em todas?", "pt"),
        ("I work with migrants, do you recommend registering for all?", "en"),
        ("Je suis avocate, que me conseillez-vous ?", "fr"),
    ],
)
def test_no_session_is_guessed(grader: Grader, words: str, language: Language) -> None:
    assert not any(each.settled for each in grader.ask(words, language=language))


def test_a_subject_after_in_is_no_place(grader: Grader) -> None:
    """It was told as a place whose hours are not known."""
    said = grader.text(grader.ask("I am interested in remittances, is session 2 for me?", language="en"))
    assert said.startswith("Yes. Session 2")
