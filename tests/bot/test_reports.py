"""Errors reach Sentry as they are in the log: with their place, without a token, a name or a text."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sentry_sdk
import structlog
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from bot import logs
from bot.config.settings import ConfigError
from bot.logs import set_up_logs
from bot.process.sentry import report_to
from tests.support.command_line import bot

DSN = "https://0123456789abcdef0123456789abcdef@sentry.example.org/7"


class Kept(Transport):
    """What would have left."""

    events: list[dict[str, Any]]

    def capture_envelope(self, envelope: Envelope) -> None:
        event = envelope.get_event()
        self.events.append(dict(event or {}))


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers, root.level
    monkeypatch.setattr(logs, "listeners", [])
    monkeypatch.setattr(Kept, "events", [], raising=False)
    set_up_logs(io.StringIO())
    report_to(DSN, transport=Kept)
    yield Kept.events
    sentry_sdk.get_client().close()
    structlog.configure(**before)
    root.handlers, root.level = handlers, level


def test_an_error_is_told_with_its_place_and_nothing_that_a_person_wrote(reported: list[dict[str, Any]]) -> None:
    secret = "soy Ana Quiñones"  # noqa: S105 - a text of a person's
    token = "73195:abcdefghijklmnopqrstuvwxyz"  # noqa: S105 - nobody's
    try:
        int(secret)
    except ValueError:
        structlog.get_logger("ours").exception("an update failed", update=7, address=f"/bot{token}/getMe")
    (event,) = reported
    assert event["message"] == "an update failed (ValueError)"
    assert event["extra"]["update"] == 7
    assert event["extra"]["at"][-1].startswith("test_reports.py:")
    assert secret not in repr(event)
    assert token not in repr(event)


def test_what_is_no_error_and_what_sentry_itself_complains_of_stays_in_the_log(reported: list[dict[str, Any]]) -> None:
    structlog.get_logger("ours").warning("slow")
    logging.getLogger("sentry_sdk.errors").error("nobody answers")
    assert reported == []


def test_a_dsn_that_is_none_ends_with_code_2_and_one_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="not a DSN"):
        report_to("nonsense")
    config = tmp_path / "config.toml"
    config.write_text('[telegram]\ntoken = "73195:x"\n[reports]\nsentry_dsn = "nonsense"\n')
    done = bot("run", "--config", str(config))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
