"""What an attempt to send comes to: the language is kept only of what arrived, or may have."""

from datetime import UTC, datetime

import pytest

from db.delivery.outbox import ANNOUNCEMENT
from db.delivery.outbox_claims import OutboxMessage
from reminders.delivery.outcome_recorder import outcome_of
from telegram_io.sender import SendResult, State

NOW = datetime(2024, 10, 22, 15, tzinfo=UTC)
MESSAGE = OutboxMessage(1, ANNOUNCEMENT, 1, None, {"announcement": 1}, NOW, NOW, 1, None, 100)


@pytest.mark.parametrize(
    ("state", "language"),
    [
        ("sent", "es"),
        ("unknown", "es"),
        ("later", None),
        ("moved", None),
        ("refused", None),
        ("unreachable", None),
        ("unauthorized", None),
    ],
)
def test_the_language_is_kept_only_of_what_arrived_or_may_have(state: State, language: str | None) -> None:
    assert outcome_of(MESSAGE, SendResult(state), "es").language == language
