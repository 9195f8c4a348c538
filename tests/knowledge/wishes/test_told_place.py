"""Where somebody says they are, in passing: found in any wording, and not in what is asked of a place."""

import pytest
import tomli

from knowledge.places.places import Places
from knowledge.wishes.told_place import possible_places
from knowledge.wishes.wish_words import read_wish_words
from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import QUESTIONS, Grader

WORDINGS = tomli.loads((QUESTIONS / "fields.toml").read_text("utf-8"))
PLACES = {
    "es": ("Lima", "Tegucigalpa", "La Paz", "Ciudad de Guatemala"),
    "pt": ("Lisboa", "Rio Branco", "Manaus"),
    "en": ("Nassau", "Port of Spain", "Belmopan"),
    "fr": ("Port-au-Prince", "Genève", "Cayenne"),
}


@pytest.fixture(scope="module")
def places(grader: Grader) -> Places:
    """The gazetteer, which is loaded once."""
    return grader.answering.places


def zone_told(places: Places, words: str, language: Language) -> str:
    """Returns the zone of the place that those words tell; "" where they tell none."""
    wish = read_wish_words(words, language)
    if wish is None or wish.kind not in {"place", "told_place"}:
        return ""
    names = [wish.value] if wish.kind == "place" else possible_places(wish.value)
    found = next(filter(None, (places.find_exactly(name, language) for name in names)), None)
    return found[0].zone if found else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_found_in_any_wording(places: Places, language: Language) -> None:
    told = WORDINGS["tells"][language]
    wrong = {
        words: zone
        for wording in (*told["a"], *told["b"])
        for place in PLACES[language]
        if (zone := zone_told(places, words := wording.format(place=place), language))
        != places.find_exactly(place, language)[0].zone
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_of_a_place_or_said_of_others_tells_none(places: Places, language: Language) -> None:
    others = WORDINGS["others"][language]["of"]
    told = {words: zone_told(places, words, language) for each in others if (words := each.format(place="Lima"))}
    assert told == dict.fromkeys(told, "")


@pytest.mark.parametrize(
    ("language", "words", "zone"),
    [
        ("en", "I'm with a union in Georgetown, Guyana", "America/Guyana"),
        ("en", "we're in Port-au-Prince and the power is cut at 3pm", "America/Port-au-Prince"),
        ("pt", "Bom dia, sou servidora em Rio Branco, no Acre", "America/Rio_Branco"),
        ("es", "acá en Lima trabajamos con refugiados", "America/Lima"),
        ("es", "trabajo en remesas", ""),
        ("fr", "je suis de bonne humeur", ""),
    ],
)
def test_with_its_country_or_in_the_middle(places: Places, language: Language, words: str, zone: str) -> None:
    assert zone_told(places, words, language) == zone
