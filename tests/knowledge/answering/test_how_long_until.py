"""How long it is until a session, and until which one; how long all of it takes."""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader

NEAR: list[tuple[Language, str, list[str]]] = [
    ("es", "¿cuánto falta para que empiece?", ["Días hasta la sesión 1: 2.", "Horas hasta que empieza: 50."]),
    ("pt", "quantas horas faltam pra sessão 1?", ["Dias até a sessão 1: 2.", "Horas até o início: 50."]),
    ("en", "how many hours until session 1?", ["Days until session 1: 2.", "Hours until it begins: 50."]),
    ("fr", "combien d'heures avant la session 1 ?", [
        "Jours jusqu’à la session 1\u00a0: 2.", "Heures jusqu’au début\u00a0: 50.",
    ]),
    ("es", "¿cuántos días faltan para la 3?", ["Días hasta la sesión 3: 15."]),
    ("en", "how many days between session 3 and the last one?", ["From session 3 to session 4: 7 days."]),
    ("es", "¿cuántos días hay entre la 3 y la última?", ["De la sesión 3 a la sesión 4: 7 días."]),
]  # fmt: skip
GOES_ON: list[tuple[Language, str, str, str]] = [
    ("es", "¿cuántos días faltan para la 1?", "¿y para la última?", "Días hasta la sesión 4: 22."),
    ("pt", "quantos dias faltam pra sessão 1?", "e pra última?", "Dias até a sessão 4: 22."),
    ("en", "how many days left until session 1?", "and until the last?", "Days until session 4: 22."),
    ("fr", "combien de jours avant la session 1 ?", "et avant la dernière ?", "Jours jusqu’à la session 4\u00a0: 22."),
    ("es", "sesión 3", "¿cuánto falta?", "Días hasta la sesión 3: 15."),
]
WHOLE: list[tuple[Language, str, str]] = [
    ("es", "la duración total del ciclo", "De la sesión 1 a la sesión 4: 20 días."),
    ("pt", "quantas semanas dura tudo?", "Da sessão 1 à sessão 4: 20 dias."),
    ("en", "how many weeks does it all last?", "From session 1 to session 4: 20 days."),
    ("fr", "la durée totale du cycle", "De la session 1 à la session 4\u00a0: 20 jours."),
]


def lines(grader: Grader, language: Language, *words: str) -> list[str]:
    return [each.replace("\u202f", "\u00a0") for each in grader.text(grader.converse(language, *words)).split("\n")]


@pytest.mark.parametrize(("language", "words", "told"), NEAR)
def test_days_until_a_session_and_hours_where_it_is_near(
    grader: Grader, language: Language, words: str, told: list[str]
) -> None:
    assert lines(grader, language, words)[: len(told) + 1] == [*told, ""]


@pytest.mark.parametrize(("language", "first", "then", "told"), GOES_ON)
def test_until_another_one(grader: Grader, language: Language, first: str, then: str, told: str) -> None:
    assert lines(grader, language, first, then)[0] == told


@pytest.mark.parametrize(("language", "words", "told"), WHOLE)
def test_all_of_it_from_the_first_to_the_last(grader: Grader, language: Language, words: str, told: str) -> None:
    assert told in lines(grader, language, words)
