"""`make eval`: how well questions are answered, by language, style and topic, and every one that is not."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.support.knowledge.grading import QUESTIONS, ROOT, Grade, Grader, read

OWN = [QUESTIONS / name for name in ("tune.jsonl", "tune_more.jsonl", "held_out.jsonl")]
# A set of somebody else's beside the checkout, where there is one.
OTHERS = ROOT.parent / "shared" / "questions" / "dev.jsonl"


def main(paths: Sequence[Path]) -> None:
    """Grades each file; names what failed, but for the set that is only for measuring."""
    grader = Grader()
    for path in paths:
        report(path.stem, [grader.grade(each) for each in read(path)], name_failures="held" not in path.stem)


def report(name: str, grades: Sequence[Grade], *, name_failures: bool) -> None:
    """Prints one set: the share of right answers, and of questions out of scope that were answered as if in scope."""
    beyond = [each for each in grades if each.question.out_of_scope]
    false = [each for each in beyond if each.known]
    print(f"\n{name}: {_share(grades)} of {len(grades)} right; {len(false)} of {len(beyond)} out of scope answered")
    for label, of in _VIEWS:
        print(f"  by {label}: {_by(grades, of)}")
    for each in grades if name_failures else ():
        if each.fault or each in false:
            _show(each)


def _show(each: Grade) -> None:
    said = " / ".join(each.said.split("\n"))[:160]
    print(f"  - {each.question.id} {each.question.text!r}")
    print(f"    {said}")
    print(f"    read as: {' | '.join(each.queries)}")
    print(f"    {', '.join(each.topics)}: {each.fault or 'answered though out of scope'}")


_VIEWS: Sequence[tuple[str, Callable[[Grade], str]]] = (
    ("language", lambda each: each.question.lang),
    ("style", lambda each: each.question.style),
    ("topic", lambda each: str(each.question.expect["topic"])),
)


def _by(grades: Iterable[Grade], of: Callable[[Grade], str]) -> str:
    every, right = Counter[str](), Counter[str]()
    for each in grades:
        every[of(each)] += 1
        right[of(each)] += not each.fault
    return ", ".join(f"{name} {right[name] / number:.0%} ({number})" for name, number in every.most_common())


def _share(grades: Sequence[Grade]) -> str:
    return f"{sum(not each.fault for each in grades) / len(grades):.1%}"


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]] or [*OWN, *([OTHERS] if OTHERS.exists() else [])])
