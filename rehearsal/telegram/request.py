"""PTB's way into the rehearsal's Telegram, without a network: what tests use."""

import json
from typing import Any
from urllib.parse import parse_qsl

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from rehearsal.telegram.records import LineCutError, Upload
from rehearsal.telegram.telegram import Telegram
from telegram_io.transport import DiscreetRequest

_NOT_FOUND = b'{"ok":false,"error_code":404,"description":"Not Found"}'


class RehearsalRequest(DiscreetRequest):
    """Hands each request over as a call, and the answer back as HTTP would."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        """Seconds that an answer may take; nothing here is slow by itself."""
        return 5.0

    async def initialize(self) -> None:
        """Does nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Does nothing: there is nothing to close."""

    async def do_request(  # noqa: PLR0917 - PTB's signature
        self,
        url: str,
        method: str,  # noqa: ARG002 - PTB's signature
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the same
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the same
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the same
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the same
    ) -> tuple[int, bytes]:
        """Returns the status and body. Raises NetworkError where the line is cut, TimedOut where the answer is lost."""
        address, _, query = url.partition("?")
        address, name = address.rsplit("/", maxsplit=1)
        if "/file/bot" in url:
            return self._download(name)
        return await self._call(address, name, _values(query, request_data), _files(request_data))

    async def _call(
        self, address: str, name: str, values: dict[str, Any], files: dict[str, Upload]
    ) -> tuple[int, bytes]:
        token = address.rsplit("/bot", maxsplit=1)[1]
        try:
            answer = await self._telegram.call(token, name, values, files)
        except LineCutError:
            error = NetworkError("the line is cut") if self._telegram.line_cut else TimedOut()
            raise error from None
        return answer.status, json.dumps(answer.body).encode()

    def _download(self, name: str) -> tuple[int, bytes]:
        if self._telegram.line_cut:
            raise NetworkError("the line is cut")
        upload = self._telegram.files.get(name)
        return (200, upload.content) if upload is not None else (404, _NOT_FOUND)


def _values(query: str, data: RequestData | None) -> dict[str, Any]:
    return dict(parse_qsl(query)) | (dict(data.json_parameters) if data is not None else {})


def _files(data: RequestData | None) -> dict[str, Upload]:
    parts = dict(data.multipart_data) if data is not None and data.multipart_data else {}
    return {name: Upload(str(part[0]), _content(part[1]), str(part[2])) for name, part in parts.items()}


def _content(value: Any) -> bytes:  # noqa: ANN401 - bytes, or an open file
    content: bytes = value if isinstance(value, bytes) else value.read()
    return content
