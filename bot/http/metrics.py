"""What is counted and timed, as Prometheus reads it. Never a name, an id or a text: numbers only."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from telegram import Update

_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_LATE = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 21_600)
_KINDS = ("message", "callback_query", "inline_query", "my_chat_member")


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

    def came(self, update: Update) -> None:
        """An update was brought here."""
        kind = next((each for each in _KINDS if getattr(update, each) is not None), "other")
        self.updates.labels(kind).inc()

    @contextmanager
    def handling(self, since: float | None) -> Iterator[None]:
        """While an update is answered; `since` it came, by time.monotonic(), if it came here."""
        since = time.monotonic() if since is None else since
        with self.in_hand.track_inprogress():
            yield
        self.answering.observe(time.monotonic() - since)

    def asked(self, *, answered: bool) -> None:
        """Somebody asked something in their own words."""
        self.questions.labels("answered" if answered else "unanswered").inc()

    def called(self, method: str, status: str, seconds: float) -> None:
        """Telegram answered a call, or (a status that is no number) did not."""
        self.calls.labels(method).observe(seconds)
        self.outcomes.labels(method, status).inc()
        if status.isdecimal():
            self.telegram_answered = time.monotonic()

    def set_outbox(self, rows: Mapping[str, int]) -> None:
        """How many are in each state."""
        self.outbox.clear()
        for state, number in rows.items():
            self.outbox.labels(state).set(number)

    def page(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)
