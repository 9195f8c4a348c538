"""Haitian Creole is answered as far as it is understood, in the language of the phone."""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader


@pytest.mark.parametrize(
    ("language", "asked", "begins"),
    [
        ("fr", "bonjou m ap viv potoprens ki lè sesyon an ap kòmanse", "Les sessions, à l’heure de Port-au-Prince"),
        ("fr", "ki lè sesyon yo ap fèt", "Le cycle compte 4 sessions"),
        ("es", "ki dat premye sesyon an ap fèt", "La sesión 1,"),
        ("es", "ki sesyon ki pale sou fwontye", "El objetivo 11 ("),
        ("fr", "ki lè dènye sesyon an ap fini Okap", "À l’heure du Cap-Haïtien, la session 4"),
        ("es", "konbyen tan sesyon yo dire", "Duran igual: 90 minutos"),
        ("fr", "eske mwen ka patisipe", "Oui : selon la note conceptuelle"),
        ("fr", "konbyen sesyon genyen", "Le cycle compte 4 sessions"),
    ],
)
def test_what_is_asked_in_creole(grader: Grader, language: Language, asked: str, begins: str) -> None:
    told = grader.text(grader.ask(asked, language=language)).split("\n")
    assert any(line.replace("\xa0", " ").startswith(begins) for line in told[:3]), told[:3]
    assert any("français" in line for line in told), "which languages there are"
