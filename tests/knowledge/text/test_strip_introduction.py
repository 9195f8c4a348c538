"""Who somebody is, is no subject: the sentence that asks is answered."""

import pytest

from tests.support.knowledge.grading import Grader


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("I work for the Ministry of Home Affairs. When is the trafficking session?", "Objective 10 "),
        ("I work for the Ministry of Home Affairs. When is the trafficking session", "Objective 10 "),
        ("I am a nurse in Guyana. Which objective is about health?", "Objective 15."),
        ("I coordinate a shelter for trafficking victims in Honduras. How do I register?", "/register"),
        ("soy de la cancillería y necesito saber cuándo es la sesión de detención", "El objetivo 13 "),
        ("soy de la Dirección de Migraciones de Perú, ¿cuándo es la sesión sobre trata?", "En Perú, la sesión 3 "),
        ("soy periodista y quiero saber qué objetivo habla de remesas", "Objetivo 20."),
        ("trabajo en la unidad de trata de la fiscalía, ¿dan certificado?", "no menciona certificados"),
        ("Me interesa la trata; ¿para cuándo está prevista?", "El objetivo 10 "),
        ("trabajo con víctimas de trata, ¿qué sesión me conviene?", "El objetivo 10 "),
        ("sou do Ministério da Justiça e queria saber quando é a sessão sobre remessas", "O objetivo 20 "),
        ("my boss wants to know if its only for governments", "Anyone: it is open"),
        ("ma cheffe veut savoir si c'est seulement pour les gouvernements", "Tout le monde"),
        ("je suis du ministère du Travail, quand est la session sur la traite ?", "L’objectif 10 "),
    ],
)
def test_what_is_asked_counts_not_who_asks(grader: Grader, words: str, says: str) -> None:
    answers = grader.ask(words)
    assert len(answers) == 1
    assert grader.text(answers).startswith(says) or (says.startswith(("/", "no ")) and says in grader.text(answers))
