"""Zones that are written as no place, in questions, and the hours of a place beside another or after it."""

from dataclasses import replace

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
        ("es", "sesión 4 hora del Caribe Oriental", 13),
        ("pt", "sessão 3 no horário do Caribe oriental", 13),
        ("en", "is there an Eastern Caribbean time for session 3", 13),
        ("fr", "la dernière session, heure des Antilles", 13),
        # The place says which zone of that name is meant.
        ("es", "la 3 en CST, hora de San José de Costa Rica", 11),
        ("pt", "sessão 3, CST de Cuba", 12),
        ("en", "session 4 in CST (Havana)", 12),
        ("fr", "session 4 CST à La Havane", 12),
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


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [("en", "session 3 in EST and London", {12, 17}), ("es", "la 3 en Lima o en CST", {12, 11})],
)
def test_a_zone_joined_to_a_place_is_told_beside_it(
    grader: Grader, language: Language, words: str, told: set[int]
) -> None:
    assert {hour * 60 for hour in told} < hours(plain(grader.text(grader.ask(words, language=language))))


@pytest.mark.parametrize(
    ("language", "first", "then", "begins"),
    [
        ("es", "¿a qué hora es la 2 en Barranquilla?", "¿y la última?", "En Barranquilla, la sesión 4"),
        ("pt", "que horas é a 1 em Curitiba?", "e a seguinte?", "Em Curitiba, a sessão 2"),
        ("en", "what time is session 1 in Philadelphia?", "and the third?", "In Philadelphia, session 3"),
        ("fr", "à quelle heure est la 1 à Montréal ?", "et la dernière ?", "À l’heure de Montréal, la session 4"),
    ],
)
def test_a_place_keeps_its_name_in_what_follows(
    grader: Grader, language: Language, first: str, then: str, begins: str
) -> None:
    assert grader.text(grader.converse(language, first, then)).startswith(begins)


@pytest.mark.parametrize(
    ("language", "words", "begins"),
    [
        ("es", "¿y pa la gente de Barinas? a que hora la primera", "En Barinas, la sesión 1"),
        ("pt", "e para quem está em Boa Vista? que horas é a última", "Em Boa Vista, a sessão 4"),
        ("en", "and for those in Bridgetown? what time is the last one", "In Bridgetown, session 4"),
        ("fr", "et pour ceux de Pétionville ? la 2 c'est à quelle heure", "À l’heure de Pétionville, la session 2"),
    ],
)
def test_what_is_asked_behind_a_mark_is_asked_there(
    grader: Grader, language: Language, words: str, begins: str
) -> None:
    assert grader.text(grader.ask(words, language=language)).startswith(begins)


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("es", "¿a qué hora es la 4 en Tokio?", "¿y donde vivo?"),
        ("pt", "que horas é a 4 em Tóquio?", "e para mim?"),
        ("en", "what time is session 4 in Tokyo?", "and where I am?"),
        ("fr", "à quelle heure est la 4 à Tokyo ?", "et chez nous ?"),
    ],
)
def test_after_another_place_their_own_hours_are_told(
    grader: Grader, language: Language, first: str, then: str
) -> None:
    at = replace(grader.situation(language=language), zone="America/Lima")
    told = grader.answering.answers(first, at)
    assert "12:00" in grader.text(told)  # their own hours stand beside those of Tokyo
    after = grader.text(grader.answering.answers(then, replace(at, talk=told[-1].talk)))
    assert "12:00" in after
    assert "02:00" not in after
