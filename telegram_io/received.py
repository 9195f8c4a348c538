"""Updates as they came: each read by itself, so that one that cannot be read takes no other with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import Bot, Update

_log = structlog.get_logger(__name__)

# Telegram's numbers have 52 bits. Source: https://core.telegram.org/bots/api#user
_LARGEST_NUMBER = 2**52


@dataclass(frozen=True, slots=True)
class ReceivedUpdate:
    """An update and the JSON that it came as.

    The JSON is what is kept: PTB would write it anew, lose what it does not know, and fail for some moments.
    """

    update: Update
    raw: str

    @property
    def update_id(self) -> int:
        """Telegram's number of the update."""
        return self.update.update_id

    @property
    def lane(self) -> int:
        """The chat, else the person, whose updates are handled one after the other; 0 where there is neither."""
        for whose in (self.update.effective_chat, self.update.effective_user):
            # What comes with anything but a number belongs to nobody; it must not stay for ever for that.
            if whose is not None and isinstance(whose.id, int) and abs(whose.id) < _LARGEST_NUMBER:
                return whose.id
        return 0


def read_update(fields: Mapping[str, Any], bot: Bot, raw: str | None = None) -> ReceivedUpdate:
    """Reads an update, of which `raw` is the JSON; one of an unknown shape becomes a bare number and asks nothing.

    Raises KeyError for one without a number.
    """
    raw = raw or json.dumps(fields)  # before PTB takes it apart; signs that no database takes become JSON's escapes
    try:
        update = Update.de_json(dict(fields), bot)
        update.effective_chat, update.effective_user  # noqa: B018 - looks into the parts, as handling it will
    except Exception as error:
        number = int(fields["update_id"])
        # Its words must not get into a log, and PTB's error may quote them.
        _log.warning("an update that cannot be read", update=number, error=type(error).__name__)
        update = Update(number)
    return ReceivedUpdate(update, raw)
