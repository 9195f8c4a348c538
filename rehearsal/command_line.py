"""The `ciclo` command of an installation: all that `python -m bot` does, `demo` and `rehearse`."""

import typer

from bot.process.garbage import without_garbage_collection


def make_commands() -> typer.Typer:
    """Returns all commands."""
    from bot.command_line import cli  # noqa: PLC0415 - a thousand modules, see main()
    from rehearsal.__main__ import main as demo  # noqa: PLC0415 - the same
    from rehearsal.cycle.__main__ import main as rehearse  # noqa: PLC0415 - the same

    ciclo = typer.Typer(add_completion=False, no_args_is_help=True, help=cli.info.help)
    ciclo.add_typer(cli)
    ciclo.command("demo")(demo)
    ciclo.command("rehearse")(rehearse)
    return ciclo


def main() -> None:
    """Runs the command that was typed."""
    with without_garbage_collection():
        ciclo = make_commands()
    ciclo(prog_name="ciclo")
