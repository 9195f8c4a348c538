"""A few words after something was told, by words alone: and then, a day claimed of it, its area, what was counted.

Of three hundred such turns, written by people who saw no code, less than half were read rightly before.
"""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader


@pytest.mark.parametrize(
    ("language", "turns", "first_line"),
    [
        ("es", ("la sesión 1", "¿y después?"), "La sesión 2, «Inclusión»"),
        # The session of which an entry was asked is still meant when its day or hour is.
        ("es", ("¿la 3 tiene traducción?", "¿y a qué hora es?"), "La sesión 3,"),
        ("es", ("sesión 3", "¿hay que pagar?", "¿y qué día es?"), "La sesión 3,"),
        ("pt", ("a sessão 2 é gratuita?", "e que dia é?"), "A sessão 2,"),
        ("es", ("sesión 3 en Tijuana", "¿es gratis?", "¿y qué día es?"), "En Tijuana, la sesión 3"),
        ("en", ("is session 3 free?", "at what time in Guatemala City?"), "In Guatemala City, session 3"),
        ("fr", ("la séance 3 est gratuite ?", "et c'est quel jour ?"), "La session 3,"),
        ("es", ("¿cuánto cuesta?", "¿y a qué hora es?"), "El ciclo tiene 4 sesiones"),
        ("pt", ("sessão 2", "e depois?"), "A sessão 3,"),
        ("en", ("session 3", "and then?"), "Session 4,"),
        ("fr", ("la séance 1", "et ensuite ?"), "La session 2,"),
        ("es", ("la sesión 4", "una semana antes?"), "La sesión 3,"),
        ("es", ("el principio 4", "ahora el que sigue"), "Principio 5."),
        ("en", ("principle 4", "next one please"), "Principle 5."),
        ("pt", ("princípio 4", "e o anterior"), "Princípio 3."),
        ("fr", ("principe 4", "et le dernier ?"), "Principe 10."),
        ("es", ("objetivo 7", "¿en qué área está?"), "El objetivo 7 está en el área Vulnerabilidades."),
        ("fr", ("objectif 9", "c'est dans quel domaine"), "L’objectif 9 relève du domaine Traite et trafic."),
        ("pt", ("a sessão 3", "e quais áreas ela pega"), "A sessão 3, “Governança da migração"),
        ("es", ("¿cuántos objetivos tiene la sesión 4?", "¿cuáles son?"), "La sesión 4 trata 5 objetivos"),
        ("en", ("how many objectives has session 1?", "list them"), "Session 1 discusses 5 objectives"),
        ("es", ("¿qué sesiones hay en noviembre?", "la segunda de esas"), "La sesión 4,"),
        ("en", ("which sessions are in October", "the last of those"), "Session 2,"),
        ("en", ("areas of session 1", "sorry, I meant 4"), "Session 4, “Data"),
    ],
)
def test_more_of_what_was_told(grader: Grader, language: Language, turns: tuple[str, ...], first_line: str) -> None:
    assert grader.heard(language, *turns)[1].startswith(first_line)


@pytest.mark.parametrize(
    ("language", "turns", "first"),
    [
        ("es", ("la sesión 2", "¿es un martes?"), "Sí. La sesión 2"),
        ("es", ("la sesión 2", "no me digas que cae viernes"), "No. La sesión 2"),
        ("en", ("session 1", "is that a Monday?"), "No. Session 1"),
        ("pt", ("a sessão 4", "ela é numa terça?"), "Sim. A sessão 4"),
        ("fr", ("la session 3", "quoi, un dimanche ?"), "Non. La session 3"),
        ("en", ("session 3 in London", "is it at 5 pm?"), "Yes. In London"),
        ("es", ("la 3", "¿es el 29?"), "No. La sesión 3"),
    ],
)
def test_a_day_or_an_hour_is_claimed_of_what_was_told(
    grader: Grader, language: Language, turns: tuple[str, ...], first: str
) -> None:
    assert grader.heard(language, *turns)[1].startswith(first)


