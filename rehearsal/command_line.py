"""The `ciclo` command of an installation: all that `python -m bot` does, and `demo`."""

import typer

from bot.__main__ import cli
from rehearsal.__main__ import main as demo

ciclo = typer.Typer(add_completion=False, no_args_is_help=True, help="Ciclo, the Telegram bot of a cycle of sessions.")
ciclo.add_typer(cli)
ciclo.command("demo")(demo)


def main() -> None:
    """Runs the command that was typed."""
    ciclo(prog_name="ciclo")
