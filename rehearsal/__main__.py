"""python -m rehearsal: the whole cycle, without a token."""

import asyncio
import signal
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot.logs import set_up_logs


def main(
    port: Annotated[int, typer.Option(help="Where the page is; a free port where this one is taken.")] = 8020,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    database: Annotated[
        Path | None, typer.Option(help="An SQLite file to keep; a new one each time without it.")
    ] = None,
) -> None:
    """Starts a Telegram of our own, the bot against it over HTTP, and a page with everybody's chats."""
    set_up_logs()
    with tempfile.TemporaryDirectory(prefix="ciclo-rehearsal-") as folder:
        asyncio.run(rehearse(host, port, database or Path(folder) / "rehearsal.db"))


async def rehearse(host: str, port: int, database: Path) -> None:
    """Runs until Ctrl-C or SIGTERM."""
    from rehearsal.launcher import launched  # noqa: PLC0415 - `ciclo run` starts without the rehearsal's modules

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with launched(host, port, database) as (_, address):
        typer.echo(f"\nThe rehearsal is open: {address}\nStop it with Ctrl-C.\n")
        await stop.wait()


if __name__ == "__main__":
    typer.run(main)
