"""Groups questions that ask the same in other words, by their stems and by their letters. Pure."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from knowledge.text.message_splitting import extract_asked_part, strip_introduction
from knowledge.text.words import fold
from locales.localized import Language

# "¿habrá café?" and "¿hay café en la sede?" share one stem of two: the same where one says no more than the other.
_SHARED, _SHARED_IF_WITHIN = 0.75, 0.66
# So alike in their letters that only a slip of the finger is between them.
_SLIPS = 88.0
_LONGEST_COMPARED = 400

Stems = Callable[[str, Language], list[str]]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class AskedQuestion(Generic[Key]):
    """A question: whatever it is known by, its words, their language."""

    key: Key
    words: str
    language: Language


@dataclass(frozen=True, slots=True)
class _Features:
    folded: str
    stems: frozenset[str]
    numbers: frozenset[str]


@dataclass
class _Clusters:
    """The first wording of each group so far; others are compared with those only, so that no group drifts."""

    reads: list[_Features] = field(default_factory=list)
    by_words: dict[str, int] = field(default_factory=dict)
    by_stem: "defaultdict[str, list[int]]" = field(default_factory=lambda: defaultdict(list))

    def find(self, read: _Features) -> int | None:
        """Returns the group that this wording belongs to."""
        if (same := self.by_words.get(read.folded)) is not None:
            return same
        near = sorted({leader for stem in read.stems for leader in self.by_stem[stem]})
        fitting = [
            (_shared_stems(read, self.reads[each]), -each) for each in near if _is_same_question(read, self.reads[each])
        ]
        if fitting:
            return -max(fitting)[1]
        return self._with_slips(read)

    def _with_slips(self, read: _Features) -> int | None:
        found = process.extract(read.folded, self.by_words.keys(), scorer=fuzz.ratio, score_cutoff=_SLIPS, limit=3)
        near = (self.by_words[words] for words, _, _ in found)
        return next((each for each in near if self.reads[each].numbers == read.numbers), None)

    def add(self, read: _Features) -> int:
        """Adds a group of its own."""
        number = len(self.reads)
        self.reads.append(read)
        self.by_words[read.folded] = number
        for stem in read.stems:
            self.by_stem[stem].append(number)
        return number


def cluster_questions(asked: Sequence[AskedQuestion[Key]], stems: Stems) -> list[list[Key]]:
    """Groups the questions, each in the order given, by its first wording; every question is in exactly one."""
    leaders, found = _Clusters(), list[list[Key]]()
    for each in asked:
        read = _features_of(each, stems)
        place = leaders.find(read)
        if place is None:
            place = leaders.add(read)
            found.append([])
        found[place].append(each.key)
    return found


def _features_of(asked: AskedQuestion[Key], stems: Stems) -> _Features:
    words = strip_introduction(extract_asked_part(asked.words))  # who asks, and hello, makes no other question of it
    folded = fold(words)[:_LONGEST_COMPARED] or asked.words.strip()
    numbers = frozenset(word for word in folded.split() if any(sign.isdigit() for sign in word))
    return _Features(folded, frozenset(stems(words, asked.language)), numbers)


def _shared_stems(one: _Features, other: _Features) -> float:
    """Returns how much of their stems they have in common, 0 to 1."""
    both = len(one.stems) + len(other.stems)
    return 2 * len(one.stems & other.stems) / both if both else 0.0


def _is_same_question(one: _Features, other: _Features) -> bool:
    """Returns whether they ask the same: session 2 is not session 3, however alike the rest is."""
    if one.numbers != other.numbers:
        return False
    share, within = _shared_stems(one, other), one.stems <= other.stems or other.stems <= one.stems
    return share >= _SHARED or (within and share >= _SHARED_IF_WITHIN)
