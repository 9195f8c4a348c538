"""Every route of the team, walked by those it is not for: they meet what is not there at all."""

import re

import pytest
from structlog.testing import capture_logs

from db.team.team import ROLES, Role, suffices
from handlers.organizer.routes import COMMANDS, DIALOGS, PRESSES, UNREADABLE
from handlers.router import _SHAPES, Router
from handlers.routes import PRESSES as EVERYBODYS
from tests.support.world.people import Person, World
from tests.support.world.registration import registers, rows
from tests.support.world.team import joined, owner

# One value of each shape, as a forger would write it.
VALUES = {
    "page": "0",
    "id": "1",
    "role": "organizer",
    "number": "1",
    "place": "1g",
    "code": "AR",
    "value": "x",
    "version": "1",
    "switch": "on",
    "land": "AR",
    "sector": "un",
    "kind": "xlsx",
    "figure": "countries",
    "theme": "dark",
    "moment": "28847520",
    "minutes": "90",
    "act": "cancel",
    "paper": "letter",
    "field": "who",
    "shown": "0123abcd",
}
# For everybody else the team's name is a slip of a public one: they get what they would get without the team's.
SLIPS = {"/session": "/sessions"}
FORGED = ("tm:i:owner", "tm:r:1:owner", "tm:x:1:yes:yes", "tm:", "tm:x:-1", "tm:m:1 OR 1=1", "tm:log:9999", "TM")


pytestmark = pytest.mark.one_owner


def filled(shape: str) -> str:
    """A button's address with something in each place."""
    return re.sub(r"\{(\w+)\}", lambda match: VALUES[match[1]], shape)


def commands(least: set[Role]) -> list[str]:
    """What one types for the commands that need such a role, in each language, alone and with words."""
    names = [(name, each.least) for each in COMMANDS for name in (each.name, *each.aliases.values())]
    return [f"/{name}{rest}" for name, needs in names if needs in least for rest in ("", " 1")]


def addresses(least: set[Role]) -> list[str]:
    """Buttons that need such a role, forged."""
    return [filled(shape) for shape, (needs, _) in PRESSES.items() if needs in least]


async def said_to(person: Person, words: str) -> str:
    """The whole answer: text and buttons."""
    await person.says(words)
    return repr([(each.html, each.keyboard) for each in person.news])


async def said_without_the_teams(person: Person, command: str, unknown: str) -> str:
    """What such a command says where the team has none of that name."""
    name, *rest = command.split(" ", 1)
    if name in SLIPS:
        return await said_to(person, " ".join([SLIPS[name], *rest]))
    if rest:  # several words behind a stroke that are no command of theirs are read as those words
        return await said_to(person, command.removeprefix("/"))
    return unknown


async def answered(person: Person, data: str) -> str:
    """What a forged press makes of the last message, and what is shown above the chat."""
    before = len(person.toasts)
    await person.forges(data)
    assert len(person.toasts) > before, data
    return repr([(each.html, each.keyboard) for each in person.news]) + person.toasts[-1]


async def stale_presses(person: Person) -> tuple[str, str]:
    """What a button says that nobody made: the message becomes the menu; once it is, nothing changes any more."""
    await person.says("/ayuda")
    menu, stale = await answered(person, "xyzzy"), await answered(person, "xyzzy")
    assert "Aquí está el menú" in menu
    assert stale.startswith("[]")
    return menu, stale


async def walks(world: World, person: Person, least: set[Role], *, step: int = 1) -> None:
    """Everything that needs those roles is, for them, an unknown command and a stale button; one of `step` is tried."""
    unknown = await said_to(person, "/xyzzyxyzzy")
    before = {name: await rows(world, name) for name in ("team", "invitations", "registrations", "sessions")}
    for command in commands(least)[::step]:
        assert await said_to(person, command) == await said_without_the_teams(person, command, unknown), command
    menu, stale = await stale_presses(person)
    for data in (*addresses(least)[::step], *FORGED):
        assert await answered(person, data) == stale, data
    for data in (*addresses(least)[::6], *FORGED):  # in a new message
        assert await answered(person, f"+{data}") == menu, data
    for name, kept in before.items():
        assert await rows(world, name) == kept, name


