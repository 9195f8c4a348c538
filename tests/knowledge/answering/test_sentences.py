"""How answers are put into words: the difference of sessions, plurals, a fact said once, yes and no by themselves."""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader


def said(grader: Grader, language: Language, words: str) -> str:
    return grader.text(grader.converse(language, words))


@pytest.mark.parametrize(
    ("language", "words", "first", "second"),
    [
        ("es", "¿qué diferencia hay entre la sesión 2 y la 3?", "La sesión 2, «Inclusión», trata de", "La sesión 3, «"),
        ("pt", "qual é a diferença entre as sessões 1 e 4?", "A sessão 1, “Motores", "A sessão 4, “Dados"),
        ("en", "what are the differences between sessions 2 and 4?", "Session 2, “Inclusion”, is", "Session 4, “Data"),
        ("fr", "différence entre la session 1 et la 3", "La session 1, «\u00a0Moteurs", "La session 3, «\u00a0Gouv"),
    ],
)
def test_the_difference_of_sessions_is_what_they_are_about(
    grader: Grader, language: Language, words: str, first: str, second: str
) -> None:
    lines = said(grader, language, words).split("\n")
    assert lines[0].startswith(first), lines
    assert lines[1].startswith(second), lines


@pytest.mark.parametrize(
    ("language", "words", "heard"),
    [
        ("es", "¿qué sesión tiene más objetivos?", "Más: 7, en la sesión 3. Menos: 5, en las sesiones 1 y 4."),
        ("pt", "qual sessão tem mais objetivos?", "Mais: 7, na sessão 3. Menos: 5, nas sessões 1 e 4."),
        ("en", "which session has the fewest objectives?", "Most: 7, in session 3. Fewest: 5, in sessions 1 and 4."),
        (
            "fr",
            "quelle session a le plus d'objectifs ?",
            "Le plus\u00a0: 7, à la session 3. Le moins\u00a0: 5, aux sessions",
        ),
        ("en", "are sessions 2 and 3 on the same day?", "No.\n\nAll times are Argentina time."),
        ("es", "¿son el mismo día la 2 y la 3?", "No.\n\nHoras de Argentina."),
        ("pt", "as sessões 2 e 3 são no mesmo dia?", "Não.\n\nHorários da Argentina."),
        ("fr", "les sessions 2 et 3 sont le même jour ?", "Non.\n\nHeures d’Argentine."),
    ],
)
def test_plurals_and_yes_or_no(grader: Grader, language: Language, words: str, heard: str) -> None:
    assert said(grader, language, words).startswith(heard)


@pytest.mark.parametrize(
    ("language", "words", "area"),
    [
        ("es", "¿en qué sesión se trata el objetivo 13?", "Salvar vidas"),
        ("pt", "em que sessão é tratado o objetivo 13?", "Salvar vidas"),
        ("en", "in which session is objective 13 discussed?", "Saving lives"),
        ("fr", "dans quelle session parle-t-on de l'objectif 13 ?", "Sauver des vies"),
    ],
)
def test_session_and_area_of_an_objective_are_said_in_one_sentence(
    grader: Grader, language: Language, words: str, area: str
) -> None:
    lines = said(grader, language, words).split("\n")
    assert "3" in lines[0]
    assert lines[0].endswith(f"{area}."), lines
    assert not lines[1]


@pytest.mark.parametrize(
    ("language", "words", "heard"),
    [
        ("es", "sesión 2 perejil tomillo", "No entendí «perejil, tomillo»"),
        ("pt", "sessão 2 salsinha tomilho", "Não entendi “salsinha, tomilho”"),
        ("en", "session 2 parsley thyme", "I did not understand “parsley, thyme”"),
        ("fr", "session 2 persil estragon", "Je n’ai pas compris «\u00a0persil, estragon\u00a0»"),
    ],
)
def test_words_that_were_not_understood_are_listed_with_commas(
    grader: Grader, language: Language, words: str, heard: str
) -> None:
    assert said(grader, language, words).startswith(heard)


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_a_comparison_tells_no_areas(grader: Grader, language: Language) -> None:
    """Which is longer is asked: the areas of all four sessions would bury it."""
    words = {
        "es": "¿qué sesión es la más larga?",
        "pt": "qual sessão é a mais longa?",
        "en": "which session is longest?",
    }
    assert len(said(grader, language, words.get(language, "quelle session est la plus longue ?"))) < 600
