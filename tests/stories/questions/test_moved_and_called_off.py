"""Whoever asks after a session that was moved or called off hears that, whatever they ask of it."""

import pytest

from tests.support.world.people import Person, World
from tests.support.world.team import owner

pytestmark = pytest.mark.one_owner


async def move_session_2(world: World) -> None:
    """To 30 October at 16:00."""
    olga = owner(world)
    await olga.says("/session 2")
    await olga.presses("Cambiar día u hora")
    await olga.says("30/10 16:00")
    await olga.presses("Confirmar y avisar")


async def call_off_session_3(world: World) -> None:
    olga = owner(world)
    await olga.says("/session 3")
    await olga.presses("Cancelar la sesión")
    await olga.presses("Sí, cancelar y avisar")


async def everybody_hears(world: World, questions: list[tuple[str, str, str]]) -> list[Person]:
    """Somebody asks each of these in their language, all in one moment, and hears that; returns them."""
    people = [world.person("Ana", language=language) for language, _, _ in questions]
    await world.all_say([(each, asked) for each, (_, asked, _) in zip(people, questions, strict=True)])
    for each, (_, asked, heard) in zip(people, questions, strict=True):
        assert each.heard(heard), (asked, each.last)
    return people


async def test_its_old_day_leads_to_the_new_one(world: World) -> None:
    await move_session_2(world)
    questions = [
        ("es", "¿hay sesión el 29 de octubre?", "se movió"),
        ("es", "la del 29 va a hacerse?", "se movió"),
        ("es", "qué tema tocan el martes 29 de octubre", "30 de octubre"),
        ("pt-br", "tem sessão no dia 29 de outubro?", "foi mudada"),
        ("en", "is there anything on 29 October?", "has been moved"),
        ("en", "what time is the one on October 29 in Lima", "30 October 2024, from 14:00"),
        ("fr", "la séance du 29 octobre a toujours lieu ?", "a été déplacée"),
    ]
    for each in await everybody_hears(world, questions):
        assert not each.heard("no hay sesión", "23 de octubre")


async def test_no_hour_of_what_is_called_off_is_told_without_saying_so(world: World) -> None:
    await call_off_session_3(world)
    questions = [
        ("es", "¿a qué hora es la sesión 3 en Lima?", "se canceló"),
        ("es", "¿cuánto dura la sesión 3?", "se canceló"),
        ("es", "¿quiénes exponen en la sesión 3?", "se canceló"),
        ("es", "el link de la sesión 3 porfa", "se canceló"),
        ("es", "las de noviembre a qué hora son en Quito", "se canceló"),
        ("es", "¿cuál empieza antes, la 3 o la 4?", "se canceló"),
        ("pt-br", "que horas a sessão 3 em Recife?", "foi cancelada"),
        ("pt-br", "a sessão 3 ainda tá valendo?", "foi cancelada"),
        ("en", "what time is session 3 in Kingston", "cancelled"),
        ("en", "what language is session 3 in", "cancelled"),
        ("fr", "la séance 3 à quelle heure à Montréal ?", "annulée"),
    ]
    await everybody_hears(world, questions)


async def test_what_it_was_about_is_still_right(world: World) -> None:
    await call_off_session_3(world)
    ana = world.person("Ana")
    await ana.says("¿la 3 es sobre trata?")
    assert ana.heard("Sí.", "se canceló"), ana.last
