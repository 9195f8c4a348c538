"""Phrases are found wherever they stand, whatever is looked at first to save time."""

import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.phrases import PhrasePattern

_WORDS = st.sampled_from(["a", "ab", "abc", "b", "inscri", "inscribir", ""])
_PHRASES = st.lists(_WORDS.filter(bool), min_size=1, max_size=3).map(" ".join)
_WILD = _PHRASES.map(lambda phrase: f"{phrase}*")
_TEXTS = st.lists(_WORDS, max_size=6).map(lambda words: f" {' '.join(words)} ")


@given(phrases=st.lists(st.one_of(_PHRASES, _WILD), max_size=4), text=_TEXTS)
def test_the_same_is_found_as_by_a_search_of_the_whole_text(phrases: list[str], text: str) -> None:
    found = PhrasePattern(phrases)
    whole = re.compile(found.pattern)
    assert [each.span() for each in found.finditer(text)] == [each.span() for each in whole.finditer(text)]
    assert (found.search(text) is None) == (whole.search(text) is None)
    assert found.sub("-", text) == whole.sub("-", text)
    assert found.begins(text) == (whole.match(text, 1) is not None)


def test_the_longest_phrase_is_found_first() -> None:
    assert PhrasePattern(["no", "no quiero", "no quie*"]).sub("-", " ya no quiero nada ") == " ya - nada "


def test_no_phrases_find_nothing() -> None:
    assert PhrasePattern([]).search("  ") is None
