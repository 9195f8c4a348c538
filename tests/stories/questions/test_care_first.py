"""Danger and distress come before everything: in any clause, in any language, in the middle of any conversation."""

import json
from typing import Any

import pytest

from tests.support.knowledge.grading import QUESTIONS
from tests.support.knowledge.phone_labels import holds
from tests.support.knowledge.phone_questions import heard_by
from tests.support.world.people import Person, World

MESSAGES = [json.loads(line) for line in (QUESTIONS / "care.jsonl").read_text("utf-8").splitlines()]


async def _somebody(world: World, language: str) -> Person:
    person = world.person("Ana", language={"pt": "pt-br"}.get(language, language))
    await person.says("/start")
    return person


def _faults(heard: list[tuple[dict[str, Any], bool]]) -> list[str]:
    return [message["text"] for message, careful in heard if careful != message["careful"]]


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
async def test_no_cry_for_help_is_missed_and_nothing_harmless_is_taken_for_one(
    shared_world: World, language: str
) -> None:
    """Everybody says theirs in one moment: to wait for each answer would take three times as long."""
    messages = [each for each in MESSAGES if each["lang"] == language]
    people = [shared_world.person("Ana", language={"pt": "pt-br"}.get(language, language)) for _ in messages]
    await shared_world.all_say((person, "/start") for person in people)
    await shared_world.all_say((who, message["text"]) for who, message in zip(people, messages, strict=True))
    heard = [(message, holds("care", heard_by(person))) for person, message in zip(people, messages, strict=True)]
    assert all(person.news for person in people)
    assert _faults(heard) == []


@pytest.mark.parametrize("language", ["es", "fr"])
async def test_also_in_the_middle_of_a_registration_which_then_goes_on(shared_world: World, language: str) -> None:
    heard = []
    for message in [each for each in MESSAGES if each["lang"] == language and each["careful"]][::5]:
        person = await _somebody(shared_world, language)
        for words in ("/register", "Ana Paz", "Casa Abierta", message["text"]):
            await person.says(words)
        heard.append((message, holds("care", heard_by(person))))
        assert person.heard("sector" if language == "es" else "secteur")
    assert _faults(heard) == []


async def test_a_question_to_the_team_is_passed_on_and_the_careful_words_come_first(shared_world: World) -> None:
    ana = await _somebody(shared_world, "es")
    await ana.says("¿tienen estacionamiento para bicicletas?")
    await ana.says("/cancelar")
    await ana.forges("team")
    await ana.says("mi hermana está encerrada y la golpean, qué hago")
    assert holds("care", heard_by(ana))


async def test_a_place_in_a_cry_for_help_is_no_time_zone(shared_world: World) -> None:
    ana = await _somebody(shared_world, "es")
    await ana.says("/zonahoraria")
    await ana.says("me van a deportar a Honduras mañana")
    assert holds("care", heard_by(ana))
    assert not ana.heard("¿Usar la hora de")
