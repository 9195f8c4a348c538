"""One objective is no plural, what is past is told as past, and a source is in the reader's language."""

from datetime import timedelta

import pytest

from tests.support.knowledge.grading import NOON, Grader


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("área retorno y reintegración", "tiene el objetivo 21:"),
        ("domaine retour et réintégration", "a pour objectif le 21"),
        ("area return and reintegration", "has objective 21:"),
        ("objectives of area smuggling", "has 3 objectives, 9, 10 and 11:"),
        ("what is trafficking", "Source: Palermo Protocol"),
        ("qu'est-ce que la traite", "Source\u202f: Protocole de Palerme"),
    ],
)
def test_words_agree(grader: Grader, words: str, says: str) -> None:
    assert says in grader.text(grader.ask(words)).replace("\u00a0", "\u202f")


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("a qué hora es la sesión 1 en Lima", "la sesión 1 es el", "la sesión 1 fue el"),
        ("what time is session 1 in Lima", "session 1 is on", "session 1 was on"),
        ("que horas é a sessão 1 em Manaus", "a sessão 1 é na", "a sessão 1 foi na"),
        ("à quelle heure est la session 1 à Paris", "la session 1 a lieu", "la session 1 a eu lieu"),
    ],
)
def test_a_past_session_is_told_in_the_past_elsewhere_too(grader: Grader, words: str, before: str, after: str) -> None:
    assert before in grader.text(grader.ask(words))
    assert after in grader.text(grader.ask(words, NOON + timedelta(days=5)))


def test_no_source_stays_in_spanish(grader: Grader) -> None:
    """Nor any other word of it: an address or a document's number is the same everywhere."""
    for term in grader.cycle.terms:
        for words in ("conceptual", "propia", "propio", "párr", "copia", "nombre"):
            assert words not in (term.source.en + term.source.fr).casefold(), term.key
