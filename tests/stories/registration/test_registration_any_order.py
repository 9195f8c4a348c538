"""Whatever people do, whatever falls in between: a registration holds what was said last, or there is none."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.app import build
from bot.config.settings import DatabaseSettings, Settings
from bot.config.settings import Telegram as TelegramSettings
from bot.process import event_loop
from db.delivery import inbox
from db.engine.database import Database
from db.people import participants
from db.programme import live_programme
from handlers.conversation import Conversation
from handlers.participant.registration import my_registration
from handlers.turn import RenderedReply, Turn
from handlers.updates import UpdateHandler
from rehearsal.clock import TurnableClock
from rehearsal.telegram.request import RehearsalRequest
from rehearsal.telegram.telegram import Telegram
from rehearsal.world import running
from telegram_io.incoming import IncomingMessage
from tests.support.world.databases import SqliteFiles
from tests.support.world.people import START, TOKEN, World
from tests.support.world.registration import ana_of, registers, rows
from tests.support.world.restart import again

QUESTIONS = {
    "name": "nombre completo",
    "organization": "organización o institución",
    "sector": "qué sector",
    "country": "qué país",
    "email": "correo electrónico",
    "sessions": "A qué sesiones",
    "needs": "interpretación",
    "consent": "todo bien",
}


async def test_after_a_restart_at_every_step_the_next_question_is_the_right_one(stage: World) -> None:
    """The bot falls after each update: the same question is asked again, the answer is taken."""
    async with running(stage.rehearsal):
        await stage.settle()
        ana = ana_of(stage)
        await ana.says("/registrarme")
    said = {"organization": "Casa", "country": "Perú", "email": "ana@casa.org", "sessions": "2", "needs": "Subtítulos"}
    pressed = {"name": "Ana Quiñones", "sector": "Academia", "consent": "Acepto"}
    for step, question in QUESTIONS.items():
        async with running(again(stage).rehearsal):
            await stage.settle()
            await ana.says("/registrarme")
            assert ana.heard(question), (step, ana.last)
        async with running(again(stage).rehearsal):
            await stage.settle()
            await (ana.says(said[step]) if step in said else ana.presses(pressed[step]))
    (kept,) = await rows(stage, "registrations")
    assert (kept["organization"], kept["email"], kept["country"]) == ("Casa", "ana@casa.org", "PE")


async def test_what_was_tapped_while_it_was_down_counts_once(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        ana = ana_of(stage)
        await registers(ana, until="sector")
    number, row, column = ana._find("Academia")
    for _ in range(3):
        stage.telegram.presses(ana.id, number, row, column)
    stage.telegram.says(ana.id, "Bolivia")
    async with running(again(stage).rehearsal):
        await stage.settle()
        assert "correo" in ana.last
        (state,) = await rows(stage, "dialogs")
        assert (state["answers"]["sector"], state["answers"]["country"]) == ("academia", "BO")


Kind = Literal["command", "press", "words", "other"]
Act = Callable[["Talker", random.Random], Awaitable[None]]
VALID = {
    "name": ["Ana Quiñones", "José <b>", "María de los Ángeles"],
    "organization": ["OIM", "Casa & Cía.", "Red «Sur»"],
    "sector": ["gobierno nacional", "universidad", "sociedad civil"],
    "country": ["Perú", "Haití", "Brasil"],
    "email": ["ana@casa.org", "b.c@exemplo.org"],
    "sessions": ["1", "2 y 3", "todas"],
    "needs": ["Subtítulos", "Rampa"],
}
MEANT = {
    "gobierno nacional": "national", "universidad": "academia", "sociedad civil": "civil", "Perú": "PE",
    "Haití": "HT", "Brasil": "BR", "1": [1], "2 y 3": [2, 3], "todas": [1, 2, 3, 4],
}  # fmt: skip


@dataclass
class Talker:
    """Somebody without a phone: hears buttons, remembers what was last said; the model of the truth."""

    url: str
    conversation: Conversation
    last: dict[str, Any] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)  # the buttons of the newest question
    older: list[str] = field(default_factory=list)
    number: int = 0
    before: IncomingMessage | None = None

    @property
    def step(self) -> str:
        """What is being asked."""
        return next((data.split(":")[1] for data in self.shown if data.startswith("reg:")), "")

    async def hears(self, kind: Kind, words: str = "") -> RenderedReply | None:
        """One update, taken in and answered as the front door does."""
        self.number += 1
        heard = IncomingMessage(self.number, kind, 7, "es", words, name="Ana Quiñones")
        async with self.conversation.database.transaction() as tx:
            await inbox.insert_new(tx, [inbox.NewUpdate(self.number, 1, "{}")], now=START)
        self.before = heard
        return self._seen(await self.conversation.answer(heard, ""))

    def _seen(self, answer: RenderedReply | None) -> RenderedReply | None:
        for said in answer.messages if answer else ():
            keys = [key["callback_data"] for row in (said.markup or {}).get("inline_keyboard", ()) for key in row]
            if any(each.startswith("reg:") for each in keys):
                self.older += self.shown
                self.shown = keys
        return answer

    def button(self, value: str) -> str | None:
        """The present question's button with that value."""
        return next((each for each in self.shown if each.startswith("reg:") and each.endswith(f":{value}")), None)


async def answer(talker: Talker, chance: random.Random) -> None:
    """Something that fits the question; markup is no name."""
    step = talker.step
    if step in VALID:
        words = chance.choice(VALID[step])
        await talker.hears("words", words)
        if step != "name" or "<" not in words:
            talker.last[step] = MEANT.get(words, words)


