"""What the content says is found in whatever words it is asked: none of these is answered with "I do not know"."""

from dataclasses import replace

import pytest

from knowledge.understanding.query import Talk
from locales.localized import Language
from tests.support.knowledge.grading import Grader

OFF: frozenset[int] = frozenset({3})


def heard(grader: Grader, language: Language, words: str, cancelled: frozenset[int] = frozenset()) -> str:
    at = replace(grader.situation(language=language), cancelled=cancelled)
    return grader.text(grader.answering.answers(words, at))


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("es", "desde managua, la de fronteras", "En Managua, la sesión 3"),
        ("es", "me dijeron que la de datos es el 5 de noviembre, es cierto?", "No. La sesión 4"),
        ("es", "la de gobernanza ya fue?", "No. La sesión 3"),
        ("pt", "em Manaus, a de fronteiras", "Em Manaus, a sessão 3"),
        ("pt", "a de remessas começa às 13h?", "Não. A sessão 2"),
        ("pt", "a de governança já foi?", "Não. A sessão 3"),
        ("en", "turks and caicos, the one on governance", "In the Turks & Caicos Islands, session 3"),
        ("en", "a colleague told me the data one is on 5 November, is he right?", "No. Session 4"),
        ("fr", "celle de la coopération internationale, elle a bien lieu ?", "Oui. La session 4"),
        ("fr", "depuis Cayenne, celle des voies régulières", "À l’heure de Cayenne, la session 1"),
    ],
)
def test_the_one_on_a_subject_is_its_session(grader: Grader, language: Language, words: str, told: str) -> None:
    assert heard(grader, language, words).startswith(told)


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("es", "y lo de la trata sigue en pie o se cayó?", "No."),
        ("pt", "a do tráfico de pessoas ainda tá de pé?", "Não."),
        ("en", "is the smuggling one still happening?", "No."),
        ("fr", "celle sur la traite tient toujours ?", "Non."),
    ],
)
def test_the_one_that_is_called_off_is_not_on(grader: Grader, language: Language, words: str, told: str) -> None:
    assert heard(grader, language, words, OFF).startswith(told)


@pytest.mark.parametrize(
    ("language", "words", "session"),
    [
        ("es", "la penúltima cuándo es", 3),
        ("es", "y después de la próxima cuál sigue", 2),
        ("es", "la anterior a la de datos cuál es", 3),
        ("pt", "qual é a antepenúltima sessão", 2),
        ("pt", "e depois da próxima vem qual", 2),
        ("en", "second last session pls", 3),
        ("en", "what's before the one on return", 2),
        ("fr", "l'avant-dernière c'est quand", 3),
        ("fr", "laquelle vient juste avant celle sur la gouvernance", 2),
        ("fr", "du coup c'est laquelle la prochaine ?", 1),
    ],
)
def test_an_order_is_counted_as_it_is_said(grader: Grader, language: Language, words: str, session: int) -> None:
    (found,) = grader.answering.answers(words, grader.situation(language=language))
    assert found.ids == (str(session),)


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("es", "oiga joven y mañana hay algo o no", "No"),
        ("pt", "então no dia 12 rola o que afinal", "A sessão 4"),
        ("pt", "no dia 23 é sobre o que msm", "A sessão 1"),
        ("en", "tbh no clue what the 23rd is on", "Session 1"),
        ("en", "hang on, does it start at 3pm", "No."),
        ("fr", "le 29 on parle de quoi au juste", "La session 2"),
        ("fr", "attendez, ça démarre à 15h ?", "Non."),
    ],
)
def test_words_that_say_nothing_hide_no_question(grader: Grader, language: Language, words: str, told: str) -> None:
    assert heard(grader, language, words).startswith(told)


@pytest.mark.parametrize(
    ("language", "words", "topics"),
    [
        ("es", "es gratis, lo graban y a quién le escribo?", ["cost", "recordings", "contact"]),
        ("pt", "preciso pagar, preciso ligar a câmera e tem tradução?", ["cost", "camera", "interpretation"]),
        ("pt", "quem organiza, quem modera e quem fala", ["organizer", "moderation", "panelists"]),
        (
            "en",
            "do we get a certificate, is there a fee and can I watch it later?",
            ["certificate", "cost", "recordings"],
        ),
        ("en", "how many guiding principles are there and which is the gender one", ["principle", "principle"]),
        ("fr", "il faut payer ? c'est filmé ? vous donnez un diplôme ?", ["cost", "recordings", "certificate"]),
        ("fr", "ça va être enregistré ?", ["recordings"]),
        ("en", "first session in Nassau and last one in Nassau, hours?", ["time_in_place", "time_in_place"]),
        ("pt", "horário da primeira em Caracas e da última em Genebra", ["time_in_place", "time_in_place"]),
        ("es", "a qué hora es en lima y en santiago la sesion 3", ["time_in_place"]),
    ],
)
def test_every_question_of_a_series_is_answered(
    grader: Grader, language: Language, words: str, topics: list[str]
) -> None:
    found = grader.answering.answers(words, grader.situation(language=language))
    assert [each.topic for each in found] == topics


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "uh ese día no puedo, ¿y la que viene después?"),
        ("pt", "nesse dia n consigo. e a seguinte?"),
        ("en", "can't do that day. and the one after?"),
        ("fr", "ce jour-là je peux pas. et la suivante ?"),
    ],
)
def test_what_is_told_beside_a_follow_up_hides_it_not(grader: Grader, language: Language, words: str) -> None:
    found = grader.answering.answers(words, grader.situation(language=language, talk=Talk("session", ("3",))))
    assert found[-1].ids == ("4",)


def test_a_practice_is_found_by_its_short_name(grader: Grader) -> None:
    assert heard(grader, "pt", "o q é o migracidades").startswith("MigraCidades")


def test_fear_told_beside_a_question_comes_first(grader: Grader) -> None:
    words = "When is session 2? Also I am being followed and I'm scared for my life"
    found = grader.answering.answers(words, grader.situation(language="en"))
    assert [each.topic for each in found] == ["personal_case", "session"]
