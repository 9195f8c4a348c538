"""The start: Telegram is asked at once, and what comes before everything else is made waits and is answered."""

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from babel.messages.catalog import Catalog

from bot.app import App
from bot.command_line import _leaves as leaves
from bot.config.checking import MENDABLE
from bot.work import Work
from locales import translator
from locales.localized import Language
from locales.translator import CatalogueError, load_catalogues
from rehearsal.world import running
from tests.support.telegram.local_telegram import until
from tests.support.world.people import World
from tests.support.world.registration import rows
from tests.support.world.restart import again


class Held:
    """Makes the work of a bot only once it is allowed to; a test that forgets is let go by the clock."""

    def __init__(self, make: Callable[[], Work]) -> None:
        self._make = make
        self.allowed, self.made_by = threading.Event(), set[int]()

    def __call__(self) -> Work:
        """Waits, in the thread that asks, and makes it."""
        self.made_by.add(threading.get_ident())
        assert self.allowed.wait(30)
        return self._make()


def unmade(stage: World) -> App:
    """The bot as it starts: stories have made its work already, to set its pace."""
    app = stage.rehearsal.app
    del app.work
    return app


@pytest.fixture
def held(stage: World) -> Iterator[Held]:
    """The making of what answers, plans and sends."""
    app = unmade(stage)
    app.make_work = held = Held(app.make_work)
    yield held
    held.allowed.set()


async def test_what_is_said_while_things_are_being_made_is_kept_at_once_and_answered_then(
    stage: World, held: Held
) -> None:
    """Telegram is told to forget it only once it is in the inbox; the loop goes on meanwhile, and is not ready."""
    app, ana = stage.rehearsal.app, stage.person("Ana")
    async with running(stage.rehearsal):
        await until(stage.telegram.getting_updates)
        stage.telegram.says(ana.id, "¿cuándo es la sesión 2?")
        await until(stage.telegram.updates_settled)
        (kept,) = await rows(stage, "inbox")
        assert (kept["handled_at"], kept["owner"]) == (None, None), "another replica may answer it"
        assert not app.idle()
        ready, told = await app.health.readiness()
        assert (ready, told["scheduler"]) == (False, "not ok")
        assert ana.chat[-1].text == "¿cuándo es la sesión 2?"
        held.allowed.set()
        await stage.settle()
        assert "29 de octubre" in ana.last
        assert (await app.health.readiness())[0]
    assert held.made_by
    assert threading.get_ident() not in held.made_by


async def test_nothing_is_sent_first_before_it_is_known_what_is_stale(stage: World, held: Held) -> None:
    async with running(stage.rehearsal):
        await until(stage.telegram.getting_updates)
        await asyncio.sleep(0.02)
        assert {each.method for each in stage.telegram.calls} <= {"getMe", "getWebhookInfo", "getUpdates"}
        held.allowed.set()
        await stage.settle()


async def test_a_stop_before_anything_is_made_leaves_what_was_said_for_the_next_start(stage: World, held: Held) -> None:
    ana = stage.person("Ana")
    stage.rehearsal.app.stop_seconds = 0.05
    async with running(stage.rehearsal):
        await until(stage.telegram.getting_updates)
        stage.telegram.says(ana.id, "/sesiones")
        await until(stage.telegram.updates_settled)
    held.allowed.set()
    assert [row["handled_at"] for row in await rows(stage, "inbox")] == [None]
    async with running(again(stage).rehearsal):
        await stage.settle()
        assert ana.heard("Las sesiones")


@pytest.fixture
def broken_french(stage: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The French sentences cannot be read."""
    read = translator.read_catalogue

    def refuse(language: Language) -> Catalog:
        if language == "fr":
            raise CatalogueError("locales/fr: line 7 is broken")
        return read(language)

    unmade(stage)
    load_catalogues.cache_clear()
    monkeypatch.setattr(translator, "read_catalogue", refuse)
    yield
    load_catalogues.cache_clear()


@pytest.mark.usefixtures("broken_french")
async def test_sentences_that_cannot_be_read_end_the_start_and_nothing_said_is_lost(stage: World) -> None:
    ana = stage.person("Ana")
    stage.telegram.says(ana.id, "/sesiones")
    with pytest.raises(ExceptionGroup) as ended:
        async with running(stage.rehearsal):
            await asyncio.sleep(30)
    (shown,) = leaves(ended.value)
    assert isinstance(shown, MENDABLE)
    assert str(shown) == "locales/fr: line 7 is broken"
    assert not any(each.from_bot for each in ana.chat)
    assert not stage.telegram.updates_settled() or [row["handled_at"] for row in await rows(stage, "inbox")] == [None]
