"""Who changes their mind in the middle of a registration is understood as they say it, and nothing false is kept."""

from typing import Any

import pytest

from tests.support.thorough import one_in
from tests.support.world.people import Person, World
from tests.support.world.registration import registers, rows_of

COMMANDS = {"es": "/registrarme", "pt": "/inscricao", "en": "/register", "fr": "/inscription"}


async def at_step(world: World, step: str, language: str = "es") -> Person:
    """Somebody who is asked for that, in that language."""
    someone = world.person("Rosa", language=language)
    await registers(someone, until=step)
    await someone.says(COMMANDS[language])
    return someone


async def state(person: Person) -> tuple[str, dict[str, Any]]:
    """Where the registration is, and what was said so far."""
    (kept,) = await rows_of(person, "dialogs")
    return kept["step"], kept["answers"]


@pytest.mark.parametrize(
    ("language", "words"),
    one_in(2, [
        ("es", "atrás, por favor"), ("es", "volver atrás"), ("es", "go back please"), ("pt", "voltar, por favor"),
        ("en", "go back"), ("fr", "retour s’il vous plaît"), ("fr", "revenir en arrière"),
    ]),
)  # fmt: skip
async def test_back_is_back_also_when_it_is_asked_kindly(shared_world: World, language: str, words: str) -> None:
    rosa = await at_step(shared_world, "organization", language)
    await rosa.says(words)
    step, answers = await state(rosa)
    assert (step, "organization" in answers) == ("name", False), rosa.last


@pytest.mark.parametrize(
    ("language", "words", "asked"),
    one_in(
        2,
        [
            ("es", "en inglés por favor", "Which organization or institution"),
            ("es", "in English please", "Which organization or institution"),
            ("es", "português, prefiro em português", ""),
            ("pt", "cambiar a español", "¿A qué organización"),
            ("pt", "prefiro em francês", "De quelle organisation"),
            ("en", "en español", "¿A qué organización"),
            ("fr", "je préfère en portugais", "A que organização"),
        ],
    ),
)
async def test_another_language_is_no_organization(shared_world: World, language: str, words: str, asked: str) -> None:
    rosa = await at_step(shared_world, "organization", language)
    await rosa.says(words)
    step, answers = await state(rosa)
    if not asked:  # more than a wish: kept as it was typed, as an organization may be called anything
        assert answers["organization"] == words
        return
    assert (step, "organization" in answers) == ("organization", False), rosa.last
    assert asked in rosa.last


async def test_which_language_is_asked_in_the_middle_and_the_question_stays(shared_world: World) -> None:
    rosa = await at_step(shared_world, "organization")
    await rosa.says("cambiar idioma")
    assert rosa.heard("Elija su idioma", "Choose your language")
    assert rosa.last.endswith("¿A qué organización o institución pertenece?")
    await rosa.presses("Français")
    await rosa.says("Croix-Rouge")
    assert (await state(rosa))[1]["organization"] == "Croix-Rouge"


async def test_what_somebody_needs_may_be_a_language(shared_world: World) -> None:
    rosa = await at_step(shared_world, "needs")
    await rosa.says("en inglés por favor")
    assert (await state(rosa))[1]["needs"] == "en inglés por favor"


@pytest.mark.parametrize(
    "words", one_in(2, ["yo", "mi nombre", "anónimo", "prefiero no decirlo", "I’d rather not say"])
)
async def test_what_is_hardly_a_name_is_asked_about_once(shared_world: World, words: str) -> None:
    rosa = await at_step(shared_world, "name")
    await rosa.says(words)
    assert rosa.heard(f"Usted escribió: {words}", "¿Es su nombre completo?"), rosa.last
    await rosa.says("Rosa Díaz")
    assert (await state(rosa))[1]["name"] == "Rosa Díaz"


