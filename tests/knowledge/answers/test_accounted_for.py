"""An answer accounts for what was asked: claims are checked, forms are told, and words that were not read are named."""

from datetime import datetime

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import NOON, Grader

_AFTER = datetime.fromisoformat("2024-11-20T12:00:00-03:00")


def heard(grader: Grader, language: Language, *messages: str, now: datetime = NOON) -> str:
    """What is said to the last of those messages, each after the one before."""
    return grader.text(grader.converse(language, *messages, now=now))


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("fr", "combien de pays participent à la première séance", "Désolé, je ne sais pas"),
        ("fr", "séance 4 à Bruxeles", "À l’heure de Bruxelles, la session 4"),
        ("es", "el objetivo 17 es el del racismo, ¿cierto?", "Sí."),
        ("es", "¿el objetivo 21 se ve en la sesión 3?", "Sí."),
        ("en", "is objective 9 in session 2?", "No."),
        ("pt", "a sessão 2 fala de remessas?", "Sim."),
        ("en", "Casas de la Alegria is in Panama right?", "No."),
        ("pt", "já rolou alguma sessão?", "Não."),
        ("en", "does session 3 have more objectives than session 4?", "Yes."),
        ("es", "que viene primero, lo de remesas o lo de los coyotes", "Primero es la sesión 2."),
        ("fr", "la toute première de novembre", "La session 3"),
        ("es", "la última de octubre", "La sesión 2"),
        ("pt", "todas as datas tirando a do dia 12", "São 3 sessões: 1, 2 e 3."),
        ("en", "which areas don't belong to session 1", "Objectives that other sessions discuss (2, 3 and 4)"),
        ("fr", "la séance 2 parle de quoi et dure combien de temps ?", "La session 2 dure 90 minutes"),
    ],
)
def test_what_was_asked_is_answered_in_the_first_line(
    grader: Grader, language: Language, words: str, first: str
) -> None:
    assert heard(grader, language, words).startswith(first)


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [("es", "¿todavía queda alguna sesión por venir?", "No."), ("en", "has the cycle finished?", "Yes.")],
)
def test_whether_any_is_left_is_yes_or_no(grader: Grader, language: Language, words: str, first: str) -> None:
    assert heard(grader, language, words, now=_AFTER).startswith(first)


@pytest.mark.parametrize(
    ("language", "messages", "told"),
    [
        ("es", ["cuántos objetivos tiene la sesión 3", "¿y la 4?"], "5 objetivos"),
        ("pt", ["o que são remessas", "qual objetivo fala disso?", "e em que dia?"], "29 de outubro"),
        ("fr", ["c'est quoi la diaspora", "quel objectif en parle"], "Objectif 19"),
        ("pt", ["Operação Acolhida", "em que ano começou?"], "2018"),
        ("en", ["sign me up for session 1", "and what is it about"], "Session 1"),
    ],
)
def test_the_next_question_goes_on(grader: Grader, language: Language, messages: list[str], told: str) -> None:
    assert told in heard(grader, language, *messages)
