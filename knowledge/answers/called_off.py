"""Says that a session is called off, in whatever answer speaks of it: its hours alone would be untrue."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answers.answer_models import Answer, Situation
from knowledge.understanding.query import TALK_OF_SESSIONS
from locales.reply import Text, Value, text

# These sentences say it themselves; the list of all sessions does beside each.
_SAYS_IT = frozenset({"answer.session.cancelled", "moved.cancelled", "sessions.cancelled"})


def say_called_off(found: Answer, at: Situation, named: Sequence[int]) -> Answer:
    """Returns the answer with a line before it for each session it speaks of, or that was named, and is called off."""
    told = found.talk.ids if found.talk is not None and found.talk.kind in TALK_OF_SESSIONS else ()
    about = dict.fromkeys((*map(int, told), *named))
    silent = [each for each in about if each in at.cancelled]
    if not silent or not (found.known or named) or any(_says_it(line) for line in found.lines):
        return found
    return replace(found, lines=(*(text("moved.cancelled", number=each) for each in silent), "", *found.lines))


def _says_it(line: Value) -> bool:
    return isinstance(line, Text) and (line.key in _SAYS_IT or any(map(_says_it, line.values.values())))
