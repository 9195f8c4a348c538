"""The page speaks four languages completely, and needs nothing from elsewhere."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest

import rehearsal
from locales.localized import LANGUAGES

WEB = Path(rehearsal.__file__).parent / "page" / "web"
WORDS: dict[str, dict[str, str]] = json.loads((WEB / "words.json").read_text(encoding="utf-8"))
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in WEB.rglob("*") if path.suffix in {".js", ".html"}}
# Keys that a script puts together: "phone." and a word, "error." and the server's code…
TOUR = ("tour.subscribe", "tour.next", "tour.move", "tour.watch", "tour.panel", "tour.certificate")
MADE_UP = ("error.", "phone.", "people.role.", "city.", "clock.turning", "clock.subscribing", "clock.moving", *TOUR)


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_every_text_is_there_in_four_languages_with_the_same_holes(key: str) -> None:
    texts = WORDS[key]
    assert set(texts) == set(LANGUAGES)
    assert all(texts.values())
    assert len({frozenset(holes(text)) for text in texts.values()}) == 1


def test_every_key_that_the_page_asks_for_exists_and_none_is_left_over() -> None:
    asked = set(re.findall(r"""data-t(?:-label)?="([\w.]+)\"""", SOURCES["index.html"]))
    scripts = " ".join(text for name, text in SOURCES.items() if name.endswith(".js"))
    asked |= {key for key in re.findall(r'"([a-z]+\.\w+)"', scripts) if key.split(".")[0] in _areas()}
    assert asked - set(WORDS) == set()
    assert {key for key in WORDS if not key.startswith(MADE_UP)} - asked == set()


def _areas() -> set[str]:
    return {key.split(".")[0] for key in WORDS}


def test_every_refusal_of_the_server_has_words() -> None:
    folder = WEB.parent
    code = re.compile(r'RefusedError\(\s*\d+, "(\w+)"')
    codes = {found for path in folder.glob("*.py") for found in code.findall(path.read_text(encoding="utf-8"))}
    assert codes
    assert {f"error.{each}" for each in codes} <= set(WORDS)


def test_the_page_fetches_nothing_from_elsewhere() -> None:
    """Addresses may stand in comments and name the drawing language; none is loaded."""
    for name, text in SOURCES.items():
        assert not re.search(r"""(?:src|href|url|import|from)\s*[=(]?\s*["']https?://""", text), name
    styles = list(WEB.rglob("*.css"))
    assert styles
    for path in styles:
        assert "url(" not in path.read_text(encoding="utf-8")


def test_untrusted_text_is_made_markup_in_one_place_only() -> None:
    """There the server's escaped HTML is read; see tests/rehearsal/page/test_phones.py for the escaping."""
    assert [name for name, text in SOURCES.items() if "innerHTML" in text] == ["formatting.js"]
