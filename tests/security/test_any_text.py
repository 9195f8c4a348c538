"""Whatever is typed, there is an answer that Telegram takes, and nothing typed comes back as markup."""

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answers.answer_models import Talk
from locales.localized import LANGUAGES, Language
from locales.reply import reply
from locales.translator import Translator, load_catalogues
from rehearsal.telegram.text.formatting import parse_html, utf16_length
from tests.support.knowledge.grading import NOON, QUESTIONS, Grader, read

WORDS = [word for each in read(QUESTIONS / "tune.jsonl") for word in each.text.split()]
TALKS = st.sampled_from([
    None, Talk("session", ("2",)), Talk("time", ("1", "2"), "America/Lima"), Talk("objective", ("9",)),
    Talk("practice", ("br-migracidades",)), Talk("faq", ("cost",)), Talk("principle", ("3",)),
])  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=4096),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS) | st.text(max_size=8) | st.integers(0, 400).map(str), max_size=30).map(" ".join),
)
TAGS = ["<b>", "</i>", "<a href='https://x.org'>", "&lt;b&gt;", "<script>"]
SITUATIONS = st.tuples(st.sampled_from(LANGUAGES), st.integers(-3, 40), TALKS)


@pytest.fixture(scope="module")
def grader() -> Grader:
    return Grader()


@pytest.fixture(scope="module")
def translator(grader: Grader) -> Translator:
    return Translator(load_catalogues, grader.cycle.zone)


@settings(max_examples=settings().max_examples * 4)
@given(text=TEXTS, situation=SITUATIONS)
def test_any_text_gets_an_answer_that_telegram_takes(
    grader: Grader, translator: Translator, text: str, situation: tuple[Language, int, Talk | None]
) -> None:
    language, days, talk = situation
    at = grader.situation(NOON + timedelta(days=days), language, talk)
    found = grader.answering.answers(text, at)
    assert 1 <= len(found) <= 3
    for answer in found:
        page = translator.reader(answer.language, at.zone).page(reply(*answer.lines))
        parsed = parse_html(page)
        assert 0 < utf16_length(parsed.text.strip()) <= 4096
        assert answer.topic
        assert all(kind and len(key.encode()) <= 120 for kind, key in answer.offers)


@given(
    tag=st.sampled_from(["<b>", "</i>", "<a href='https://x.org'>", "&lt;b&gt;", "<script>"]), place=st.integers(0, 30)
)
def test_markup_that_somebody_typed_never_comes_back(
    grader: Grader, translator: Translator, tag: str, place: int
) -> None:
    words = "¿cuándo es la sesión 2 en Lima y qué objetivos ven ahí?"
    typed = words[:place] + tag + words[place:]
    for answer in grader.ask(typed):
        page = translator.reader(answer.language, None).page(reply(*answer.lines))
        assert set(re.findall(r"</?([a-z-]+)", page)) <= {"b", "i", "a", "tg-time"}
        assert "x.org" not in page


def test_a_long_story_is_not_tried_as_two_questions_at_each_of_its_ands(grader: Grader) -> None:
    assert len(grader.ask("cuándo es la sesión 2 y dan certificado")) == 2
    assert len(grader.ask("la migración y la frontera y " * 140)) == 1