async def refusals(world: World) -> dict[str, int]:
    """What the audit log holds of it: the route, and how often."""
    return {row["details"]["route"]: row["times"] for row in await rows(world, "audit") if row["action"] == "refused"}


async def test_a_stranger(world: World) -> None:
    owner(world)
    stranger = world.person("Nadie")
    with capture_logs() as logs:
        await walks(world, stranger, set(ROLES))
    kept = await refusals(world)
    assert set(kept) == {f"/{each.name}" for each in COMMANDS} | set(PRESSES)
    assert all(row["participant_id"] is None for row in await rows(world, "audit")), "a stranger is nobody in the log"
    told = [each for each in logs if "refused" in each["event"]]
    assert len(told) == len(kept), "each route once an hour, however often they try"
    assert "Nadie" not in repr(told)
    assert str(stranger.id) not in repr(told)


async def test_a_participant(world: World) -> None:
    owner(world)
    ana = world.person("Ana", last_name="Quiñones", language="es-AR")
    await registers(ana)
    await walks(world, ana, set(ROLES), step=6)
    assert await refusals(world) != {}


async def test_a_viewer(world: World) -> None:
    olga = owner(world)
    vera = await joined(world, olga, label="Invitar con solo lectura")
    more: set[Role] = {role for role in ROLES if not suffices("viewer", role)}
    await walks_as_a_member(world, vera, more)
    tried = [row for row in await rows(world, "audit") if row["action"] == "refused"]
    assert {row["participant_id"] for row in tried} == {row["participant_id"] for row in await rows(world, "team")} - {
        row["participant_id"] for row in await rows(world, "team") if row["role"] == "owner"
    }


async def walks_as_a_member(world: World, person: Person, least: set[Role]) -> None:
    """Only what is beyond their role; what all of the team may is another story."""
    unknown = await said_to(person, "/xyzzyxyzzy")
    before = {name: await rows(world, name) for name in ("team", "invitations")}
    for command in commands(least):
        assert await said_to(person, command) == unknown, command
    _, stale = await stale_presses(person)
    for data in addresses(least)[::2]:
        assert await answered(person, data) == stale, data
    for name, kept in before.items():
        assert await rows(world, name) == kept, name


async def test_a_removed_organizer(world: World) -> None:
    olga = owner(world)
    vera = await joined(world, olga)
    await vera.says("/team")
    await olga.says("/team")
    for label in ("Vera", "Quitar del equipo", "Sí, quitar"):
        await olga.presses(label)
    await vera.presses("Registro de acciones")
    assert vera.toasts[-1] != ""
    assert not vera.heard("Olga")
    await walks(world, vera, set(ROLES), step=6)


async def test_in_a_group_the_teams_commands_are_unknown(world: World) -> None:
    olga = owner(world)
    await olga.says("/start")
    group = world.telegram.group("Red", creator=olga.id)
    world.telegram.adds_bot(group, olga.id)
    await world.settle()
    for command in COMMANDS:
        for name in (command.name, *command.aliases.values()):
            world.telegram.says(olga.id, f"/{name}@ciclo_bot", chat_id=group)
            await world.settle()
            assert "Hablo en privado" in world.telegram.chat(group)[-1].text


def test_every_route_of_the_team_needs_a_role_and_is_nobody_elses() -> None:
    """No address is also a participant's, and each has one value per place."""
    routes = Router()
    for each in COMMANDS:
        assert each.least in ROLES
    for least, _ in (*PRESSES.values(), *DIALOGS.values(), *UNREADABLE.values()):
        assert least in ROLES
    for shape, (least, feature) in PRESSES.items():
        assert shape not in EVERYBODYS
        route = routes.press(filled(shape))
        assert (route.least, route.feature) == (least, feature), shape
        for name in re.findall(r"\{(\w+)\}", shape):
            assert re.fullmatch(_SHAPES[name], VALUES[name])
