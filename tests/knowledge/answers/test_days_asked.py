"""Days as people say them: weekends, spans from today, 11/5; and Roman numerals, which are none."""

import pytest

from tests.support.knowledge.grading import Grader


@pytest.fixture(scope="module")
def grader() -> Grader:
    return Grader()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("¿hay sesiones el fin de semana?", "No, ese día no hay sesión"),
        ("is it on weekends?", "No, there is no session on that day"),
        ("what is on 11/5", "Session 3,"),
        ("is there a session on 5/11", "Yes. Session 3,"),
        ("what's on 11/12?", "Session 4,"),
        ("what is on 6/7", "No, there is no session on that day (Friday 7 June 2024)"),
        ("qué hay el 6/7", "No, ese día no hay sesión (sábado 6 de julio de 2024)"),
        ("daqui a dois dias, tem sessão?", "Sim. A sessão 1,"),  # today is the 21st of October
        ("o que tem daqui a 8 dias?", "A sessão 2,"),
        ("in two days", "Session 1,"),
        ("dans huit jours", "La session 2,"),
        ("la primera, ¿de qué trata?", "La sesión 1,"),
        ("objetivo XI", "Objetivo 11."),
        ("objectif XIV", "Objetivo 14."),  # two words change no language
        ("objective XXIII", "Objetivo 23."),
        ("objetivo V", "Objetivo 5."),
    ],
)
def test_the_day_or_number_that_is_meant(grader: Grader, words: str, says: str) -> None:
    assert grader.text(grader.ask(words)).startswith(says)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("¿a qué hora es en mi país?", "timezone"),
        ("¿el pacto es obligatorio para mi país?", "gcm_binding"),
        ("is my country bound by the compact?", "gcm_binding"),
        ("mon pays est-il obligé ?", "gcm_binding"),
        ("¿qué puede hacer mi país por los migrantes?", "out_of_scope"),
    ],
)
def test_my_country_is_a_wish_for_its_hours_only_where_hours_are_asked(grader: Grader, words: str, topic: str) -> None:
    assert [answer.topic for answer in grader.ask(words)] == [topic]
