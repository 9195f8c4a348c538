"""python -m rehearsal.cycle: plays the whole cycle by itself, and ends with a pass/fail sheet."""

import gc
import tempfile
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from bot.logs import set_up_logs
from bot.process.event_loop import run

_TOO_FEW = 40
# Every message stays on its phone until the end. Looking through all of them again and again took 7 of 120 seconds.
_GARBAGE_THRESHOLDS = 50_000, 20, 100


def main(
    people: Annotated[int, typer.Option(min=_TOO_FEW, help="How many take part.")] = 300,
    log: Annotated[Path | None, typer.Option(help="A file for the bot's log; without it no log is kept.")] = None,
) -> None:
    """Plays the whole cycle with many people and faults, in a Telegram of our own; exit code 1 where a check fails."""
    # `ciclo run` starts without the rehearsal's modules; the bot's own are all looked through once, and then frozen.
    import bot.work  # noqa: F401, PLC0415
    from rehearsal.cycle.checks import CHECKS, sheet  # noqa: PLC0415
    from rehearsal.cycle.play import play  # noqa: PLC0415

    began = monotonic()
    gc.set_threshold(*_GARBAGE_THRESHOLDS)
    gc.freeze()
    with tempfile.TemporaryDirectory(prefix="ciclo-cycle-") as folder, (log or Path(folder) / "log").open("w") as sink:
        set_up_logs(sink)
        ledger, evidence = run(play(people, Path(folder), typer.echo))
    checks = [check(ledger, evidence) for check in CHECKS]
    failed = sum(1 for each in checks if not each.passed)
    typer.echo("\n" + "\n".join(sheet(checks)))
    typer.echo(f"\n{len(checks) - failed} of {len(checks)} checks passed in {monotonic() - began:.0f} seconds.")
    raise typer.Exit(1 if failed else 0)


if __name__ == "__main__":
    typer.run(main)
