"""Names of places that are made of ordinary words: "Santo Domingo" is no Sunday, "Puerto Plata" no subject."""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import ROOT, Grader
from tests.support.thorough import one_in

_ASKED: dict[Language, tuple[str, str]] = {
    "es": ("¿cuándo es la sesión 1?", "¿y en {}?"),
    "pt": ("quando é a sessão 1?", "e em {}?"),
    "en": ("when is session 1?", "and in {}?"),
    "fr": ("c'est quand la session 1 ?", "et à {} ?"),
}
_MOST_WORDS = 5


def named_with_several_words() -> list[str]:
    """The names of that kind on the map."""
    lines = (ROOT / "knowledge" / "places" / "geo" / "places.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [row[0] for row in rows if 1 < len(row[0].split()) <= _MOST_WORDS]


def answered(grader: Grader, language: Language, *messages: str) -> tuple[tuple[str, ...], str]:
    """Which sessions the last message is answered about, and the words of that answer."""
    found = grader.converse(language, *messages)
    return found[0].ids, grader.text(found)


@pytest.mark.parametrize("language", _ASKED)
@pytest.mark.parametrize(
    ("name", "hour"),
    [
        ("Port-au-Prince", "13:00"), ("Santo Domingo", "13:00"), ("Puerto España", "13:00"), ("Nueva York", "13:00"),
        ("Puerto Plata", "13:00"), ("São Marcos", "14:00"), ("Entre Rios", "14:00"), ("San Juan del Sur", "11:00"),
        ("Saint-Michel de l’Atalaye", "13:00"), ("Tres Arroyos", "14:00"), ("Ciudad Juárez", "11:00"),
    ],
)  # fmt: skip
def test_the_session_that_was_talked_about_is_told_in_that_place(
    grader: Grader, language: Language, name: str, hour: str
) -> None:
    first, then = _ASKED[language]
    ids, words = answered(grader, language, first, then.format(name))
    assert ids == ("1",), (name, words)
    assert hour in words


@pytest.mark.parametrize("language", _ASKED)
def test_no_name_of_a_place_leads_to_another_session(grader: Grader, language: Language) -> None:
    """Each name in one language; thoroughly in each."""
    wrong = []
    for name in one_in(4, named_with_several_words()[::50], begin=list(_ASKED).index(language)):
        ids, words = answered(grader, language, *(part.format(name) for part in _ASKED[language]))
        if ids != ("1",):
            wrong.append((name, ids, words[:90]))
    assert not wrong


_NOT_KNOWN: dict[Language, str] = {
    "es": "No conozco el lugar «{}»",
    "pt": "Não conheço o lugar “{}”",
    "en": "I do not know the place “{}”",
    "fr": "Je ne connais pas le lieu «\xa0{}\xa0»",
}


@pytest.mark.parametrize(
    ("language", "words", "name"),
    [
        ("es", "¿a qué hora es la 2 en Tolhuin?", "Tolhuin"),
        ("es", "soy de Puerto Williams, a q hora me toca la última", "Puerto Williams"),
        ("es", "la tercera, hora de Ollagüe", "Ollagüe"),
        ("es", "estoy en cotzal, a qué hora la 1", "cotzal"),
        ("es", "yo en Lima y mi colega en Cacaopera, ¿a qué hora la 3?", "Cacaopera"),
        ("pt", "que horas é a sessão 1 em Wageningen?", "Wageningen"),
        ("pt", "moro em Ayabaca. A que horas é a última?", "Ayabaca"),
        ("pt", "a 2 em rumichaca, que horas", "rumichaca"),
        ("en", "what time is session 3 in Hillsborough?", "Hillsborough"),
        ("en", "I live in Black River. When is session 4?", "Black River"),
        ("en", "Cabaret time for session 2?", "Cabaret"),
        ("fr", "à quelle heure est la session 3 à Thiotte ?", "Thiotte"),
        ("fr", "je suis à Haute-Rivière, la 2 c'est à quelle heure", "Haute-Rivière"),
        ("fr", "quand est la dernière, heure de Bouillante ?", "Bouillante"),
    ],
)
def test_a_town_that_no_map_has_is_said_to_be_unknown(
    grader: Grader, language: Language, words: str, name: str
) -> None:
    said = grader.text(grader.ask(words, language=language)).replace("\u202f", "\xa0")
    assert said.startswith(_NOT_KNOWN[language].format(name)), said
    assert "14:00" in said  # with the hours that are known


@pytest.mark.parametrize(
    ("language", "words", "hour"),
    [
        ("es", "¿a qué hora es la 2 en Cuilco, Guatemala?", "11:00"),
        ("pt", "sessão 3 em Apoera (Suriname), que horas?", "14:00"),
        ("en", "what time is session 1 in Sandy Point, Jamaica?", "12:00"),
        ("fr", "la 1 à Thiotte en Haïti, à quelle heure ?", "13:00"),
        ("es", "¿a qué hora es la 3 en transmisión en vivo?", "14:00"),
        ("es", "¿a qué hora es la 3 en Google Meet?", "14:00"),
        ("es", "¿a qué hora es la sesión en la que hablan de Datos?", "14:00"),
        ("pt", "que horas é a 2 em tempo real no Teams?", "14:00"),
        ("pt", "a que horas é a 1 em Outubro?", "14:00"),
        ("en", "what time is session 2 in the afternoon of October 29?", "14:00"),
        ("en", "at what time is the session in Spanish on Zoom, number 3?", "14:00"),
        ("fr", "à quelle heure est la 2 en visio sur Zoom ?", "14:00"),
        ("fr", "la 4 en direct, c'est à quelle heure ?", "14:00"),
    ],
)
def test_a_town_with_its_country_and_words_that_are_no_places_are_not(
    grader: Grader, language: Language, words: str, hour: str
) -> None:
    said = grader.text(grader.ask(words, language=language)).replace("\u202f", "\xa0")
    assert _NOT_KNOWN[language].split("{}")[0] not in said
    assert hour in said


def test_a_place_that_is_only_near_in_name_is_said_to_be_guessed(grader: Grader) -> None:
    said = grader.text(grader.ask("what time is session 2 in Gouyave?", language="en"))
    assert said.startswith("I do not know the place “Gouyave”; I take it for French Guiana.")


def test_no_claimed_hour_is_denied_of_a_place_that_is_not_known(grader: Grader) -> None:
    said = grader.text(grader.ask("¿en Tolhuin la 3 es a las 13:00?"))
    assert said.startswith(_NOT_KNOWN["es"].format("Tolhuin"))
    assert "No. La sesión" not in said


def test_i_run_is_no_town(grader: Grader) -> None:
    """ "I run a shelter" offered the hours of Irún."""
    said = grader.text(grader.ask("I run a shelter, what time is session 2 in Kingston?", language="en"))
    assert said.startswith("In Kingston")
    assert "Irun" not in said
