"""Numbers that belong to other agreements: objective 5 of the 2030 Agenda is none of the Compact's."""

import re
from functools import cache
from typing import TYPE_CHECKING

from knowledge import faq_answers
from knowledge.answers import Answer, Situation
from knowledge.understand import Question
from knowledge.words import lexicon, pattern, plain

if TYPE_CHECKING:
    from knowledge.answer import Answering


def of_others(_: "Answering", question: Question, __: Situation) -> Answer | None:
    """A number of another agreement's: objective 5 of the 2030 Agenda is none of the Compact's."""
    if not question.numbered or not _others().search(plain(question.text)):
        return None
    return faq_answers.unknown(())


@cache
def _others() -> "re.Pattern[str]":
    return pattern(lexicon("others")["frameworks"])
