"""The webhook's door: who may knock, what is taken in, and what strangers learn (nothing)."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.app import App
from bot.config.settings import Settings, read_settings
from bot.http.webhook import SECRET_HEADER, Webhook, secret_of
from db.delivery import inbox
from rehearsal.clock import TurnableClock
from rehearsal.telegram.telegram import Limits, Telegram
from tests.support.telegram.local_telegram import until
from tests.support.telegram.webhook_bots import PATH, by_webhook, replicas
from tests.support.world.people import START, TOKEN


@dataclass
class Door:
    """One running bot and its door."""

    app: App
    telegram: Telegram
    session: aiohttp.ClientSession
    ana: int

    async def knock(self, body: bytes, *, method: str = "POST", path: str = PATH, **headers: str) -> tuple[int, str]:
        """A call, with the right secret unless told otherwise."""
        hook = self.app.settings.telegram.webhook
        given = {SECRET_HEADER: secret_of(self.app.settings)} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        async with self.session.request(
            method, f"http://127.0.0.1:{hook.port}{path}", data=body, headers=given
        ) as reply:
            return reply.status, await reply.text()

    def update(self, number: int, words: str = "/sesiones") -> bytes:
        """As Telegram would send it."""
        who = {"id": self.ana, "is_bot": False, "first_name": "Ana", "language_code": "es"}
        chat = {"id": self.ana, "type": "private", "first_name": "Ana"}
        message = {"message_id": 1, "date": int(START.timestamp()), "chat": chat, "from": who, "text": words}
        return json.dumps({"update_id": number, "message": message}).encode()

    def answers(self) -> list[str]:
        """What the bot wrote to her."""
        return [each.text for each in self.telegram.chat(self.ana) if each.from_bot]


@pytest.fixture
async def door(settings: Settings) -> AsyncIterator[Door]:
    clock = TurnableClock(START, speed=0)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
    ana = telegram.joins("Ana", language_code="es").id
    telegram.says(ana, "/start")
    async with replicas(settings, telegram, clock, 1) as apps, aiohttp.ClientSession() as session:
        await until(telegram.updates_settled)
        await until(apps[0].idle)
        yield Door(apps[0], telegram, session, ana)


WRONG = [
    # body, how, what comes back
    (b"{}", {"method": "GET"}, (405, "Method Not Allowed")),
    (b"{}", {"method": "PUT"}, (405, "Method Not Allowed")),
    (b"{}", {"path": "/"}, (404, "Not Found")),
    (b"{}", {"path": f"{PATH}/more"}, (404, "Not Found")),
    (b"{}", {SECRET_HEADER: ""}, (403, "Forbidden")),
    (b"{}", {SECRET_HEADER: "guess"}, (403, "Forbidden")),
    (b"{}", {SECRET_HEADER: "ñ" * 64}, (403, "Forbidden")),
    (b"", {}, (400, "Bad Request")),
    (b"no json", {}, (400, "Bad Request")),
    (b'"update"', {}, (400, "Bad Request")),
    (b"[]", {}, (400, "Bad Request")),
    (b"{}", {}, (400, "Bad Request")),
    (b'{"update_id": "1"}', {}, (400, "Bad Request")),
    (b'{"update_id": true}', {}, (400, "Bad Request")),
    (b'{"update_id": -1}', {}, (400, "Bad Request")),
    (b'{"update_id": 9223372036854775808}', {}, (400, "Bad Request")),
    (b'{"update_id": 1, "x": "\xff"}', {}, (400, "Bad Request")),
    (b"[" * 100_000, {}, (400, "Bad Request")),
    (b" " * (2**20 + 1), {}, (413, "Content Too Large")),
]


async def test_whatever_is_not_telegrams_gets_a_plain_status_and_changes_nothing(door: Door) -> None:
    for body, how, expected in WRONG:
        assert await door.knock(body, **how) == expected, (body[:40], how)
    assert len(door.answers()) == 1
    assert door.app.idle()


async def test_a_body_that_never_ends_is_cut_off(door: Door) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 2**16

    url = f"http://127.0.0.1:{door.app.settings.telegram.webhook.port}{PATH}"
    headers = {SECRET_HEADER: secret_of(door.app.settings)}
    try:
        async with door.session.post(url, data=endless(), headers=headers) as reply:
            assert reply.status == 413
    except aiohttp.ClientConnectionError:
        pass  # cut off before it had read our answer
    assert door.app.health.metrics.refused.labels("size")._value.get() == 1


async def test_what_is_acknowledged_is_in_the_inbox(door: Door) -> None:
    """Even if it is not answered yet."""
    door.telegram.answering.clear()
    assert await door.knock(door.update(900)) == (200, "")
    async with door.app.database.transaction() as tx:
        assert await inbox.count_waiting(tx, most=10) == 1
    door.telegram.answering.set()
    await until(door.app.idle)


async def test_twice_the_same_is_acknowledged_twice_and_answered_once(door: Door) -> None:
    for _ in range(3):
        assert (await door.knock(door.update(900)))[0] == 200
    await until(door.app.idle)
    assert len(door.answers()) == 2


UNUSUAL: list[dict[str, Any]] = [
    {},
    {"message": None},
    {"message": 5},
    {"message": {}},
    {"message": {"chat": []}},
    {"something_new": {"from": 7}},
    {"callback_query": {"id": 1, "from": None}},
]


async def test_unusual_updates_with_the_secret_are_acknowledged_and_do_not_stop_the_next(door: Door) -> None:
    """Refused, Telegram would bring them again and again."""
    for number, unusual in enumerate(UNUSUAL):
        assert (await door.knock(json.dumps({"update_id": 900 + number} | unusual).encode()))[0] == 200, unusual
    assert (await door.knock(door.update(990)))[0] == 200
    await until(lambda: len(door.answers()) == 2)
    await until(door.app.idle)


async def test_where_too_much_waits_telegram_is_told_to_come_again(door: Door) -> None:
    webhook = door.app.fetching
    assert isinstance(webhook, Webhook)
    webhook.hold_seconds = 0.01
    door.app.queue.most_waiting, door.app.queue.count_again_seconds = 5, 0.0
    door.telegram.answering.clear()  # answers take their time
    statuses: list[int] = []
    for number in range(20):
        statuses.append((await door.knock(door.update(900 + number)))[0])
        await asyncio.sleep(0.03)
    taken = statuses.count(200)
    assert statuses == [200] * taken + [503] * (20 - taken)
    assert 5 <= taken < 10
    door.telegram.answering.set()
    await until(lambda: len(door.answers()) == 1 + taken)
    await until(door.app.idle)
    assert (await door.knock(door.update(919)))[0] == 200, "there is room again"
    await until(lambda: len(door.answers()) == 2 + taken)


async def test_a_call_is_held_for_a_moment_where_there_may_soon_be_room(door: Door) -> None:
    door.app.queue.most_waiting, door.app.queue.count_again_seconds = 1, 0.0
    door.telegram.answering.clear()
    assert (await door.knock(door.update(929)))[0] == 200
    await asyncio.sleep(0.05)
    async with asyncio.TaskGroup() as group:
        called = group.create_task(door.knock(door.update(930)))
        await asyncio.sleep(0.2)
        assert not called.done()
        door.telegram.answering.set()
    assert called.result()[0] == 200
    await until(lambda: len(door.answers()) == 3)


async def test_telegram_is_told_the_address_the_secret_and_what_we_want(door: Door) -> None:
    hook = door.telegram.webhook
    assert hook["url"] == door.app.settings.telegram.webhook.url
    assert hook["secret_token"] == secret_of(door.app.settings)
    assert hook["max_connections"] == 100
    assert door.telegram.allowed == ["message", "edited_message", "callback_query", "my_chat_member", "inline_query"]


def test_the_secret_is_the_operators_or_comes_from_the_token(settings: Settings) -> None:
    made = secret_of(by_webhook(settings, 8080))
    assert len(made) == 64
    assert TOKEN not in made
    assert made == secret_of(by_webhook(settings, 9090)), "the same in every replica"
    assert secret_of(by_webhook(settings, 8080, secret="ours")) == "ours"  # noqa: S106 - nobody's


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('url = "http://bot.example.org/x"', "telegram.webhook.url: write it like https://bot.example.org/telegram"),
        ('url = "bot.example.org"', "telegram.webhook.url: write it like"),
        (
            'url = "https://bot.example.org:9000/"',
            "telegram.webhook.url: Telegram calls the ports 443, 80",
        ),
        ('url = "https://bot.example.org/metrics"', "telegram.webhook.url: /metrics is taken"),
        ('secret = "with spaces"', "telegram.webhook.secret: at most 256 letters, digits, _ and -"),
    ],
)
def test_what_telegram_would_refuse_is_said_at_start(tmp_path: Any, line: str, said: str) -> None:  # noqa: ANN401 - a path
    file = tmp_path / "config.toml"
    file.write_text(f"[telegram.webhook]\n{line}\n")
    with pytest.raises(Exception, match="config") as error:
        read_settings(file)
    assert said in str(error.value)
