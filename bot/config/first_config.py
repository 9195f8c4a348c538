"""Asks for what a configuration cannot do without, and writes config.toml: `ciclo init`."""

import asyncio
import json
import os
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot.config.checking import MENDABLE, check_token
from bot.config.settings import ConfigError
from db.admin import checking

T = TypeVar("T")

_DATABASE = "sqlite:///ciclo.db"
_HEAD = (
    "# Ciclo's configuration. Copy it to config.toml and fill in the token; everything else may stay as it is.\n",
    "# Ciclo's configuration, begun by `ciclo init`. It holds the token: keep it to yourself.\n",
)


def init(
    config: Annotated[Path, typer.Option("--config", help="The file to write.")] = Path("config.toml"),
    token: Annotated[str, typer.Option(help="The bot's token. Asked for, and not shown, where it is left out.")] = "",
    owner: Annotated[str, typer.Option(help="Your Telegram id; several with commas.")] = "",
    database: Annotated[str, typer.Option(help="sqlite:///file or postgresql://user:password@host/name.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replaces a file that is there.")] = False,
) -> None:
    """Asks for the token, the owner and the database, and writes config.toml for its owner's eyes only."""
    try:
        if config.exists() and not force:
            raise ConfigError(f"{config} exists already: --force replaces it")
        text = filled(
            _read_or_ask(token, "The bot's token, from @BotFather (not shown)", check_token, hidden=True),
            _read_or_ask(owner, "Your Telegram id, a number", read_owners),
            _read_or_ask(database, "The database", _usable_database, default=_DATABASE),
        )
        _write(config, text, force=force)
    except MENDABLE as error:
        typer.echo(" ".join(str(error).split()), err=True)
        raise typer.Exit(2) from None
    named = "" if config == Path("config.toml") else f" --config {config}"
    typer.echo(f"{config} is written. `ciclo check{named}` looks at it, `ciclo run{named}` runs the bot.")


def filled(token: str, owners: tuple[int, ...], database: str) -> str:
    """Returns the example configuration, with all its keys and comments, with those three filled in."""
    text = _example()
    for before, after in (
        _HEAD,
        ('\ntoken = ""\n', f"\ntoken = {json.dumps(token)}\n"),
        ("\nids = []\n", f"\nids = {list(owners)}\n"),
        (f'\nurl = "{_DATABASE}"\n', f"\nurl = {json.dumps(database, ensure_ascii=False)}\n"),
    ):
        text = text.replace(before, after)
    return text


def _example() -> str:
    """Returns the text of the example: in an installation it lies in this package, in a checkout at its top."""
    here = files("bot") / "config.example.toml"
    if here.is_file():
        return here.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "config.example.toml").read_text(encoding="utf-8")


def _read_or_ask(
    given: str, question: str, read: Callable[[str], T], *, hidden: bool = False, default: str | None = None
) -> T:
    """Reads what was given as an option, or asks until the answer is one."""
    if given:
        return read(given.strip())
    while True:
        answer: str = typer.prompt(question, hide_input=hidden, default=default)
        try:
            return read(answer.strip())
        except MENDABLE as error:
            typer.echo(f"That does not work yet. {error}", err=True)


def read_owners(value: str) -> tuple[int, ...]:
    """Returns Telegram ids, which were typed with commas between them. Raises ConfigError."""
    parts = [part.strip() for part in value.split(",")]
    if not all(part.isascii() and part.isdecimal() and 0 < int(part[:20]) < 2**52 for part in parts):
        raise ConfigError("organizers.ids: a Telegram id is a number such as 123456789, not a name or a phone number")
    return tuple(map(int, parts))


def _usable_database(value: str) -> str:
    """Returns the address. Raises DatabaseUrlError, or what a start would raise for that database."""
    asyncio.run(checking.check(value))
    return value


def _write(file: Path, text: str, *, force: bool) -> None:
    """Writes the file so that nobody but its owner can read it, not even for a moment. Raises ConfigError."""
    flags = os.O_CREAT | os.O_WRONLY | (0 if force else os.O_EXCL)
    try:
        with os.fdopen(os.open(file, flags, 0o600), "w", encoding="utf-8") as out:
            os.fchmod(out.fileno(), 0o600)
            out.truncate(0)
            out.write(text)
    except OSError as error:
        raise ConfigError(f"{file} cannot be written: {error.strerror}") from error
