"""Every sentence is there in four languages, with the same values and markup that Telegram takes."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog

from locales.localized import LANGUAGES, Language
from locales.translator import read_catalogue
from rehearsal.telegram.text.formatting import parse_html

ROOT = Path(__file__).parent.parent.parent
FLOORS = ("bot", "handlers", "reminders", "changes", "knowledge", "locales")
SHOWN_AS_IS = re.compile(r"^[\W\d]*(\{\w+\}[\W\d]*)*$")  # nothing but values, markup and signs

catalogues = {language: read_catalogue(language) for language in LANGUAGES}


def forms(catalogue: Catalog, key: str) -> tuple[str, ...]:
    message = catalogue.get(key)
    assert message is not None
    found = message.string if isinstance(message.string, tuple) else (message.string,)
    return tuple(str(each) for each in found)


def keys(catalogue: Catalog) -> list[str]:
    return [str(each.id[0] if isinstance(each.id, tuple) else each.id) for each in catalogue if each.id]


def values(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_the_four_languages_have_the_same_keys() -> None:
    """Nothing is said in one language only."""
    expected = keys(catalogues["es"])
    assert {language: keys(each) for language, each in catalogues.items()} == dict.fromkeys(LANGUAGES, expected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_and_each_takes_the_same_values(language: Language) -> None:
    """A translation neither forgets a value nor invents one; a plural may leave its number out."""
    for key in keys(catalogues["es"]):
        expected = values(forms(catalogues["es"], key)[-1]) - {"n"}
        for form in forms(catalogues[language], key):
            assert form.strip(), key
            assert values(form) - {"n"} == expected, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_markup_that_telegram_takes(language: Language) -> None:
    """No tag is left open."""
    for key in keys(catalogues[language]):
        for form in forms(catalogues[language], key):
            parse_html(re.sub(r"\{\w+\}", "x", form))


@pytest.mark.parametrize("language", ["pt", "en", "fr"])
def test_sentences_are_translated(language: Language) -> None:
    """Few may be the same as in Spanish: names, numbers, and words that the languages share."""
    same = [
        key
        for key in keys(catalogues[language])
        if forms(catalogues[language], key) == forms(catalogues["es"], key)
        and not all(SHOWN_AS_IS.match(re.sub(r"</?\w+>", "", form)) for form in forms(catalogues["es"], key))
    ]
    assert len(same) <= len(keys(catalogues["es"])) * 0.12, same


def test_every_key_in_the_code_is_a_sentence_and_every_sentence_is_used() -> None:
    """The code's keys and the catalogues' are one list."""
    code = "\n".join(path.read_text("utf-8") for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))
    known = set(keys(catalogues["es"]))
    asked = set(re.findall(r'[tT]ext\(\s*"([a-z_.]+)"', code))
    made = {key for key in known if f'"{key}"' in code} | asked
    families = {match.split("{")[0] for match in re.findall(r'[tT]ext\(\s*f"([^"]+)"', code)}
    unused = {key for key in known - made if not any(key.startswith(family) for family in families)}
    assert asked - known == set()
    assert unused == set()


def test_french_is_set_as_the_french_set_it() -> None:
    """No-break spaces before double signs and curved apostrophes, as in the content; sessions are never "séances"."""
    found = [(key, each) for key in keys(catalogues["fr"]) for each in forms(catalogues["fr"], key)]
    slips = re.compile(r"\w'\w|\w’ |(?<=\S) [:;?!»]|« |(?<![\w/])séance", re.IGNORECASE)
    assert [(key, each) for key, each in found if slips.search(re.sub(r"https?://\S+", "", each))] == []


@pytest.mark.parametrize(("language", "others"), [("es", "“”"), ("pt", "«»"), ("en", "«»"), ("fr", "“”")])
def test_a_language_has_one_kind_of_quotation_marks(language: Language, others: str) -> None:
    said = {key: "".join(forms(catalogues[language], key)) for key in keys(catalogues[language])}
    assert [key for key, each in said.items() if not set(others).isdisjoint(each)] == []
