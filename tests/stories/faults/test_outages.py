"""The bot stops, falls, or is cut off; people notice as little as can be."""

from datetime import datetime, timedelta

import pytest

from bot.updates import Polling
from db.delivery import outbox
from rehearsal.world import running
from tests.support.telegram.local_telegram import until
from tests.support.thorough import one_in
from tests.support.world.people import Person, World
from tests.support.world.reminders import reminders, subscribes
from tests.support.world.restart import again


async def subscribed(stage: World) -> Person:
    async with running(stage.rehearsal):
        await stage.settle()
        ana = stage.person("Ana")
        await subscribes(ana)
    return ana


LADDER = [
    # down until, what comes then
    ("2024-10-22 20:00", ["Recordatorio: sesión 1 / Inicio: en 21 horas"]),
    ("2024-10-23 16:30", ["Recordatorio: sesión 1 / Inicio: en 30 minutos"]),
    ("2024-10-23 16:55", ["Recordatorio: sesión 1 / Inicio: en 5 minutos"]),
    ("2024-10-23 17:20", ["La sesión 1 ya comenzó / Motores de la migración y vías regulares"]),
    ("2024-10-23 18:30", []),
    ("2024-10-29 16:30", ["Recordatorio: sesión 2 / Inicio: en 30 minutos"]),
]


@pytest.mark.parametrize(("until", "came"), LADDER)
async def test_after_an_outage_one_message_of_the_right_rung_and_never_a_stale_one(
    stage: World, until: str, came: list[str]
) -> None:
    ana = await subscribed(stage)
    stage.rehearsal.clock.jump(datetime.fromisoformat(f"{until}+00:00"))
    async with running(again(stage).rehearsal):
        await stage.settle()
        assert reminders(ana) == came


# Down from before the first reminder of a session until so long before its start (negative: after it), and what comes.
RUNGS = [
    (timedelta(hours=20), "Inicio: en 20 horas"),
    (timedelta(minutes=59), "Inicio: en 59 minutos"),
    (timedelta(minutes=1), "Inicio: en 1 minuto"),
    (timedelta(minutes=-1), "ya comenzó"),
    (timedelta(minutes=-89), "ya comenzó"),
    (timedelta(minutes=-91), None),
]


# Every session with the second rung, and every rung with the first session or with the last; thoroughly with both.
LADDERS = [(2, *RUNGS[1]), (3, *RUNGS[1])] + [
    (number, *rung) for place, rung in enumerate(RUNGS) for number in one_in(2, (1, 4), begin=place)
]


@pytest.mark.parametrize(("number", "left", "came"), LADDERS)
async def test_the_ladder_around_each_session(stage: World, number: int, left: timedelta, came: str | None) -> None:
    """One message of the right rung, whichever session it is; after its end none of it."""
    ana = await subscribed(stage)
    start = next(each.starts_at for each in stage.rehearsal.app.cycle.sessions if each.number == number)
    stage.rehearsal.clock.jump(start - left)
    async with running(again(stage).rehearsal):
        await stage.settle()
    of_it = [each for each in reminders(ana) if f"sesión {number}" in each]
    assert [came in each for each in of_it] == [True] if came is not None else of_it == []


async def test_what_was_said_while_the_bot_was_down_is_answered_when_it_is_back(stage: World) -> None:
    ana = await subscribed(stage)
    stage.telegram.says(ana.id, "/sesiones")
    async with running(again(stage).rehearsal):
        await stage.settle()
        assert "Las sesiones" in ana.last


async def test_the_bot_starts_while_telegram_does_not_answer(stage: World) -> None:
    stage.rehearsal.app.greet_again_seconds = 0.02
    ana = stage.person("Ana")
    stage.telegram.says(ana.id, "/sesiones")
    stage.telegram.fails("getMe", status=502, times=3)
    async with running(stage.rehearsal):
        await stage.settle()
        assert "Las sesiones" in ana.last


@pytest.mark.sets_menu
async def test_the_menu_cannot_be_set_and_the_bot_runs_all_the_same(stage: World) -> None:
    stage.telegram.fails("setMyCommands", status=429, retry_after=3600)
    async with running(stage.rehearsal):
        ana = stage.person("Ana")
        await ana.says("/sesiones")
        assert ana.heard("Las sesiones")


@pytest.mark.sets_menu
async def test_the_menu_is_in_each_language_under_its_names(world: World) -> None:
    for language, name in {"es": "sesiones", "pt": "sessoes", "en": "sessions", "fr": "seances"}.items():
        body = (await world.telegram.call(world.telegram.token, "getMyCommands", {"language_code": language})).body
        assert name in [each["command"] for each in body["result"]]


async def test_an_update_that_comes_twice_is_answered_once(world: World) -> None:
    ana = world.person("Ana")
    world.telegram.says(ana.id, "/sesiones")
    update = dict(world.telegram.waiting[-1])
    await world.settle()
    world.telegram.waiting.append(update)
    world.telegram.news.set()
    await world.settle()
    assert [each.text[:12] for each in ana.chat if each.from_bot] == ["Las sesiones"]


