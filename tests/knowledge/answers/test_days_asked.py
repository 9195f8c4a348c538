"""Days as people say them: weekends, spans from today, 11/5; and Roman numerals, which are none."""

import pytest

from tests.support.knowledge.grading import Grader


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("¿hay sesiones el fin de semana?", "No, no hay sesión en esas fechas"),
        ("is it on weekends?", "No, there is no session then"),
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
    ("words", "says"),
    [
        ("¿qué sesiones hay a partir del 5 de noviembre?", "Son 2 sesiones: 3 y 4."),
        ("¿qué sesiones hay a partir del 5/11?", "Son 2 sesiones: 3 y 4."),
        ("¿qué sesiones hay a partir de noviembre?", "Son 2 sesiones: 3 y 4."),
        ("¿qué sesiones hay después del 5 de noviembre?", "La sesión 4,"),
        ("quais sessões tem a partir do dia 5 de novembro?", "São 2 sessões: 3 e 4."),
        ("quais sessões tem a partir de novembro?", "São 2 sessões: 3 e 4."),
        ("which sessions are there from 5 November?", "2 sessions: 3 and 4."),
        ("which sessions are there from November?", "2 sessions: 3 and 4."),
        ("quelles séances à partir du 5 novembre ?", "2 sessions\N{NO-BREAK SPACE}: 3 et 4."),
        ("quelles séances à partir de novembre ?", "2 sessions\N{NO-BREAK SPACE}: 3 et 4."),
        ("is session 3 on 5 November from 14 to 15?", "Yes. Session 3,"),
        ("is session 3 on 5 November from 10 to 12?", "No. Session 3,"),
        ("a sessão 3 é no dia 5 de novembro das 10 às 12?", "Não. A sessão 3,"),
        ("is session 3 on 5 November after 10?", "Yes. Session 3,"),
        ("¿la sesión 3 es el 5 de noviembre antes de las 16?", "Sí. La sesión 3,"),
        ("la session 3 est le 5 novembre à partir de 14 h ?", "Oui. La session 3,"),
    ],
)
def test_from_a_day_on_that_day_counts_and_an_hour_opens_no_span(grader: Grader, words: str, says: str) -> None:
    assert grader.text(grader.ask(words)).startswith(says)


@pytest.mark.parametrize(
    ("words", "says"),
    [  # asked on the 21st of October: next week is session 2's
        ("what time is session 3 next week?", "No. Session 3,"),
        ("what time is session 1 next week?", "No. Session 1,"),
        ("what time is session 2 next week?", "Session 2,"),
        ("when is session two in November?", "No. Session 2,"),
        ("¿a qué hora es la sesión 3 la próxima semana?", "No. La sesión 3,"),
        ("que horas é a sessão 1 na próxima semana?", "Não. A sessão 1,"),
        ("à quelle heure est la session 3 la semaine prochaine ?", "Non. La session 3,"),
        ("what time is the third session next week?", "No. Session 3,"),
        ("what time is the first session next week?", "Session 2,"),
        ("¿cuándo es la segunda de noviembre?", "La sesión 4,"),
        ("when is the 2nd session of November?", "Session 4,"),
    ],
)
def test_only_a_place_in_an_order_is_counted_within_the_days(grader: Grader, words: str, says: str) -> None:
    assert grader.text(grader.ask(words)).startswith(says)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("¿Qué pasa el 5 de noviembre?", "La sesión 3,"),
        ("¿Cómo es el 5 de noviembre?", "La sesión 3,"),
        ("hola, y que se hace el 5 de noviembre?", "La sesión 3,"),
        ("Que tem no dia 5 de novembro?", "A sessão 3,"),
        ("Como é no dia 5 de novembro?", "A sessão 3,"),
        ("How does 5 November go?", "Session 3,"),
        ("Que se passe-t-il le 5 novembre ?", "La session 3,"),
        ("Comment ça se passe le 5 novembre ?", "La session 3,"),
        ("¿Pasa algo el 5 de noviembre?", "Sí. La sesión 3,"),
        ("¿Es el 5 de noviembre la sesión 3?", "Sí. La sesión 3,"),
    ],
)
def test_what_begins_with_a_question_word_is_not_answered_with_yes(grader: Grader, words: str, says: str) -> None:
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