@pytest.mark.parametrize(
    ("language", "turns", "read"),
    [
        ("fr", ("la 4 à Genève", "elle finit quand"), "day, end of session(focus) in Europe/Zurich"),
        ("es", ("la sesión 3", "Bogotá"), "session(focus) in America/Bogota"),
        ("es", ("la sesión 3 en Lima", "epa, y en Maracaibo"), "session(focus) in America/Caracas"),
        ("pt", ("a terceira em Lisboa", "afinal vou estar em Bruxelas"), "session(focus) in Europe/Brussels"),
        ("es", ("objetivo 22", "¿y en cuál de las cuatro lo tocan?"), "session(focus"),
        ("es", ("¿qué es la diáspora?", "¿y en qué sesión lo ven?"), "card of session("),
        ("es", ("¿cuántas prácticas hay de Perú?", "lista"), "practices of practice(subject=practice:pe-"),
        ("pt", ("MigraCidades, conhece?", "e quem faz?"), "card of practice(subject=practice:br-migracidades)"),
    ],
)
def test_what_was_told_says_of_what(grader: Grader, language: Language, turns: tuple[str, ...], read: str) -> None:
    assert read in grader.heard(language, *turns)[0]


@pytest.mark.parametrize(
    ("language", "words", "first_line"),
    [
        (
            "es",
            "¿qué objetivos de la sesión 3 hay fuera de los de trata y tráfico?",
            "Objetivos de la sesión 3 sin Trata",
        ),
        ("en", "objectives of session 4 except data", "Objectives of session 4 without Data: 7 and 17."),
        ("fr", "les objectifs de la session 2 sauf la protection", "Objectifs de la session 2 sans Protection"),
        ("pt", "qual sessão tem mais áreas?", "Mais: 3, na sessão 3. Menos: 2, nas sessões 1, 2 e 4."),
        ("en", "has the data session more objectives than the governance one?", "No. Session 3 discusses 7"),
        ("es", "¿cuántas hay el mes que viene?", "Son 2 sesiones: 3 y 4."),
        ("en", "how many days until the last session?", "Days until session 4: 22."),
    ],
)
def test_less_a_part_most_and_counted_days(grader: Grader, language: Language, words: str, first_line: str) -> None:
    assert grader.heard(language, words)[1].startswith(first_line)


@pytest.mark.parametrize(
    ("language", "words", "read"),
    [
        ("es", "remesas y datos, ¿qué días?", "subject=objective:20 area:datos"),
        ("pt", "trabalho decente e discriminação, em que sessões?", "subject=area:trabajo objective:17"),
        ("fr", "la traite et les données, quelles séances ?", "area:datos"),
        ("en", "decisions based on data and evidence, when?", "day of session(subject=area:datos)"),
        ("en", "which sessions cover trafficking and smuggling?", "subject=area:trata"),
        ("en", "Belmopan. 2nd one. time", "hour of session(numbers=2) in America/Belize"),
        ("pt", "Cuiabá. primeira. hora.", "hour of session(numbers=1) in America/Cuiaba"),
        ("es", "hora de la inaugural en Quito", "hour of session(numbers=1) in America/Guayaquil"),
        ("en", "title of no. 4", "session(numbers=4)"),
        ("en", "just the Tuesdays", "session(weekdays=1)"),
        ("en", "the opening hours of the consulate", ""),
    ],
)
def test_two_subjects_and_typed_places_in_an_order(grader: Grader, language: Language, words: str, read: str) -> None:
    found = grader.heard(language, words)[0]
    assert read in found
    assert read or "numbers" not in found


