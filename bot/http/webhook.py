"""Receives updates by webhook: checks the call, keeps the update in the inbox, and only then acknowledges it."""

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.config.settings import ConfigError, Settings, token_of
from bot.http.metrics import Metrics
from bot.updates import ALLOWED_UPDATES, FullError, UpdateQueue
from reminders.clock import cancel_on, wait_for_event
from telegram_io.sender import retry_seconds
from telegram_io.updates import read_update

_log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
# A message has at most 4,096 characters; the largest updates are far below this.
_LARGEST_BODY = 2**20
_READING_SECONDS, _KEEPING_SECONDS = 10.0, 15.0
_COME_AGAIN_SECONDS = 1
_LARGEST_NUMBER = 2**63
# As many as Telegram allows: it waits for each chat's acknowledgement anyway, and we push back ourselves.
_CONNECTIONS = 100
_LONGEST_PAUSE_SECONDS = 30.0


class _RefusedError(Exception):
    """The call is not one of Telegram's, or cannot be taken now."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def secret_of(settings: Settings) -> str:
    """Returns what Telegram must send with each call.

    Made from the token where none is given, so that there always is one.
    """
    given = settings.telegram.webhook.secret.get_secret_value()
    return given or hashlib.sha256(f"webhook {token_of(settings)}".encode()).hexdigest()


@dataclass
class Webhook:
    """Any number of replicas may take calls: the inbox knows an update again, whoever has it."""

    bot: Bot
    queue: UpdateQueue
    metrics: Metrics
    url: str
    secret: str
    # Where too much waits, a call is held that long before it is told to come again: Telegram's own pauses are longer.
    hold_seconds: float = 2.0
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """Takes no more calls; the address stays with Telegram, for other replicas and for the next start."""
        self._stopped.set()

    def route(self) -> Route:
        """Returns the route that Telegram calls: the path of the address that it is given."""
        return Route(urlsplit(self.url).path or "/", self.called, methods=["POST"])

    async def run(self) -> None:
        """Tells Telegram the address, and again until it has heard. Raises InvalidToken, ConfigError."""
        failures = 0
        while not self._stopped.is_set():
            try:
                await cancel_on(self._stopped, self._set())
            except InvalidToken:
                raise
            except BadRequest as error:
                raise ConfigError(f"telegram.webhook.url: Telegram does not take it: {error.message}") from error
            except TelegramError as error:
                failures += 1
                _log.warning("the webhook could not be set", error=type(error).__name__)
                pause = retry_seconds(error) if isinstance(error, RetryAfter) else 0.5 * 2 ** min(failures, 10)
                await wait_for_event(self._stopped, min(pause, _LONGEST_PAUSE_SECONDS))
            else:
                break
        await self._stopped.wait()

    async def _set(self) -> None:
        await self.bot.set_webhook(
            self.url, allowed_updates=ALLOWED_UPDATES, secret_token=self.secret, max_connections=_CONNECTIONS
        )
        _log.info("Telegram brings updates to the webhook")

    async def called(self, request: Request) -> Response:
        """Answers 200 once the update is in the inbox; whatever else comes gets a status and nothing to learn from."""
        try:
            self._check_secret(request)
            await self.queue.room_within(self.hold_seconds)  # before its body is read: what is held takes no room
            async with asyncio.timeout(_READING_SECONDS):
                body = await _body(request)
            update = self._read(body)
            async with asyncio.timeout(_KEEPING_SECONDS):
                await self._keep(update, body)
        except _RefusedError as refused:
            return self._refuse(refused.status, refused.reason)
        except (TimeoutError, FullError):
            return self._refuse(503, "busy")
        except ClientDisconnect:
            return self._refuse(400, "gone")
        return Response(status_code=200)

    def _check_secret(self, request: Request) -> None:
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, self.secret.encode("latin-1")):
            raise _RefusedError(403, "secret")
        if self._stopped.is_set():
            raise FullError("stopping")

    def _read(self, body: bytes) -> dict[str, Any]:
        try:
            read = json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError):
            raise _RefusedError(400, "json") from None
        number = read.get("update_id") if isinstance(read, dict) else None
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < _LARGEST_NUMBER:
            raise _RefusedError(400, "update")
        found: dict[str, Any] = read
        return found

    async def _keep(self, read: dict[str, Any], body: bytes) -> None:
        # It knows the secret, so it is Telegram: an update that cannot be read is taken in, too, as a bare number.
        # Refused, it would come again and hold up its chat.
        await self.queue.take([read_update(read, self.bot, body.decode("utf-8"))])

    def _refuse(self, status: int, reason: str) -> Response:
        self.metrics.refused.labels(reason).inc()
        again = {"retry-after": str(_COME_AGAIN_SECONDS)} if status == 503 else None  # noqa: PLR2004 - HTTP's "later"
        words = {400: "Bad Request", 403: "Forbidden", 413: "Content Too Large", 503: "Service Unavailable"}
        return PlainTextResponse(words[status], status_code=status, headers=again)


async def _body(request: Request) -> bytes:
    """Returns the body of a request, if it is no longer than an update can be."""
    announced = request.headers.get("content-length", "0")
    if not (announced.isascii() and announced.isdecimal()) or int(announced[:12]) > _LARGEST_BODY:
        raise _RefusedError(413, "size")
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > _LARGEST_BODY:
            raise _RefusedError(413, "size")
    return bytes(parts)
