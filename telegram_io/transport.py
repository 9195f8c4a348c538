"""Sends PTB's requests with aiohttp, which is several times as fast as stock httpx with many at once."""

import asyncio
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
_UPLOAD_SECONDS = 20.0  # what a file may take on its way, as PTB has it


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

    def __init__(self, *, connections: int = 64, read_seconds: float = _READ_SECONDS) -> None:
        """Keeps at most so many connections; an answer may take so long where the caller does not say how long."""
        self._connections = connections
        self._read_seconds = read_seconds
        self._client: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Returns the seconds that an answer may take."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Opens the pool, on the loop that will use it."""
        if self._client is None or self._client.closed:
            self._client = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                trace_configs=[_deadlines()],
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
        reading = _seconds(read_timeout, self._read_seconds)
        timeout = _timeout(_seconds(connect_timeout, _CONNECT_SECONDS), reading)
        uploads = request_data is not None and request_data.contains_files
        whole = reading + _UPLOAD_SECONDS if uploads and reading is not None else reading
        options = {"timeout": timeout, "trace_request_ctx": whole}
        return await self._exchange(method, url, *_body(request_data), options)

    async def _exchange(
        self,
        method: str,
        url: str,
        body: aiohttp.FormData | bytes | None,
        headers: dict[str, str] | None,
        options: dict[str, Any],
    ) -> tuple[int, bytes]:
        if self._client is None:
            raise RuntimeError("initialize() first")
        try:
            async with asyncio.timeout(None) as deadline:
                options["trace_request_ctx"] = (deadline, options["trace_request_ctx"])
                async with self._client.request(method, url, data=body, headers=headers, **options) as response:
                    return _from_telegram(response.status, await response.read())
        except aiohttp.ConnectionTimeoutError:
            raise NetworkError("no connection to Telegram in time") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"no answer from Telegram ({type(error).__name__})") from None


def _deadlines() -> aiohttp.TraceConfig:
    """Returns what begins a call's time once it has a connection: to wait for a free one is nobody's fault.

    aiohttp's own limits begin anew with each byte, so an answer that drips would hold its connection for ever.
    """

    async def begin(_session: aiohttp.ClientSession, context: Any, _params: object) -> None:  # noqa: ANN401 - aiohttp's
        deadline, seconds = context.trace_request_ctx
        if seconds is not None:
            deadline.reschedule(asyncio.get_running_loop().time() + seconds)

    config = aiohttp.TraceConfig()
    config.on_connection_create_end.append(begin)
    config.on_connection_reuseconn.append(begin)
    return config


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
