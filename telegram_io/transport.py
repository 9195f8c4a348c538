"""Sends PTB's requests with aiohttp, which is several times as fast as stock httpx with many at once."""

import json
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

_JSON = {"Content-Type": "application/json"}
_UNREADABLE_ANSWER = "Invalid server response"  # as PTB words it
_CONNECT_SECONDS, _READ_SECONDS = 5.0, 10.0


def make_bot(token: str, server: str, request: BaseRequest, updates_request: BaseRequest) -> Bot:
    """Returns PTB's Bot for the Bot API at `server`; it also opens `updates_request`, which UpdateFetcher shares."""
    return Bot(
        token,
        base_url=f"{server}/bot",
        base_file_url=f"{server}/file/bot",
        request=request,
        get_updates_request=updates_request,
    )


class DiscreetRequest(BaseRequest):
    """Writes no answer into a log. PTB's own request logs an answer that it cannot read, with people's words."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Returns the answer as a dictionary. Raises TelegramError where it is no JSON object."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise TelegramError(_UNREADABLE_ANSWER) from None
        if not isinstance(answer, dict):
            raise TelegramError(_UNREADABLE_ANSWER)
        return answer


class AiohttpRequest(DiscreetRequest):
    """Keeps one pool of connections open. Its errors never quote the address, because the token is part of it.

    Source: https://core.telegram.org/bots/api#making-requests
    """

    def __init__(self, *, connections: int = 64) -> None:
        self._connections = connections
        self._client: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Returns the seconds that an answer may take."""
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
        """Returns the status and body of the answer. Raises TimedOut and NetworkError, which PTB's callers know."""
        timeout = _timeout(_seconds(connect_timeout, _CONNECT_SECONDS), _seconds(read_timeout, _READ_SECONDS))
        return await self._exchange(method, url, *_body(request_data), timeout)

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
                return _from_telegram(response.status, await response.read())
        except aiohttp.ConnectionTimeoutError:
            raise NetworkError("no connection to Telegram in time") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"no answer from Telegram ({type(error).__name__})") from None


def _from_telegram(status: int, body: bytes) -> tuple[int, bytes]:
    """Returns the same; a refusal that is no JSON is a gateway's, not Telegram's, and says nothing of a message.

    Without its body: PTB would quote that in its error.
    """
    if status < HTTPStatus.BAD_REQUEST or body.lstrip().startswith(b"{"):
        return status, body
    return HTTPStatus.BAD_GATEWAY, b"{}"


def _seconds(asked: object, usual: float) -> float | None:
    """Returns the seconds asked for, None for no limit; the usual ones where PTB was given nothing."""
    if asked is None:
        return None
    return float(asked) if isinstance(asked, int | float) else usual


@lru_cache
def _timeout(connecting: float | None, reading: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(sock_connect=connecting, sock_read=reading, total=None)


def _body(request_data: RequestData | None) -> tuple[aiohttp.FormData | bytes | None, dict[str, str] | None]:
    """Returns the body and its headers: JSON, which is written much faster than a form, unless there are files."""
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
