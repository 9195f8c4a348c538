"""What is told of a session that was moved and of one that is called off, whatever is asked of them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import tomli

from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import QUESTIONS, Grader
from tests.support.knowledge.phone_labels import plain

_WORDINGS = tomli.loads((QUESTIONS / "changed.toml").read_text("utf-8"))
_ARGENTINA = ZoneInfo("America/Argentina/Buenos_Aires")
_NOW, _MOVED = datetime(2024, 10, 24, 10, tzinfo=_ARGENTINA), datetime(2024, 10, 31, 16, tzinfo=_ARGENTINA)
_NO = re.compile(r"^\W*(?:no|nao|non)\b")


def _asked(language: Language) -> Iterator[tuple[str, str]]:
    for kind, wordings in _WORDINGS.items():
        yield from ((kind, words) for words in wordings[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_is_as_the_programme_stands(grader: Grader, language: Language) -> None:
    live = {**grader.live, 2: (_MOVED, _MOVED + timedelta(minutes=90))}
    wrong = []
    for kind, words in _asked(language):
        talk, found = None, []
        for turn in words.split(" | "):
            at = replace(grader.situation(_NOW, language, talk), live=live, cancelled=frozenset({3}))
            found = grader.answering.answers(turn, at)
            talk = found[-1].talk
        said, wanted = plain(grader.text(found)), _WORDINGS[kind]
        denied = "is_so" not in wanted or _NO.match(said)
        if not (denied and re.search(wanted["says"], said, re.MULTILINE)):
            wrong.append(f"{words} => {said[:90]}")
    assert wrong == []
