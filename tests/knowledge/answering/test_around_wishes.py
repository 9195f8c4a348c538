"""What goes on with a wish, and what is asked around one: how early, "as it was", until when, what did not come."""

import pytest

from knowledge.understanding.query import Property, Wish
from locales.localized import Language
from tests.support.knowledge.grading import Grader

TALKS: list[tuple[Language, str, str, Wish]] = [
    ("es", "quiero un recordatorio", "una hora antes", Wish.REMIND),
    ("es", "quiero parar los recordatorios", "no, dejalos", Wish.REMIND),
    ("pt", "quero lembrete", "um dia antes", Wish.REMIND),
    ("pt", "cancela os lembretes", "volta atrás", Wish.REMIND),
    ("en", "remind me", "the day before", Wish.REMIND),
    ("en", "stop reminders", "only for session 2", Wish.REMIND),
    ("en", "pause reminders", "turn them back on", Wish.REMIND),
    ("fr", "je veux un rappel", "deux heures avant", Wish.REMIND),
    ("fr", "arrêtez les rappels", "finalement remets-les", Wish.REMIND),
    ("es", "quiero inscribirme", "mejor solo a la 2", Wish.CHANGE),
    ("pt", "me inscreve", "em quais?", Wish.CHANGE),
    ("en", "cancel session 3", "keep the rest", Wish.CHANGE),
    ("fr", "je veux m'inscrire", "seulement à la 2", Wish.CHANGE),
]
ASKED: list[tuple[Language, str, str, Property]] = [
    ("es", "", "no me llegó el recordatorio", Property.MISSED),
    ("pt", "", "não recebi o lembrete", Property.MISSED),
    ("en", "", "my reminder never arrived", Property.MISSED),
    ("fr", "", "j'ai pas reçu le rappel", Property.MISSED),
    ("es", "¿hay que inscribirse?", "¿y hasta cuándo?", Property.DEADLINE),
    ("pt", "", "até quando posso me inscrever", Property.DEADLINE),
    ("en", "", "how late can I sign up?", Property.DEADLINE),
    ("fr", "faut-il s'inscrire ?", "jusqu'à quand ?", Property.DEADLINE),
    ("es", "", "¿podrían cancelar la sesión 2?", Property.CHANGES),
    ("pt", "", "pode ser adiada a sessão 3?", Property.CHANGES),
    ("en", "", "could session 3 be postponed?", Property.CHANGES),
    ("fr", "", "la session du 5 peut être reportée ?", Property.CHANGES),
]
AS_BEFORE: list[tuple[Language, str, str, Property]] = [
    ("es", "quiero un recordatorio", "¿y de qué trata la 2?", Property.TOPIC),
    ("pt", "quero lembrete", "quando é a sessão 2?", Property.DAY),
    ("en", "remind me", "when is the first one?", Property.DAY),
    ("fr", "je veux m'inscrire", "quelles sont les séances ?", Property.CARD),
]


@pytest.mark.parametrize(("language", "first", "then", "wish"), TALKS)
def test_few_words_go_on_with_a_wish(grader: Grader, language: Language, first: str, then: str, wish: Wish) -> None:
    told = grader.converse(language, first, then)
    assert [each.query.wish for each in told] == [wish]


@pytest.mark.parametrize(("language", "first", "then", "asks"), ASKED + AS_BEFORE)
def test_what_is_asked_around_a_wish(grader: Grader, language: Language, first: str, then: str, asks: Property) -> None:
    told = grader.converse(language, *filter(None, (first, then)))
    assert [each.query.asks[:1] for each in told] == [(asks,)]


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_who_may_step_back_asks_nothing_of_the_programme(grader: Grader, language: Language) -> None:
    words = {
        "es": "¿puedo cancelar mi lugar en la sesión 3?",
        "pt": "posso cancelar a sessão 3?",
        "en": "can I cancel session 3?",
        "fr": "je peux annuler la séance 3 ?",
    }
    assert [each.query.wish for each in grader.converse(language, words[language])] == [Wish.LEAVE]
