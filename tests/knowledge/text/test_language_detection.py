"""The chosen language is kept unless a clause of several words is plainly another: a table of messages on phones."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.work import load_answering
from knowledge.text.language_detection import LanguageDetector
from knowledge.text.phrases import as_french
from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import CONTENT, QUESTIONS, read

TABLES = Path(__file__).parents[2] / "support" / "knowledge" / "languages"
_OTHER_SCRIPTS = {"ru", "ar", "zh"}


@cache
def detector() -> LanguageDetector:
    """The detector as the bot builds it."""
    return load_answering(CONTENT).languages


def messages() -> Iterator[tuple[Language, str, str, str, str]]:
    """Each message of both tables: the phone's language, whether it was chosen, the answer's, another one, the text."""
    for name in ("tune.tsv", "aside.tsv"):
        for line in (TABLES / name).read_text("utf-8").splitlines():
            if not line.startswith("#"):
                phone, kept, answered, other, text = line.split("\t")
                yield next(each for each in LANGUAGES if each == phone), kept, answered, other, text


@pytest.mark.parametrize(("phone", "kept", "answered", "other", "text"), messages())
def test_a_message_is_answered_in_the_right_language(
    phone: Language, kept: str, answered: str, other: str, text: str
) -> None:
    """A word, a name, an address changes nothing; a whole clause does, unless the person chose by hand."""
    guess = detector().guess(text, phone, kept=kept == "h")
    assert guess.language == answered
    assert (guess.other or "-") == ("?" if other in _OTHER_SCRIPTS else other)


@pytest.mark.parametrize("name", ["tune", "tune_more"])
def test_nobody_who_asks_in_the_language_of_their_phone_is_answered_in_another(name: str) -> None:
    """Every question of the project's own sets, on a phone in its own language."""
    lost = [
        each.text
        for each in read(QUESTIONS / f"{name}.jsonl")
        if detector().guess(each.text, each.lang).language != each.lang
    ]
    assert lost == []


def test_creole_is_read_as_french() -> None:
    """What is understood of it can be answered."""
    assert as_french("Ki lè dezyèm sesyon an ap kòmanse?") == "a quelle heure deuxieme seance commence"
    assert re.search("certificat", as_french("eske gen yon sètifika"))
