"""Routes for what one does with the phones on the page: write, press, share, block, go offline."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rehearsal.page.live import Live
from rehearsal.page.page_requests import RefusedError, number_of, read, text_of, whole_of
from rehearsal.page.page_views import offers_json
from rehearsal.telegram.records import Json
from rehearsal.telegram.telegram import Telegram
from rehearsal.telegram.text.formatting import utf16_length
from rehearsal.world import Rehearsal

_LONGEST_TEXT, _LONGEST_QUERY = 4096, 256
Act = Callable[[Telegram, int, Json], object]


def people_routes(rehearsal: Rehearsal, live: Live) -> list[Route]:
    """Returns the routes /rehearsal/people/{user_id}/… and /rehearsal/chats/{user_id}; only for the cast."""
    return [
        _chat(rehearsal, live),
        _offers(rehearsal),
        *(_route(rehearsal, name, act) for name, act in _ACTS.items()),
        _network(rehearsal, "offline", live.goes_offline),
        _network(rehearsal, "online", live.comes_online),
    ]


def _chat(rehearsal: Rehearsal, live: Live) -> Route:
    async def chat(request: Request) -> Response:
        return JSONResponse(live.chat(_person(rehearsal, request)))

    return Route("/rehearsal/chats/{user_id}", chat)


def _offers(rehearsal: Rehearsal) -> Route:
    async def offers(request: Request) -> Response:
        query = rehearsal.telegram.inline.get(request.path_params["query"])
        if query is None:
            raise RefusedError(404, "not_there", "there is no such query")
        return JSONResponse(offers_json(query["answer"]))

    return Route("/rehearsal/inline/{query}", offers)


def _route(rehearsal: Rehearsal, name: str, act: Act) -> Route:
    async def do(request: Request) -> Response:
        user_id, values = _person(rehearsal, request), await read(request)
        if user_id in rehearsal.offline:
            raise RefusedError(409, "offline", "this phone is offline")
        if user_id in rehearsal.telegram.blocked and name != "unblock":
            raise RefusedError(409, "blocked", "unblock the bot first")
        try:
            given = act(rehearsal.telegram, user_id, values)
        except LookupError as error:
            raise RefusedError(404, "not_there", str(error.args[0] if error.args else error)) from error
        except ValueError as error:
            raise RefusedError(400, "refused", str(error)) from error
        return JSONResponse({"id": given})

    return Route(f"/rehearsal/people/{{user_id}}/{name}", do, methods=["POST"])


def _network(rehearsal: Rehearsal, name: str, change: Callable[[int], None]) -> Route:
    async def do(request: Request) -> Response:
        user_id = _person(rehearsal, request)
        await read(request)
        change(user_id)
        return JSONResponse({"id": user_id})

    return Route(f"/rehearsal/people/{{user_id}}/{name}", do, methods=["POST"])


def _person(rehearsal: Rehearsal, request: Request) -> int:
    given = request.path_params["user_id"]
    for user in rehearsal.cast:
        if str(user.id) == given:
            return user.id
    raise RefusedError(404, "nobody", "nobody of that number is in this rehearsal")


def _says(telegram: Telegram, user_id: int, values: Json) -> int:
    text = text_of(values, "text").strip()
    if not text:
        raise RefusedError(400, "empty", "an empty message cannot be sent")
    if utf16_length(text) > _LONGEST_TEXT:
        raise RefusedError(400, "too_long", f"a message holds {_LONGEST_TEXT} characters")
    return telegram.says(user_id, text)


def _presses(telegram: Telegram, user_id: int, values: Json) -> str:
    row, column = whole_of(values, "row"), whole_of(values, "column")
    return telegram.presses(user_id, whole_of(values, "message_id"), row, column)


def _location(telegram: Telegram, user_id: int, values: Json) -> int:
    latitude = number_of(values, "latitude", -90, 90)
    return telegram.shares_location(user_id, latitude, number_of(values, "longitude", -180, 180))


def _photo(telegram: Telegram, user_id: int, values: Json) -> int:
    return telegram.sends_photo(user_id, text_of(values, "caption", "")[:1024])


def _asks_inline(telegram: Telegram, user_id: int, values: Json) -> str:
    return telegram.asks_inline(user_id, text_of(values, "query", "")[:_LONGEST_QUERY])


def _picks(telegram: Telegram, user_id: int, values: Json) -> int:
    query = text_of(values, "query")
    if query not in telegram.inline or telegram.inline[query]["user"] != user_id:
        raise LookupError("there is no such query of this phone")
    return telegram.picks_inline(query, whole_of(values, "index"))


def _blocks(telegram: Telegram, user_id: int, _values: Json) -> None:
    telegram.blocks(user_id)


def _unblocks(telegram: Telegram, user_id: int, _values: Json) -> None:
    if user_id in telegram.blocked:
        telegram.unblocks(user_id)


_ACTS: dict[str, Act] = {
    "says": _says,
    "presses": _presses,
    "location": _location,
    "photo": _photo,
    "sticker": lambda telegram, user_id, _: telegram.sends_sticker(user_id),
    "voice": lambda telegram, user_id, _: telegram.sends_voice(user_id),
    "inline": _asks_inline,
    "picks": _picks,
    "block": _blocks,
    "unblock": _unblocks,
}
