"""The local Telegram in memory, as strict as the real one: tests and the rehearsal call it."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from rehearsal.telegram.limits import Limits
from rehearsal.telegram.message_html import ChatMessage
from rehearsal.telegram.methods import (
    answering,
    bot_profile,
    editing,
    forwarding,
    groups,
    media,
    sending,
    update_delivery,
)
from rehearsal.telegram.params import Params
from rehearsal.telegram.people import People
from rehearsal.telegram.records import Answer, ApiError, Call, Fault, LineCutError, Upload, User

_METHODS: Mapping[str, Callable[[People, Params], Any]] = {
    **sending.METHODS,
    **media.METHODS,
    **editing.METHODS,
    **forwarding.METHODS,
    **answering.METHODS,
    **bot_profile.METHODS,
    **groups.METHODS,
    **update_delivery.METHODS,
    "close": lambda _telegram, _params: True,
    "logout": lambda _telegram, _params: True,
}
_POLL = "getupdates"
_CHAT = re.compile(r"-?[0-9]{1,18}")


class Telegram(People):
    """The people's side is in people.py; this is the bot's: call().

    What is strict, and its words, follow https://core.telegram.org/bots/api and tdlib's telegram-bot-api.
    """

    def __init__(
        self,
        *,
        token: str,
        now: Callable[[], datetime],
        limits: Limits | None = None,
        bot_username: str = "ciclo_bot",
    ) -> None:
        super().__init__(token=token, now=now, limits=limits or Limits(), bot_username=bot_username)

    async def call(
        self, token: str, method: str, params: Mapping[str, object], files: Mapping[str, Upload] | None = None
    ) -> Answer:
        """Answers one call of the Bot API. Raises LineCutError where the network, not Telegram, fails."""
        read = Params(params, files or {})
        if self.latency:
            await asyncio.sleep(self.latency)
        if method.lower() != _POLL:
            await self.answering.wait()
        if self.line_cut:
            raise LineCutError
        fault = self._fault(method, read)
        try:
            self._refuse_strangers_and_faults(token, fault)
            result = await self._do(method.lower(), read)
            # A copy, by way of JSON as over a network: half of what deepcopy() takes with every call.
            answer = Answer(200, {"ok": True, "result": json.loads(json.dumps(result))})
        except ApiError as error:
            answer = _refusal(error)
        self._log(method, read, answer)
        if self.line_cut or (fault is not None and fault.after_effect):
            raise LineCutError
        return answer

    def _refuse_strangers_and_faults(self, token: str, fault: Fault | None) -> None:
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        if fault is not None and not fault.after_effect:
            raise ApiError(fault.status, fault.description, retry_after=fault.retry_after)

    async def _do(self, method: str, params: Params) -> Any:  # noqa: ANN401 - whatever the method gives
        if method == _POLL:
            return await update_delivery.get_updates(self, params)
        if method not in _METHODS:
            raise ApiError(404, "Not Found")
        return _METHODS[method](self, params)

    def fails(
        self,
        method: str,
        *,
        status: int,
        description: str = "",
        retry_after: int | None = None,
        times: int = 1,
        after_effect: bool = False,
        chat: int | None = None,
    ) -> None:
        """Makes the next calls of that method ("*": any but getUpdates) fail; `after_effect`: done, its answer lost.

        `chat`: only calls about that one.
        """
        too_many = f"Too Many Requests: retry after {retry_after}"
        words = description or (too_many if retry_after else "Internal Server Error")
        self.faults.append(Fault(method.lower(), status, words, retry_after, times, after_effect, chat))

    def _fault(self, method: str, params: Params) -> Fault | None:
        name = method.lower()
        for fault in self.faults:
            if fault.chat is not None and params.integer("chat_id") != fault.chat:
                continue
            if fault.method == name or (fault.method == "*" and name != _POLL):
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    def cut_line(self, *, cut: bool) -> None:
        """Takes the network between the bot and Telegram away, or gives it back."""
        self.line_cut = cut

    def send_pollers_away(self) -> None:
        """Ends every long poll, as Telegram does at times."""
        self.poller += 1
        self.news.set()

    def updates_settled(self) -> bool:
        """Returns whether the bot has confirmed every update."""
        return not self.waiting

    def getting_updates(self) -> bool:
        """Returns whether a long poll waits right now, or a webhook takes what comes."""
        return self.parked > 0 or bool(self.webhook["url"])

    def _log(self, method: str, params: Params, answer: Answer) -> None:
        if method.lower() == _POLL and answer.status == 200 and not answer.body["result"]:  # noqa: PLR2004 - HTTP's OK
            return
        chat = str(params.values.get("chat_id", ""))
        entry = Call(
            number=self.number("call"),
            at=self.now(),
            method=method,
            params=params.logged(),
            status=answer.status,
            description=str(answer.body.get("description", "")),
            chat_id=int(chat) if _CHAT.fullmatch(chat) else None,
        )
        self.calls.append(entry)
        self.changed("call", entry.chat_id)


def _refusal(error: ApiError) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return Answer(error.status, body)


__all__ = ["Answer", "Call", "ChatMessage", "Limits", "LineCutError", "Telegram", "Upload", "User"]
