"""Places stand in sentences as people say them: with the article that each language gives them."""

import pytest

from knowledge.places.gazetteer import STATES, country_codes, load_gazetteer
from knowledge.time.zones import all_zones, zone_label
from locales.articles import places_with_article
from locales.localized import LANGUAGES, Language
from locales.reply import Country, text
from locales.translator import Translator, load_catalogues
from rehearsal.telegram.text.formatting import parse_html

translator = Translator(load_catalogues, "America/Argentina/Buenos_Aires")
PORTUGUESE = {
    "de": "Antígua e Barbuda, Barbados, Belize, Cuba, Granada, Honduras, São Cristóvão e Névis, Santa Lúcia, "
    "El Salvador, Trinidad e Tobago, São Vicente e Granadinas",
    "da": "Argentina, Bolívia, Colômbia, Costa Rica, Dominica, República Dominicana, Guatemala, Guiana, Jamaica, "
    "Nicarágua, Venezuela",
    "do": "Brasil, Chile, Equador, Haiti, México, Panamá, Peru, Paraguai, Suriname, Uruguai",
    "das": "Bahamas",
}
FRENCH = {
    "d’": "Antigua-et-Barbuda, Argentine, Équateur, Haïti, Uruguay",
    "de ": "Bolivie, Colombie, Cuba, Saint-Christophe-et-Niévès, Sainte-Lucie, Trinité-et-Tobago, "
    "Saint-Vincent-et-les Grenadines",
    "du ": "Belize, Brésil, Chili, Costa Rica, Guatemala, Guyana, Honduras, Mexique, Nicaragua, Panama, Pérou, "
    "Paraguay, Suriname, Salvador, Venezuela",
    "de la ": "Barbade, Dominique, République dominicaine, Grenade, Jamaïque",
    "des ": "Bahamas",
}


def said(language: Language, key: str, **values: str | Country) -> str:
    return parse_html(translator.reader(language, None).render(text(key, **values))).text


def test_every_state_of_the_region_has_its_article_in_portuguese() -> None:
    told = {said("pt", "registration.own_hours", country=Country(code)) for code in STATES}
    assert told == {f"Ver no horário {de} {name}" for de, names in PORTUGUESE.items() for name in names.split(", ")}


def test_every_state_of_the_region_has_its_article_in_french() -> None:
    told = {said("fr", "registration.own_hours", country=Country(code)) for code in STATES}
    assert told == {f"Voir à l’heure {de}{name}" for de, names in FRENCH.items() for name in names.split(", ")}


@pytest.mark.parametrize(
    ("language", "key", "place", "heard"),
    [
        ("es", "zone.proposal", "Reino Unido", "¿Está en el Reino Unido?"),
        ("es", "sessions.hours.local", "Reino Unido", "Horas del Reino Unido."),
        ("es", "sessions.hours.local", "El Salvador", "Horas de El Salvador."),
        ("es", "sessions.hours.local", "República Dominicana", "Horas de la República Dominicana."),
        ("pt", "zone.proposal", "Rio de Janeiro, Brasil", "Você está no Rio de Janeiro, Brasil?"),
        ("pt", "zone.proposal", "Salvador (Brasil)", "Você está em Salvador (Brasil)?"),
        ("pt", "answer.place.one", "Estados Unidos", "Nos Estados Unidos, a sessão"),
        ("pt", "sessions.hours.local", "Cidade do México", "Horários da Cidade do México."),
        ("pt", "sessions.hours.local", "a <b>", "Horários de a <b>."),
        ("en", "answer.place.one", "Bahamas", "In the Bahamas, session"),
        ("en", "sessions.hours.local", "Bahamas", "All times are Bahamas time."),
        ("en", "answer.place.all", "United States", "The sessions, in United States time:"),
        ("fr", "answer.place.one", "Gonaïves", "À l’heure des Gonaïves, la session"),
        ("fr", "answer.place.one", "Les Cayes", "À l’heure des Cayes, la session"),
        ("fr", "sessions.hours.local", "Asunción", "Heures d’Asunción."),
        ("fr", "sessions.hours.local", "Los Angeles", "Heures de Los Angeles."),
        ("fr", "sessions.hours.local", "UTC", "Heures de UTC."),
    ],
)
def test_a_place_is_joined_to_the_word_before_it(language: Language, key: str, place: str, heard: str) -> None:
    values = dict.fromkeys(("number", "day", "start", "end", "hour"), "x")
    assert said(language, key, place=place, **values).startswith(heard)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_place_with_an_article_is_one_that_is_known(language: Language) -> None:
    """A name that CLDR or the list of places spells otherwise would never be found."""
    cities = {city.name_in(language) for city in load_gazetteer().cities}
    known = country_codes() | cities | {zone_label(zone, language) for zone in all_zones()}
    listed = places_with_article(language)
    assert set(listed) - known == set()
    assert len(listed) == len(set(listed)), "one article each"
