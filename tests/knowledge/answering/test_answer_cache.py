"""What many ask in the same minute is worked out once, and never told to somebody whose answer would differ."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.work import load_answering
from knowledge.answering.answering import AnswerCache
from knowledge.answers.answer_models import Answer, Situation, Talk
from knowledge.programme.cycle import Cycle
from tests.support.knowledge.grading import CONTENT

NOON = datetime(2024, 10, 22, 12, 0, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def cycle() -> Cycle:
    return load_answering(CONTENT).cycle


class Worked:
    """Counts how often something is worked out."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> list[Answer]:
        self.times += 1
        return [Answer("x", (str(self.times),))]


def _situation(cycle: Cycle) -> Situation:
    live = {each.number: (each.starts_at, each.ends_at) for each in cycle.sessions}
    return Situation(cycle, live, NOON, "es")


def test_the_same_question_in_the_same_minute_is_worked_out_once(cycle: Cycle) -> None:
    minute, worked, at = AnswerCache(), Worked(), _situation(cycle)
    first = minute.get_or_compute("hola", at, None, worked)
    first.clear()  # who is given it may do with it what they like
    again = minute.get_or_compute("hola", replace(at, now=NOON + timedelta(seconds=49)), None, worked)
    assert again == [Answer("x", ("1",))]
    assert worked.times == 1


def test_whatever_it_depends_on_makes_another_answer(cycle: Cycle) -> None:
    minute, worked, at = AnswerCache(), Worked(), _situation(cycle)
    start, end = at.live[1]
    others = (
        replace(at, language="pt"),
        replace(at, zone="America/Lima"),
        replace(at, talk=Talk("session", ("1",))),
        replace(at, talk=Talk("session", ("1",), "America/Lima")),
        replace(at, cancelled=frozenset({1})),
        replace(at, live={**at.live, 1: (start + timedelta(minutes=5), end)}),
        replace(at, now=NOON + timedelta(seconds=50)),
    )
    minute.get_or_compute("hola", at, None, worked)
    minute.get_or_compute("hola ", at, None, worked)
    minute.get_or_compute("hola", at, "es", worked)
    for each in others:
        minute.get_or_compute("hola", each, None, worked)
    assert worked.times == 3 + len(others)


def test_nothing_is_kept_beyond_the_minute_and_long_texts_not_at_all(cycle: Cycle) -> None:
    minute, worked, at = AnswerCache(), Worked(), _situation(cycle)
    for number in range(2_000):
        minute.get_or_compute(f"pregunta {number}", at, None, worked)
    assert len(minute._known) <= 500
    minute.get_or_compute("x" * 500, at, None, worked)
    assert all(len(str(key[0])) <= 200 for key in minute._known)  # type: ignore[index] # its first part is the words
    minute.get_or_compute("hola", replace(at, now=NOON + timedelta(minutes=1)), None, worked)
    assert len(minute._known) == 1
