"""What is somebody else's is not known here; "last year" and "first time" are no sessions."""

import pytest

from tests.support.knowledge.grading import Grader


@pytest.mark.parametrize(
    "words",
    [
        "when is the next FEMI?",
        "¿cuándo es el próximo Foro de Examen de la Migración Internacional?",
        "when is the next COP",
        "cuándo es la próxima CRM",
        "cuándo es la próxima reunión de la CEPAL",
        "cuándo es la reunión del Proceso de Quito",
        "when is the next Human Rights Council session",
        "quando é a próxima COP30",
        "¿quién dirige ACNUR?",
        "who is the head of IOM",
        "quem dirige a OIM",
        "qui dirige le HCR",
        "quién es el presidente de Chile",
        "consulate hours in Lima",
        "a qué hora abre la embajada de Estados Unidos en Lima",
        "horário do consulado do Haiti em São Paulo",
        "heures d'ouverture du consulat à Cayenne",
        "hasta cuándo está abierta la frontera en Cúcuta",
        "how many migrants in Chile",
        "cuántos migrantes hay en Chile",
        "quantos refugiados há no Brasil",
        "combien de migrants en Haïti",
        "what happened last year?",
        "¿qué se hizo el año pasado?",
        "es la primera vez que participo",
        "last time the link did not work",
        "c'est la première fois que je participe",
    ],
)
def test_it_is_said_not_to_be_known(grader: Grader, words: str) -> None:
    answers = grader.ask(words)
    assert [answer.known for answer in answers] == [False], grader.text(answers)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("cuándo fue el primer FEMI", "review_forum"),
        ("¿cuándo toca lo de los consulados?", "session"),
        ("¿a qué hora se habla de fronteras?", "session"),
        ("who runs the network?", "organizer"),
        ("¿está abierto a todo público?", "audience"),
        ("cuándo es la última sesión", "session"),
        ("¿habrá otro ciclo el año que viene?", "next_cycle"),
        ("por último, ¿dan certificado?", "certificate"),
        ("en primer lugar, ¿quién organiza?", "organizer"),
        ("last question: is it free?", "cost"),
        ("Counting how many migrants there are, by age and sex — which objective?", "objective"),
    ],
)
def test_what_is_ours_still_is(grader: Grader, words: str, topic: str) -> None:
    assert grader.ask(words)[0].topic == topic


@pytest.mark.parametrize(
    "words",
    [
        "cuando va a ser el ciclo del 2025",
        "quando vai ser o ciclo de 2025?",
        "when is the 2025 cycle",
        "c'est quand le cycle de 2026 ?",
    ],
)
def test_another_years_cycle_is_not_this_one(grader: Grader, words: str) -> None:
    assert [each.topic for each in grader.ask(words)] == ["out_of_scope"]


def test_this_years_cycle_is_ours(grader: Grader) -> None:
    assert "23 " in grader.text(grader.ask("¿cuándo empieza el ciclo de 2024?"))
