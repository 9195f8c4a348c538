"""A session is named by its subject; what is claimed of it is checked: its day, hour and state, of each of several."""

from collections.abc import Collection
from dataclasses import replace

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader
from tests.support.knowledge.phone_labels import dates, plain


def heard(grader: Grader, language: Language, words: str, *, off: Collection[int] = ()) -> str:
    at = replace(grader.situation(language=language), cancelled=frozenset(off))
    return grader.text(grader.answering.answers(words, at))


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("es", "soy de Asunción, la del retorno a que hora me toca aqui", "14:00"),
        ("es", "somos un albergue en Tijuana, la de salvar vidas a q hora nos toca", "9:00"),
        ("pt", "oi sou de Cuiabá, a de inclusão que horas é aqui", "13:00"),
        ("pt", "minha prima em Boston quer ver a de dados, horario dela", "12:00"),
        ("pt", "trabalho em Macapá, a de dados é que horas no nosso horário", "14:00"),
        ("en", "turks and caicos, the one on governance", "12:00"),
        ("en", "Bermuda office here, session 2 local time pls", "14:00"),
        ("en", "tijuana time for the very first one", "10:00"),
        ("fr", "ici à Cayenne, celle sur l'inclusion c'est à quelle heure", "14:00"),
        ("fr", "on est à Saint-Domingue, celle sur le retour c'est quelle heure ici", "13:00"),
    ],
)
def test_a_session_is_named_by_its_subject_beside_a_place(
    grader: Grader, language: Language, words: str, told: str
) -> None:
    assert told in heard(grader, language, words)


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("es", "la sesión 2 es antes de las 4pm?", "Sí."),
        ("es", "la 2 es a las 2 am?", "No."),
        ("es", "las cuatro caen martes?", "No."),
        ("es", "¿hay alguna en jueves?", "No,"),
        ("es", "mi jefa dice que la de trata es el 12, es asi?", "No."),
        ("pt", "começa antes das 13h?", "Não."),
        ("pt", "a sessão 1 é depois das 13h?", "Sim."),
        ("en", "is session 1 after 2pm?", "No."),
        ("en", "are 3 and 4 in october?", "No."),
        ("en", "are session 3 and 4 both in november", "Yes."),
        ("fr", "la séance 1 est avant 16h ?", "Oui."),
        ("fr", "ça commence à 15h30 ?", "Non."),
    ],
)
def test_a_claimed_day_or_hour_is_checked(grader: Grader, language: Language, words: str, first: str) -> None:
    assert heard(grader, language, words).startswith(first)


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("es", "me confirma que el 5 de noviembre sí hay sesión", "No."),
        ("es", "el 12 tambien lo cancelaron?", "No."),
        ("pt", "a 3 foi cancelada?", "Sim."),
        ("pt", "tem sessão dia 5 de novembro?", "Não."),
        ("en", "is there a session on 5 November?", "No."),
        ("en", "was the one on trafficking cancelled?", "Yes."),
        ("fr", "le 12 novembre c'est annulé aussi ?", "Non."),
        ("fr", "celle sur la traite est annulée ?", "Oui."),
    ],
)
def test_what_is_called_off_does_not_take_place(grader: Grader, language: Language, words: str, first: str) -> None:
    assert heard(grader, language, words, off=[3]).startswith(first)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "desde el 5, ¿qué sesiones hay?"),
        ("pt", "a partir do dia 5 quais são?"),
        ("en", "sessions from the 5th"),
        ("fr", "à partir du 5, lesquelles restent ?"),
    ],
)
def test_from_a_day_on_has_all_later_ones(grader: Grader, language: Language, words: str) -> None:
    said = heard(grader, language, words)
    assert [day for day in (" 23 ", " 29 ", " 5 ", " 12 ") if day in said] == [" 5 ", " 12 "]


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("es", "¿la trata y el tráfico van en la misma sesión?", "Sí."),
        ("es", "remesas y trabajo decente se ven el mismo dia?", "No."),
        ("es", "¿la 1 y la 2 son a la misma hora?", "Sí."),
        ("pt", "trabalho decente e remessas são na mesma sessão?", "Não."),
        ("pt", "o horário é o mesmo em Lima e Bogotá?", "Sim."),
        ("pt", "tem duas sessões no mesmo dia?", "Não."),
        ("en", "are all four at the same hour argentina time", "Yes."),
        ("en", "is session 2 at the same hour in Lima and Madrid?", "No."),
        ("fr", "toutes commencent à la même heure ?", "Oui."),
        ("fr", "la 1 et la 2 sont le même jour ?", "Non."),
    ],
)
def test_whether_they_are_the_same_is_yes_or_no(grader: Grader, language: Language, words: str, first: str) -> None:
    assert heard(grader, language, words).startswith(first)


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("pt", "em que sessões não se fala de trabalho decente", [29, 5, 12]),
        ("es", "en qué sesiones no se habla de remesas", [23, 5, 12]),
        ("en", "which sessions don't talk about return", [23, 29, 12]),
        ("fr", "quelles séances ne parlent pas de retour", [23, 29, 12]),
        ("en", "give me every session date apart from the two in october", [5, 12]),
        ("es", "todas las fechas menos las dos de octubre", [5, 12]),
        ("fr", "toutes les dates sauf les deux d'octobre", [5, 12]),
        ("en", "which one has seven objectives", [5]),
        ("fr", "laquelle a sept objectifs ?", [5]),
    ],
)
def test_all_but_those_and_those_with_so_many(grader: Grader, language: Language, words: str, told: list[int]) -> None:
    assert {day for day, _ in dates(plain(heard(grader, language, words)))} == set(told)


