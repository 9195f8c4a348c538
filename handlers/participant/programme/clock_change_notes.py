"""Where somebody's clocks change between the sessions: said wherever the hours of several are shown."""

from handlers.turn import Turn
from knowledge.time.clock_change import change_line, clock_changes
from locales.reply import Value


async def clock_changes_ahead(turn: Turn, zone: str | None) -> tuple[Value, ...]:
    """A sentence for each change before a session that is still to come, after an empty line; else nothing."""
    live = await turn.live()
    times = [(each.number, each.starts_at) for each in live.values()]
    found = clock_changes(times, zone) if zone is not None else []
    lines = [change_line(each, turn.language) for each in found if turn.now < each.after]
    return ("", *lines) if lines else ()
