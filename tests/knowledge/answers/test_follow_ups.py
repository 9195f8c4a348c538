"""What is asked after a list: one of it by its place, the same of another country, when it is discussed."""

import pytest

from knowledge.answers.answer_models import Answer
from tests.support.knowledge.grading import Grader


def last(grader: Grader, *messages: str) -> Answer:
    """The answer to the last of those messages, each said after the one before."""
    (found,) = grader.converse("es", *messages)
    return found


@pytest.mark.parametrize(
    ("messages", "topic", "ids"),
    [
        (["list of principles", "and the third?", "tell me about the 5th"], "principle", ("5",)),
        (["los principios", "el tercero", "¿y qué dice el segundo?", "háblame del 7"], "principle", ("7",)),
        (["os princípios", "o quarto"], "principle", ("4",)),
        (["les principes", "le deuxième", "parlez-moi du 3"], "principle", ("3",)),
        (["los principios", "¿cuándo es la segunda sesión?"], "session", ("2",)),
        (["prácticas de Chile", "¿cuándo es la sesión 2?", "la 3"], "session", ("3",)),
        (["objetivo 9", "y el 12", "¿cuándo se trata?"], "objective", ("12",)),
        (["objetivos 6 y 18", "¿y cuándo?"], "session", ("1",)),
        (["objetivos 4 a 8", "¿en qué sesión?"], "session", ("1", "3", "4")),
        (["los principios", "el 5 de noviembre"], "session", ("3",)),
    ],
)
def test_one_of_a_list_by_its_place(grader: Grader, messages: list[str], topic: str, ids: tuple[str, ...]) -> None:
    answer = last(grader, *messages)
    assert (answer.topic, answer.ids) == (topic, ids)


def test_practices_keep_their_list(grader: Grader) -> None:
    listed = last(grader, "todas las prácticas").ids
    assert len(listed) == 5
    assert last(grader, "todas las prácticas", "la segunda").ids == listed[1:2]
    assert last(grader, "todas las prácticas", "la segunda", "y la 3").ids == listed[2:3]
    assert last(grader, "list all practices", "more about the 1st").ids == listed[:1]


def test_the_same_of_another_country(grader: Grader) -> None:
    answer = last(grader, "prácticas de Chile", "¿y de Perú?")
    assert answer.topic == "practice"
    assert answer.ids == last(grader, "prácticas de Perú").ids


@pytest.mark.parametrize(
    "words",
    ["lista de buenas prácticas", "¿cuántas prácticas hay?", "list all practices", "quantas práticas existem?",
     "toutes les pratiques"],
)  # fmt: skip
def test_practices_are_counted_and_listed(grader: Grader, words: str) -> None:
    answer = last(grader, words)
    assert answer.known
    assert str(len(grader.cycle.practices)) in grader.text([answer])
