"""Serves the webhook, /healthz, /readyz, /metrics and the pages of panels as one ASGI application."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.config.settings import ConfigError, Settings
from bot.http.guarded_protocol import GuardedProtocol
from bot.http.health import Health

_FINISH_SECONDS = 1
# Load balancers and Telegram keep connections open; whoever closes first must not be us.
_KEEP_ALIVE_SECONDS = 75
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


class _Server(uvicorn.Server):
    """Leaves the signals to whoever runs the bot: the doors close first, what is in hand is finished after."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves the process's signals as they are."""
        yield


def health_routes(health: Health) -> list[Route]:
    """Returns the routes of /healthz (the process lives) and /readyz (it can work)."""

    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_request: Request) -> Response:
        well, told = await health.readiness()
        return JSONResponse(told, status_code=200 if well else 503)

    return [Route("/healthz", alive), Route("/readyz", ready)]


def metrics_route(health: Health) -> Route:
    """Returns the route of /metrics, for Prometheus."""

    async def metrics(_request: Request) -> Response:
        return Response(await health.figures(), media_type=_PROMETHEUS)

    return Route("/metrics", metrics)


@dataclass
class HttpServer:
    """The addresses to listen on, each with its routes."""

    routes: dict[tuple[str, int], list[BaseRoute]]
    servers: list[_Server] = field(default_factory=list)
    _sockets: list[socket.socket] = field(default_factory=list)

    def open(self) -> None:
        """Takes the ports. Raises ConfigError where somebody else has one."""
        for host, port in self.routes:
            try:
                family = socket.AF_INET6 if ":" in host else socket.AF_INET
                self._sockets.append(socket.create_server((host, port), family=family, backlog=2048))
            except OSError as error:
                self.close()
                raise ConfigError(f"cannot listen on {host}, port {port}: {error.strerror}; choose another") from error

    async def run(self) -> None:
        """Serves until stopped."""
        self.servers = [_Server(_config(routes)) for routes in self.routes.values()]
        async with asyncio.TaskGroup() as group:
            for server, listener in zip(self.servers, self._sockets, strict=True):
                group.create_task(server.serve(sockets=[listener]))

    def stop(self) -> None:
        """Takes no more calls; those that are being answered are answered."""
        for server in self.servers:
            server.should_exit = True

    def close(self) -> None:
        """Lets the ports go."""
        for listener in self._sockets:
            listener.close()
        self._sockets.clear()


def _config(routes: Sequence[BaseRoute]) -> uvicorn.Config:
    return uvicorn.Config(
        Starlette(routes=list(routes)),
        http=GuardedProtocol,
        lifespan="off",
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # nobody asks who called
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_FINISH_SECONDS,
    )


def make_http_server(
    settings: Settings, health: Health, webhook: Route | None, pages: Sequence[Route] = ()
) -> HttpServer:
    """Returns the server that Telegram calls and that operators look at, on one port or two."""
    hook, http = settings.telegram.webhook, settings.http
    routes: dict[tuple[str, int], list[BaseRoute]] = {}
    if webhook is not None:
        routes[hook.listen, hook.port] = [*health_routes(health), webhook, *pages]
    if http.port:
        own: list[BaseRoute] = [*health_routes(health), *pages]
        routes.setdefault((http.listen, http.port), own).append(metrics_route(health))
    elif webhook is not None:
        routes[hook.listen, hook.port].append(metrics_route(health))
    return HttpServer(routes)
