"""Names and letters: what is said around a question is no part of it, and is not "not understood"."""

import pytest

from knowledge.text.message_splitting import without_signature
from locales.localized import Language
from tests.support.knowledge.grading import Grader

CUT = [
    ("When is session 2?\n\nKind regards,\nMarcia López", "When is session 2?"),
    ("When is session 2? Kind regards, Marcia", "When is session 2?"),
    ("¿Cuándo es la 2? Atentamente, Ana Pérez, OIM", "¿Cuándo es la 2?"),
    ("Qual é a data da 3? Atenciosamente, João da Silva", "Qual é a data da 3?"),
    ("C'est quand ? Bien cordialement, Paul", "C'est quand ?"),
    ("vivo en lima y me llamo ana", "vivo en lima"),
    ("moro em Lisboa e me chamo Joana", "moro em Lisboa"),
    ("my name is Ana and I live in Lima", "I live in Lima"),
    ("je m'appelle Paul, c'est quand la 2 ?", "c'est quand la 2 ?"),
    # Nothing but a greeting, and a closing with a question behind it.
    ("Saludos cordiales", "Saludos cordiales"),
    ("me llamo ana", "me llamo ana"),
    ("Regards, and one last thing: when does session 3 begin in Lima?",) * 2,
]
LETTERS: list[tuple[Language, str, str]] = [
    ("es", "Estimadas: por la presente solicito me informen la fecha de la sesión 1. Atentamente, Ana", "La sesión 1"),
    ("es", "Estimados señores: me dirijo a ustedes para consultar las fechas de las sesiones", "El ciclo tiene"),
    ("pt", "Prezados, venho por meio desta solicitar informações sobre as datas das sessões", "O ciclo tem 4 sessões"),
    ("pt", "Prezados, gostaria de solicitar a data da sessão 3. Atenciosamente, João", "A sessão 3"),
    ("en", "Dear all, I am writing to ask when session 3 takes place. Kind regards, Marcia", "Session 3"),
    ("en", "Dear Sir or Madam, I would be grateful if you could tell me when session 2 is. Regards, Jo", "Session 2"),
    ("fr", "Madame, Monsieur, sauriez-vous m'indiquer la date de la session 2 ? Cordialement, Jean", "La session 2"),
    ("fr", "Madame, Monsieur,\nJe vous écris pour savoir quand a lieu la 1.\nBien cordialement\nPaul", "La session 1"),
    ("es", "vivo en lima y me llamo pedro", "Las sesiones, en hora de Lima"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "left"), CUT)
def test_a_name_is_no_part_of_the_question(words: str, left: str) -> None:
    assert without_signature(words) == left


@pytest.mark.parametrize(("language", "letter", "begins"), LETTERS)
def test_a_letter_is_answered_once(grader: Grader, language: Language, letter: str, begins: str) -> None:
    (answer,) = grader.converse(language, letter)
    assert grader.text([answer]).startswith(begins)
