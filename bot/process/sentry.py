"""Reports errors to Sentry where the operator asks for it: our own log lines and nothing beyond them."""

from collections.abc import Callable, MutableMapping
from importlib import import_module
from typing import Any

from bot import logs
from bot.config.settings import ConfigError

Event = MutableMapping[str, Any]
_LEVELS = frozenset({"error", "critical"})
_SENTRYS = ("sentry_sdk", "urllib3")


def report_to(dsn: str, **more: Any) -> None:  # noqa: ANN401 - sentry_sdk's own settings, for tests
    """Reports each error that is logged from here on. Raises ConfigError without sentry-sdk, or for a wrong DSN.

    Sentry's own ways to find out more are off: they would take along local values, addresses and what people wrote.
    """
    try:
        sentry: Any = import_module("sentry_sdk")
    except ImportError as error:
        raise ConfigError(
            "reports.sentry_dsn is set, but sentry-sdk is not installed: install it, or leave it empty"
        ) from error
    quiet = {"default_integrations": False, "auto_enabling_integrations": False, "max_breadcrumbs": 0}
    private = {"include_local_variables": False, "server_name": "ciclo"}
    try:
        sentry.init(dsn=dsn, **quiet, **private, **more)
    except ValueError as error:
        raise ConfigError("reports.sentry_dsn is not a DSN: copy it from the project's settings in Sentry") from error
    logs.listeners.append(_reporting(sentry.capture_event))


def _reporting(capture: Callable[[dict[str, Any]], object]) -> Callable[[Event], None]:
    def report(event: Event) -> None:
        # Sentry's own troubles are for the log alone: they would be reported in a circle.
        if event.get("level") in _LEVELS and not str(event.get("logger")).startswith(_SENTRYS):
            told = {key: value for key, value in event.items() if key not in {"event", "level", "logger", "timestamp"}}
            where = event.get("at") or [event.get("logger", "")]
            capture(
                {
                    "level": "error" if event["level"] == "error" else "fatal",
                    "logger": event.get("logger", ""),
                    "message": f"{event.get('event', '')} ({event.get('error', 'no exception')})",
                    "fingerprint": [str(event.get("event")), str(event.get("error")), str(where[-1])],
                    "extra": told,
                }
            )

    return report
