"""Which sessions are left for somebody who cannot attend one, composed: a statement, when or which, and a question.

When this was first tried, 354 of 400 were told another session, or those that they cannot attend.
"""

from collections.abc import Iterator

import pytest
import tomli

from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import QUESTIONS, Grader
from tests.support.knowledge.phone_labels import dates, plain
from tests.support.knowledge.plain_wordings import contract
from tests.support.thorough import one_in

_WORDINGS = tomli.loads((QUESTIONS / "absence.toml").read_text("utf-8"))
_FRAMES = ("{stated}, {asked}", "{stated}. {asked}", "{stated} {asked}", "{if_} {stated}, {asked}")


def composed(language: Language) -> Iterator[tuple[str, list[int]]]:
    """Yields each message, and the sessions that are missed."""
    words = _WORDINGS[language]
    stated = [(each.format(when=when), missed) for each in words["busy"] for when, missed in words["when"].items()]
    stated += [(each.format(which=one), missed) for each in words["missed"] for one, missed in words["which"].items()]
    for said, missed in stated:
        for asked in words["asked"]:
            for frame in _FRAMES:
                yield contract(frame.format(stated=said, asked=asked, if_=words["if"]), language), missed
            yield contract(f"{asked.strip('¿? ')} {words['if']} {said}", language), missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_others_are_told(grader: Grader, language: Language) -> None:
    """One of 61 messages; thoroughly each."""
    day = {number: (start.day, start.month) for number, (start, _) in grader.live.items()}
    wrong = []
    for words, missed in one_in(61, list(composed(language)), begin=LANGUAGES.index(language)):
        told = dates(plain(grader.text(grader.ask(words, language=language))))
        if told != {day[number] for number in day if number not in missed}:
            wrong.append(words)
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("No puedo entrar a la sesión 2, el enlace no funciona", "es"),
        ("Não posso ir na 3, posso cancelar?", "pt"),
        ("I can't register for session 2, what can I do?", "en"),
        ("I'm away on the 29th, can I watch it later?", "en"),
        ("Je travaille sur la traite, laquelle en parle ?", "fr"),
    ],
)
def test_something_else_is_asked(grader: Grader, words: str, language: Language) -> None:
    assert not any(each.query.criteria.without for each in grader.ask(words, language=language))
