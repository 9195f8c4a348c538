"""`python scripts/evaluate_on_phones.py FILE…`: how well the whole bot answers labelled questions, by kind."""

import asyncio
import logging
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import structlog

from tests.support.knowledge.grading import QUESTIONS
from tests.support.knowledge.phone_labels import State
from tests.support.knowledge.phone_questions import PhoneAnswer, answer_all, read_questions

_GOOD: Sequence[State] = ("right", "rightly silent")


def main(paths: Sequence[Path]) -> None:
    """Prints the verdicts of each file, and what failed."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    for path in paths:
        report(path.stem, asyncio.run(answer_all(read_questions(path))))


def report(name: str, answers: Sequence[PhoneAnswer]) -> None:
    """Prints the counts of one set, in all, by language and by kind; then each answer that is not good."""
    print(f"\n{name}: {_counted(answers)}")
    for lang in dict.fromkeys(answer.question.lang for answer in answers):
        print(f"  {lang}: {_counted([answer for answer in answers if answer.question.lang == lang])}")
    every = Counter(answer.question.kind for answer in answers)
    good = Counter(answer.question.kind for answer in answers if answer.verdict.state in _GOOD)
    print("  by kind:", ", ".join(f"{kind} {good[kind]}/{count}" for kind, count in every.most_common()))
    for answer in answers:
        if answer.verdict.state not in _GOOD:
            _print_failure(answer)


def _counted(answers: Sequence[PhoneAnswer]) -> str:
    states: Counter[State] = Counter(answer.verdict.state for answer in answers)
    good = sum(states[state] for state in _GOOD)
    return f"{good} of {len(answers)} good ({good / len(answers):.0%}); " + ", ".join(
        f"{state} {count}" for state, count in states.most_common()
    )


def _print_failure(answer: PhoneAnswer) -> None:
    question, heard = answer.question, " / ".join(answer.heard.messages).replace("\n", " / ")
    print(f"- {question.id} {question.kind}, {answer.verdict.state}: {' | '.join(question.asked)} {question.setup}")
    print(f"    wants {question.says} never {question.never}: {answer.verdict.reason}")
    print(f"    {heard[:240]} {list(answer.heard.buttons)}")


if __name__ == "__main__":
    main([Path(path) for path in sys.argv[1:]] or [QUESTIONS / "fresh.jsonl"])
