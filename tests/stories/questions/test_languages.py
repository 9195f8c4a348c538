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
async def test_a_word_does_not_change_the_language(shared_world: World, words: str, heard: str) -> None:
    ana = shared_world.person("Ana")
    await ana.says(words)
    assert ana.heard(heard), ana.last
    assert not any("ontinu" in label for label in ana.buttons), ana.last


async def test_a_sentence_in_another_language_is_answered_in_it_with_the_offer_to_switch(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("à quelle heure est la deuxième séance ?")
    assert ana.heard("session 2")
    assert "Toujours continuer en français" in ana.buttons


@pytest.mark.parametrize(
    ("first", "then", "heard"),
    [
        ("quais são os objetivos da sessão 3?", "pode listar?", "A sessão 3 trata de 7 objetivos"),
        ("quando começa a sessão 2 no Brasil?", "e a 1?", "Em São Paulo, a sessão 1"),
        ("when is session 2 and what is it about?", "in Lima?", "In Lima, session 2"),
        ("bonjour, quand a lieu la séance 3 svp", "Lima", "À l’heure de Lima, la session 3"),
        # Words of their own language bring it back, however few.
        ("when is session 2 and what is it about?", "¿y la 3?", "La sesión 3"),
        ("quando começa a sessão 2 no Brasil?", "y a qué hora termina?", "En São Paulo, la sesión 2"),
        ("bonjour, quand a lieu la séance 3 svp", "sesion 2", "La sesión 2"),
        ("when is session 2 and what is it about?", "ok gracias", "De nada."),
    ],
)
async def test_a_talk_stays_in_its_language(shared_world: World, first: str, then: str, heard: str) -> None:
    ana = shared_world.person("Ana")
    await ana.says(first)
    await ana.says(then)
    assert ana.heard(heard), ana.last


async def test_after_a_quarter_of_an_hour_it_is_their_own_language_again(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("quando começa a sessão 2 no Brasil?")
    await world.turn_to("2024-10-22 18:00")
    await ana.says("sessao 1")
    assert ana.heard("La sesión 1"), ana.last


async def test_who_chose_a_language_is_answered_in_no_other(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/idioma")
    await ana.presses("Français")
    await ana.says("¿a qué hora es la segunda sesión?")
    assert ana.heard("session 2"), ana.last
    await ana.says("agenda")
    assert not any("ontinuar" in label for label in ana.buttons), ana.last


async def test_creole_is_answered_as_far_as_it_is_understood_and_the_four_languages_are_named(
    shared_world: World,
) -> None:
    ana = shared_world.person("Ana")
    await ana.says("ki lè dezyèm sesyon an ap kòmanse tanpri")
    assert ana.heard("29 de octubre"), ana.last
    assert ana.heard("français"), ana.last
    await ana.says("wann beginnt die zweite Sitzung bitte")
    assert ana.heard("Escribo en español, português, English y français"), ana.last