@pytest.mark.parametrize(
    ("words", "first"),
    [("is session 3 at 5 pm or at 6 pm in London?", "In London"), ("is session 2 on Monday or Tuesday?", "Session 2")],
)
def test_neither_of_two_that_are_joined_by_or_is_claimed(grader: Grader, words: str, first: str) -> None:
    assert grader.heard("en", words)[1].startswith(first)


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("fr", "l'inclusion, c'est le 30 octobre à 18 h à Paris ?", "Non."),
        ("fr", "l'inclusion, c'est le 29 octobre à 18 h à Paris ?", "Oui."),
        ("en", "in Jamaica session 3 is at noon, right?", "Yes."),
        ("en", "in Jamaica session 3 is one in the afternoon, right?", "No."),
        ("es", "en Tegucigalpa la última empieza a la 1 de la tarde. ¿Está bien ese dato?", "No."),
    ],
)
def test_a_day_and_an_hour_are_both_checked(grader: Grader, language: Language, words: str, first: str) -> None:
    assert grader.heard(language, words)[1].startswith(first)


def test_two_words_are_both_explained(grader: Grader) -> None:
    read, _ = grader.heard("es", "¿qué significan apatridia y no devolución?")
    assert read == "definition of term(subject=term:apatridia term:no_devolucion)"


@pytest.mark.parametrize(
    ("language", "words", "first_line"),
    [
        ("fr", "Énumérez les dix principes, je vous prie.", "Le Pacte a 10 principes"),
        ("es", "¿cuántos objetivos suman la 1 y la 2?", "En total son 11 objetivos."),
        ("en", "session 4 is one o'clock in Guyana, right?", "Yes. In"),
        ("fr", "a port o prince la 4e c'est à quelle heure", "À l’heure de Port-au-Prince"),
        ("en", "session 3 in Dublin", "In Dublin, session 3 is on Tuesday 5 November 2024, from 17:00"),
    ],
)
def test_all_of_them_in_total_and_where(grader: Grader, language: Language, words: str, first_line: str) -> None:
    assert grader.heard(language, words)[1].startswith(first_line)


@pytest.mark.parametrize(
    ("language", "turns", "first_line"),
    [
        ("es", ("¿qué objetivo trata la trata de personas?", "objetivo anterior?"), "Objetivo 9."),
        ("en", ("which is principle 2?", "and the next principle"), "Principle 3."),
        ("en", ("at what time does session 3 start?", "its objectives?"), "Session 3 discusses 7 objectives"),
        ("pt", ("a que horas é a sessão 2?", "os objetivos?"), "A sessão 2 trata de 6 objetivos"),
        ("es", ("objetivos de la 2", "y la siguiente?"), "La sesión 3 trata 7 objetivos"),
        ("fr", ("combien de temps dure la séance 3 ?", "et celle sur les données ?"), "La session 4 dure 90 minutes"),
        ("es", ("qué áreas tiene la 3?", "cuántos objetivos incluye?"), "La sesión 3 trata 7 objetivos"),
        ("pt", ("quando é a sessão 1?", "quando termina?"), "A sessão 1, “Motores"),
        ("es", ("qué áreas tiene la 3?", "y antes?"), "La sesión 2"),
        ("es", ("¿de qué trata la sesión 2?", "a qué hora es"), "La sesión 2, «Inclusión», es el martes 29"),
        ("fr", ("quel jour est la deuxième séance ?", "ça traite l'objectif 10 ?"), "Non. La session 2"),
        ("es", ("a que hora empieza la segunda sesión", "tiene 6 objetivos?"), "Sí. La sesión 2 trata 6 objetivos"),
        ("en", ("when is session 4?", "is it the last one?"), "Yes. Session 4"),
        ("es", ("¿cuándo es la sesión 2?", "es la última?"), "No."),
        ("pt", ("quando é a sessão 4?", "é sobre dados?"), "Sim. A sessão 4"),
        ("fr", ("la séance 4", "celle du 5 tombe un vendredi, non ?"), "Non. La session 3"),
        ("es", ("qué dice el principio 5", "y cuántos son?"), "El Pacto tiene 10 principios rectores"),
    ],
)
def test_short_turns_of_every_kind(grader: Grader, language: Language, turns: tuple[str, ...], first_line: str) -> None:
    """Found by composing 5,900 talks of two turns, of which 1,131 were read wrongly."""
    assert grader.heard(language, *turns)[1].startswith(first_line)