async def test_a_cut_line_delays_answers_and_loses_none(world: World) -> None:
    polling = world.rehearsal.app.fetching
    assert isinstance(polling, Polling)
    polling.longest_pause_seconds = 0.05
    ana = world.person("Ana")
    world.telegram.cut_line(cut=True)
    world.telegram.says(ana.id, "/sesiones")
    world.telegram.cut_line(cut=False)
    await world.settle()
    assert "Las sesiones" in ana.last


async def test_a_reply_that_meets_a_429_comes_a_little_later(world: World) -> None:
    ana = world.person("Ana")
    world.telegram.fails("sendMessage", status=429, retry_after=1)
    await ana.says("/sesiones")
    assert ana.heard("Las sesiones")


async def test_one_chat_is_answered_in_order(world: World) -> None:
    ana = world.person("Ana")
    for number in (1, 2, 3, 4):
        world.telegram.says(ana.id, f"/start s{number}")
    await world.settle()
    assert [each.text[:8] for each in ana.chat if each.from_bot] == [f"Sesión {number}" for number in (1, 2, 3, 4)]


async def test_a_feature_that_fails_says_sorry_and_does_not_stop_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret words of a person")

    ana = world.person("Ana")
    await ana.says("/idioma")
    with monkeypatch.context() as patch:
        patch.setattr("handlers.conversation.Conversation._reply", broken)
        await ana.says("/sesiones")
        assert ana.heard("Algo falló de mi lado")
    await ana.says("/sesiones")
    assert ana.heard("Las sesiones")


async def test_an_answer_that_a_stop_cuts_short_is_said_at_the_next_start(stage: World) -> None:
    stage.rehearsal.app.stop_seconds = 0.1
    ana = stage.person("Ana")
    async with running(stage.rehearsal):
        await stage.settle()
        stage.telegram.fails("sendMessage", status=429, retry_after=30)
        stage.telegram.says(ana.id, "/zonahoraria")
        await until(lambda: any(each.status == 429 for each in stage.telegram.calls))
    assert [each for each in ana.chat if each.from_bot] == []
    async with running(again(stage).rehearsal):
        await stage.settle()
        assert "Todavía no sé dónde está" in ana.last
        await ana.presses("Elegir país")
        assert ana.heard("¿En qué país está?")


async def test_a_reminder_that_fails_on_our_side_is_not_tried_in_circles(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug of ours")

    ana = world.person("Ana")
    await subscribes(ana)
    monkeypatch.setattr("reminders.messages.message_builder.reminder_reply", broken)
    await world.turn_to("2024-10-22 17:00")
    async with world.rehearsal.app.database.transaction() as tx:
        assert await outbox.totals(tx) == {"refused": 1}


async def down_while(stage: World, *words: str, minutes: int) -> Person:
    """Ana writes that while the bot is down, which it stays for so long."""
    ana = await subscribed(stage)
    for each in words:
        stage.telegram.says(ana.id, each)
    stage.rehearsal.clock.jump(stage.rehearsal.clock.now() + timedelta(minutes=minutes))
    ana.listen()
    async with running(again(stage).rehearsal):
        await stage.settle()
    return ana


async def test_after_a_long_outage_each_person_is_answered_once(stage: World) -> None:
    ana = await down_while(stage, "¿cuándo es la sesión 2?", "hola??", "¿de qué trata la sesión 3?", minutes=40)
    (answer,) = ana.news
    assert answer.text.startswith("Perdón por la demora: estuve sin conexión.")
    assert "Gobernanza" in answer.text


async def test_after_a_moment_everything_is_answered_as_ever(stage: World) -> None:
    ana = await down_while(stage, "¿cuándo es la sesión 2?", "¿de qué trata la sesión 3?", minutes=2)
    assert len(ana.news) == 2
    assert "demora" not in ana.last


async def test_what_was_written_in_the_middle_of_a_registration_counts_all_the_same(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        ana = stage.person("Ana", language="es-AR")
        await ana.says("/registrarme")
    stage.telegram.says(ana.id, "Ana Quiñones")
    stage.telegram.says(ana.id, "Casa del Migrante")
    stage.rehearsal.clock.jump(stage.rehearsal.clock.now() + timedelta(hours=3))
    ana.listen()
    async with running(again(stage).rehearsal):
        await stage.settle()
        (answer,) = ana.news
        assert "sector" in answer.text
        await ana.presses("Sociedad civil")
        assert ana.heard("país")


async def test_a_press_of_long_ago_gets_a_card_of_its_own(stage: World) -> None:
    """Telegram gives up waiting for its acknowledgement; the old card may be far above by now."""
    ana = await subscribed(stage)
    before = len(ana.chat)
    number = ana.chat[-1].id
    stage.telegram.forges_press(ana.id, number, "s:2")
    stage.telegram.seconds_ahead += 16
    stage.rehearsal.clock.jump(stage.rehearsal.clock.now() + timedelta(minutes=40))
    async with running(again(stage).rehearsal):
        await stage.settle()
    assert len(ana.chat) == before + 1
    assert "Sesión 2" in ana.last
