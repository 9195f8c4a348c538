"""The Bot API over HTTP: what any bot on this machine can be pointed at."""

import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rehearsal.records import LineCutError, Upload
from rehearsal.telegram import Telegram


def bot_api_routes(telegram: Telegram) -> list[Route]:
    """/bot<token>/<method> by GET and POST, and /file/bot<token>/<path>."""

    async def call(request: Request) -> Response:
        values, files = await _read(request)
        path = request.path_params
        try:
            answer = await telegram.call(path["token"], path["method"], values, files)
        except LineCutError:
            # As near as a server comes to a line that is gone: no JSON, no Telegram.
            return Response(status_code=502)
        return JSONResponse(answer.body, status_code=answer.status)

    async def download(request: Request) -> Response:
        upload = telegram.files.get(request.path_params["path"].rsplit("/", maxsplit=1)[-1])
        if upload is None or request.path_params["token"] != telegram.token:
            return Response(status_code=404)
        return Response(upload.content, media_type=upload.kind)

    return [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download, methods=["GET"]),
    ]


async def _read(request: Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters of the query, and of a body in any of the forms that Telegram takes."""
    values: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        body = await request.body()
        return values | (json.loads(body) if body else {}), {}
    if not kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        return values, {}
    files: dict[str, Upload] = {}
    async with request.form(max_part_size=60 * 2**20) as form:
        for name, value in form.items():
            if isinstance(value, UploadFile):
                kind = value.content_type or "application/octet-stream"
                files[name] = Upload(value.filename or name, await value.read(), kind)
            else:
                values[name] = value
    return values, files
