"""Typing instead of tapping, at every step of the registration, and not quite what was asked."""

import pytest

from tests.support.thorough import one_in
from tests.support.world.people import World
from tests.support.world.registration import ana_of, registers, rows_of


async def test_a_yes_to_the_suggested_name_is_that_name(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await ana.says("/registrarme")
    for words in ("no", "ayuda", "menú", "quiero recordatorios"):
        await ana.says(words)
        assert ana.heard("nombre completo"), words
    await ana.says("sí")
    (state,) = await rows_of(ana, "dialogs")
    assert state["answers"]["name"] == "Ana Quiñones"


async def test_signs_that_nobody_sees_are_not_kept_in_a_name(shared_world: World) -> None:
    ana = shared_world.person("Bo")
    await ana.says("/registrarme")
    await ana.says("A\u200bna \u202eQui\u200dñones 👩\u200d🌾")
    (state,) = await rows_of(ana, "dialogs")
    assert state["answers"]["name"] == "Ana Qui\u200dñones 👩\u200d🌾"


BUTTONS = {
    "es": ("/registrarme", "Participo a título personal", "Otra organización internacional", "Cambiar una respuesta",
           "Organización", "Acepto e inscribirme", "Listo"),
    "pt": ("/inscricao", "Participo em nome próprio", "Outra organização internacional", "Mudar uma resposta",
           "Organização", "Aceito e quero me inscrever", "Pronto"),
    "en": ("/register", "I take part on my own behalf", "Other international organization", "Change an answer",
           "Organization", "I agree, register me", "Done"),
    "fr": ("/inscription", "Je participe à titre personnel", "Autre organisation internationale",
           "Changer une réponse", "Organisation", "J'accepte, inscrivez-moi", "fait"),
}  # fmt: skip


@pytest.mark.parametrize("language", one_in(2, list(BUTTONS)))
async def test_what_a_button_says_may_be_typed(shared_world: World, language: str) -> None:
    command, alone, sector, change, field, agree, done = BUTTONS[language]
    rosa = shared_world.person("Rosa", last_name="Díaz", language=language)
    for words in (command, "Rosa Díaz", alone, sector, "Haiti"):
        await rosa.says(words)
    skip = next(each for each in rosa.buttons if each in {"Saltar", "Pular", "Skip", "Passer"})
    await rosa.says(skip)
    for words in ("1, 2", skip, change, field, "Cruz Roja", agree):
        await rosa.says(words)
    assert rosa.heard(done), rosa.last
    (kept,) = await rows_of(rosa, "registrations")
    assert (kept["organization"], kept["sector"], kept["email"]) == ("Cruz Roja", "international", None)


SECTORS = {
    "trabajo en un municipio": "local", "un sindicato": "civil", "en un ministerio": "national", "la UN": "un",
    "capacity building NGO": "civil", "ONGs": "civil", "consulado": "national", "collectivités territoriales": "local",
}  # fmt: skip


@pytest.mark.parametrize("words", one_in(2, list(SECTORS)))
async def test_a_sector_in_their_own_words(shared_world: World, words: str) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="sector")
    await ana.says("no tengo")
    assert ana.heard("No reconozco ese sector")
    await ana.says(words)
    (state,) = await rows_of(ana, "dialogs")
    assert state["answers"]["sector"] == SECTORS[words]


@pytest.mark.parametrize(
    ("words", "kept"),
    one_in(
        2,
        [
            ("mi correo es Ana.Q@CASA.org.", "Ana.Q@casa.org"),
            ("Ana <ana@casa.org>", "ana@casa.org"),
            ("mailto:ana@casa.org", "ana@casa.org"),
            ("ana@casa.org\u200b", "ana@casa.org"),
            ("no tengo correo", None),
            ("ninguno", None),
        ],
    ),
)
async def test_an_address_within_a_sentence_and_none_at_all(shared_world: World, words: str, kept: str | None) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="country")
    await ana.says("trabajo en Bolivia")
    await ana.says(words)
    assert ana.heard("¿A qué sesiones"), ana.last
    (state,) = await rows_of(ana, "dialogs")
    assert (state["answers"]["country"], state["answers"]["email"]) == ("BO", kept)


CHOICES = {
    "todas menos la 2": [1, 3, 4], "todas as sessões exceto a 2": [1, 3, 4], "all but 2": [1, 3, 4],
    "toutes sauf la 2": [1, 3, 4], "todas las sesiones": [1, 2, 3, 4], "las 4": [1, 2, 3, 4],
    "all of them": [1, 2, 3, 4], "toutes les sessions": [1, 2, 3, 4], "me interesan la 1 y la 4": [1, 4],
}  # fmt: skip


@pytest.mark.parametrize("words", one_in(2, list(CHOICES)))
async def test_all_sessions_but_one_are_not_that_one(shared_world: World, words: str) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="sessions")
    for unclear in ("no la 2", "sesión 2 no, sí la 3", "desde la 2"):
        await ana.says(unclear)
        assert ana.heard("¿A qué sesiones"), unclear
    await ana.says(words)
    (state,) = await rows_of(ana, "dialogs")
    assert state["answers"]["sessions"] == CHOICES[words]


async def test_no_needs_are_none(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="needs")
    await ana.says("no necesito nada")
    await ana.says("sí, acepto")
    (kept,) = await rows_of(ana, "registrations")
    assert kept["needs"] is None
