"""The `ciclo` command of an installation: all that `python -m bot` does, `demo` and `rehearse`."""

import typer

from bot.__main__ import cli
from rehearsal.__main__ import main as demo
from rehearsal.cycle.__main__ import main as rehearse

ciclo = typer.Typer(add_completion=False, no_args_is_help=True, help="Ciclo, the Telegram bot of a cycle of sessions.")
ciclo.add_typer(cli)
ciclo.command("demo")(demo)
ciclo.command("rehearse")(rehearse)


def main() -> None:
    """Runs the command that was typed."""
    ciclo(prog_name="ciclo")
