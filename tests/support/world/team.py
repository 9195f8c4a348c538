"""The owner of a team, whom she invites, and the log of what they did."""

import re
from typing import Any

from tests.support.world.people import Person, World
from tests.support.world.registration import rows

OWNER = 1_000_001  # the first to join


def owner(world: World) -> Person:
    """Olga is named in the configuration."""
    olga = world.person("Olga", last_name="Paz")
    assert olga.id == OWNER
    return olga


async def invitation(olga: Person, label: str = "Invitar a organizar") -> str:
    """The words that the link makes a phone say."""
    await olga.says("/team")
    await olga.presses(label)
    found = re.search(r"https://t\.me/ciclo_bot\?start=(team_[\w-]+)", olga.last)
    assert found is not None, olga.last
    return f"/start {found[1]}"


async def joined(world: World, olga: Person, name: str = "Vera", label: str = "Invitar a organizar") -> Person:
    """Somebody whom she has invited."""
    someone = world.person(name)
    await someone.says(await invitation(olga, label))
    assert someone.heard("Ya forma parte del equipo")
    return someone


async def audit_of(world: World) -> list[tuple[str, dict[str, Any]]]:
    """The log as it is kept."""
    return [(row["action"], row["details"]) for row in await rows(world, "audit")]


async def organizer(world: World) -> Person:
    """Olga has written to the bot."""
    olga = owner(world)
    await olga.says("/start")
    return olga
