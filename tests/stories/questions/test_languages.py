"""In which language people are answered: in their own, unless they write a whole sentence in another of the four."""

import pytest

from tests.support.world.people import World


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("Peru", "hora de Perú"),
        ("certificado", "La nota conceptual"),
        ("sesion 2", "martes 29 de octubre"),
        ("a que hora", "El ciclo"),
        ("Chile", "Santiago de Chile"),
        ("zoom", "Todavía no lo sé"),
        ("inclusion", "El área Inclusión"),
    ],
)
async def test_a_word_does_not_change_the_language(world: World, words: str, heard: str) -> None:
    ana = world.person("Ana")
    await ana.says(words)
    assert ana.heard(heard), ana.last
    assert not any("ontinu" in label for label in ana.buttons), ana.last


async def test_a_sentence_in_another_language_is_answered_in_it_with_the_offer_to_switch(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("à quelle heure est la deuxième séance ?")
    assert ana.heard("session 2")
    assert "Toujours continuer en français" in ana.buttons


async def test_who_chose_a_language_is_answered_in_no_other(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/idioma")
    await ana.presses("Français")
    await ana.says("¿a qué hora es la segunda sesión?")
    assert ana.heard("session 2"), ana.last
    await ana.says("agenda")
    assert not any("ontinuar" in label for label in ana.buttons), ana.last


async def test_creole_is_answered_as_far_as_it_is_understood_and_the_four_languages_are_named(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("ki lè dezyèm sesyon an ap kòmanse tanpri")
    assert ana.heard("29 de octubre"), ana.last
    assert ana.heard("français"), ana.last
    await ana.says("wann beginnt die zweite Sitzung bitte")
    assert ana.heard("Escribo en español, português, English y français"), ana.last
