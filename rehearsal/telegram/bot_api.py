"""The Bot API over HTTP: what any bot on this machine can be pointed at."""

import asyncio
import contextlib
import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from rehearsal.telegram.records import Answer, LineCutError, Upload
from rehearsal.telegram.telegram import Telegram

_LARGEST_PART_BYTES = 60 * 2**20
_UNREADABLE = Answer(400, {"ok": False, "error_code": 400, "description": "Bad Request: JSON object expected"})


def bot_api_routes(telegram: Telegram) -> list[Route]:
    """Returns the routes /bot<token>/<method> by GET and POST, and /file/bot<token>/<path>."""

    async def call(request: Request) -> Response:
        read = await _read(request)
        answer = _UNREADABLE if read is None else await _unless_gone(request, telegram, *read)
        return _Dropped(status_code=502) if answer is None else _json(answer)

    async def download(request: Request) -> Response:
        upload = telegram.files.get(request.path_params["path"].rsplit("/", maxsplit=1)[-1])
        if telegram.line_cut:
            return _Dropped(status_code=502)
        if upload is None or request.path_params["token"] != telegram.token:
            return _json(Answer(404, {"ok": False, "error_code": 404, "description": "Not Found"}))
        return Response(upload.content, media_type=upload.kind)

    return [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download, methods=["GET"]),
    ]


def _json(answer: Answer) -> Response:
    retry_after = answer.body.get("parameters", {}).get("retry_after")
    headers = {"retry-after": str(retry_after)} if retry_after is not None else None
    return JSONResponse(answer.body, status_code=answer.status, headers=headers)


async def _unless_gone(
    request: Request, telegram: Telegram, values: dict[str, Any], files: dict[str, Upload]
) -> Answer | None:
    """Waits for what the call gives; None where the line is cut.

    Nobody waits for updates on behalf of a bot that has left.
    """
    token, method = request.path_params["token"], request.path_params["method"]

    async def call() -> Answer | None:
        with contextlib.suppress(LineCutError):
            return await telegram.call(token, method, values, files)
        return None

    if method.lower() != "getupdates":
        return await call()
    async with asyncio.TaskGroup() as group:
        calling, leaving = group.create_task(call()), group.create_task(_left(request))
        await asyncio.wait((calling, leaving), return_when=asyncio.FIRST_COMPLETED)
        answer = calling.result() if calling.done() else None
        calling.cancel()
        leaving.cancel()
    return answer


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Dropped(Response):
    """A connection that is closed without an answer, as when the network is gone; 502 where the server hides it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Closes uvicorn's transport: ASGI itself has no word for it."""
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        if transport is None:
            await super().__call__(scope, receive, send)
            return
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass


async def _read(request: Request) -> tuple[dict[str, Any], dict[str, Upload]] | None:
    """Reads the parameters of the query and of a body in any form that Telegram takes; None for no JSON object."""
    values: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        return _with_json(values, await request.body())
    if not kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        return values, {}
    files: dict[str, Upload] = {}
    async with request.form(max_part_size=_LARGEST_PART_BYTES) as form:
        for name, value in form.items():
            if isinstance(value, UploadFile):
                kind = value.content_type or "application/octet-stream"
                files[name] = Upload(value.filename or name, await value.read(), kind)
            else:
                values[name] = value
    return values, files


def _with_json(values: dict[str, Any], body: bytes) -> tuple[dict[str, Any], dict[str, Upload]] | None:
    try:
        read = json.loads(body) if body else {}
    except (ValueError, RecursionError):
        return None
    return (values | read, {}) if isinstance(read, dict) else None
