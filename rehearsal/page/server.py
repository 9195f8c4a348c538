"""Serves the Bot API and the chat page on one port."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.http.update_source import make_pages
from rehearsal.page.clock_routes import clock_routes
from rehearsal.page.live import Live
from rehearsal.page.page_requests import RefusedError, refused
from rehearsal.page.page_views import calls_json, clock_json, person_json, sessions_json
from rehearsal.page.people_routes import people_routes
from rehearsal.telegram.bot_api import bot_api_routes
from rehearsal.world import Rehearsal

_WEB = Path(__file__).parent / "web"
_PICTURES = {"image/jpeg", "image/png", "image/webp", "image/gif"}
_HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def create_server(rehearsal: Rehearsal) -> Starlette:
    """Creates the server: the Bot API at /bot<token>/<method>, the page's API at /rehearsal/…, the page at /."""
    live = Live(rehearsal)
    return Starlette(
        routes=[
            *bot_api_routes(rehearsal.telegram),
            *_looking(rehearsal, live),
            *people_routes(rehearsal, live),
            *clock_routes(rehearsal, live),
            *_pages_of_the_bot(rehearsal),
            Mount("/", _Web(directory=_WEB, html=True)),
        ],
        exception_handlers={RefusedError: refused},
    )


def _pages_of_the_bot(rehearsal: Rehearsal) -> list[Route]:
    """Returns what the bot's own HTTP server would show to everybody."""
    app = rehearsal.app
    return make_pages(app.database, app.cycle, app.translator, app.panel_feed)


def _looking(rehearsal: Rehearsal, live: Live) -> list[Route]:
    async def state(_request: Request) -> Response:
        people = [person_json(rehearsal, each) for each in rehearsal.cast]
        me = rehearsal.telegram.me
        shown = {"bot": {"name": me["first_name"], "username": me["username"]}, "people": people}
        return JSONResponse(shown | {"clock": clock_json(rehearsal, busy=live.busy)} | await sessions_json(rehearsal))

    async def calls(request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdecimal() and len(after) < 16):  # noqa: PLR2004 - more digits than calls
            raise RefusedError(400, "bad_value", "after: a whole number is missing")
        return JSONResponse(calls_json(rehearsal.telegram, int(after)))

    async def events(_request: Request) -> Response:
        return StreamingResponse(live.stream(), media_type="text/event-stream", headers={"cache-control": "no-store"})

    async def file(request: Request) -> Response:
        return _file(rehearsal, request.path_params["file_id"])

    async def health(_request: Request) -> Response:
        return JSONResponse({"ok": True})

    paths = {"state": state, "calls": calls, "events": events, "files/{file_id}": file, "health": health}
    return [Route(f"/rehearsal/{path}", endpoint) for path, endpoint in paths.items()]


def _file(rehearsal: Rehearsal, file_id: str) -> Response:
    """Returns a file: a picture is shown; anything else is only ever saved, whatever a bot says that it is."""
    upload = rehearsal.telegram.files.get(file_id)
    if upload is None:
        raise RefusedError(404, "not_there", "there is no such file")
    shown = upload.kind in _PICTURES
    name = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(upload.name, safe='')}"
    kind = upload.kind if shown else "application/octet-stream"
    return Response(upload.content, media_type=kind, headers=_HEADERS | {"content-disposition": name})


class _Web(StaticFiles):
    """The page's files, always fresh, with nothing from elsewhere allowed in."""

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        """Returns the file, with the headers that a browser keeps to."""
        response = await super().get_response(path, scope)
        response.headers.update(_HEADERS)
        return response
