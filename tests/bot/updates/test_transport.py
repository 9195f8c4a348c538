"""Our way to Telegram over real HTTP: what is said arrives, with its buttons, changed in place, and with files."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import structlog
from telegram import Bot, BotCommand
from telegram.error import NetworkError, TelegramError

from locales.translator import File, Message
from rehearsal.clock import TurnableClock
from rehearsal.telegram.telegram import Limits, Telegram
from telegram_io.sender import Sender
from telegram_io.transport import AiohttpRequest, DiscreetRequest, make_bot
from telegram_io.updates import UpdateFetcher, read_update
from tests.support.telegram.local_telegram import served
from tests.support.world.people import START, TOKEN

BUTTONS = {"inline_keyboard": [[{"text": "Menú", "callback_data": "menu"}]]}


@dataclass
class Line:
    """A bot of ours, and the Telegram at the other end."""

    bot: Bot
    sender: Sender
    fetcher: UpdateFetcher
    telegram: Telegram
    ana: int


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    telegram = Telegram(token=TOKEN, now=TurnableClock(START, speed=0).now, limits=Limits(enforced=False))
    ana = telegram.joins("Ana", language_code="es")
    telegram.says(ana.id, "hola")
    async with served(telegram) as address:
        one, other = AiohttpRequest(), AiohttpRequest()
        async with make_bot(TOKEN, address, one, other) as bot:
            yield Line(bot, Sender(bot), UpdateFetcher(bot, other), telegram, ana.id)


async def test_words_and_buttons_arrive_and_are_changed_in_place(line: Line) -> None:
    words = "¿Qué <b>tal</b>? ñ 😀 &amp; «x» \u2028"
    assert (await line.sender.send(line.ana, Message(words, BUTTONS))).state == "sent"
    sent = line.telegram.chat(line.ana)[-1]
    assert "ñ 😀 & «x»" in sent.text
    assert sent.keyboard[0][0]["callback_data"] == "menu"
    for _ in range(2):  # a second time it says so already, and that is as good
        assert (await line.sender.edit(line.ana, sent.id, Message("otra cosa", None))).state == "sent"
    changed = line.telegram.chat(line.ana)[-1]
    assert (changed.id, changed.text, list(changed.keyboard)) == (sent.id, "otra cosa", [])


async def test_a_phones_own_keyboard_arrives_and_is_put_away(line: Line) -> None:
    share = {"keyboard": [[{"text": "Aquí", "request_location": True}]], "resize_keyboard": True}
    assert (await line.sender.send(line.ana, Message("¿Dónde?", share))).state == "sent"
    assert (await line.sender.send(line.ana, Message("Gracias", {"remove_keyboard": True}))).state == "sent"


async def test_what_telegram_refuses_is_told_from_who_cannot_be_reached(line: Line) -> None:
    empty = await line.sender.send(line.ana, Message("", None))
    assert (empty.state, "text is empty" in (empty.reason or "")) == ("refused", True)
    assert (await line.sender.send(404, Message("hola", None))).state == "refused"
    stranger = line.telegram.joins("Beto")
    assert (await line.sender.send(stranger.id, Message("hola", None))).state == "unreachable"


@dataclass
class Scripted(DiscreetRequest):
    """A line at whose other end always the same answer comes."""

    status: int
    body: bytes

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(self, *_args: object, **_more: object) -> tuple[int, bytes]:
        return self.status, self.body


@pytest.mark.parametrize(
    ("status", "body", "state"),
    [
        (200, b"<html>", "unknown"),
        (200, b"[]", "unknown"),
        (200, b'{"ok": true}', "unknown"),
        (200, b'{"ok": true, "result": true}', "unknown"),
        (502, b"<html>", "later"),
        (429, b'{"ok": false, "parameters": {"retry_after": 7}}', "later"),
        (400, b'{"ok": false, "parameters": {"migrate_to_chat_id": -7}}', "moved"),
        (403, b'{"ok": false, "description": "Forbidden: bot was blocked by the user"}', "unreachable"),
    ],
)
async def test_every_answer_has_a_name(status: int, body: bytes, state: str, capfd: pytest.CaptureFixture[str]) -> None:
    """What cannot be read may have been sent; none of it gets into a log."""
    request = Scripted(status, body)
    result = await Sender(make_bot(TOKEN, "http://nowhere", request, request)).send(7, Message("hola", None))
    assert result.state == state
    assert result.retry_after == (7 if status == 429 else None)
    assert "html" not in capfd.readouterr().err


async def test_files_and_lists_arrive_too(line: Line) -> None:
    calendar = Message("<i>x</i>", None, File("año.ics", b"BEGIN"))
    assert (await line.sender.send(line.ana, calendar)).state == "sent"
    assert list(line.telegram.files.values())[-1].name == "año.ics"
    await line.bot.set_my_commands([BotCommand("sesiones", "Las sesiones")], language_code="es")
    assert await line.bot.get_my_commands(language_code="es") == (BotCommand("sesiones", "Las sesiones"),)


async def test_updates_are_fetched_one_by_one_and_kept_as_they_came(line: Line) -> None:
    """One of a shape that nobody knows stops none of the others, and its words get into no log."""
    number = line.telegram.number("update")
    line.telegram.waiting.append({"update_id": number, "message": {"message_id": 1, "text": "secret", "date": "odd"}})
    line.telegram.says(line.ana, "¿cuándo?")
    with structlog.testing.capture_logs() as logs:
        hello, odd, question = await line.fetcher.fetch(allowed_updates=["message"])
    assert hello.update.message is not None
    assert question.update.message is not None
    assert (hello.update.message.text, question.update.message.text) == ("hola", "¿cuándo?")
    assert (odd.update.message, json.loads(odd.raw)["message"]["text"]) == (None, "secret")
    assert "secret" not in str(logs)
    await line.fetcher.fetch(question.update_id + 1)
    assert not line.telegram.waiting, "they are confirmed"


async def test_an_update_is_kept_with_what_ptb_does_not_know(line: Line) -> None:
    fields = {"update_id": 9, "novelty": {"words": "\ud800 \0"}}
    received = read_update(fields, line.bot)
    assert json.loads(received.raw) == fields
    assert received.raw.isascii(), "what no database takes is written as JSON's escapes"


async def test_many_at_once_share_a_few_connections_and_all_arrive(line: Line) -> None:
    await asyncio.gather(*(line.sender.send(line.ana, Message(f"mensaje {n}", None)) for n in range(200)))
    assert {each.text for each in line.telegram.chat(line.ana) if each.from_bot} == {f"mensaje {n}" for n in range(200)}


async def test_where_nobody_answers_the_address_is_not_told() -> None:
    request = AiohttpRequest()
    await request.initialize()
    with pytest.raises(NetworkError) as caught:
        await request.do_request(f"http://127.0.0.1:1/bot{TOKEN}/getMe", "POST")
    await request.shutdown()
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("number", ["1e999", "NaN", '"x"', "null", "true", "-1", "1e300", "[]", "99999999999999999999"])
async def test_an_update_without_a_usable_number_keeps_no_other_from_being_read(number: str) -> None:
    body = f'{{"ok": true, "result": [{{"update_id": {number}}}, 7, {{"update_id": 8}}]}}'
    request = Scripted(200, body.encode())
    fetcher = UpdateFetcher(make_bot(TOKEN, "http://nowhere", request, request), request)
    assert [each.update_id for each in await fetcher.fetch()] == [8]


async def test_where_none_has_a_usable_number_polling_pauses_and_goes_on() -> None:
    request = Scripted(200, b'{"ok": true, "result": [{"update_id": 1e999}]}')
    with pytest.raises(TelegramError):
        await UpdateFetcher(make_bot(TOKEN, "http://nowhere", request, request), request).fetch()
