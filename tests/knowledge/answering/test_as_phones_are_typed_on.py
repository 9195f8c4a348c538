"""Questions as phones are typed on, by words alone: shortened, after a story, of another place, of two numbers.

Each was answered wrongly or not at all before; found by sets of questions that somebody wrote who saw no code.
"""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader


@pytest.mark.parametrize(
    ("language", "turns", "read"),
    [
        ("es", ("cuando es la sesion 2", "y de q trata"), "topic of session(focus)"),
        ("pt", ("que hrs em brasilia",), "hour of session() in America/Sao_Paulo"),
        ("es", ("a q hora es en quito la 4", "y si estoy en guayaquil"), "session(focus) in America/Guayaquil"),
        ("en", ("does session 1 start at 2pm", "in miami i mean"), "session(focus) in America/New_York"),
        (
            "pt",
            ("dia 29, a que horas é em lisboa", "e no funchal, madeira?"),
            "hour of session(focus) in Atlantic/Madeira",
        ),
        ("es", ("¿la sesión 3 y la 4 a qué hora son en Lima?",), "hour of session(numbers=3+4) in America/Lima"),
        ("en", ("nassau bahamas for the nov 5 one",), "card of session(days=2024-11-05) in America/Nassau"),
        ("pt", ("quantos dias entre a primeira e a segunda sessão",), "span of session(numbers=1+2) [count]"),
        ("es", ("vieras que ando confundido compa, la del 5 de noviembre siempre sí se hace?",), "state of session("),
        ("pt", ("gente do céu me perdi aqui quantas sessões são ao todo",), "of session() [count]"),
        ("pt", ("o q a meta 10.7 dos ODS pede",), "definition of term(subject=term:meta107)"),
        ("pt", ("qual a primeira sessão", "e depois dela"), "order=relative after"),
        ("fr", ("une pratique au Brésil et une au Chili svp",), "countries=CL"),
        ("en", ("what are the 10 principles",), "card of principle(count=10) [list]"),
        ("fr", ("Quels sont les dix principes directeurs ?",), "principles of principle(count=10)"),
        ("es", ("cuáles son los 23 objetivos",), "objectives of objective(count=23)"),
        ("pt", ("princípios do pacto",), "principles of principle()"),
        ("en", ("objectives of the global compact",), "objectives of objective()"),
        ("es", ("cuantos encuentros son en total??",), "of session() [count]"),
        ("en", ("how many sessions in total",), "of session() [count]"),
        ("pt", ("oi quando começa o ciclo de sessoes?",), "session(order=first)"),
        ("fr", ("quand commence le cycle",), "session(order=first)"),
        ("es", ("managua, a que horas empieza y a q horas acaba la última",), "hour, end of session(order=last) in"),
        ("es", ("cuando hablan de remesas", "y antes de esa hay otra?"), "order=relative before"),
        ("fr", ("objectif 1", "oups le 11 pardon"), "card of objective(focus, numbers=11)"),
        ("en", ("in what city and month was the first imrf",), "entry review-forum"),
        ("en", ("tell me about casas de la alegria",), "card of practice(subject=practice:cr-casas-alegria)"),
        ("en", ("are remittances covered anywhere", "which day"), "day of session(focus)"),
        ("en", ("what is the IMRF", "when was the first"), "entry review-forum"),
        ("en", ("What is the IMRF?", "when was the first held"), "entry review-forum"),
        ("en", ("tell me about session 1", "which objectives"), "objectives of session(focus"),
        ("es", ("de que va la ultima sesion", "que objetivos tiene"), "of session(focus"),
        ("es", ("de que va la ultima sesion", "cuáles son los 23 objetivos"), "objectives of objective(count=23)"),
        ("pt", ("sobre o que é a sessão 2", "quantos objetivos tem o pacto"), "of objective("),
        (
            "en",
            ("our office is in Nairobi, what time would the 12 Nov session be",),
            "days=2024-11-12) in Africa/Nairobi",
        ),
        ("en", ("number of days from the first to the last session",), "span of session() [count]"),
        ("pt", ("quantas horas de sessão somando tudo",), "span of session() [count]"),
        ("pt", ("falta quanto tempo da segunda pra terceira",), "numbers=2+3"),
        ("en", ("Kindly advise the date of the session on migration governance.",), "subject=session:3"),
        ("pt", ("o que é o FEMI", "quando foi o primeiro"), "entry review-forum"),
        ("fr", ("quand le pacte a été adopté", "et où ?"), "entry gcm-history"),
        ("es", ("¿cuánto cuesta?", "¿y cuándo es?"), "day of session()"),
        ("fr", ("une pratique du Chili autre que Sello Migrante ?",), "practices of practice(without"),
        ("pt", ("princípio letra d",), "card of principle(numbers=4)"),
        ("pt", ("oxe, quando é q começa esse ciclo visse",), "first"),
        ("es", ("de la primera a la última cuantas semanas pasan mas o menos",), "span of session() [count]"),
        (
            "en",
            ("birth certificates and people without papers - which session",),
            "card of session(subject=objective:4",
        ),
        ("es", ("ki lè dezyèm sesyon an ap kòmanse tanpri",), "hour of session(numbers=2)"),
    ],
)
def test_they_are_read_as_they_are_meant(grader: Grader, language: Language, turns: tuple[str, ...], read: str) -> None:
    assert read in grader.heard(language, *turns)[0]


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("fr", "à saint-domingue c'est 13h non?", "Oui"),
        ("pt", "sou de fortaleza, é 14h msm né?", "Sim"),
        ("es", "para nosotros en Santo Domingo eso es a la una no?", "Sí"),
        ("es", "en Quito es a las 14, ¿no?", "No"),
        ("es", "cuantos objetivos se ven en la 3 comparado con la 1", "La sesión 3 trata 7 objetivos"),
        ("es", "en cual se ven más objetivos", "Más: 7, en la sesión 3."),
        ("pt", "duram todas o mesmo tempo?", "Têm a mesma duração: 90 minutos"),
        ("es", "las sesiones caen siempre martes?", "No"),
        ("en", "so the inclusion one is on the 30th of october right", "No"),
        ("fr", "et à Port-au-Prince le 5 novembre, 13h aussi ?", "Non"),
        ("fr", "mises bout à bout les quatre sessions font combien d'heures", "Les 4 sessions durent 6 heures"),
        ("pt", "estou em Lisboa. a sessão 3 é às 17h?", "Sim"),
        ("es", "vivo en guayaquil. la sesion de inclusion a las 12 del mediodia no?", "Sí"),
        ("es", "¿la sesión 2 termina a las 15:30?", "Sí"),
        ("es", "la 3 empieza a las 14 y termina a las 16?", "No"),
        ("es", "¿la sesión 2 es a las dos de la tarde?", "Sí"),
        ("es", "la sesión 2 acaba a las 3 y media?", "Sí"),
        ("en", "session 3 ends at 5 in London?", "No"),
        ("en", "will session 2 be over by 4pm?", "Yes"),
        ("en", "is session 1 at half past two?", "No"),
        ("fr", "la session du 29 sera terminée à 16h ?", "Oui"),
        ("fr", "la séance 2 se termine avant 15h ?", "Non"),
        ("pt", "a sessão 2 vai até as 16h?", "Não"),
    ],
)
def test_the_first_line_answers(grader: Grader, language: Language, words: str, first: str) -> None:
    assert grader.heard(language, words)[1].startswith(first)


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_an_hour_claimed_in_a_place_where_the_sessions_differ_gets_neither_yes_nor_no(
    grader: Grader, language: Language
) -> None:
    """In New York the clocks change between the second session and the third."""
    words = {"es": "¿en Nueva York es a las 13?", "pt": "em Nova York é às 13h?", "en": "in New York, is it at 1 pm?"}
    line = grader.heard(language, words.get(language, "à New York c'est à 13h ?"))[1]
    assert not line.startswith(("Sí", "No", "Sim", "Não", "Yes", "Oui", "Non"))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "any follow-up"), ("fr", "et la suite ?"), ("pt", "e a seguir?")]
)
def test_one_word_of_a_cry_for_help_is_none(grader: Grader, language: Language, words: str) -> None:
    """ "On me suit" is one; "la suite" has its stem."""
    assert "urgent" not in grader.heard(language, words)[0]
