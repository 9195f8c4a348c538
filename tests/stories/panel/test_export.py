"""The full dump: the team cannot find out in it who asked without a name, who voted, nor who is writing what."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.maintenance.export import export
from tests.support.panel import approves, asks_panel, in_time
from tests.support.world.people import World
from tests.support.world.registration import rows
from tests.support.world.team import organizer

WORDS = "¿Quién paga el hotel?"


pytestmark = pytest.mark.one_owner


async def dump(world: World, folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Each row of the dump, with its table."""
    file = folder / "all.jsonl"
    await export(world.settings.database.url, file)
    _head, *lines = file.read_text(encoding="utf-8").splitlines()
    return [(each["table"], each["row"]) for each in map(json.loads, lines)]


async def test_who_asked_without_a_name_cannot_be_found_in_the_dump(world: World, tmp_path: Path) -> None:
    olga = await organizer(world)
    await in_time(world)
    await asks_panel(world, "Ana", WORDS)
    await approves(olga)
    caio, dora = world.person("Caio"), world.person("Dora")
    await caio.says("/start")
    await caio.forges("pq:v:1:0:on")
    await dora.forges("pq:a:1")
    await dora.says("¿Y quién cuida a los niños?")  # not sent yet
    await world.turn_to("2024-10-23 18:46")  # it goes to the team's questions
    (passed_on,) = await rows(world, "questions")
    await olga.forges(f"qs:r:{passed_on['id']}")
    await olga.says("El equipo.")
    await olga.presses("Enviar")
    dumped = await dump(world, tmp_path)
    about = [(table, row) for table, row in dumped if WORDS in json.dumps(row, ensure_ascii=False)]
    assert sorted(table for table, _ in about) == ["panel_questions", "questions"]
    assert [row["participant_id"] for _, row in about] == [None, None]
    assert {len(row["asked_at"]) for _, row in about} == {len("2024-10-22")}, "the day alone"
    told = [row for table, row in dumped if table == "outbox" and row["kind"] in {"panel", "panel_answer", "answer"}]
    assert told, "somebody was told"
    assert {row["participant_id"] for row in told} == {None}
    assert "niños" not in json.dumps(dumped, ensure_ascii=False), "what is not sent is nobody else's"


async def test_who_asked_with_a_name_is_in_the_dump(world: World, tmp_path: Path) -> None:
    await organizer(world)
    await in_time(world)
    ana = world.person("Ana")
    await ana.forges("pq:a:1")
    await ana.says(WORDS)
    await ana.presses("Mostrar mi nombre")
    await ana.presses("Enviar al panel")
    (asked,) = [row for table, row in await dump(world, tmp_path) if table == "panel_questions"]
    assert asked["participant_id"] is not None
    assert asked["label"] == "Ana"
