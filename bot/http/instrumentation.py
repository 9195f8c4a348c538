"""Counts and times what passes: calls of the Bot API, and messages that we send first."""

import time
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from structlog.contextvars import bind_contextvars
from telegram.request import BaseRequest, RequestData

from bot.http.metrics import Metrics
from db.delivery.outbox_claims import OutboxMessage
from db.engine.database import Tx
from locales.markup import Message
from reminders.messages.message_builder import MessageWriter
from reminders.messages.message_context import Outcome
from reminders.messages.render_context import RenderContext
from telegram_io.transport import DiscreetRequest


class InstrumentedRequest(DiscreetRequest):
    """Any way to Telegram, and a look at the clock before and after."""

    def __init__(self, inner: DiscreetRequest, metrics: Metrics) -> None:
        self._inner = inner
        self._meter = metrics

    @property
    def read_timeout(self) -> float | None:
        """The inner one's."""
        return self._inner.read_timeout

    async def initialize(self) -> None:
        """Opens it."""
        await self._inner.initialize()

    async def shutdown(self) -> None:
        """Closes it."""
        await self._inner.shutdown()

    async def do_request(  # noqa: PLR0917 - PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 - handed on as it comes
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 - handed on as it comes
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 - handed on as it comes
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 - handed on as it comes
    ) -> tuple[int, bytes]:
        """The inner one's answer, counted."""
        return await self._counted(
            url,
            self._inner.do_request(
                url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
            ),
        )

    async def _counted(self, url: str, call: Coroutine[Any, Any, tuple[int, bytes]]) -> tuple[int, bytes]:
        name = "file" if "/file/" in url else urlsplit(url).path.rsplit("/", maxsplit=1)[-1]
        began, status = time.monotonic(), "none"
        try:
            answer = await call
            status = str(answer[0])
        except Exception as error:
            status = type(error).__name__
            raise
        finally:
            self._meter.called(name, status, time.monotonic() - began)
        return answer


@dataclass(frozen=True)
class InstrumentedMessages(MessageWriter):
    """The words of what we send first, and how late they are written; its log lines carry the letter's number."""

    metrics: Metrics | None = None

    async def write(
        self, tx: Tx, outbox_message: OutboxMessage, context: RenderContext, now: datetime
    ) -> Message | Outcome:
        """The same words."""
        bind_contextvars(outbox_id=outbox_message.id)
        if self.metrics is not None:
            self.metrics.late.labels(outbox_message.kind).observe(
                max((now - outbox_message.due_at).total_seconds(), 0.0)
            )
        return await super().write(tx, outbox_message, context, now)
