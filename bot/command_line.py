"""The commands of `python -m bot`: what an operator types, and what ends them."""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import structlog
import typer
from telegram.error import InvalidToken

from bot.app import build
from bot.config.checking import MENDABLE, problems
from bot.config.content import CONTENT
from bot.config.first_config import init
from bot.config.settings import ConfigError, Settings, read_settings
from bot.logs import set_up_logs
from bot.maintenance.backup import backup as write_backup
from bot.maintenance.backup import delete_again, move
from bot.maintenance.backup import restore as read_backup
from bot.maintenance.export import export as write_export
from bot.maintenance.progress import progress_shown
from bot.process import event_loop
from bot.process.garbage import without_garbage_collection
from db.admin import schema
from db.admin.transfer import Progress
from db.engine.database import Database
from knowledge.loading.cycle_loader import load_cycle

T = TypeVar("T")

cli = typer.Typer(add_completion=False, no_args_is_help=True, help="Ciclo, the Telegram bot of a cycle of sessions.")

NewFile = Annotated[Path, typer.Argument(help="A file that is not there yet.")]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", help="The configuration file; without it ./config.toml, or else the environment."),
]

cli.command()(init)


@cli.command()
def run(
    config: ConfigFile = None,
    debug: Annotated[bool, typer.Option("--debug", help="Logs more, to find a fault; still nothing personal.")] = False,
) -> None:
    """Runs the bot until it is told to stop (SIGTERM or Ctrl-C)."""
    set_up_logs(level=logging.DEBUG if debug else logging.INFO)
    settings = _settings(config)
    _report_errors(settings)
    _done(lambda: _run(settings))


@cli.command()
def check(config: ConfigFile = None) -> None:
    """Tries what `run` would refuse: configuration, token, content, languages, database; changes nothing."""
    try:
        settings = read_settings(config)
    except ConfigError as error:
        _stop_with(*error.problems)
    if found := problems(settings, CONTENT):
        _stop_with(*found)
    cycle = load_cycle(CONTENT / settings.cycle.content)
    typer.echo(
        f"All well: {cycle.key}, {len(cycle.sessions)} sessions, {len(cycle.objectives)} objectives, "
        f"{len(cycle.practices)} practices."
    )


@cli.command()
def migrate(
    config: ConfigFile = None,
    source: Annotated[
        str,
        typer.Option("--from", help="Moves that database's data, such as sqlite:///old.db, into the empty one."),
    ] = "",
) -> None:
    """Brings the database's tables up to date; with --from, fills it with another database's data."""
    settings = _settings(config)
    if source:
        with progress_shown() as progress:
            moved = _done(lambda: move(source, settings.database.url, progress))
        for table, each in moved.items():
            typer.echo(f"{table:<20}{each.rows:>10}  {each.check:032x}")
        typer.echo("Moved: every table has the same rows with the same checksum in both databases.")
        return
    _done(lambda: _migrate(settings))
    typer.echo("The database is up to date.")


@cli.command()
def export(file: NewFile, config: ConfigFile = None) -> None:
    """Writes everything into a new file: .jsonl for JSON Lines, .zip for CSV files. It holds personal data."""
    _tell_written(_transfer(write_export, file, config), file)


@cli.command()
def backup(file: NewFile, config: ConfigFile = None) -> None:
    """Writes everything into a new SQLite file, also while the bot runs. It holds personal data."""
    _tell_written(_transfer(write_backup, file, config), file)


@cli.command()
def restore(file: Annotated[Path, typer.Argument()], config: ConfigFile = None) -> None:
    """Fills the database of the configuration, which must be empty, with a backup."""
    rows = _transfer(read_backup, file, config)
    typer.echo(f"{rows} rows restored. Before the bot starts, `ciclo forget LOG` deletes again whom the log says left.")


@cli.command()
def forget(log: Annotated[Path, typer.Argument(exists=True, dir_okay=False)], config: ConfigFile = None) -> None:
    """Deletes again, after a backup was restored, the people who, says that log, were deleted since."""
    settings = _settings(config)
    named, deleted = _done(lambda: delete_again(settings.database.url, log))
    if not named:
        typer.echo("This log names nobody who was deleted: see that it is the one written since the backup.", err=True)
    typer.echo(f"People deleted again: {deleted}.")


def _transfer(work: Callable[[str, Path, Progress], Coroutine[Any, Any, int]], file: Path, config: Path | None) -> int:
    """Moves rows between the configured database and that file; a terminal shows how far it is. Returns how many."""
    settings = _settings(config)
    with progress_shown() as progress:
        return _done(lambda: work(settings.database.url, file, progress))


def _tell_written(rows: int, file: Path) -> None:
    typer.echo(f"{rows} rows in {file}. It holds personal data: keep it as carefully as the database.")


async def _run(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    with without_garbage_collection():
        app = build(settings)
    app.making = without_garbage_collection
    await app.run(stop)


async def _migrate(settings: Settings) -> None:
    database = Database(settings.database.url)
    try:
        await schema.upgrade(database)
    finally:
        await database.close()


def _settings(path: Path | None) -> Settings:
    try:
        return read_settings(path)
    except ConfigError as error:
        _stop_with(str(error))


def _report_errors(settings: Settings) -> None:
    if dsn := settings.reports.sentry_dsn.get_secret_value():
        from bot.process.sentry import report_to  # noqa: PLC0415 - only for whoever asks for it

        try:
            report_to(dsn)
        except ConfigError as error:
            _stop_with(str(error))


def _done(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Runs a command and returns what came of it; ends the process for what an operator can mend."""
    try:
        return event_loop.run(work())
    except Exception as error:
        _end(error)


def _end(error: Exception) -> NoReturn:
    """Ends the process: code 2 and a line for what an operator can mend; code 1 for our own faults."""
    leaves = list(_leaves(error))
    if mendable := [each for each in leaves if isinstance(each, MENDABLE)]:
        _stop_with(str(mendable[0]))
    if any(isinstance(each, InvalidToken) for each in leaves):
        _stop_with("telegram.token: Telegram does not know this token; ask @BotFather for the current one")
    # Not drawn by Python or Typer: both would show its message, and Typer what the variables held.
    set_up_logs()
    structlog.get_logger(__name__).critical("it ends by a fault of its own", exc_info=leaves[0])
    sys.exit(1)


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if not isinstance(error, BaseExceptionGroup):
        yield error
        return
    for each in error.exceptions:
        yield from _leaves(each)


def _stop_with(*messages: str) -> NoReturn:
    """Ends the process with code 2 and a line for each problem that says what to do."""
    for each in messages:
        typer.echo(" ".join(each.split()), err=True)
    sys.exit(2)
