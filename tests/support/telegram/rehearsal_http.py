"""Serves an application over real HTTP for as long as a block runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette

from tests.support.telegram.local_telegram import until


@asynccontextmanager
async def serving(app: Starlette) -> AsyncIterator[str]:
    """Gives its address."""
    config = uvicorn.Config(app, port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined] # pytest keeps its own
    socket = config.bind_socket()
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve(sockets=[socket]))
        await until(lambda: server.started)
        try:
            yield f"http://127.0.0.1:{socket.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
