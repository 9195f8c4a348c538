"""Whatever happens to a session: no message brings its link to who has no place where only those get it."""

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from urllib.parse import unquote

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.config.settings import Organizers, Settings
from bot.process import event_loop
from rehearsal.clock import TurnableClock
from rehearsal.telegram.message_html import ChatMessage
from rehearsal.telegram.telegram import Limits, Telegram
from rehearsal.world import Rehearsal, running
from tests.support.world.databases import SqliteFiles
from tests.support.world.people import START, TOKEN, Person, World
from tests.support.world.registration import ana_of, registers, rows
from tests.support.world.restart import built
from tests.support.world.sessions import moves
from tests.support.world.team import OWNER, owner

SESSIONS = (1, 2)
QUESTIONS = (
    "¿cuál es el enlace de la sesión {n}?",
    "¿cuándo es la sesión {n}?",
    "where is the link of session {n}?",
    "¿por qué plataforma es?",
    "/sesiones {n}",
    "/sesiones",
    "/calendario {n}",
    "¿dónde me conecto?",
)
PRESSES = (
    "mine:s:{n}:on", "mine:s:{n}:off", "mine:off:yes", "rem:{n}", "rem:{n}:on", "rem:{n}:off", "rem:all:on",
    "rem:{n}:1h:on", "s:{n}", "d:{n}:link", "cal:{n}", "tell:{n}:link:on", "con:announcements:on", "sp:{n}", "sd:{n}",
)  # fmt: skip


def room(number: int) -> str:
    """Each session has an address of its own."""
    return f"zoom.example.org/j/{number}{number}"


class Stage:
    """Some people, an organizer, and what is known of who may see which link."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world, self.chance = world, chance
        self.olga = owner(world)
        self.people = [ana_of(world) for _ in range(4)]
        self.reminded: set[tuple[int, int]] = set()
        self.seen: dict[tuple[int, int], set[tuple[int, str]]] = {}

    @property
    def number(self) -> int:
        """One of the sessions."""
        return self.chance.choice(SESSIONS)

    @property
    def someone(self) -> Person:
        """One of the people."""
        return self.chance.choice(self.people)

    async def check(self, act: str) -> None:
        """Whoever has got a link just now is one of those whom it is for."""
        self.reminded |= {(row["participant_id"], row["session_id"]) for row in await rows(self.world, "subscriptions")}
        for place, person in enumerate(self.people):
            for number in SESSIONS:
                shown = {each for each in self.said_to(person) if room(number) in each[1]}
                if shown - self.seen.get((place, number), set()):
                    assert await self.may_see(person, number), (act, number, shown)
                self.seen[place, number] = shown

    def said_to(self, person: Person) -> list[tuple[int, str]]:
        """Each message of the bot in that chat: words, addresses of buttons, what a file holds."""
        return [
            (each.id, unquote(each.html + repr(each.keyboard)) + self.file(each))
            for each in self.world.telegram.chat(person.id)
            if each.from_bot
        ]

    def file(self, message: ChatMessage) -> str:
        """The file of that message, with folded lines put together."""
        kept = self.world.telegram.files.get(message.media["file_id"]) if message.media else None
        return kept.content.decode("utf-8", "replace").replace("\r\n ", "") if kept else ""

    async def is_public(self, number: int) -> bool:
        """Whether anybody may see that session's link."""
        return await self.may_see(self.olga, number)

    async def may_see(self, person: Person, number: int) -> bool:
        """By the tables alone."""
        (session,) = [row["id"] for row in await rows(self.world, "sessions") if row["number"] == number]
        me = next((row["id"] for row in await rows(self.world, "participants") if row["telegram_id"] == person.id), 0)
        details = [row for row in await rows(self.world, "session_details") if row["session_id"] == session]
        told, mine = {row["field"]: row["value"] for row in details}, (me, session)
        standing = [
            row for row in await rows(self.world, "attendances") if (row["participant_id"], row["session_id"]) == mine
        ]
        here = [row["state"] for row in standing]
        places = told.get("places") or {"capacity": None, "only": None}
        only = places["only"] if places["only"] is not None else places["capacity"] is not None
        if here == ["going"] or told.get("link") is None:  # before it is told, an address is any address
            return True
        if not only and told["link"]["open"]:
            return True
        # Who was reminded and has turned that off since may still have a reminder corrected that they got.
        return not only and not here and mine in self.reminded


async def asks(stage: Stage) -> None:
    await stage.someone.says(stage.chance.choice(QUESTIONS).format(n=stage.number))


