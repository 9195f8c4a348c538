"""Builds the question for feedback: what is kept is said before the first tap. Pure."""

from knowledge.summary.small_groups import SMALLEST_GROUP
from locales.reply import Button, Keyboard, Value, text

_MARKS = range(1, 6)


def question_lines(number: int) -> tuple[Value, ...]:
    """Returns the first question about that session, or the cycle (0), and how far the answer is anonymous."""
    asked = text("fb.question", number=number) if number else text("fb.question.cycle")
    return asked, "", text("fb.anonymous", fewest=SMALLEST_GROUP)


def mark_buttons(number: int, *, fresh: bool = False) -> Keyboard:
    """Returns the first tap and the ways out; with `fresh` the answer comes as a new message, this one stays."""
    mark = "+" if fresh else ""
    marks = tuple(Button(str(each), f"{mark}fb:{number}:{each}") for each in _MARKS)
    ways_out = Button(text("fb.no_thanks"), f"{mark}fb:{number}:x"), Button(text("fb.stop"), f"{mark}fb:off")
    return marks, *((each,) for each in ways_out)
