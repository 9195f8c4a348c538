"""The wheel, installed where nobody sees the checkout, has all that its commands need."""

import re
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
NOT_INSTALLED = {"tests", "benchmarks", "scripts"}
TOKEN = f"123456789:{'a' * 35}"
_SECONDS = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `pip install .` builds."""
    folder = tmp_path_factory.mktemp("wheel")
    ran(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder), cwd=ROOT)
    (built,) = folder.glob("ciclo-*.whl")
    return built


@pytest.fixture(scope="module")
def ciclo(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment of its own; what Ciclo needs is looked up where it is installed already."""
    venv = tmp_path_factory.mktemp("elsewhere") / "venv"
    ran(sys.executable, "-m", "venv", "--without-pip", str(venv), cwd=venv.parent)
    python = str(venv / "bin" / "python")
    install = ("-m", "pip", "--python", python, "install", "--quiet", "--disable-pip-version-check")
    ran(sys.executable, *install, "--no-deps", "--no-index", str(wheel), cwd=venv.parent)
    where = ran(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=venv.parent).strip()
    # A plain path: the .pth files in that folder, one of which names the checkout, are not read.
    Path(where, "needed.pth").write_text(sysconfig.get_path("purelib"))
    return venv / "bin" / "ciclo"


def ran(*command: str, cwd: Path) -> str:
    """Runs a command to its end; gives what it said."""
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=cwd, env=surroundings(cwd), capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def surroundings(home: Path) -> dict[str, str]:
    """An environment in which nothing names the checkout."""
    return {"PATH": "/usr/bin:/bin", "HOME": str(home)}


def test_the_wheel_holds_every_file_of_every_room_and_nothing_else(wheel: Path) -> None:
    """Content, words of the languages, fonts, the page and migrations, too."""
    rooms = [each.parent for each in ROOT.glob("*/__init__.py") if each.parent.name not in NOT_INSTALLED]
    files = {path.relative_to(ROOT).as_posix() for room in rooms for path in room.rglob("*") if path.is_file()}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == {name for name in files if not name.endswith(".pyc")} | {"bot/config.example.toml"}
    assert {"rehearsal/page/web/index.html", "db/empty.sql", "db/migrations/env.py"} <= held


def test_what_is_installed_runs_from_there(ciclo: Path, tmp_path: Path) -> None:
    where = ran(str(ciclo.parent / "python"), "-c", "import bot, rehearsal; print(bot.__file__)", cwd=tmp_path)
    assert ciclo.parent.parent in Path(where.strip()).parents


def test_from_nothing_to_a_checked_configuration(ciclo: Path, tmp_path: Path) -> None:
    """Init makes the file; check and migrate find all they need."""
    ran(str(ciclo), "init", "--token", TOKEN, "--owner", "77", "--database", "sqlite:///mine.db", cwd=tmp_path)
    assert "4 sessions, 23 objectives" in ran(str(ciclo), "check", cwd=tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"], "check leaves nothing behind"
    assert "up to date" in ran(str(ciclo), "migrate", cwd=tmp_path)
    assert (tmp_path / "mine.db").exists()


def test_the_demo_opens_its_page(ciclo: Path, tmp_path: Path) -> None:
    with demo(ciclo, tmp_path) as address:
        assert b"<html" in read(f"{address}/")
        assert read(f"{address}/words.json")
        assert b'"people"' in read(f"{address}/rehearsal/state")


@contextmanager
def demo(ciclo: Path, folder: Path) -> Iterator[str]:
    """A rehearsal that runs until the end of the block; the address that it prints."""
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [str(ciclo), "demo", "--port", "0"],
            cwd=folder,
            env=surroundings(folder) | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        assert process.stdout is not None
        told = next((line for line in process.stdout if "http://" in line), "")
        found = re.search(r"http://\S+", told)
        assert found is not None, (folder / "log").read_text()
        yield found[0]
        process.terminate()
        assert process.wait(_SECONDS) == 0, (folder / "log").read_text()
    finally:
        process.kill()
        process.communicate()


def read(address: str) -> bytes:
    """What is there."""
    with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310 - on this machine
        content: bytes = answer.read()
    return content
