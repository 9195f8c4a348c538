"""Questions as phones are typed on, by words alone: shortened, after a story, of another place, of two numbers.

Each was answered wrongly or not at all before; found by sets of questions that somebody wrote who saw no code.
"""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader


@pytest.fixture(scope="module")
def grader() -> Grader:
    return Grader()


def heard(grader: Grader, language: Language, *turns: str) -> tuple[str, str]:
    """Returns how the last of these messages is read, and the first line of its answer."""
    found = grader.converse(language, *turns)
    return " | ".join(str(each.query) for each in found), grader.text(found).split("\n")[0]


@pytest.mark.parametrize(
    ("language", "turns", "read"),
    [
        ("es", ("cuando es la sesion 2", "y de q trata"), "topic of session(focus)"),
        ("pt", ("que hrs em brasilia",), "hour of session() in America/Sao_Paulo"),
        ("es", ("a q hora es en quito la 4", "y si estoy en guayaquil"), "hour of session(focus) in America/Guayaquil"),
        ("en", ("does session 1 start at 2pm", "in miami i mean"), "hour of session(focus) in America/New_York"),
        (
            "pt",
            ("dia 29, a que horas é em lisboa", "e no funchal, madeira?"),
            "hour of session(focus) in Atlantic/Madeira",
        ),
        ("es", ("¿la sesión 3 y la 4 a qué hora son en Lima?",), "hour of session(numbers=3+4) in America/Lima"),
        ("en", ("nassau bahamas for the nov 5 one",), "card of session(days=2024-11-05) in America/Nassau"),
        ("pt", ("quantos dias entre a primeira e a segunda sessão",), "span of session(numbers=1+2) [count]"),
        ("es", ("vieras que ando confundido compa, la del 5 de noviembre siempre sí se hace?",), "state of session("),
        ("pt", ("gente do céu me perdi aqui quantas sessões são ao todo",), "of session() [count]"),
        ("pt", ("o q a meta 10.7 dos ODS pede",), "definition of term(subject=term:meta107)"),
        ("pt", ("qual a primeira sessão", "e depois dela"), "order=relative after"),
        ("fr", ("une pratique au Brésil et une au Chili svp",), "countries=CL"),
    ],
)
def test_they_are_read_as_they_are_meant(grader: Grader, language: Language, turns: tuple[str, ...], read: str) -> None:
    assert read in heard(grader, language, *turns)[0]


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("fr", "à saint-domingue c'est 13h non?", "Oui"),
        ("pt", "sou de fortaleza, é 14h msm né?", "Sim"),
        ("es", "para nosotros en Santo Domingo eso es a la una no?", "Sí"),
        ("es", "en Quito es a las 14, ¿no?", "No"),
        ("es", "cuantos objetivos se ven en la 3 comparado con la 1", "La sesión 3 trata 7 objetivos"),
        ("es", "en cual se ven más objetivos", "La sesión 3 trata 7 objetivos"),
        ("pt", "duram todas o mesmo tempo?", "Têm a mesma duração: 90 minutos"),
    ],
)
def test_the_first_line_answers(grader: Grader, language: Language, words: str, first: str) -> None:
    assert heard(grader, language, words)[1].startswith(first)


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_an_hour_claimed_in_a_place_where_the_sessions_differ_gets_neither_yes_nor_no(
    grader: Grader, language: Language
) -> None:
    """In New York the clocks change between the second session and the third."""
    words = {"es": "¿en Nueva York es a las 13?", "pt": "em Nova York é às 13h?", "en": "in New York, is it at 1 pm?"}
    line = heard(grader, language, words.get(language, "à New York c'est à 13h ?"))[1]
    assert not line.startswith(("Sí", "No", "Sim", "Não", "Yes", "Oui", "Non"))
