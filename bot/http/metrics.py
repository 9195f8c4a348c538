"""Counts and times what the bot does, as Prometheus reads it: numbers only, never a name, an id or a text."""

import time
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from telegram import Update
from telegram.error import InvalidToken
from telegram.request import BaseRequest, RequestData

from bot.process.stopping import Ending
from telegram_io.transport import DiscreetRequest

_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_LATE = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 21_600)
_KINDS = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
_UNAUTHORIZED = "Telegram does not know this token"


class Metrics:
    """One a bot: its own registry, so that several of them may live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        home: Any = {"registry": self.registry}
        ProcessCollector(registry=self.registry)
        self.updates = Counter("ciclo_updates", "Updates taken in", ["kind"], **home)
        self.refused = Counter("ciclo_webhook_refused", "Calls of the webhook that were refused", ["reason"], **home)
        self.answering = Histogram(
            "ciclo_update_seconds", "From an update's arrival here until it is answered", buckets=_FAST, **home
        )
        self.in_hand = Gauge("ciclo_updates_in_hand", "Updates being answered by this replica", **home)
        self.waiting = Gauge("ciclo_inbox_waiting", "Updates not done with, of all replicas", **home)
        self.calls = Histogram("ciclo_telegram_seconds", "Calls of the Bot API", ["method"], buckets=_FAST, **home)
        self.outcomes = Counter("ciclo_telegram_answers", "What Telegram answered", ["method", "status"], **home)
        self.late = Histogram(
            "ciclo_delivery_lateness_seconds", "How long after it was due a message was written", ["kind"],
            buckets=_LATE, **home,
        )  # fmt: skip
        self.questions = Counter("ciclo_questions", "Questions in people's own words", ["outcome"], **home)
        self.outbox = Gauge("ciclo_outbox_rows", "Messages in the outbox", ["state"], **home)
        self.scheduler_lag = Gauge("ciclo_scheduler_lag_seconds", "Since what is due was last looked up", **home)
        self.tasks = Gauge("ciclo_tasks", "Things going on at once in this process", **home)
        self.tzdata_age = Gauge("ciclo_tzdata_age_days", "How old the rules of the time zones are at most", **home)
        self.telegram_answered: float | None = None  # by time.monotonic()

    def count_update(self, update: Update) -> None:
        """Counts an update that was brought here."""
        kind = next((each for each in _KINDS if getattr(update, each) is not None), "other")
        self.updates.labels(kind).inc()

    @contextmanager
    def handling(self, since: float | None) -> Iterator[None]:
        """Measures how long an update is answered; `since` it came, by time.monotonic(), if it came here."""
        since = time.monotonic() if since is None else since
        with self.in_hand.track_inprogress():
            yield
        self.answering.observe(time.monotonic() - since)

    def count_question(self, *, answered: bool) -> None:
        """Counts a question in a person's own words."""
        self.questions.labels("answered" if answered else "unanswered").inc()

    def count_call(self, method: str, status: str, seconds: float) -> None:
        """Counts a call that Telegram answered, or (a status that is no number) did not."""
        self.calls.labels(method).observe(seconds)
        self.outcomes.labels(method, status).inc()
        if status.isdecimal():
            self.telegram_answered = time.monotonic()

    def set_outbox(self, rows: Mapping[str, int]) -> None:
        """Sets how many rows of the outbox are in each state."""
        self.outbox.clear()
        for state, number in rows.items():
            self.outbox.labels(state).set(number)

    def page(self) -> bytes:
        """Returns all figures as Prometheus reads them."""
        return generate_latest(self.registry)


class InstrumentedRequest(DiscreetRequest):
    """Any way to Telegram, and a look at the clock before and after."""

    def __init__(self, inner: DiscreetRequest, metrics: Metrics, ending: Ending) -> None:
        self._inner = inner
        self._meter = metrics
        self._ending = ending
        self._unknown = 0  # answers in a row that know neither the token nor the method

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
        """Returns the inner request's answer, and counts it."""
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
            self._look_at_the_token(name, answer[0])
        except Exception as error:
            status = type(error).__name__
            raise
        finally:
            self._meter.count_call(name, status, time.monotonic() - began)
        return answer

    def _look_at_the_token(self, name: str, status: int) -> None:
        """Ends the process, whoever called, where nothing will work until the token is mended: a 401, or two 404s."""
        self._unknown = self._unknown + 1 if status == HTTPStatus.NOT_FOUND and name != "file" else 0
        if status == HTTPStatus.UNAUTHORIZED or self._unknown > 1:
            self._ending.report(InvalidToken(_UNAUTHORIZED))
