"""python -m bot init | check | run | migrate | export | backup | restore | forget"""

from bot.process.garbage import nothing_thrown_away


def main() -> None:
    """Runs the command that was typed."""
    with nothing_thrown_away():
        from bot.command_line import cli  # noqa: PLC0415 - a thousand modules, among them no garbage

    cli(prog_name="python -m bot")


if __name__ == "__main__":
    main()
