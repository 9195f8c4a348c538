"""PTB's Bot, but an update that cannot be read takes no other one with it, and none of them gets into a log."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from telegram import Bot, Update

_log = structlog.get_logger(__name__)


class CarefulBot(Bot):
    """Reads updates one by one.

    PTB reads all or none: a single one of a shape that it does not know would be fetched again and again for a day,
    together with everything that came after it, and be written whole into the log.
    """

    async def get_updates(  # type: ignore[override] # what we do not use of PTB's is left out
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: int = 0,  # noqa: ASYNC109 - Telegram's, not ours
        allowed_updates: Sequence[str] | None = None,
    ) -> tuple[Update, ...]:
        """As PTB's, but what it cannot read comes as a bare number: it is ticked off and asks nothing."""
        data = {"offset": offset, "limit": limit, "timeout": timeout, "allowed_updates": allowed_updates}
        patience = (self._request[0].read_timeout or 0) + timeout
        raw: Sequence[Mapping[str, Any]] = await self._post("getUpdates", data, read_timeout=patience)
        return tuple(read_update(each, self) for each in raw)


def read_update(raw: Mapping[str, Any], bot: Bot) -> Update:
    """The update; a bare number where it is of a shape that nobody knows. Raises KeyError for one without a number."""
    try:
        return Update.de_json(dict(raw), bot)
    except Exception as error:
        number = int(raw["update_id"])
        _log.warning("an update that cannot be read", update=number, error=type(error).__name__)
        return Update(number)
