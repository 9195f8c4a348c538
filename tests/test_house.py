"""The rules of the house that matter are tests."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Collection
from pathlib import Path

import pytest

from bot.config.settings import Settings, read_settings
from handlers.organizer import routes as organizer
from handlers.participant.start import unknown_command
from handlers.router import Router
from handlers.routes import COMMANDS, PRESSES
from scripts.draw_map import FLOORS, MAP, drawn

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if "versions" not in path.parts)
LONGEST_FILE, LONGEST_FUNCTION = 400, 30
# Everything we remember stays on one page, however long that gets: it is read as a list.
ONE_PAGE = ROOT / "db" / "tables.py"


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


def test_no_private_names_of_telegrams_library() -> None:
    """Neither modules nor attributes that begin with an underscore."""
    private = re.compile(r"\btelegram(\.\w+)*\._|object\.__setattr__|sys\.modules|\b(bot|request|update)\._[a-z]")
    using = [str(path) for path in SOURCES if private.search(path.read_text("utf-8"))]
    assert not using


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
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & set(known) or {node.module}
    return found & set(known)


def imported(path: Path) -> set[str]:
    """The top names that a file imports."""
    tree = ast.parse(path.read_text("utf-8"))
    plain = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    named = {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return plain | named


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_a_caption_and_is_short(path: Path) -> None:
    """Its first line says what it is for; nobody scrolls for long."""
    source = path.read_text("utf-8")
    assert source.startswith('"""')
    assert len(source.splitlines()) <= LONGEST_FILE or path == ONE_PAGE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


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
        "{value}": "v" * 20,
        "{id}": "9" * 15,
        "{role}": "organizer",
        "{land}": "AR",
        "{sector}": "s" * 16,
        "{kind}": "xlsx",
        "{figure}": "f" * 12,
        "{theme}": "light",
        "{minutes}": "9999",
        "{act}": "restore",
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
