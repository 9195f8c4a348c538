"""The rules of the house that matter are tests."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.config.settings import Settings, read_settings
from handlers.organizer import routes as organizer
from handlers.participant.start import unknown_command
from handlers.router import Router
from handlers.routes import COMMANDS, PRESSES
from scripts.draw_map import FLOORS, MAP, drawn
from tests.conftest import ON_POSTGRESQL_TOO

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if "versions" not in path.parts)
LONGEST_FILE, LONGEST_FUNCTION = 400, 30
MOST_IN_A_FOLDER, LARGEST_README = 15, 8_000
# Everything we remember stays on one page, however long that gets: it is read as a list.
ONE_PAGE = ROOT / "db" / "tables.py"
# SQLAlchemy documents it as the way to read a row by its columns' names.
PUBLIC_ALL_THE_SAME = {"_mapping"}
# One migration follows another; a script is started by its path.
ON_PURPOSE = {"db/migrations/versions", "scripts"}
TRICKS = {("sys", "modules"), ("object", "__setattr__")}
# They end like a verb in the third person, and are none: nouns in the plural, and words that begin a riddle.
NOUNS = (
    "Always Announcements Areas As Buttons Cards Cities Countries Dates Days Figures Files Headers Hours Is Its "
    "Kilometres Languages Less Lines Megabytes Messages Minutes Months Names Numbers Others Ours Participants Perhaps "
    "People Phrases Places Plus Practices Questions Reminders Rows Seconds Sessions Signs Statements Theirs Things "
    "This Times Topics Unless Us Vectors Was Weeks Wishes Wordings Words Yes Zones"
)


@cache
def parsed(path: Path) -> ast.Module:
    """A file's tree: eight rules look at each."""
    return ast.parse(path.read_text("utf-8"))


@pytest.fixture(autouse=True, scope="module")
def trees_are_let_go() -> Iterator[None]:
    """They take a hundred megabytes."""
    yield
    parsed.cache_clear()


def test_imports_go_downwards_only() -> None:
    """import-linter holds the floors of pyproject.toml against the code."""
    done = subprocess.run(  # noqa: S603 - our own tool on our own code
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_ptb_is_known_below_the_wings_and_where_everything_meets() -> None:
    """Everything else can be read without knowing Telegram's library."""
    published = {path.relative_to(ROOT).parts[0] for path in SOURCES if "telegram" in imported(path)}
    assert published == {"rehearsal", "bot", "telegram_io"}


def test_no_private_names_of_libraries() -> None:
    """Neither imported nor reached by a dot: what begins with an underscore is ours, or documented as public."""
    trees = {path: parsed(path) for path in SOURCES}
    ours = {name for tree in trees.values() for name in defined(tree)} | PUBLIC_ALL_THE_SAME
    assert [(str(path.relative_to(ROOT)), name) for path in trees for name in private_names(trees[path], ours)] == []


def defined(tree: ast.Module) -> Iterator[str]:
    """Every name and attribute that a file defines itself."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name


def private_names(tree: ast.Module, ours: Collection[str]) -> Iterator[str]:
    """What a file takes from a library's inside."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names if "._" in f".{each.name}")
            case ast.ImportFrom(module=str(module), names=names) if module.split(".")[0] not in FLOORS:
                if module != "__future__" and any("._" in f".{module}.{each.name}" for each in names):
                    yield module
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if (owner, name) in TRICKS:
                yield f"{owner}.{name}"
            case ast.Attribute(attr=name) if name.startswith("_") and not name.startswith("__") and name not in ours:
                yield name


def test_the_outbox_is_filled_in_one_file() -> None:
    """There delivery is woken, so that no feature has to remember it."""
    filling = re.compile(r"insert(_into\(tx, |\()outbox\b")
    assert [path.name for path in SOURCES if filling.search(path.read_text("utf-8"))] == ["outbox.py"]


def test_apscheduler_is_known_in_one_file() -> None:
    published = {str(path.relative_to(ROOT)) for path in SOURCES if "apscheduler" in imported(path)}
    assert published == {"reminders/planning/scheduler.py"}


def test_no_circles_of_imports_types_included() -> None:
    """Also none that closes only where types are checked, or within a function."""
    known = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in SOURCES}
    edges = {name: modules_imported(path, known.keys()) - {name} for name, path in known.items()}
    # What imports nothing more of ours is in no circle; taken away again and again, only circles are left.
    while leaves := {name for name, found in edges.items() if not found & edges.keys()}:
        edges = {name: found for name, found in edges.items() if name not in leaves}
    # And so is what nothing imports.
    while roots := edges.keys() - {each for found in edges.values() for each in found}:
        edges = {name: found for name, found in edges.items() if name not in roots}
    assert not edges


def modules_imported(path: Path, known: Collection[str]) -> set[str]:
    """Those of our modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & set(known) or {node.module}
    return found & set(known)


@cache
def imported(path: Path) -> set[str]:
    """The top names that a file imports."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


def test_a_folder_can_be_taken_in_at_a_glance() -> None:
    """At most fifteen files directly in it, and the `__init__.py` that says what it is."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607 - whichever git is there
    counted = Counter(
        str(Path(each).parent)
        for each in listed.stdout.splitlines()
        if (ROOT / each).exists() and not each.endswith("__init__.py")
    )
    crowded = {folder: files for folder, files in counted.items() if files > MOST_IN_A_FOLDER}
    assert crowded.keys() <= ON_PURPOSE, crowded


def test_every_package_says_what_it_is_for() -> None:
    """In the first line of its `__init__.py`."""
    files = [*SOURCES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    packages = {path.parent for path in files} - {ROOT / "db" / "migrations"}  # Alembic runs its files by their paths
    silent = [each for each in packages if not (each / "__init__.py").is_file() or not caption(each / "__init__.py")]
    assert [str(each.relative_to(ROOT)) for each in silent] == []


def caption(path: Path) -> str | None:
    """A file's docstring."""
    return ast.get_docstring(parsed(path))


