"""Reads and checks the page's requests, and words refusals."""

import json
import math
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from rehearsal.telegram.records import Json

_LARGEST_BODY_BYTES = 65_536


class RefusedError(Exception):
    """The page asked for what cannot be done; `code` is what the page has words for in four languages."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


async def refused(_request: Request, error: Exception) -> Response:
    """Returns the refusal as JSON."""
    if not isinstance(error, RefusedError):
        raise error
    return JSONResponse({"error": {"code": error.code, "message": str(error)}}, status_code=error.status)


async def read(request: Request) -> Json:
    """Reads the JSON object of a request; an empty body is an empty object.

    Only application/json: another web page open in the same browser cannot send that here unasked.
    Raises RefusedError 400, 413 and 415.
    """
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise RefusedError(415, "bad_json", "send application/json")
    body = await request.body()
    if len(body) > _LARGEST_BODY_BYTES:
        raise RefusedError(413, "too_long", "that is too much at once")
    try:
        values = json.loads(body) if body.strip() else {}
    except (ValueError, RecursionError):
        raise RefusedError(400, "bad_json", "the body is not JSON") from None
    if not isinstance(values, dict):
        raise RefusedError(400, "bad_json", "the body must be a JSON object")
    return values


def text_of(values: Json, name: str, usual: str | None = None) -> str:
    """Returns a text that has to be there, unless `usual` says what stands for none. Raises RefusedError 400."""
    value = values.get(name, usual)
    if not isinstance(value, str):
        raise RefusedError(400, "bad_value", f"{name}: a text is missing")
    # Half a surrogate pair cannot be sent to anybody.
    return value.encode("utf-16-le", "replace").decode("utf-16-le", "replace")


def number_of(values: Json, name: str, least: float, most: float) -> float:
    """Returns a number between both ends. Raises RefusedError 400."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise RefusedError(400, "bad_value", f"{name}: a number is missing")
    if not least <= value <= most:
        raise RefusedError(400, "bad_value", f"{name}: from {least:g} to {most:g}")
    return float(value)


def whole_of(values: Json, name: str) -> int:
    """Returns a whole number from 0. Raises RefusedError 400."""
    value = number_of(values, name, 0, 2**53)
    if value != int(value):
        raise RefusedError(400, "bad_value", f"{name}: a whole number is missing")
    return int(value)


def flag_of(values: Json, name: str) -> bool:
    """Returns a yes or no. Raises RefusedError 400."""
    value: Any = values.get(name)
    if not isinstance(value, bool):
        raise RefusedError(400, "bad_value", f"{name}: true or false is missing")
    return value
