"""python -m bot run | check | migrate | forget"""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from telegram.error import InvalidToken

from bot.app import CONTENT, build
from bot.deletions import delete_again
from bot.logs import set_up_logs
from bot.settings import ConfigError, Settings, read_settings, token_of
from db import schema
from db.database import Database
from knowledge.load import ContentError, load
from locales.catalogue import CatalogueError, load_catalogues

cli = typer.Typer(add_completion=False, no_args_is_help=True, help="Ciclo, the Telegram bot of a cycle of sessions.")

ConfigFile = Annotated[Path, typer.Option("--config", help="The configuration file.")]
_DEFAULT = Path("config.toml")

# What an operator can mend. One line, exit code 2; anything else is a bug and shows where it happened.
_MENDABLE = (
    ConfigError,
    ContentError,
    CatalogueError,
    schema.DatabaseUnavailableError,
    schema.DatabaseFromTheFutureError,
    schema.DatabaseOutdatedError,
)


@cli.command()
def run(config: ConfigFile = _DEFAULT) -> None:
    """Runs the bot until it is told to stop (SIGTERM or Ctrl-C)."""
    set_up_logs()
    settings = _settings(config)
    _guarded(lambda: _run(settings))


@cli.command()
def check(config: ConfigFile = _DEFAULT) -> None:
    """Validates the configuration, the content and the languages; changes nothing."""
    settings = _settings(config)
    try:
        token_of(settings)
        cycle = load(CONTENT / settings.cycle.content)
        load_catalogues()
    except _MENDABLE as error:
        _stop_with(str(error))
    typer.echo(
        f"All well: {cycle.key}, {len(cycle.sessions)} sessions, {len(cycle.objectives)} objectives, "
        f"{len(cycle.practices)} practices."
    )


@cli.command()
def migrate(config: ConfigFile = _DEFAULT) -> None:
    """Brings the database's tables up to date."""
    settings = _settings(config)
    _guarded(lambda: _migrate(settings))
    typer.echo("The database is up to date.")


@cli.command()
def forget(log: Annotated[Path, typer.Argument(exists=True, dir_okay=False)], config: ConfigFile = _DEFAULT) -> None:
    """After restoring a backup: deletes again the people who, says that log, were deleted since."""
    settings = _settings(config)
    found: list[int] = []

    async def _forget() -> None:
        found.append(await delete_again(settings.database.url, log))

    _guarded(_forget)
    typer.echo(f"People deleted again: {found[0]}.")


async def _run(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await build(settings).run(stop)


async def _migrate(settings: Settings) -> None:
    database = Database(settings.database.url)
    try:
        await schema.upgrade(database)
    finally:
        await database.close()


def _settings(path: Path) -> Settings:
    try:
        return read_settings(path)
    except ConfigError as error:
        _stop_with(str(error))


def _guarded(work: Callable[[], Awaitable[None]]) -> None:
    async def _inside() -> None:
        await work()

    try:
        asyncio.run(_inside())
    except* _MENDABLE as group:
        _stop_with(str(_first(group)))
    except* InvalidToken:
        _stop_with("telegram.token: Telegram does not know this token; ask @BotFather for the current one")


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _stop_with(message: str) -> NoReturn:
    """One line that says what to do, and exit code 2."""
    typer.echo(" ".join(message.split()), err=True)
    sys.exit(2)


if __name__ == "__main__":
    cli()
