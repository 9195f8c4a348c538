"""What is asked of a practice by its name, of one that was told, and of countries, composed.

When this was first tried, 454 of 1,752 questions by name and 228 of 726 of countries got an objective, the hours of
the sessions there, an entry of the FAQ or silence.
"""

import re
from collections.abc import Iterator, Sequence

import pytest
import tomli

from knowledge.answers.answer_models import Answer
from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import QUESTIONS, Grader
from tests.support.knowledge.phone_labels import dates, plain
from tests.support.thorough import one_in

_WORDINGS = tomli.loads((QUESTIONS / "things.toml").read_text("utf-8"))
_NAMES = {
    "Programa 3x1": "mx-3x1", "Sello Migrante": "cl-sello-migrante", "MigraCidades": "br-migracidades",
    "Operação Acolhida": "br-operacao-acolhida", "R4V": "regional-r4v", "PIRE": "sv-pire", "ETPV": "co-etpv",
    "Programa Siria": "ar-programa-siria", "Casas de la Alegría": "cr-casas-alegria",
    "Primero la Niñez": "co-primero-ninez", "Grupos Beta": "mx-beta-paisano",
    "En La Ciudad, Votás": "ar-caba-en-la-ciudad-votas",
}  # fmt: skip
_TOLD: dict[Language, Sequence[str]] = {
    "es": ("háblame de MigraCidades", "¿qué es la Operación Acogida?"),
    "pt": ("me fala do MigraCidades", "o que é a Operação Acolhida?"),
    "en": ("tell me about MigraCidades", "what is Operation Welcome?"),
    "fr": ("parlez-moi de MigraCidades", "c'est quoi l'Opération Accueil ?"),
}
_SAYS = {
    "who": r"\b(?:quien|quem|who|qui) ?: ", "where": r"\b(?:donde|onde|where|ou) ?: ",
    "when": r"\b(?:cuando|quando|when|quand) ?: |(?:no se|nao sei|not know|ne sais pas) (?:de )?(?:when|cuando|quand)",
    "objective": "objeti|objecti", "source": r"\b(?:fuente|fonte|source) ?: ", "what": "", "session": "ses|seance",
}  # fmt: skip


def _by_name(language: Language) -> Iterator[tuple[str, str, str]]:
    """Yields each question, the practice's id, and what is asked of it."""
    for asked, wordings in _WORDINGS[language]["of_name"].items():
        for wording in wordings:
            yield from ((wording.format(name), key, asked) for name, key in _NAMES.items())


def _is_told(grader: Grader, found: list[Answer], key: str, asked: str) -> bool:
    """Whether the answer is of that practice alone, says what is asked, and no hour of a session."""
    said = plain(grader.text(found))
    of_it = len(found) == 1 and plain(grader.cycle.practice(key).title) in said
    return of_it and re.search(_SAYS[asked], said) is not None and (asked == "session" or not dates(said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_of_a_practice_by_its_name_is_told(grader: Grader, language: Language) -> None:
    """One of seven questions; thoroughly each."""
    cases = one_in(7, list(_by_name(language)), begin=LANGUAGES.index(language))
    wrong = [
        words for words, key, asked in cases if not _is_told(grader, grader.ask(words, language=language), key, asked)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_few_words_ask_is_told_of_the_practice_before(grader: Grader, language: Language) -> None:
    wrong = [
        (before, words)
        for before, key in zip(_TOLD[language], ("br-migracidades", "br-operacao-acolhida"), strict=True)
        for asked, wordings in _WORDINGS[language]["of_told"].items()
        for words in wordings
        if not _is_told(grader, grader.converse(language, before, words), key, asked)
    ]
    assert wrong == []


def _of_country(language: Language) -> Iterator[tuple[str, str]]:
    """Yields each question and the country."""
    for code, name in _WORDINGS[language]["countries"].items():
        for wording in _WORDINGS[language]["of_country"]:
            yield wording.format(name), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_country_does_are_its_practices(grader: Grader, language: Language) -> None:
    """Or that there is none of that country: never the hours there. One of two questions."""
    wrong = []
    for words, code in one_in(2, list(_of_country(language))):
        found = grader.ask(words, language=language)
        own = {each.id for each in grader.cycle.practices_in(code)}
        told = {key for answer in found for key in answer.ids}
        if not ({each.topic for each in found} == {"practice"} and told <= own and bool(told) == bool(own)):
            wrong.append(words)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_which_countries_there_are_practices_is_told(grader: Grader, language: Language) -> None:
    number = len({code for each in grader.cycle.practices for code in each.countries})
    for words in _WORDINGS[language]["which_countries"]:
        said = plain(grader.text(grader.ask(words, language=language)))
        assert re.search(rf"\b{number}\b", said), words
        assert re.search(rf"\bchil[ei] ?: {len(grader.cycle.practices_in('CL'))}\b", said), words


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Trabajo en MigraCidades, ¿a qué hora es la próxima sesión?", "es"),
        ("Sou do R4V, como me inscrevo?", "pt"),
        ("I run the Sello Migrante office, when is session 2?", "en"),
        ("Je travaille pour le R4V, quand est la séance sur le retour ?", "fr"),
    ],
)
def test_who_only_tells_where_they_work_is_answered_what_they_ask(
    grader: Grader, words: str, language: Language
) -> None:
    found = grader.ask(words, language=language)
    assert found[0].known
    assert all(each.topic != "practice" for each in found)
