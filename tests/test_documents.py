"""What the documents name exists: files, links, make's targets, commands, keys of the configuration, tests."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from bot.config.settings import Settings
from rehearsal.command_line import make_commands

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted((*ROOT.glob("*.md"), *ROOT.glob("[!.]*/**/*.md")))
# Comments and captions name them, too.
SOURCES = sorted((*ROOT.glob("[!.]*/**/*.py"), *ROOT.glob("deploy/*"), ROOT / "Makefile", ROOT / "config.example.toml"))
_LONGEST_README = 8_000
_PATH = re.compile(r"(?<![\w/.:-])(?:[\w-]+/)+[\w-]+\.(?:py|toml|tsv|po|json|service|lock|md|sql)\b")
_FILE = re.compile(r"`(\w+\.(?:py|toml|md|sql))`")
_MODULE = re.compile(r"\b(\w+\.py)\b")
_LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
_MAKE = re.compile(r"`(?:\w+=\S+ )?make ([a-z]+)[^`]*`|^make ([a-z]+)\b", re.MULTILINE)
_COMMAND = re.compile(r"`(?:\S*/)?(?:ciclo|bot|python -m bot) ([a-z]+)\b|^(?:\S*/)?ciclo ([a-z]+)\b", re.MULTILINE)
_VARIABLE = re.compile(r"\bCICLO_([A-Z]+(?:__[A-Z_]+?)+)(?:_FILE)?\b(?![<_])")
_KEY = re.compile(r"`([a-z]+(?:\.[a-z]+)?\.[a-z_]+)(?: = [^`]*)?`")
_TEST = re.compile(r"\btest_\w+\b(?!\.py)")
# Written by the operator, or made elsewhere; never in the repository.
_NOT_OURS = {"config.toml", "secrets/token"}


def read(path: Path) -> str:
    return path.read_text("utf-8")


def title(path: Path) -> str:
    return str(path.relative_to(ROOT))


def found(pattern: "re.Pattern[str]", text: str) -> Iterator[str]:
    """What the first group that matched holds, each time."""
    for match in pattern.finditer(text):
        yield next(filter(None, match.groups()), match.group())


@cache
def made() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE))


@cache
def names() -> set[str]:
    """Of every file of ours, without its folder."""
    return {path.name for path in (*ROOT.glob("*"), *ROOT.glob("[!.]*/**/*"))}


@cache
def written_tests() -> str:
    """All tests, with the names of their files."""
    return "\n".join(read(path) + path.stem for path in (ROOT / "tests").rglob("test_*.py"))


def commands() -> set[str]:
    """All that `ciclo` takes."""
    command = get_command(make_commands())
    assert isinstance(command, TyperGroup)
    return set(command.commands)


def keys() -> Iterator[str]:
    """Every key that can be set, such as telegram.webhook.url."""
    for name, section in Settings().model_dump().items():
        for key, value in section.items():
            yield from (f"{name}.{key}.{inner}" for inner in value) if isinstance(value, dict) else (f"{name}.{key}",)


def anchors(path: Path) -> set[str]:
    """The headings of a document as addresses, the way GitHub writes them."""
    headings = re.findall(r"^#+ (.+)$", read(path), re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def exists(document: Path, path: str) -> bool:
    """Beside the document, in the checkout, or where a pattern has an example."""
    return path in _NOT_OURS or (document.parent / path).exists() or (ROOT / path).exists()


@pytest.mark.parametrize("document", DOCUMENTS, ids=title)
def test_files_that_a_document_names_exist(document: Path) -> None:
    text = read(document)
    assert not [path for path in _PATH.findall(text) if "://" not in path and not exists(document, path)]
    assert not {name for name in _FILE.findall(text) if name not in names() | _NOT_OURS}


def test_files_that_code_names_exist() -> None:
    """Also in comments and captions."""
    ours, top = {path.name for path in SOURCES}, {path.name for path in ROOT.iterdir()}
    for source in SOURCES:
        text = read(source)
        missing = [path for path in _PATH.findall(text) if path.split("/")[0] in top and not exists(source, path)]
        assert not missing + [name for name in _MODULE.findall(text) if name not in ours], title(source)


@pytest.mark.parametrize("document", DOCUMENTS, ids=title)
def test_links_lead_somewhere(document: Path) -> None:
    for link in found(_LINK, read(document)):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=title)
def test_commands_that_a_document_names_exist(document: Path) -> None:
    assert set(found(_COMMAND, read(document))) <= commands()


def test_make_has_what_is_named() -> None:
    """In the documents, and in what code says of itself."""
    for path in (*DOCUMENTS, *SOURCES):
        assert set(found(_MAKE, read(path))) <= made(), title(path)


@pytest.mark.parametrize("document", DOCUMENTS, ids=title)
def test_keys_that_a_document_names_can_be_set(document: Path) -> None:
    text, known = read(document), set(keys())
    sections = {key.split(".")[0] for key in known}
    assert {variable.lower().replace("__", ".") for variable in _VARIABLE.findall(text)} <= known
    named = {key for key in _KEY.findall(text) if key.split(".")[0] in sections and not key.endswith(".toml")}
    assert named <= known


@pytest.mark.parametrize("document", DOCUMENTS, ids=title)
def test_tests_that_a_document_names_exist(document: Path) -> None:
    assert not [name for name in _TEST.findall(read(document)) if name not in written_tests()]


@pytest.mark.parametrize("name", ["README.md", "README.es.md"])
def test_a_readme_is_short(name: str) -> None:
    assert (ROOT / name).stat().st_size <= _LONGEST_README
