"""Places of one name: a city with its own country or state is one, and which is meant can be read."""

import pytest

from tests.support.knowledge.grading import Grader


@pytest.mark.parametrize(
    ("words", "place", "hour"),
    [
        ("a qué hora es la sesión 2 en San Juan argentina", "San Juan (Argentina)", "14:00"),
        ("a qué hora es la sesión 2 en La Paz BCS", "La Paz (México)", "10:00"),
        ("a qué hora es la sesión 2 en La Paz, Baja California Sur", "La Paz (México)", "10:00"),
        ("a qué hora es la sesión 2 en Guadalajara, Jalisco", "Guadalajara (México)", "11:00"),
        ("a qué hora es la sesión 2 en Córdoba de España", "Córdoba (España)", "18:00"),
        ("what time is session 2 in Portland Oregon", "Portland (United States)", "10:00"),
        ("what time is session 2 in London, Ontario, Canada", "London (Canada)", "13:00"),
        ("a que horas é a sessão 2 em Manaus, Amazonas, Brasil", "Manaus (Brasil)", "13:00"),
    ],
)
def test_a_city_with_its_country_or_state_is_one_place(grader: Grader, words: str, place: str, hour: str) -> None:
    said = grader.text(grader.ask(words))
    assert place in said.split("\n")[0]
    assert hour in said.split("\n")[0]
    assert said.count("2024") == 2  # there, and in Argentina


@pytest.mark.parametrize(
    ("words", "first", "also"),
    [
        ("a que horas é a sessão 2 em Salvador", "Salvador (Brasil)", "El Salvador: início 11:00"),
        ("a qué hora es la sesión 2 en Armenia", "Armenia (Colombia)", "Armenia: inicio 21:00"),
        ("a qué hora es la sesión 2 en La Paz", "La Paz (Bolivia)", "La Paz (México): inicio 10:00"),
        ("a qué hora es la sesión 2 en San Juan", "San Juan (Puerto Rico)", "San Juan (Argentina): inicio 14:00"),
        ("what time is session 2 in Victoria", "Ciudad Victoria (Mexico)", "Victoria (Canada): start 10:00"),
    ],
)
def test_an_ambiguous_name_is_told_with_its_country_and_the_others(
    grader: Grader, words: str, first: str, also: str
) -> None:
    said = grader.text(grader.ask(words))
    assert first in said.split("\n")[0]
    assert also in said


@pytest.mark.parametrize("words", ["acá en santo domingo a q hora es la sesión 2", "hora de la sesión 2 en Lima"])
def test_a_capital_needs_no_telling_apart(grader: Grader, words: str) -> None:
    assert "mismo nombre" not in grader.text(grader.ask(words))


def test_places_that_are_listed_stay_several(grader: Grader) -> None:
    said = grader.text(grader.ask("a qué hora es la sesión 2 en Tijuana y en Lima"))
    assert "En Tijuana" in said
    assert "En Lima" in said