async def skip(talker: Talker, _chance: random.Random) -> None:
    """Only what is optional has that button."""
    if (button := talker.button("skip")) is not None:
        talker.last[talker.step] = None
        await talker.hears("press", button)


async def back(talker: Talker, _chance: random.Random) -> None:
    """One question back; what was said stays said."""
    if (button := talker.button("back")) is not None:
        await talker.hears("press", button)


async def cancel(talker: Talker, _chance: random.Random) -> None:
    """Everything anew."""
    await talker.hears("press", talker.button("cancel") or "")
    talker.last.clear()
    await talker.hears("command", "register")


async def stale(talker: Talker, chance: random.Random) -> None:
    """A button of a question that is answered."""
    present = ":".join(talker.shown[-1].split(":")[:3])
    if older := [each for each in talker.older if not each.startswith(f"{present}:")]:
        await talker.hears("press", chance.choice(older))


async def repeat(talker: Talker, _chance: random.Random) -> None:
    """Telegram brings the same update again."""
    if talker.before is not None:
        assert await talker.conversation.answer(talker.before, "") is None


async def restart(talker: Talker, _chance: random.Random) -> None:
    """Another process on the same database."""
    await talker.conversation.database.close()
    talker.conversation = conversation_of(talker.url)


def hearing(*heard: tuple[Kind, str]) -> Act:
    """Just those updates."""

    async def _act(talker: Talker, _chance: random.Random) -> None:
        for kind, words in heard:
            await talker.hears(kind, words)

    return _act


ACTS: dict[str, Act] = {
    "answer": answer,
    "skip": skip,
    "back": back,
    "cancel": cancel,
    "stale": stale,
    "repeat": repeat,
    "restart": restart,
    "photo": hearing(("other", "")),
    "question": hearing(("words", "¿cuándo es la sesión 2?")),
    "long": hearing(("words", "a" * 4000)),
    "menu": hearing(("press", "menu"), ("command", "register")),
    "zone": hearing(("command", "timezone"), ("command", "register")),
    "again": hearing(("command", "registrarme")),
}
CHOICE = (*ACTS, *("answer",) * 8)


def conversation_of(url: str) -> Conversation:
    """The bot, built anew on the same database."""
    clock = TurnableClock(START, speed=0)
    told = Settings(telegram=TelegramSettings(token=SecretStr(TOKEN)), database=DatabaseSettings(url=url))
    app = build(told, clock=clock, request=RehearsalRequest(Telegram(token=TOKEN, now=clock.now)))
    assert isinstance(app.work.handler, UpdateHandler)
    return app.work.handler.conversation


async def run(url: str, acts: list[str], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    talker = Talker(url, conversation_of(url))
    await open_sessions(talker.conversation.database)
    await talker.hears("command", "register")
    for what in acts:
        await ACTS[what](talker, chance)
    assert await kept(talker) is None, "nothing is registered before the last yes"
    for _ in range(len(QUESTIONS) + 1):
        if talker.step == "consent":
            break
        await answer(talker, chance)
        if talker.step == "name":
            await talker.hears("words", "Ana Quiñones")
            talker.last["name"] = "Ana Quiñones"
    await talker.hears("press", talker.button("yes") or "")
    found = await kept(talker)
    await talker.conversation.database.close()
    assert found == {**dict.fromkeys(VALID), **talker.last}, (acts, talker.last)


async def open_sessions(database: Database) -> None:
    """What the bot does at its start."""
    async with database.transaction() as tx:
        times = [
            (number, START + timedelta(days=number), START + timedelta(days=number, hours=1)) for number in (1, 2, 3, 4)
        ]
        await live_programme.update_from_content(tx, "pmm-2024", times, now=START)


async def kept(talker: Talker) -> dict[str, Any] | None:
    """The registration as it is in the database."""
    async with talker.conversation.database.transaction() as tx:
        person = await participants.find(tx, 7)
        assert person is not None
        return await my_registration.registration_answers(Turn(talker.conversation.services, person, START, tx))


@settings(
    max_examples=settings().max_examples // 3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=st.lists(st.sampled_from(CHOICE), max_size=25), seed=st.integers(0, 10_000))
def test_a_registration_holds_what_was_said_last(sqlite: SqliteFiles, acts: list[str], seed: int) -> None:
    with sqlite.fresh() as url:
        event_loop.run(run(url, acts, seed))


@pytest.mark.parametrize("seed", range(2))
async def test_the_same_on_both_databases(database_url: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    await run(database_url, [chance.choice(CHOICE) for _ in range(25)], seed)


async def test_two_replicas_cannot_take_the_same_step_twice(database_url: str) -> None:
    """The same question answered through two bots at once: one answer is taken, the other is asked again."""
    one, other = Talker(database_url, conversation_of(database_url)), conversation_of(database_url)
    await open_sessions(one.conversation.database)
    await one.hears("command", "register")
    await one.hears("words", "Ana Quiñones")
    await one.hears("words", "OIM")
    taps = [
        IncomingMessage(number, "press", 7, "es", one.button(value) or "")
        for number, value in ((101, "civil"), (102, "un"))
    ]
    async with other.database.transaction() as tx:
        await inbox.insert_new(tx, [inbox.NewUpdate(each.update_id, 1, "{}") for each in taps], now=START)
    answers = await asyncio.gather(one.conversation.answer(taps[0], ""), other.answer(taps[1], ""))
    assert sum(bool(each and each.toast) for each in answers) == 1
    assert all(each and "país" in each.messages[0].html for each in answers)
    for each in (one.conversation, other):
        await each.database.close()