@pytest.mark.parametrize(
    ("words", "buttons"),
    [
        ("Cuba y Haití", ["Cuba", "Haití"]),
        ("Argentina, Chile", ["Argentina", "Chile"]),
        ("México / Guatemala / Honduras", ["México", "Guatemala", "Honduras"]),
    ],
)
async def test_of_several_countries_one_is_chosen(shared_world: World, words: str, buttons: list[str]) -> None:
    rosa = await at_step(shared_world, "country")
    await rosa.says(words)
    assert rosa.heard("Guardo uno"), rosa.last
    assert rosa.buttons[: len(buttons)] == buttons
    await rosa.presses(buttons[0])
    step, answers = await state(rosa)
    assert (step, answers["country"]) == ("email", {"Cuba": "CU", "Argentina": "AR", "México": "MX"}[buttons[0]])


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Trinidad y Tobago", "TT"),
        ("Lima, Perú", "PE"),
        ("Antigua y Barbuda", "AG"),
        ("Ciudad de México, México", "MX"),
    ],
)
async def test_one_country_in_more_words_is_one(shared_world: World, words: str, country: str) -> None:
    rosa = await at_step(shared_world, "country")
    await rosa.says(words)
    assert (await state(rosa))[1]["country"] == country, rosa.last


@pytest.mark.parametrize(
    ("language", "words", "chosen"),
    one_in(
        3,
        [
            ("es", "1, 3 y la última", [1, 3, 4]),
            ("es", "del 1 al 3", [1, 2, 3]),
            ("es", "las dos primeras", [1, 2]),
            ("es", "todas por favor", [1, 2, 3, 4]),
            ("es", "la de inclusión", [2]),
            ("es", "las de noviembre", [3, 4]),
            ("es", "la del martes 29", [2]),
            ("es", "la próxima", [1]),
            ("pt", "1 até 3", [1, 2, 3]),
            ("pt", "tudo", [1, 2, 3, 4]),
            ("pt", "as duas primeiras", [1, 2]),
            ("en", "first and last", [1, 4]),
            ("en", "all of them please", [1, 2, 3, 4]),
            ("en", "the November ones", [3, 4]),
            ("en", "all but 2", [1, 3, 4]),
            ("fr", "les deux premières", [1, 2]),
            ("fr", "celles de novembre", [3, 4]),
            ("fr", "tout", [1, 2, 3, 4]),
        ],
    ),
)
async def test_sessions_are_chosen_as_people_say_it(
    shared_world: World, language: str, words: str, chosen: list[int]
) -> None:
    rosa = await at_step(shared_world, "sessions", language)
    await rosa.says(words)
    step, answers = await state(rosa)
    assert (step, answers["sessions"]) == ("needs", chosen), rosa.last


@pytest.mark.parametrize(
    "words", ["la 1, la 2 y la 5", "la 1, no, la 2", "ninguna", "¿la de inclusión?", "la de cocina"]
)
async def test_what_leaves_a_doubt_chooses_nothing(shared_world: World, words: str) -> None:
    rosa = await at_step(shared_world, "sessions")
    await rosa.says(words)
    assert (await state(rosa))[0] == "sessions"
    assert "¿A qué sesiones quiere asistir?" in rosa.last


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("quita la sesión 2", "Sesiones: 1, 3 y 4"),
        ("solo las sesiones 1 y 2", "Sesiones: 1 y 2"),
        ("sin la última", "Sesiones: 1, 2 y 3"),
    ],
)
async def test_sessions_are_changed_at_the_last_question(shared_world: World, words: str, left: str) -> None:
    rosa = await at_step(shared_world, "consent")
    await rosa.says(words)
    assert rosa.heard(f"Corregido. {left}", "¿Está todo bien?"), rosa.last
    await rosa.says("acepto")
    assert len(await rows_of(rosa, "attendances")) == left.count(",") + 2


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("es", "no acepto", "Sin su acuerdo no guardo la inscripción"),
        ("pt", "não aceito", "Sem o seu acordo não guardo a inscrição"),
        ("en", "I don't agree", "Without your agreement I do not keep the registration"),
        ("fr", "non", "Sans votre accord, je ne garde pas l’inscription"),
    ],
)
async def test_a_no_is_heard_as_a_no(shared_world: World, language: str, words: str, told: str) -> None:
    rosa = await at_step(shared_world, "consent", language)
    await rosa.says(words)
    assert rosa.heard(told), rosa.last
    assert await rows_of(rosa, "registrations") == []


@pytest.mark.parametrize("words", ["sí, pero sin fotos", "acepto todo menos fotos", "sí a todo"])
async def test_a_yes_with_a_but_needs_the_tap(shared_world: World, words: str) -> None:
    rosa = await at_step(shared_world, "consent")
    await rosa.says(words)
    assert rosa.heard("Para terminar, toque", "¿Está todo bien?"), rosa.last
    assert await rows_of(rosa, "registrations") == []
