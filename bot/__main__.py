"""python -m bot init | check | run | migrate | export | backup | restore | forget"""

from bot.process.garbage import without_garbage_collection


def main() -> None:
    """Runs the command that was typed."""
    with without_garbage_collection():
        from bot.command_line import cli  # noqa: PLC0415 - a thousand modules, among them no garbage

    cli(prog_name="python -m bot")


if __name__ == "__main__":
    main()
