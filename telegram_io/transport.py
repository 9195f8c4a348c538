"""PTB's way to Telegram, on aiohttp: stock httpx falls to a fifth of its speed under concurrency."""

import json
from abc import abstractmethod
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

_JSON = {"Content-Type": "application/json"}
# As PTB words it.
UNREADABLE_ANSWER = "Invalid server response"
_CONNECT_SECONDS, _READ_SECONDS = 5.0, 10.0


class DiscreetRequest(BaseRequest):
    """A way to Telegram that writes no answer into a log: PTB's own logs what it cannot read, with people's words."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Returns the answer as a dictionary. Raises TelegramError where it is no JSON object."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise TelegramError(UNREADABLE_ANSWER) from None
        if not isinstance(answer, dict):
            raise TelegramError(UNREADABLE_ANSWER)
        return answer


class JsonRequest(DiscreetRequest):
    """A way to Telegram that also takes a method's parameters as plain data."""

    @abstractmethod
    async def send_json(self, url: str, fields: Mapping[str, Any]) -> tuple[int, bytes]:
        """Returns the status and body of the answer. Raises TimedOut and NetworkError."""

    async def call(self, url: str, fields: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as JSON has it
        """Returns Telegram's result as plain data, of which PTB makes no objects. Raises PTB's errors."""
        try:
            return await _OneCall(self, fields).post(url)
        except KeyError:  # an answer without a result
            raise TelegramError(UNREADABLE_ANSWER) from None


class _OneCall(DiscreetRequest):
    """One call of a method: PTB's post() reads the status and names the errors."""

    def __init__(self, way: JsonRequest, fields: Mapping[str, Any]) -> None:
        self._way = way
        self._fields = fields

    @property
    def read_timeout(self) -> float | None:
        """The way's own."""
        return self._way.read_timeout

    async def initialize(self) -> None:
        """The way is open already."""

    async def shutdown(self) -> None:
        """Others need the way."""

    async def do_request(self, url: str, method: str, *_more: object, **_timeouts: object) -> tuple[int, bytes]:  # noqa: ARG002 - PTB's signature
        """Returns the status and body of the answer. Raises TimedOut and NetworkError."""
        return await self._way.send_json(url, self._fields)


class AiohttpRequest(JsonRequest):
    """One pool of connections that stay open. Errors never quote the address: the token is part of it.

    Source: https://core.telegram.org/bots/api#making-requests
    """

    def __init__(self, *, connections: int = 64) -> None:
        self._connections = connections
        self._client: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds that an answer may take."""
        return _READ_SECONDS

    async def initialize(self) -> None:
        """Opens the pool, on the loop that will use it."""
        if self._client is None or self._client.closed:
            self._client = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                # Telegram reads none of them; answers are too short to be worth compressing.
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
            )

    async def shutdown(self) -> None:
        """Closes it."""
        if self._client is not None:
            await self._client.close()

    async def do_request(  # noqa: PLR0917 - PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - PTB's signature
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - PTB's signature
    ) -> tuple[int, bytes]:
        """The status and body of the answer. Raises TimedOut and NetworkError, which PTB's callers know."""
        timeout = _timeout(_seconds(connect_timeout, _CONNECT_SECONDS), _seconds(read_timeout, _READ_SECONDS))
        return await self._exchange(method, url, *_body(request_data), timeout)

    async def send_json(self, url: str, fields: Mapping[str, Any]) -> tuple[int, bytes]:
        """Returns the status and body of the answer. Raises TimedOut and NetworkError."""
        return await self._exchange(
            "POST", url, json.dumps(fields).encode(), _JSON, _timeout(_CONNECT_SECONDS, _READ_SECONDS)
        )

    async def _exchange(
        self,
        method: str,
        url: str,
        body: aiohttp.FormData | bytes | None,
        headers: dict[str, str] | None,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's
    ) -> tuple[int, bytes]:
        if self._client is None:
            raise RuntimeError("initialize() first")
        try:
            async with self._client.request(method, url, data=body, headers=headers, timeout=timeout) as response:
                return response.status, await response.read()
        except aiohttp.ConnectionTimeoutError:
            raise NetworkError("no connection to Telegram in time") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"no answer from Telegram ({type(error).__name__})") from None


def _seconds(asked: object, usual: float) -> float | None:
    """Returns the seconds asked for, None for no limit; what is usual where PTB was given nothing."""
    if asked is None:
        return None
    return float(asked) if isinstance(asked, int | float) else usual


@lru_cache
def _timeout(connecting: float | None, reading: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(sock_connect=connecting, sock_read=reading, total=None)


def _body(request_data: RequestData | None) -> tuple[aiohttp.FormData | bytes | None, dict[str, str] | None]:
    """What is sent, and its kind: JSON, which is written much faster than a form, unless there are files."""
    if request_data is None:
        return None, None
    if not request_data.contains_files:
        return json.dumps(request_data.parameters).encode(), _JSON
    # Telegram shows a file's name as it comes: "año.ics", not "a%C3%B1o.ics".
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
    for name, (filename, content, kind) in _parts(request_data).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, None


def _parts(request_data: RequestData) -> dict[str, tuple[Any, Any, Any]]:
    return dict(request_data.multipart_data or {})
