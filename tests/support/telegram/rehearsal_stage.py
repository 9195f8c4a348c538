"""A Telegram with Ana, who has pressed Start, and Beto, who has not."""

from datetime import UTC, datetime
from typing import Any

from rehearsal.clock import TurnableClock
from rehearsal.telegram.telegram import Limits, Telegram, Upload

TOKEN = "1:abcdefghij"  # noqa: S105 - nobody's
NOON = datetime(2024, 10, 22, 15, tzinfo=UTC)
BUTTON = {"text": "Sí", "callback_data": "yes"}
# The smallest PNG: one transparent pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


class Stage:
    """Calls what a bot calls; the people act through `telegram`."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.clock = TurnableClock(NOON, speed=0)
        self.telegram = Telegram(token=TOKEN, now=self.clock.now, limits=limits or Limits(enforced=False))
        self.ana = self.telegram.joins("Ana").id
        self.beto = self.telegram.joins("Beto").id
        self.telegram.says(self.ana, "/start")

    async def call(self, method: str, files: dict[str, Upload] | None = None, /, **params: Any) -> dict[str, Any]:  # noqa: ANN401 - any parameter
        """The envelope of any call."""
        return (await self.telegram.call(TOKEN, method, params, files)).body

    async def does(self, method: str, files: dict[str, Upload] | None = None, /, **params: Any) -> Any:  # noqa: ANN401 - any parameter
        """The result of a call that Telegram takes."""
        body = await self.call(method, files, **params)
        assert body["ok"] is True, body
        return body["result"]

    async def refusal(self, method: str, files: dict[str, Upload] | None = None, /, **params: Any) -> str:  # noqa: ANN401 - any parameter
        """The code and words of one that it refuses."""
        body = await self.call(method, files, **params)
        assert body["ok"] is False, body
        return f"{body['error_code']} {body['description']}"

    async def sends(self, text: str = "hola", **params: Any) -> dict[str, Any]:  # noqa: ANN401 - any parameter
        """A message to Ana."""
        given: dict[str, Any] = {"chat_id": self.ana, "text": text} | params
        message: dict[str, Any] = await self.does("sendMessage", **given)
        return message

    async def updates(self, **params: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any parameter
        """What waits for the bot."""
        waiting: list[dict[str, Any]] = await self.does("getUpdates", **params)
        return waiting


def keyboard(*buttons: object) -> dict[str, Any]:
    """An inline keyboard of one row."""
    return {"inline_keyboard": [list(buttons)]}
