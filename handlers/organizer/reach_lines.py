"""The lines that say how many get a message now, later, and not at all: before it is sent and afterwards."""

from changes.reach import Reach
from locales.reply import Value, text


def reach_lines(found: Reach, now: str = "reach.now") -> list[Value]:
    """Returns a line for each kind of those who get it later, or not; none where everybody gets it at their moment.

    `now` is the message that counts those who get it at their moment.
    """
    counts = {"night": found.night, "paused": found.paused, "never": found.never, "blocked": found.blocked}
    lines: list[Value] = [text(f"reach.{kind}", n=count) for kind, count in counts.items() if count]
    return [text(now, n=found.now), *lines] if lines else []
