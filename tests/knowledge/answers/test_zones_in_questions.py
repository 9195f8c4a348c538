"""Zones that are written as no place, in questions: that zone's hours, or that we cannot read it."""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader
from tests.support.knowledge.phone_labels import hours, plain


@pytest.mark.parametrize(
    ("language", "words", "hour"),
    [
        ("es", "¿a qué hora es la sesión 1 en GMT-5?", 12),
        ("es", "sesión 1 UTC-03:00", 14),
        ("es", "sesion 3 hora del este", 12),
        ("es", "sesion 2 hora del este", 13),
        ("es", "sesion 2 hora chile continental", 14),
        ("es", "la segunda en Bogta a que hora", 12),
        ("en", "session 2 EST", 13),
        ("en", "session 3 est", 12),
        ("en", "session 1 eastern time", 13),
        ("en", "when is the fourth session in CST", 11),
        ("pt", "sessão 4 em UTC", 17),
        ("pt", "sessão 1 UTC menos 4", 13),
        ("fr", "à quelle heure la première session en CET", 19),
        ("fr", "la 4 en heure de l'est", 12),
        ("fr", "quand a lieu la séance sur les moteurs de la migration à Rio Branco", 12),
        ("es", "qué día y a qué hora es la de retorno y reintegración, hora de Lisboa", 17),
    ],
)
def test_its_hours_are_told(grader: Grader, language: Language, words: str, hour: int) -> None:
    said = plain(grader.text(grader.answering.answers(words, grader.situation(language=language), language)))
    assert hour * 60 in hours(said), said
    assert hours(said) <= {hour * 60, hour * 60 + 90, 14 * 60, 15 * 60 + 30}, said


def test_a_short_form_that_changes_in_summer_is_told_as_it_is_on_that_day(grader: Grader) -> None:
    said = [grader.text(grader.ask(f"what time is session {number} in EST", language="en")) for number in (2, 3)]
    assert ["EDT" in each for each in said] == [True, False]


@pytest.mark.parametrize("words", ["session 2 in GMT-27", "session 2 XKT time"])
def test_a_zone_that_cannot_be_read_gets_no_hours(grader: Grader, words: str) -> None:
    said = grader.text(grader.ask(words, language="en"))
    assert said.startswith("I cannot read the time zone")
    assert not hours(plain(said).replace("gmt-5", ""))


@pytest.mark.parametrize(
    "words", ["LA SEANCE 2 EST A QUELLE HEURE", "c'est quand la séance 2", "la 2 est à quelle heure"]
)
def test_a_word_is_no_zone(grader: Grader, words: str) -> None:
    assert hours(plain(grader.text(grader.ask(words, language="fr")))) <= {14 * 60, 15 * 60 + 30}
