"""Whatever fails, and however much is logged: no name, address, text or token reaches the log or Sentry."""

import io
import json
import logging
import warnings
from collections.abc import AsyncIterator, Iterator

import aiohttp.web
import pytest
import sentry_sdk
import structlog
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot import logs
from bot.logs import set_up_logs
from bot.process.sentry import report_to
from locales.translator import Message
from telegram_io.sender import Sender
from telegram_io.transport import AiohttpRequest, make_bot
from telegram_io.updates import read_update
from tests.support.telegram.local_telegram import serving
from tests.support.world.people import TOKEN, World

SECRETS = ("Anacleta Quiñones", "ana@casa.org", "quiero cruzar mañana", TOKEN)
WORDS = " ".join(SECRETS)
CUT = json.dumps({"ok": True, "result": {"message_id": 1, "text": WORDS}}, ensure_ascii=False).encode()[:-9]
DSN = "https://0123456789abcdef0123456789abcdef@sentry.example.org/7"


class Leaving(Transport):
    """All that would leave for Sentry, byte for byte."""

    sent: list[bytes]

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent.append(envelope.serialize())


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """What leaves for Sentry during the test."""
    monkeypatch.setattr(logs, "listeners", [])
    monkeypatch.setattr(Leaving, "sent", [], raising=False)
    report_to(DSN, transport=Leaving)
    yield Leaving.sent
    sentry_sdk.get_client().close()


def nothing_leaves(left: list[bytes]) -> bool:
    """Whether something left, and none of the secrets in any spelling."""
    plain = b"\n".join(left).decode()
    return bool(left) and not [each for each in SECRETS if each in plain or json.dumps(each)[1:-1] in plain]


@pytest.fixture
def log(left: list[bytes]) -> Iterator[io.StringIO]:
    """Everything that anybody logs, down to DEBUG, libraries included; Sentry listens."""
    assert left == []
    before, root, stream = structlog.get_config(), logging.getLogger(), io.StringIO()
    handlers, level = root.handlers, root.level
    set_up_logs(stream, level=logging.DEBUG)
    loggers = [each for each in logging.Logger.manager.loggerDict.values() if isinstance(each, logging.Logger)]
    levels = [(each, each.level) for each in loggers]
    for each in loggers:
        each.setLevel(logging.DEBUG)
    yield stream
    for each, usual in levels:
        each.setLevel(usual)
    logging.captureWarnings(capture=False)
    structlog.configure(**before)
    root.handlers, root.level = handlers, level


def holds_none(log: io.StringIO) -> bool:
    """Whether it holds lines, and none of the secrets in any spelling."""
    lines = [json.loads(each) for each in log.getvalue().splitlines()]
    plain = repr(lines) + log.getvalue()
    return bool(lines) and not [each for each in SECRETS if each in plain or json.dumps(each)[1:-1] in plain]


def test_what_a_library_logs_is_reduced_to_who_and_where(log: io.StringIO, left: list[bytes]) -> None:
    logger = logging.getLogger("telegram.ext.Something")
    try:
        int(WORDS)
    except ValueError:
        logger.exception("Can not load invalid JSON data: %s", WORDS, stack_info=True)
    logger.debug("answer", extra={"body": WORDS})
    logger.warning({"body": WORDS})
    warnings.warn(WORDS, stacklevel=1)
    assert holds_none(log)
    assert nothing_leaves(left)
    first = json.loads(log.getvalue().splitlines()[0])
    assert (first["logger"], first["level"], first["error"]) == ("telegram.ext.Something", "error", "ValueError")
    assert first["event"] == "a library's message"
    assert first["where"].startswith("test_no_words_in_the_log.py:")


@pytest.fixture
async def broken_server() -> AsyncIterator[str]:
    """A gateway's page in place of an answer; an answer that is cut in the middle."""

    async def answer(request: aiohttp.web.Request) -> aiohttp.web.Response:
        if request.path.endswith("sendMessage"):
            return aiohttp.web.Response(body=CUT, content_type="application/json")
        status = 403 if request.path.endswith("editMessageText") else 502
        return aiohttp.web.Response(text=f"<html>{WORDS}</html>", status=status, content_type="text/html")

    async with serving(answer) as address:
        yield address


async def test_answers_that_are_no_answers(log: io.StringIO, left: list[bytes], broken_server: str) -> None:
    one, other = AiohttpRequest(), AiohttpRequest()
    await one.initialize()
    sender = Sender(make_bot(TOKEN, broken_server, one, other))
    results = [
        await sender.send(7, Message(WORDS, None)),
        await sender.edit(7, 1, Message(WORDS, None)),
        await sender.delete(7, 1),
    ]
    await one.shutdown()
    assert [each.state for each in results] == ["unknown", "later", "later"]
    assert not [each for each in results if WORDS[:9] in repr(each)]
    structlog.get_logger("ours").error("done")
    assert holds_none(log)
    assert nothing_leaves(left)


async def test_an_update_that_cannot_be_read(log: io.StringIO, left: list[bytes], world: World) -> None:
    odd = {"update_id": 7, "message": {"message_id": 1, "text": WORDS, "date": WORDS, "from": WORDS}}
    read_update(odd, world.rehearsal.app.bot)
    structlog.get_logger("ours").error("done")
    assert holds_none(log)
    assert nothing_leaves(left)


async def test_a_handler_and_a_statement_that_fail(
    log: io.StringIO, left: list[bytes], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError(WORDS)

    ana = world.person("Anacleta Quiñones")
    monkeypatch.setattr("handlers.conversation.Conversation._reply", broken)
    await ana.says(WORDS)
    with pytest.raises(DBAPIError):  # noqa: PT012 - all of the transaction is meant
        async with world.rehearsal.app.database.transaction() as tx:
            await tx.execute(text("SELECT language, :words FROM participants"), {"words": WORDS})
            await tx.execute(text("INSERT INTO participants (language) VALUES (:words)"), {"words": WORDS})
    structlog.get_logger("ours").info("done")
    assert holds_none(log)
    assert nothing_leaves(left)


async def test_a_refusal_that_quotes_the_message(log: io.StringIO, left: list[bytes], world: World) -> None:
    """Telegram's reason may hold the words that it refuses: organizers may be told, the log not."""
    ana = world.person("Anacleta Quiñones")
    await ana.says("/recordatorios")
    await ana.presses("Activar")
    for status in (400, 429, 500):
        again = 1 if status == 429 else None
        world.telegram.fails("sendMessage", status=status, description=f"Bad Request: {WORDS}", retry_after=again)
        await ana.says(WORDS)
    for _ in range(2):
        world.telegram.fails("sendMessage", status=500, description=f"can't parse: {WORDS}")
    world.telegram.fails("sendMessage", status=400, description=f"can't parse: {WORDS}")
    await world.turn_to("2024-10-23 16:00")
    structlog.get_logger("ours").error("done")
    assert holds_none(log)
    assert nothing_leaves(left)
