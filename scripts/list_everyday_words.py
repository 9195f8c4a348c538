"""Writes knowledge/search/everyday.toml: words that people use whatever they ask, and that name no subject.

A word is one of them where it stands far more often in the examples of questions, wishes and small talk than in those
of objectives, areas, sessions, principles and terms. Run it after many new examples.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import tomli

from knowledge.search.index import Stems
from locales.localized import LANGUAGES, Language

_KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
_EXAMPLES = ("meaning/examples.toml", "content/pmm-2024/examples.toml")
_SUBJECTS = frozenset({"objective", "area", "session", "principle", "term"})
# How many lines must have it; the part that subjects may have of it; what a word unseen there counts for.
_LEAST, _MOST_OF_SUBJECTS, _UNSEEN = 14, 0.45, 0.3
_CAPTION = "# Words of every day, that prove no subject although the content has few: `scripts/list_everyday_words.py`."


def everyday_words(language: Language) -> list[str]:
    """Returns those words of that language in order, each as it is written most often."""
    stems, written = Stems(language), dict[str, Counter[str]]()
    everyday, of_subjects, lines = Counter[str](), Counter[str](), Counter[bool]()
    for of_subject, line in _lines(language):
        found = stems.stem_all(line)
        (of_subjects if of_subject else everyday).update({stem for _, stem in found})
        lines[of_subject] += 1
        for word, stem in found:
            written.setdefault(stem, Counter())[word] += 1
    kept = []
    for stem, often in everyday.items():
        here, there = often / lines[False], (of_subjects[stem] + _UNSEEN) / lines[True]
        if often >= _LEAST and not stem.isdigit() and there / (here + there) < _MOST_OF_SUBJECTS:
            kept.append(written[stem].most_common(1)[0][0])
    return sorted(kept)


def _lines(language: Language) -> Iterator[tuple[bool, str]]:
    """Yields each example with whether it is of a subject."""
    for file in _EXAMPLES:
        for address, by_language in tomli.loads((_KNOWLEDGE / file).read_text("utf-8")).items():
            of_subject = address.split(":")[0] in _SUBJECTS
            yield from ((of_subject, line) for line in by_language[language])


def main() -> None:
    """Writes the file anew."""
    rows = []
    for language in LANGUAGES:
        words = "".join(f'    "{word}",\n' for word in everyday_words(language))
        rows.append(f"{language} = [\n{words}]")
    (_KNOWLEDGE / "search/everyday.toml").write_text("\n".join((_CAPTION, *rows, "")), "utf-8")


if __name__ == "__main__":
    main()
