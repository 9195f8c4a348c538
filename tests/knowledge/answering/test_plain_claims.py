"""Claims about one session, composed: its day, an objective, how many it has, its place, how long; yes where it is so.

When claims of these kinds were first tried, 226 of 4,770 got the wrong verdict and 1,177 none.
"""

from collections.abc import Iterator
from itertools import product

import pytest

from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import Grader
from tests.support.knowledge.plain_wordings import FRAMES, PLAIN, contract
from tests.support.thorough import one_in

# As the concept note has them, without the answering side.
DAYS = {1: ("wednesday", 23), 2: ("tuesday", 29), 3: ("tuesday", 5), 4: ("tuesday", 12)}
OBJECTIVES = {1: (2, 5, 12, 6, 18), 2: (14, 15, 22, 16, 19, 20), 3: (4, 8, 13, 9, 10, 11, 21), 4: (1, 3, 23, 7, 17)}
WEEKDAYS = {
    "es": {"tuesday": "martes", "wednesday": "miércoles", "friday": "viernes"},
    "pt": {"tuesday": "terça-feira", "wednesday": "quarta-feira", "friday": "sexta-feira"},
    "en": {"tuesday": "tuesday", "wednesday": "wednesday", "friday": "friday"},
    "fr": {"tuesday": "mardi", "wednesday": "mercredi", "friday": "vendredi"},
}
VERDICT = {"es": ("Sí.", "No."), "pt": ("Sim.", "Não."), "en": ("Yes.", "No."), "fr": ("Oui.", "Non.")}


def values(language: Language, kind: str, number: int) -> Iterator[tuple[str, bool]]:
    """Yields what may be claimed of that session, and whether it is so."""
    match kind:
        case "weekday":
            yield from ((name, day == DAYS[number][0]) for day, name in WEEKDAYS[language].items())
        case "date":
            yield from ((str(day), number < 3 and day == DAYS[number][1]) for day in (23, 29))
        case "objective":
            yield from ((str(each), each in OBJECTIVES[number]) for each in (2, 16, 10, 17))
        case "count":
            yield from ((str(each), each == len(OBJECTIVES[number])) for each in (5, 6, 7))
        case "last":
            yield "", number == 4
        case "before":
            yield from (
                (PLAIN["names"][language][str(each)][0], number < each) for each in (1, 2, 3, 4) if each != number
            )
        case _:
            yield from (("60", True), ("120", False))


def composed(language: Language) -> Iterator[tuple[str, bool]]:
    """Yields each claim, and whether it is so."""
    for number, names in PLAIN["names"][language].items():
        for kind, wordings in PLAIN["claimed"][language].items():
            for value, holds in values(language, kind, int(number)):
                for words in (each.format(name=name, value=value) for each in wordings for name in names):
                    yield contract(words, language), holds


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_where_it_is_so_and_no_where_not(grader: Grader, language: Language) -> None:
    """One of seventeen claims; thoroughly each. A date that is no day of the session is a claim about another day."""
    wrong = []
    for words, holds in one_in(17, list(composed(language)), begin=LANGUAGES.index(language)):
        said = grader.text(grader.ask(words, language=language))
        if not said.startswith(VERDICT[language][0 if holds else 1]):
            wrong.append(f"{words} => {said[:80]}")
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "words", "begins"),
    [
        ("en", "is the third one at 2 p.m. in Argentina?", "Yes. In Argentina, session 3"),
        ("es", "¿la 3 es a las 2 p. m. en Argentina?", "Sí. En Argentina, la sesión 3"),
        ("fr", "ça dure 1h30, non ?", "Oui."),
        ("fr", "les séances durent 1 h 30, pas vrai ?", "Oui."),
        ("pt", "a reunião 3 tem noventa minutos?", "Sim. A sessão 3 dura"),
        ("en", "will the inclusion one take 45 minutes?", "No. Session 2 lasts"),
        ("es", "¿hay 4 en total?", "Sí. El ciclo tiene 4"),
        ("es", "son 3 sesiones, ¿no?", "No. El ciclo tiene 4"),
        ("pt", "há 3 sessões?", "Não. O ciclo tem 4"),
        ("fr", "celle du 23 octobre a-t-elle lieu un mardi ?", "Non. La session 1"),
        ("es", "la 2 tiene lugar el 12/11, ¿es así?", "No. La sesión 2"),
        ("pt", "confirma se a sessão 4 é no dia 12?", "Sim. A sessão 4"),
        ("pt", "termina às 3 e meia da tarde a 2?", "Sim. A sessão 2"),
        ("en", "is the one on November 12 over at 3:30 pm?", "Yes. Session 4"),
        ("en", "is objective 1 part of the fourth session?", "Yes. Objective 1"),
        ("es", "¿el objetivo 4 se ve en la sesión sobre gobernanza?", "Sí. El objetivo 4"),
        ("pt", "a última é sobre serviços básicos, é isso?", "Não. A sessão 4"),
        ("es", "todas empiezan a las 15:00, ¿no?", "No."),
        ("es", "¿es la 1 la primera?", "Sí. La sesión 1"),
        ("es", "¿es verdad que sesión tres tiene ocho objetivos?", "No. La sesión 3 trata 7"),
        ("fr", "Si j'ai bien lu, les trois dernières tombent toutes un mardi. Vrai ?", "Oui."),
        ("pt", "as três últimas são em novembro?", "Não."),
        ("en", "is session 2 in the evening in Geneva?", "Yes. In Geneva, session 2"),
        ("en", "good morning, is session 3 on a Tuesday?", "Yes. Session 3"),
        ("es", "entonces en Cali son las 12, ¿verdad?", "Sí. Las sesiones, en hora de Cali"),
        ("es", "son las 10 en Panamá, ¿no?", "No. Las sesiones, en hora de Panamá"),
        ("es", "¿en Barcelona la tercera es de noche?", "No. En Barcelona (España), la sesión 3"),
        ("fr", "à Madrid la première est de nuit, non ?", "Oui. À l’heure de Madrid (Espagne), la session 1"),
    ],
)
def test_what_is_claimed_in_more_words(grader: Grader, language: Language, words: str, begins: str) -> None:
    assert grader.heard(language, words)[1].startswith(begins)


def told(language: Language) -> Iterator[tuple[str, bool]]:
    """Yields what may be told of a session: its day, a subject, its length; and whether it is so."""
    said = FRAMES["claims"][language]
    for at, session in enumerate(said["sessions"]):
        yield from ((f"{session} {day}", place == at) for place, day in enumerate(said["days"]))
        yield from ((f"{session} {length}", place == 1) for place, length in enumerate(said["lengths"]))
        subjects = (f"{each}{'' if language == 'pt' else ' '}{session}" for each in said["subjects"])
        yield from ((subject, place == at) for place, subject in enumerate(subjects))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_somebody_was_told_is_checked(grader: Grader, language: Language) -> None:
    """One of 23 claims; thoroughly each. When this was first tried 12 of 1,200 got the wrong verdict, 140 none.

    "My boss says the last one is on 5 November, is that true?", "according to the poster data is in the last one".
    """
    wrong = []
    cases = list(product(FRAMES["claims"][language]["frames"], told(language)))
    for frame, (claim, holds) in one_in(23, cases, begin=LANGUAGES.index(language)):
        words = frame.format(claim=claim)
        found = grader.answering.answers(words, grader.situation(language=language))
        if not grader.text(found).startswith(VERDICT[language][0 if holds else 1].rstrip(".")):
            wrong.append(f"{words} => {' || '.join(str(each.query) for each in found)}")
    assert wrong == []
