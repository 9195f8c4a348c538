"""Asks the whole bot labelled questions on phones, each by somebody new, in a world made as the question says."""

import asyncio
import json
import tempfile
import zoneinfo
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.config.settings import Organizers, Settings
from db.people import attendances, registrations, subscriptions
from db.people.participants import find
from db.programme import live_programme
from rehearsal.clock import TurnableClock
from rehearsal.telegram.telegram import Limits, Telegram
from rehearsal.world import Rehearsal, running
from tests.support.knowledge.phone_labels import Heard, Verdict, judge
from tests.support.world.databases import SqliteFiles
from tests.support.world.people import TOKEN, Person, World
from tests.support.world.restart import built

CYCLE = "pmm-2024"
LINK = "https://meet.example.org/abc"
_NOON = "2024-10-21T12:00"
_PHONES = {"es": "es", "pt": "pt-br", "en": "en", "fr": "fr"}
_OWNER = 1_000_001  # the first to join


@dataclass(frozen=True)
class PhoneQuestion:
    """One question of a set: what is typed (the last is judged), when, in which world, and the labels of its answer."""

    id: str
    lang: str
    kind: str
    asked: tuple[str, ...]
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    now: str = _NOON  # in Argentina
    phone: str = ""
    setup: str = ""

    @property
    def expected_language(self) -> str | None:
        """The one that the answer has to be in; None where the team has published it in one only."""
        return None if "published" in self.setup else self.phone or self.lang


@dataclass(frozen=True)
class PhoneAnswer:
    """A question, what came, and how good that is."""

    question: PhoneQuestion
    heard: Heard
    verdict: Verdict


def read_questions(path: Path) -> list[PhoneQuestion]:
    """The questions of that file."""
    return [_question(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _question(row: Mapping[str, Any]) -> PhoneQuestion:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return PhoneQuestion(**values)


async def answer_all(questions: Iterable[PhoneQuestion]) -> list[PhoneAnswer]:
    """Every one, asked of a bot that stands in the world it needs; in their order."""
    zoneinfo.reset_tzpath(to=())
    ordered = sorted(questions, key=_world_of)
    found: list[PhoneAnswer] = []
    with tempfile.TemporaryDirectory() as folder:
        # It runs an event loop of its own.
        files = await asyncio.to_thread(SqliteFiles, Path(folder))
        for (setup, now), those in groupby(ordered, _world_of):
            async with a_world(files, setup, now) as world:
                found += [await _answer(world, question) for question in those]
    return sorted(found, key=lambda each: each.question.id)


def _world_of(question: PhoneQuestion) -> tuple[str, str]:
    return question.setup, question.now


@asynccontextmanager
async def a_world(files: SqliteFiles, setup: str = "", now: str = _NOON) -> AsyncIterator[World]:
    """The whole bot at that moment in Argentina, with that change of the programme or word of the team."""
    with files.fresh() as url:
        settings = _settings(url)
        clock = TurnableClock(datetime.fromisoformat(f"{now}-03:00"), speed=0)
        telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
        world = World(Rehearsal(telegram, clock, built(settings, clock, telegram)), settings)
        async with running(world.rehearsal):
            await world.settle()
            olga = world.person("Olga")
            await _stand(world, olga, setup)
            yield world


def _settings(url: str) -> Settings:
    values = {
        "telegram": {"token": TOKEN},
        "database": {"url": url},
        "delivery": {"rate": 1000, "per_chat": 30},
        "limits": {"messages": 1_000_000},
    }
    return Settings(**values).model_copy(update={"organizers": Organizers(ids=(_OWNER,))})  # type: ignore[arg-type] # pydantic reads the plain values


async def _stand(world: World, olga: Person, setup: str) -> None:
    """Brings the programme into that state: "moved2", "off3", "link1", "published_certificate"; else leaves it."""
    app = world.rehearsal.app
    now = world.rehearsal.clock.now()
    if setup == "published_certificate":
        await _publish(world, olga)
    async with app.database.transaction() as tx:
        live = await live_programme.programme(tx, CYCLE)
        if setup == "moved2":
            by = timedelta(hours=26)
            await live_programme.move(tx, live[2].id, live[2].starts_at + by, live[2].ends_at + by, now=now)
        elif setup == "off3":
            await live_programme.cancel(tx, live[3].id, now=now)
        elif setup == "link1":
            await live_programme.set_detail(tx, live[1].id, "link", {"url": LINK}, expected=0, now=now)
            await live_programme.set_detail(tx, live[1].id, "platform", "Zoom", expected=1, now=now)
    app.work.scheduler.refresh()
    await world.settle()


async def _publish(world: World, olga: Person) -> None:
    """The team answers whether there is a certificate, and lets the bot say it to everybody."""
    await olga.says("/start")
    ana = world.person("Ana", language="es")
    await ana.says("/start")
    await ana.forges("+team")
    await ana.says("¿Entregan certificado de asistencia?")
    await olga.says("/preguntas")
    await olga.presses("Ver 1")
    await olga.presses("Contestar")
    await olga.says("Sí, se entrega una constancia a quien asista a las cuatro sesiones.")
    for label in ("Enviar la respuesta", "Publicar para cualquiera que pregunte", "Publicar"):
        await olga.presses(label)


async def _answer(world: World, question: PhoneQuestion) -> PhoneAnswer:
    person = world.person("Ana", language=_PHONES[question.phone or question.lang])
    await person.says("/start")
    await _prepare(world, person, question.setup)
    for words in question.asked:
        await person.says(words)
    heard = heard_by(person)
    return PhoneAnswer(question, heard, judge(question.says, question.never, heard, question.expected_language))


def heard_by(person: Person) -> Heard:
    """The new messages on that phone, and the labels under them."""
    news = person.news
    labels = (button["text"] for message in news for row in message.keyboard for button in row)
    return Heard(tuple(message.text for message in news), tuple(labels))


async def _prepare(world: World, person: Person, setup: str) -> None:
    """Registers them where `setup` says so: "registered:1,2", "waiting:1"; "link1" gives a place in session 1."""
    kind, _, numbers = ("registered", ":", "1") if setup == "link1" else setup.partition(":")
    if kind not in {"registered", "waiting"}:
        return
    await _register(world, person, [int(each) for each in numbers.split(",")], waiting=kind == "waiting")


async def _register(world: World, person: Person, numbers: Sequence[int], *, waiting: bool) -> None:
    now = world.rehearsal.clock.now()
    answers = {
        "name": "Ana Paz",
        "organization": "Casa",
        "sector": "civil",
        "country": "AR",
        "email": None,
        "needs": None,
    }
    async with world.rehearsal.app.database.transaction() as tx:
        found = await find(tx, person.id)
        assert found is not None, "they have written /start"
        live = await live_programme.programme(tx, CYCLE)
        await registrations.register(tx, found.id, CYCLE, answers, now=now)
        for number in numbers:
            await attendances.join(tx, found.id, live[number].id, 0 if waiting else None, now=now)
        await subscriptions.turn_on(tx, found.id, [live[each].id for each in numbers], ["24h", "1h"], now=now)
    world.rehearsal.app.work.scheduler.refresh()
