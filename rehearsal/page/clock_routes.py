"""Routes that control the rehearsal: its clock, the connection to Telegram, everyone's subscription."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from locales.time_zone import time_zone
from rehearsal.page.live import Live
from rehearsal.page.page_requests import RefusedError, flag_of, number_of, read, text_of
from rehearsal.page.page_views import clock_json, iso
from rehearsal.telegram.records import Json
from rehearsal.tour_acts import Played, certificate_is_given, panel_is_asked
from rehearsal.world import NoSessionAheadError, NotSettledError, Rehearsal

_ARGENTINA = time_zone("America/Argentina/Buenos_Aires")
_FASTEST = 86_400
_FARTHEST = timedelta(days=366)


def clock_routes(rehearsal: Rehearsal, live: Live) -> list[Route]:
    """Returns the routes /rehearsal/clock/… and those of what the whole cast does at once."""
    controls = Controls(rehearsal, live)
    paths = {
        "clock/speed": controls.speed,
        "clock/to": controls.turn,
        "clock/next": controls.turn_to_next,
        "line": controls.line,
        "everyone-subscribes": controls.everyone_subscribes,
        "organizer-moves-a-session": controls.organizer_moves_a_session,
        "panel-is-asked": controls.panel_is_asked,
        "certificate-is-given": controls.certificate_is_given,
    }
    return [Route(f"/rehearsal/{path}", _endpoint(act), methods=["POST"]) for path, act in paths.items()]


def _endpoint(act: Callable[[Json], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return JSONResponse(await act(await read(request)))

    return answer


class Controls:
    """One thing at a time: who turns the clock while it turns is told to wait."""

    def __init__(self, rehearsal: Rehearsal, live: Live) -> None:
        self._rehearsal = rehearsal
        self._live = live

    async def speed(self, values: Json) -> Json:
        """Sets the seconds of rehearsal for each real second; 0 stands still."""
        wanted = number_of(values, "speed", 0, _FASTEST)
        self._refuse_while_busy()
        self._rehearsal.clock.set_speed(wanted)
        return clock_json(self._rehearsal, busy=self._live.busy)

    async def turn(self, values: Json) -> Json:
        """Turns the clock to a moment; without an offset it is Argentina's time."""
        instant = _moment(text_of(values, "to"))
        now = self._rehearsal.clock.now()
        if instant < now:
            raise RefusedError(400, "past", "the clock only turns forward")
        if instant > now + _FARTHEST:
            raise RefusedError(400, "too_far", "that is more than a year ahead")
        await self._alone("turning", lambda: self._rehearsal.turn_to(instant))
        return {"turned_to": iso(instant)}

    async def turn_to_next(self, _values: Json) -> Json:
        """Turns the clock to the next reminders; `turned_to` is null when there are none."""
        turned: list[datetime | None] = []

        async def turn() -> None:
            turned.append(await self._rehearsal.turn_to_next())

        await self._alone("turning", turn)
        return {"turned_to": iso(turned[0])}

    async def everyone_subscribes(self, _values: Json) -> Json:
        """Subscribes everyone, tap by tap, in each person's chat."""
        self._refuse_while_somebody_is_away()
        await self._alone("subscribing", self._rehearsal.everyone_subscribes)
        return {"subscribed": len(self._rehearsal.cast)}

    async def organizer_moves_a_session(self, _values: Json) -> Json:
        """Moves the next session a day later, tap by tap in the organizer's chat; gives its `number`."""
        self._refuse_while_somebody_is_away()
        moved: list[int] = []

        async def move() -> None:
            moved.append(await self._rehearsal.organizer_moves_a_session())

        await self._alone("moving", move)
        return {"number": moved[0]}

    async def panel_is_asked(self, _values: Json) -> Json:
        """Lets one ask the panel of the next session and the others vote; gives its `number` and who asked."""
        return await self._played("asking", panel_is_asked)

    async def certificate_is_given(self, _values: Json) -> Json:
        """Lets one come to the next session and get a certificate; gives its `number` and who that is."""
        return await self._played("certifying", certificate_is_given)

    async def _played(self, what: str, act: Callable[[Rehearsal], Awaitable[Played]]) -> Json:
        self._refuse_while_somebody_is_away()
        found: list[Played] = []

        async def play() -> None:
            found.append(await act(self._rehearsal))

        await self._alone(what, play)
        return {"number": found[0].session, "person": found[0].person}

    def _refuse_while_somebody_is_away(self) -> None:
        if self._rehearsal.offline or self._rehearsal.telegram.blocked or self._rehearsal.telegram.line_cut:
            raise RefusedError(409, "not_everyone", "somebody is offline or has blocked the bot, or the line is cut")

    async def line(self, values: Json) -> Json:
        """Takes the network between the bot and Telegram away, or gives it back."""
        self._rehearsal.telegram.cut_line(cut=flag_of(values, "cut"))
        return clock_json(self._rehearsal, busy=self._live.busy)

    def _refuse_while_busy(self) -> None:
        if self._live.busy is not None:
            raise RefusedError(409, "busy", "wait until the clock has turned")

    async def _alone(self, what: str, act: Callable[[], Awaitable[object]]) -> None:
        """Does it with the clock held: while messages go out, time would otherwise run past the moment asked for."""
        self._refuse_while_busy()
        clock = self._rehearsal.clock
        speed = clock.speed
        self._live.set_busy(what)
        clock.set_speed(0)
        try:
            await act()
        except NotSettledError as error:
            raise RefusedError(504, "not_settled", "the bot is still busy after half a minute") from error
        except NoSessionAheadError as error:
            raise RefusedError(409, "none_ahead", "no session is ahead") from error
        except (ValueError, LookupError) as error:
            raise RefusedError(409, "refused", str(error)) from error
        finally:
            clock.set_speed(speed)
            self._live.set_busy(None)


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
        return moment if moment.tzinfo else moment.replace(tzinfo=_ARGENTINA)
    except ValueError:
        raise RefusedError(400, "bad_moment", "write the moment like 2024-10-23T13:30") from None
