"""Commands as people type them: with accents, in two words, or words behind a stroke that are no command at all."""

import pytest

from tests.support.world.people import World

COMMANDS = [
    ("fr", "/séances", "Les sessions"),
    ("fr", "/début", "Ciclo"),
    ("fr", "/mesdonnées", "Ce que je conserve"),
    ("fr", "/mes données", "Ce que je conserve"),
    ("es", "/mis datos", "Lo que guardo"),
    ("es", "/zona horaria Lima", "Lima"),
    ("es", "/sesión 2", "Sesión 2"),
    ("es", "/prácticas", "buenas prácticas"),
    ("pt", "/sessões", "As sessões"),
    ("pt", "/sessao 2", "Sessão 2"),
    ("pt", "/meus dados", "O que guardo"),
    ("en", "/my data", "What I keep"),
    ("en", "/langue Français", "français"),
    ("en", "/language pt", "português"),
    ("en", "/time zone Lima", "Lima"),
    ("es", "/start S2", "Sesión 2"),
    ("es", "/start O15", "Objetivo 15"),
]


@pytest.mark.parametrize(("language", "typed", "answer"), COMMANDS)
async def test_a_command_is_understood_as_it_is_typed(
    shared_world: World, language: str, typed: str, answer: str
) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says(typed)
    assert ana.heard(answer), ana.last


@pytest.mark.parametrize(
    ("language", "typed", "answer"),
    [
        ("es", "/¿cuándo es la sesión 2?", "29 de octubre"),
        ("pt", "/quando é a sessão 2?", "29 de outubro"),
        ("en", "/when is session 2?", "29 October"),
        ("fr", "/quand a lieu la séance 2 ?", "29 octobre"),
    ],
)
async def test_what_is_no_command_is_read_as_words(shared_world: World, language: str, typed: str, answer: str) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says(typed)
    assert ana.heard(answer), ana.last