@pytest.mark.parametrize(
    ("language", "messages", "told"),
    [
        ("es", ["a que hora es la 2 en tijuana", "y la 3 ahi mismo?"], "9:00"),
        ("en", ["what time is session 2 in toronto", "and session 4 there"], "12:00"),
        ("pt", ["que horas é a 1 em Manaus", "e a 3?"], "13:00"),
        ("fr", ["session 1 à Paris à quelle heure", "et les autres?"], "18:00"),
        ("es", ["¿qué sesión tiene más objetivos?", "¿y qué día es?"], "5 de noviembre"),
    ],
)
def test_the_place_and_the_one_that_was_found_go_on(
    grader: Grader, language: Language, messages: list[str], told: str
) -> None:
    assert told in grader.text(grader.converse(language, *messages))


@pytest.mark.parametrize(
    ("language", "messages", "told"),
    [
        ("es", ["practicas de mexico", "alguna con niños?"], "acogida"),
        ("pt", ["práticas da colômbia", "tem alguma sobre emprego?"], "Registro Único"),
        ("en", ["practices from argentina", "any about women?"], "Nosotras"),
        ("fr", ["pratiques du Brésil", "celle des villes, elle date de quand ?"], "MigraCidades"),
        ("fr", ["le Sello Migrante est une pratique du Pérou ?"], "Non."),
        ("en", ["is Sello Migrante a practice from Chile?"], "Yes."),
        ("fr", ["le cycle se termine à quelle date"], "12 novembre"),
        ("es", ["cuándo termina el ciclo?"], "12 de noviembre"),
        ("en", ["will ministers from Trinidad attend session 1"], "I did not understand"),
        ("es", ["chambeo en Matamoros, lo de inclusión a qué horas empieza aquí"], "Matamoros (Monterrey)"),
    ],
)
def test_lists_claims_and_ends(grader: Grader, language: Language, messages: list[str], told: str) -> None:
    assert told in grader.text(grader.converse(language, *messages))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "se me corto y ahora me dice reunion no valida"),
        ("es", "me ayudas con la tarea de mi hijo? que es un mol en quimica"),
        ("fr", "slt mon frère, le jour où on cause des envois d'argent au pays c'est quand"),
        ("fr", "je peux venir avec mon bébé"),
        ("fr", "ca va etre enregistré?"),
        ("en", "is there parking"),
    ],
)
def test_no_case_and_no_card_of_one_word(grader: Grader, language: Language, words: str) -> None:
    topics = {each.topic for each in grader.answering.answers(words, grader.situation(language=language))}
    assert topics.isdisjoint({"emergency", "personal_case", "cancel_registration"})
    assert language == "fr" or "objective" not in topics


@pytest.mark.parametrize(
    ("language", "words", "begins"),
    [
        ("es", "que sesion es despues de la del 29", "La sesión 3"),
        ("pt", "qual sessão vem antes da de 12 de novembro", "A sessão 3"),
        ("en", "which session comes after the one on 29 October", "Session 3"),
        ("fr", "quelle session vient après celle du 29", "La session 3"),
        ("es", "qué hay después del 29 de octubre", "Son 2 sesiones: 3 y 4"),
    ],
)
def test_the_one_beside_the_one_of_a_day(grader: Grader, language: Language, words: str, begins: str) -> None:
    assert heard(grader, language, words).startswith(begins)


def test_a_day_is_about_no_word_that_was_told_before(grader: Grader) -> None:
    (told,) = grader.ask("¿qué es el Pacto?")
    after = grader.situation(talk=told.talk)
    words = "que sesion es despues de la del 29"
    assert grader.text(grader.answering.answers(words, after)).startswith("La sesión 3")
