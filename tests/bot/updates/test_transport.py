"""Our way to Telegram over real HTTP: what is said arrives, with its buttons, changed in place, and with files."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from telegram import BotCommand
from telegram.error import BadRequest, Forbidden, NetworkError

from bot.updates.bot_client import CarefulBot
from bot.updates.transport import AiohttpRequest
from rehearsal.clock import TurnableClock
from rehearsal.telegram.telegram import Limits, Telegram
from tests.support.telegram.local_telegram import served
from tests.support.world.people import START, TOKEN

BUTTONS = {"inline_keyboard": [[{"text": "Menú", "callback_data": "menu"}]]}


@dataclass
class Line:
    """A bot of ours, and the Telegram at the other end."""

    bot: CarefulBot
    telegram: Telegram
    ana: int


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    telegram = Telegram(token=TOKEN, now=TurnableClock(START, speed=0).now, limits=Limits(enforced=False))
    ana = telegram.joins("Ana", language_code="es")
    telegram.says(ana.id, "hola")
    async with served(telegram) as address:
        one, other = AiohttpRequest(), AiohttpRequest()
        files = f"{address}/file/bot"
        async with CarefulBot(TOKEN, f"{address}/bot", files, request=one, get_updates_request=other) as bot:
            yield Line(bot, telegram, ana.id)


async def test_words_and_buttons_arrive_and_are_changed_in_place(line: Line) -> None:
    words = "¿Qué <b>tal</b>? ñ 😀 &amp; «x» \u2028"
    await line.bot.say(line.ana, words, BUTTONS)
    sent = line.telegram.chat(line.ana)[-1]
    assert "ñ 😀 & «x»" in sent.text
    assert sent.keyboard[0][0]["callback_data"] == "menu"
    await line.bot.say(line.ana, "otra cosa", None, sent.id)
    changed = line.telegram.chat(line.ana)[-1]
    assert (changed.id, changed.text, list(changed.keyboard)) == (sent.id, "otra cosa", [])


async def test_what_telegram_refuses_comes_as_ptbs_errors(line: Line) -> None:
    with pytest.raises(BadRequest, match="Message text is empty"):
        await line.bot.say(line.ana, "", None)
    with pytest.raises(BadRequest, match="Chat not found"):
        await line.bot.say(404, "hola", None)
    stranger = line.telegram.joins("Beto")
    with pytest.raises(Forbidden):
        await line.bot.say(stranger.id, "hola", None)


async def test_files_and_lists_arrive_too(line: Line) -> None:
    sent = await line.bot.send_document(line.ana, b"BEGIN", filename="año.ics", caption="<i>x</i>", parse_mode="HTML")
    assert sent.document is not None
    assert sent.document.file_name == "año.ics"
    await line.bot.set_my_commands([BotCommand("sesiones", "Las sesiones")], language_code="es")
    assert await line.bot.get_my_commands(language_code="es") == (BotCommand("sesiones", "Las sesiones"),)
    (update,) = await line.bot.get_updates(allowed_updates=["message"])
    assert update.message is not None
    assert update.message.text == "hola"


async def test_many_at_once_share_a_few_connections_and_all_arrive(line: Line) -> None:
    await asyncio.gather(*(line.bot.say(line.ana, f"mensaje {number}", None) for number in range(200)))
    assert {each.text for each in line.telegram.chat(line.ana) if each.from_bot} == {f"mensaje {n}" for n in range(200)}


async def test_where_nobody_answers_the_address_is_not_told() -> None:
    request = AiohttpRequest()
    await request.initialize()
    with pytest.raises(NetworkError) as caught:
        await request.do_request(f"http://127.0.0.1:1/bot{TOKEN}/getMe", "POST")
    await request.shutdown()
    assert TOKEN not in str(caught.value)
