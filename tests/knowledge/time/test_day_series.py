"""Several days with one month: "5 and 12 November" told only the second, in every language."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.time.days_parser import parse_dates
from locales.localized import Language
from tests.support.knowledge.grading import Grader

_DAYS = (date(2024, 10, 23), date(2024, 10, 29), date(2024, 11, 5), date(2024, 11, 12))


@pytest.mark.parametrize(
    ("language", "words", "sessions"),
    [
        ("es", "¿qué hay el 23 de octubre y el 29?", "1 y 2"),
        ("es", "¿qué se ve el 5 y el 12 de noviembre?", "3 y 4"),
        ("pt", "no dia 5 e no dia 12 de novembro, que horas?", "3 e 4"),
        ("pt", "o que tem dia 23 de outubro e 29?", "1 e 2"),
        ("en", "what happens on 5 and 12 November", "3 and 4"),
        ("en", "what is on October 23 and 29?", "1 and 2"),
        ("en", "on the 23rd of October and the 29th, what time?", "1 and 2"),
        ("fr", "les 5 et 12 novembre, de quoi parle-t-on ?", "3 et 4"),
        ("fr", "le 23 octobre et le 29, à quelle heure ?", "1 et 2"),
    ],
)
def test_each_day_of_a_series_has_its_session(grader: Grader, language: Language, words: str, sessions: str) -> None:
    assert f": {sessions}." in grader.text(grader.ask(words, language=language)).replace("\xa0", "")


@pytest.mark.parametrize(
    ("language", "words", "days"),
    [
        ("es", "el 23 de octubre y 2 horas", [(10, 23)]),
        ("en", "on 23 October and 3 pm", [(10, 23)]),
        ("en", "sessions 2 and 12 November", [(11, 12)]),
        ("es", "el 23 de octubre y el 5 de noviembre", [(10, 23), (11, 5)]),
        ("fr", "du 23, 29 octobre et du 5 novembre", [(10, 29), (11, 5)]),
    ],
)
def test_other_numbers_are_no_days(language: Language, words: str, days: Sequence[tuple[int, int]]) -> None:
    found = parse_dates(words, language, _DAYS[0], _DAYS)
    assert [(each.first.month, each.first.day) for each in found] == list(days)


@given(st.text(alphabet="0123456789 yeandt,el de octubre november/", max_size=60))
def test_any_text_is_read(words: str) -> None:
    parse_dates(words, "es", _DAYS[0], _DAYS)