def test_no_test_is_imported_by_another() -> None:
    """What several of them use is in tests/support."""
    importing = re.compile(r"^\s*(from tests\S* import .*\btest_|(from|import) tests\S*\.test_)", re.MULTILINE)
    tests = [path for room in ("tests", "benchmarks", "scripts") for path in (ROOT / room).rglob("*.py")]
    assert [str(path.relative_to(ROOT)) for path in tests if importing.search(path.read_text("utf-8"))] == []


def test_what_runs_on_postgresql_too_exists() -> None:
    """A file that is renamed must not drop out of the list in silence."""
    missing = []
    for prefix in ON_POSTGRESQL_TOO:
        file, _, name = prefix.partition("::")
        path = ROOT / "tests" / file
        if not path.exists() or (path.is_file() and f"def {name}" not in path.read_text("utf-8")):
            missing.append(prefix)
    assert missing == []


@pytest.mark.parametrize("name", ["README.md", "README.es.md"])
def test_the_readme_is_read_in_five_minutes(name: str) -> None:
    assert (ROOT / name).stat().st_size <= LARGEST_README


def test_a_file_has_a_caption_and_is_short() -> None:
    """Its first line says what it is for; nobody scrolls for long."""
    sources = {path: path.read_text("utf-8") for path in SOURCES}
    assert [str(path) for path, source in sources.items() if not source.startswith('"""')] == []
    tall = {path for path, source in sources.items() if len(source.splitlines()) > LONGEST_FILE}
    assert tall <= {ONE_PAGE}
    long = [
        f"{path}: {node.name}"
        for path in SOURCES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_a_functions_docstring_begins_with_a_verb() -> None:
    """In the third person, as in "Returns the hours": a property alone may be called by what it holds."""
    files = [*SOURCES, *(path for room in ("scripts", "benchmarks") for path in (ROOT / room).rglob("*.py"))]
    first_words = [(path, *found) for path in files for found in first_words_of_functions(path)]
    verb = re.compile(r"[A-Z][a-z]+s")
    others = [found for found in first_words if not verb.fullmatch(found[2]) or found[2] in NOUNS.split()]
    assert [f"{path.relative_to(ROOT)} {name}: {word}" for path, name, word in others] == []


def first_words_of_functions(path: Path) -> Iterator[tuple[str, str]]:
    """Of each docstring of a function, but for properties."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (docstring := ast.get_docstring(node)):
            decorators = {each.id for each in node.decorator_list if isinstance(each, ast.Name)}
            if decorators.isdisjoint({"property", "cached_property"}):
                yield node.name, docstring.split()[0].rstrip(".,:;")


def test_the_map_is_current() -> None:
    """`make map` writes it from the files' first lines."""
    assert drawn() in MAP.read_text("utf-8")


def test_the_example_config_holds_every_key_with_a_comment_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It loads, its values are the defaults, and nothing that can be set is missing from it."""
    text = (ROOT / "config.example.toml").read_text("utf-8")
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if " = " in line and not line.startswith("#"):
            assert lines[number - 1].startswith("#"), line
    monkeypatch.setattr("os.environ", {})
    config = tmp_path / "config.toml"
    config.write_text(text)
    assert read_settings(config) == Settings()
    for commented in ("[clock]", "start", "speed"):
        text = text.replace(f"# {commented}", commented)
    shown = {(section, key) for section, keys in tomllib.loads(text).items() for key in keys}
    sections = {name: type(getattr(Settings(), name)) for name in Settings.model_fields}
    known = {(name, key) for name, section in sections.items() for key in section.model_fields}
    assert shown == known


def test_no_command_or_alias_is_taken_twice() -> None:
    """Within one language each name means one thing."""
    names: dict[str, str] = {}
    for command in (*COMMANDS, *organizer.COMMANDS):
        for name in (command.name, *command.aliases.values()):
            assert names.setdefault(name, command.name) == command.name
            assert Router().command(name, "").feature is not unknown_command


def test_every_button_address_fits_telegrams_64_bytes() -> None:
    """With the longest value it may carry."""
    longest = {
        "{number}": "999",
        "{page}": "999",
        "{place}": "999g",
        "{key}": "k" * 48,
        "{code}": "XX",
        "{switch}": "off",
        "{lead}": "999m",
        "{moment}": "999999999",
        "{offset}": "-999",
        "{way}": "always",
        "{hours}": "22:00-07:00",
        "{step}": "s" * 16,
        "{field}": "f" * 16,
        "{purpose}": "p" * 16,
        "{version}": "9" * 9,
        "{shown}": "f" * 8,
        "{value}": "v" * 20,
        "{id}": "9" * 15,
        "{role}": "organizer",
        "{land}": "AR" * 8,
        "{sector}": "s" * 16,
        "{kind}": "xlsx",
        "{figure}": "f" * 12,
        "{theme}": "light",
        "{minutes}": "9999",
        "{act}": "restore",
        "{mark}": "5",
        "{answer}": "maybe",
        "{paper}": "letter",
    }
    for shape in (*PRESSES, *organizer.PRESSES):
        filled = shape
        for name, value in (*longest.items(), ("{zone}", "z" * 60)):
            filled = filled.replace(name, value)
        assert "{" not in filled, "each kind of value has its longest above"
        assert len(f"+{filled}".encode()) <= 64


def test_nothing_committed_names_a_registry_or_this_machine() -> None:
    """No lock file with hosts, no path of a developer's machine."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert "--hash=sha256:" in lock
