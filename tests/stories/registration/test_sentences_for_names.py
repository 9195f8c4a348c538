"""A sentence at the question for a name is nobody's name: it is answered, or asked about once."""

import pytest

from tests.support.thorough import one_in
from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers, rows_of


async def kept_answers(person: Person) -> dict[str, object]:
    """What is kept of the conversation so far, without notes."""
    (state,) = await rows_of(person, "dialogs")
    return {key: value for key, value in state["answers"].items() if not key.startswith("_")}


NO_NAMES = {
    "es": ("todavía no sé si voy a poder ir", "mejor me inscribo más tarde porque estoy en una reunión",
           "me lo mandó una compañera de la red"),
    "pt": ("ainda não sei se posso participar", "depois eu termino porque estou em reunião",
           "uma colega da rede me passou isso"),
    "en": ("not sure yet if i can come", "i will do this later i am in a meeting", "a colleague of mine sent me this"),
    "fr": ("je ne sais pas encore si je peux venir", "je termine plus tard je suis en réunion",
           "une collègue du réseau m'a envoyé ça"),
}  # fmt: skip
QUESTION = {"es": "¿Es su nombre completo?", "pt": "É o seu nome completo?", "en": "Is that your full name?",
            "fr": "Est-ce votre nom complet"}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "typed"), one_in(2, [(code, each) for code, some in NO_NAMES.items() for each in some])
)
async def test_a_sentence_is_asked_about_before_it_is_a_name(shared_world: World, language: str, typed: str) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says("/register")
    await ana.says(typed)
    assert "name" not in await kept_answers(ana), ana.last
    await ana.says("Ana Quiñones")
    assert (await kept_answers(ana))["name"] == "Ana Quiñones"


ASIDE = {
    "es": "el certificado me lo mandan por correo o no", "pt": "meu chefe quer saber se as sessões vão ser gravadas",
    "en": "just tell me if it is free first", "fr": "dites moi juste si c'est gratuit",
}  # fmt: skip


@pytest.mark.parametrize("language", ASIDE)
async def test_what_is_asked_in_a_sentence_is_answered_and_the_name_asked_again(
    shared_world: World, language: str
) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says("/register")
    await ana.says(ASIDE[language])
    assert await kept_answers(ana) == {}
    assert not ana.heard(QUESTION[language]), ana.last


@pytest.mark.parametrize("agrees", ["sí", "Sí, es mi nombre", "Estrella Para Mi Gente Va"])
async def test_whoever_is_called_so_says_so_once(shared_world: World, agrees: str) -> None:
    ana = ana_of(shared_world)
    await ana.says("/registrarme")
    await ana.says("Estrella Para Mi Gente Va")
    assert ana.heard("¿Es su nombre completo?")
    await ana.says(agrees)
    assert (await kept_answers(ana))["name"] == "Estrella Para Mi Gente Va"


async def test_a_no_asks_for_the_name_again(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await ana.says("/registrarme")
    await ana.says("mañana les digo cómo me anoto")
    await ana.says("no")
    assert ana.heard("¿Cuál es su nombre completo?")
    assert not ana.heard("mañana")
    assert "name" not in await kept_answers(ana)


NAMES = [
    "María de los Ángeles de la Cruz y Ponce", "João dos Santos e Silva", "Jean-Baptiste de la Rue", "Ana Sí",
    "Vincent van der Berg", "Luz Marina del Valle", "Rosa Flor Estrella del Mar", "Mohammed bin Ali al Said",
    "Marie-Ange Pierre Louis Jean", "Li An No", "Will May Grace Young", "Sol Paz Luna Celeste", "Ana",
    "Dra. Carmen Lucía Gómez, Cancillería",
]  # fmt: skip


@pytest.mark.parametrize("name", one_in(2, NAMES))
async def test_names_of_many_words_are_names(shared_world: World, name: str) -> None:
    ana = ana_of(shared_world)
    await ana.says("/registrarme")
    await ana.says(name)
    assert (await kept_answers(ana))["name"] == name


INTRODUCED = ("me llamo Ana Paz", "Hola, soy Ana Paz", "mi nombre completo es Ana Paz.", "meu nome é Ana Paz",
              "my name is Ana Paz", "Je m'appelle Ana Paz", "i am Ana Paz")  # fmt: skip


@pytest.mark.parametrize("typed", one_in(2, INTRODUCED))
async def test_a_name_that_is_introduced_is_kept_alone(shared_world: World, typed: str) -> None:
    ana = ana_of(shared_world)
    await ana.says("/registrarme")
    await ana.says(typed)
    assert (await kept_answers(ana))["name"] == "Ana Paz"


@pytest.mark.parametrize(
    "typed", one_in(2, ["no sé", "no sé qué poner", "não sei", "i don't know", "je ne sais pas", "ni idea"])
)
async def test_who_does_not_know_has_named_no_organization(shared_world: World, typed: str) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="organization")
    await ana.says(typed)
    assert "organization" not in await kept_answers(ana)
    assert ana.heard("organi"), ana.last
