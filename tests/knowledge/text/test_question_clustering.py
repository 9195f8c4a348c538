"""Which questions are the same one: what is put together, what is not, whatever is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.work import load_answering
from knowledge.search.index import Index, Kind
from knowledge.search.team_answers import has_personal_data, propose_wordings
from knowledge.text.question_clustering import AskedQuestion, cluster_questions
from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import CONTENT

WORDS = ("café", "sede", "sesión", "2", "3", "hay", "¿habrá", "perros", "certificado", "?", "🙂", "<b>", "la")
QUESTIONS = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), st.sampled_from(LANGUAGES)),
    max_size=25,
)


def together(*asked: tuple[str, Language]) -> list[list[int]]:
    """The groups, as places in the list."""
    return cluster_questions(
        [AskedQuestion(place, *each) for place, each in enumerate(asked)], load_answering(CONTENT).stems
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("¿Habrá café en la sede?", "es"), ("hay cafe?", "es")),
        (("¿Habrá café en la sede?", "es"), ("haverá café na sede?", "pt")),
        (("¿Dónde estaciono el auto?", "es"), ("hay estacionamiento para el auto", "es")),
        (("dan certificado de asistencia?", "es"), ("dan sertificado de asistensia", "es")),
        (("¿Quién paga el pasaje?", "es"), ("pagan el pasaje??", "es")),
        (("¿Habrá café?", "es"), ("Hola, soy Ana Paz de la cancillería. ¿Habrá café?", "es")),
    ],
)
def test_the_same_in_other_words(one: tuple[str, Language], other: tuple[str, Language]) -> None:
    assert together(one, other) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("¿Habrá café en la sesión 2?", "es"), ("¿Habrá café en la sesión 3?", "es")),
        (("¿Se puede ir con niños?", "es"), ("¿Se puede ir con perros?", "es")),
        (("certificado de asistencia", "es"), ("certificado de vacunación", "es")),
        (("¿Qué?", "es"), ("¿Habrá café?", "es")),
    ],
)
def test_something_else(one: tuple[str, Language], other: tuple[str, Language]) -> None:
    assert together(one, other) == [[0], [1]]


@given(QUESTIONS)
def test_each_question_is_in_one_group_and_the_same_words_are_together(asked: list[tuple[str, Language]]) -> None:
    found = together(*asked)
    assert sorted(place for group in found for place in group) == list(range(len(asked)))
    assert all(group == sorted(group) for group in found)
    where = {place: number for number, group in enumerate(found) for place in group}
    for place, each in enumerate(asked):
        assert where[place] == where[asked.index(each)]


@settings(deadline=None, max_examples=settings().max_examples // 3)
@given(st.integers(0, 190), st.sampled_from(LANGUAGES), st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
def test_an_index_that_grew_finds_what_a_new_one_finds(first: int, language: Language, words: list[str]) -> None:
    documents = load_answering(CONTENT).by_language[language].documents
    grown, new = Index(documents[:first], language).with_documents(documents[first:]), Index(documents, language)
    kinds: tuple[Kind, ...] = ("session", "objective", "practice", "faq", "term")
    for asked in (" ".join(words), "inscripcion registro data"):
        assert grown.search(asked, kinds, 10) == new.search(asked, kinds, 10)


@given(st.lists(st.text(max_size=250), max_size=12))
def test_what_is_proposed_is_short_and_nobodys(wordings: list[str]) -> None:
    for words in propose_wordings(wordings):
        assert 0 < len(words) <= 120
        assert "\n" not in words
        assert not has_personal_data(words)


@pytest.mark.parametrize(
    "words",
    ["soy ana@example.org", "mi cuenta es @ana", "t.me/ana", "https://x.org", "+54 9 11 5555-1234", "DNI 20.345.678"],
)
def test_what_is_somebodys_is_seen(words: str) -> None:
    assert has_personal_data(words)
    assert propose_wordings([words]) == ()


def test_who_asks_is_left_out_of_what_is_proposed() -> None:
    asked = ["Hola, soy Ana Quiroga de la cancillería. ¿Habrá café?", "¿habra cafe?", "¿Hay té?"]
    assert propose_wordings(asked) == ("¿Habrá café?", "¿Hay té?")
