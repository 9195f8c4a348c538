"""/healthz, /readyz and /metrics, while polling and with a webhook."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import App, build
from bot.config.settings import ConfigError, Settings
from bot.http.health import tzdata_from
from bot.http.metrics import Metrics
from rehearsal.clock import TurnableClock
from rehearsal.telegram.request import RehearsalRequest
from rehearsal.telegram.telegram import Limits, Telegram
from rehearsal.world import running
from tests.support.telegram.local_telegram import until
from tests.support.telegram.webhook_bots import PATH, by_webhook, free_port, look, replicas
from tests.support.world.databases import failing
from tests.support.world.people import START, TOKEN, World


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Those of the tests, with a door."""
    return Settings(**settings.model_dump() | {"http": {"port": free_port()}})


async def readiness(app: App) -> tuple[int, dict[str, Any]]:
    status, told = await look(app, "/readyz")
    return status, json.loads(told)


async def test_a_bot_that_polls_is_alive_and_ready(world: World) -> None:
    app = world.rehearsal.app
    assert await look(app, "/healthz") == (200, "ok")
    status, told = await readiness(app)
    assert status == 200
    assert told.pop("scheduler_lag_seconds") < 60
    well = {"running": "ok", "database": "ok", "telegram": "ok", "scheduler": "ok"}
    assert told == {"ready": True, **well, "warnings": []}
    assert (await look(app, PATH))[0] == 404


async def test_what_is_not_well_is_named(world: World) -> None:
    app = world.rehearsal.app
    health, well = app.health, replace(app.health)
    health.tzdata_days, health.telegram_silent_seconds, health.late_seconds = 0, 0.0, 0.0
    with failing(app.database):
        status, told = await readiness(app)
    assert status == 503
    assert [name for name, word in told.items() if word == "not ok"] == ["database", "telegram", "scheduler"]
    assert told["warnings"][0].startswith("tzdata 20")
    health.telegram_silent_seconds, health.late_seconds = well.telegram_silent_seconds, well.late_seconds
    assert (await readiness(app))[0] == 200, "it is well again"


async def test_a_silent_telegram_is_asked(world: World) -> None:
    app = world.rehearsal.app
    app.health.ask_telegram_after_seconds = 0.0
    app.health.metrics.telegram_answered = None
    assert (await readiness(app))[0] == 200
    app.health.metrics.telegram_answered = None
    world.telegram.cut_line(cut=True)
    assert (await readiness(app))[1]["telegram"] == "not ok"
    world.telegram.cut_line(cut=False)


async def test_it_is_alive_and_not_ready_while_telegram_does_not_answer_at_start(
    stage: World,
) -> None:
    app = stage.rehearsal.app
    app.greet_again_seconds = 0.02
    stage.telegram.cut_line(cut=True)
    async with running(stage.rehearsal):
        await until(lambda: bool(app.http_server and app.http_server.servers and app.http_server.servers[0].started))
        assert await look(app, "/healthz") == (200, "ok")
        status, told = await readiness(app)
        assert (status, told["telegram"], told["scheduler"]) == (503, "not ok", "not ok")
        stage.telegram.cut_line(cut=False)
        async with asyncio.timeout(10):
            while (await look(app, "/readyz"))[0] != 200:  # noqa: ASYNC110 - a probe looks, too
                await asyncio.sleep(0.02)


async def test_the_figures(world: World) -> None:
    world.rehearsal.app.health.count_again_seconds = 0.0
    ana = world.person("Ana", last_name="Quiñones")
    await ana.says("/recordatorios")
    await ana.presses("Activar")
    await ana.says("¿cuándo es la sesión 2?")
    await ana.says("¿habrá café y comida vegana en la sede?")
    world.telegram.fails("sendMessage", status=429, retry_after=1)
    await world.turn_to("2024-10-22 17:00")
    status, page = await look(world.rehearsal.app, "/metrics")
    assert status == 200
    figures = dict(line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#"))
    for name, least in {
        'ciclo_updates_total{kind="message"}': 3,
        'ciclo_updates_total{kind="callback_query"}': 1,
        "ciclo_update_seconds_count": 4,
        'ciclo_questions_total{outcome="answered"}': 1,
        'ciclo_questions_total{outcome="unanswered"}': 1,
        'ciclo_telegram_answers_total{method="sendMessage",status="429"}': 1,
        'ciclo_outbox_rows{state="sent"}': 1,
        'ciclo_delivery_lateness_seconds_count{kind="reminder"}': 1,
        "ciclo_tzdata_age_days": 0,
        "ciclo_scheduler_lag_seconds": 0,
    }.items():
        assert float(figures[name]) >= least, name
    for secret in ("Ana", "Quiñones", str(ana.id), "vegana", TOKEN):
        assert secret not in page


async def test_a_webhooks_port_answers_all_of_it_unless_there_is_one_for_the_house(settings: Settings) -> None:
    clock = TurnableClock(START, speed=0)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
    one = Settings(**settings.model_dump() | {"http": {"port": 0}})
    async with replicas(one, telegram, clock, 1) as (app,):
        assert [(await look(app, path))[0] for path in ("/healthz", "/readyz", "/metrics")] == [200, 200, 200]
    async with replicas(settings, telegram, clock, 1) as (app,), aiohttp.ClientSession() as session:
        assert (await look(app, "/metrics"))[0] == 200
        assert (await look(app, PATH))[0] == 404
        outside = f"http://127.0.0.1:{app.settings.telegram.webhook.port}"
        async with session.get(f"{outside}/metrics") as reply:
            assert reply.status == 404
        async with session.get(f"{outside}/readyz") as reply:
            assert reply.status == 200


async def test_a_port_that_somebody_else_has_is_said_in_one_line(settings: Settings) -> None:
    app = build(by_webhook(settings, settings.http.port), request=RehearsalRequest(silent()))
    other = await asyncio.start_server(lambda *_: None, "127.0.0.1", settings.http.port)
    async with other:
        with pytest.raises(ConfigError, match=f"cannot listen on 127.0.0.1, port {settings.http.port}: "):
            await app.run(asyncio.Event())


def silent() -> Telegram:
    return Telegram(token=TOKEN, now=TurnableClock(START, speed=0).now)


def test_the_age_of_the_time_zones() -> None:
    assert datetime(2026, 1, 1, tzinfo=UTC).date() <= tzdata_from()


def test_the_dashboard_shows_what_is_measured() -> None:
    board = (Path(__file__).parents[3] / "docs" / "grafana-dashboard.json").read_text("utf-8")
    asked = {target["expr"] for panel in json.loads(board)["panels"] for target in panel.get("targets", [])}
    page = Metrics().page().decode()
    known = {line.split()[2] for line in page.splitlines() if line.startswith("# TYPE")}
    named = {
        word
        for expr in asked
        for word in expr.replace("(", " ").replace("[", " ").replace("{", " ").replace(")", " ").split()
        if word.startswith("ciclo_")
    }
    bases = {name.removesuffix("_bucket").removesuffix("_count").removesuffix("_sum") for name in named}
    assert bases <= known
    assert {name for name in known if name.startswith("ciclo_") and not name.endswith("_created")} <= bases