async def taps(stage: Stage) -> None:
    person = stage.someone
    if person.chat:
        await person.forges(stage.chance.choice(PRESSES).format(n=stage.number))


async def enrols(stage: Stage) -> None:
    person = stage.someone
    if person.id not in {row["telegram_id"] for row in await rows(stage.world, "participants")}:
        await registers(person)
        await person.forges("con:announcements:on")


async def inlines(stage: Stage) -> None:
    person = stage.someone
    query = stage.world.telegram.asks_inline(person.id, f"sesión {stage.number}")
    await stage.world.settle()
    stage.world.telegram.picks_inline(query, 0)
    await stage.world.settle()
    card = stage.world.telegram.chat(person.id)[-1]
    assert card.from_bot or not any([room(n) in card.html and not await stage.is_public(n) for n in SESSIONS])


async def sets_places(stage: Stage) -> None:
    number = stage.number
    await stage.olga.forges(f"sp:c:{number}")
    await stage.olga.says(str(stage.chance.randint(1, 3)))
    if "Confirmar" in stage.olga.buttons:
        await stage.olga.presses("Confirmar")


async def switches(stage: Stage) -> None:
    number, way = stage.number, stage.chance.choice(("w:{}:on", "w:{}:off", "n:{}"))
    await stage.olga.forges("sp:" + way.format(number))
    if "Confirmar" in stage.olga.buttons:
        await stage.olga.presses("Confirmar")


async def tells_link(stage: Stage) -> None:
    number = stage.number
    await stage.olga.forges(f"sd:{number}:link")
    await stage.olga.says(f"https://{room(number)}?pwd={stage.chance.randint(1, 3)}")
    wanted = stage.chance.choice(("Guardar", "Guardar y avisar", "Que lo vea cualquiera"))
    if any(wanted in each for each in stage.olga.buttons):
        await stage.olga.presses(wanted)
    if "Guardar" in stage.olga.buttons:
        await stage.olga.presses("Guardar")


async def announces(stage: Stage) -> None:
    await stage.olga.says("/anunciar")
    await stage.olga.presses("Nuevo anuncio")
    await stage.olga.says(f"Entren por https://{room(stage.number)} o {room(stage.number)}\nEntrar - https://{room(1)}")
    if "Enviar" in stage.olga.buttons:
        await stage.olga.presses("Enviar")
    for _ in range(2):
        await stage.world.rehearsal.turn_to(stage.world.rehearsal.clock.now() + timedelta(seconds=61))


async def reschedules(stage: Stage) -> None:
    await moves(stage.world, stage.number, by=timedelta(hours=stage.chance.choice((1, 5, 24))))


async def time_passes(stage: Stage) -> None:
    hours = stage.chance.choice((1, 3, 12, 23))
    await stage.world.rehearsal.turn_to(stage.world.rehearsal.clock.now() + timedelta(hours=hours))


Act = Callable[[Stage], Awaitable[None]]
ACTS: tuple[Act, ...] = (
    asks, taps, enrols, inlines, sets_places, switches, tells_link, announces, reschedules, time_passes,
)  # fmt: skip
NAMES = {each.__name__: each for each in ACTS}
CHOICE = (*NAMES, *("taps", "asks") * 3, *("enrols",) * 3)


async def run(world: World, acts: list[str], seed: int) -> None:
    async with running(world.rehearsal):
        await world.settle()
        stage = Stage(world, random.Random(seed))  # noqa: S311 - a test's dice
        await stage.olga.says("/start")
        for what in ("enrols", "sets_places", "enrols", "tells_link", *acts):
            await NAMES[what](stage)
            await stage.check(what)


def world_of(url: str) -> World:
    values = {"telegram": {"token": TOKEN}, "database": {"url": url}, "delivery": {"rate": 1000, "per_chat": 30}}
    told = Settings(**values, limits={"messages": 1_000_000}, organizers=Organizers(ids=(OWNER,)))  # type: ignore[arg-type]
    clock = TurnableClock(START, speed=0)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
    return World(Rehearsal(telegram, clock, built(told, clock, telegram)), told)


@settings(
    max_examples=settings().max_examples // 8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=st.lists(st.sampled_from(CHOICE), min_size=4, max_size=16), seed=st.integers(0, 10_000))
@example(acts=["enrols", "enrols", "tells_link", "announces", "asks", "asks"], seed=0)  # some wait, and hear of it
def test_no_link_reaches_who_has_no_place(sqlite: SqliteFiles, acts: list[str], seed: int) -> None:
    with sqlite.fresh() as url:
        event_loop.run(run(world_of(url), acts, seed))
