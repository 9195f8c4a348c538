"""What operators are given agrees with the code, as far as that can be seen without starting it."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from bot.command_line import cli
from scripts import audit
from scripts.draw_map import FLOORS
from scripts.run_lock import needed

ROOT = Path(__file__).parent.parent
DOCKERFILE, IGNORED = (ROOT / "Dockerfile").read_text(), (ROOT / ".dockerignore").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_the_image_gets_what_the_bot_needs_and_no_tools() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lock = needed((ROOT / "requirements.lock").read_text())
    names = {name.lower() for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)}
    wanted = {re.split(r"[\[<>=]", each)[0].lower() for each in project["project"]["dependencies"]}
    tools = {re.split(r"[\[<>=]", each)[0].lower() for each in project["dependency-groups"]["dev"]}
    assert wanted <= names
    assert not tools & names
    assert len(names) == len(re.findall(r"==[^\n]+ \\\n    --hash=sha256:", lock)), "each with its hash"


def test_the_image_holds_every_floor_but_the_rehearsal() -> None:
    for floor in set(FLOORS) - {"rehearsal"}:
        assert f"COPY {floor}/ app/{floor}/" in DOCKERFILE
        assert f"!{floor}\n" in IGNORED
    assert "rehearsal" not in DOCKERFILE


def test_the_image_runs_as_nobody_in_particular() -> None:
    assert re.search(r"^USER 10001", DOCKERFILE, re.MULTILINE)
    assert "compileall" in DOCKERFILE
    asked = re.search(r"HEALTHCHECK.*?127\.0\.0\.1:(\d+)/healthz", DOCKERFILE, re.DOTALL)
    assert asked is not None
    assert f"CICLO_HTTP__PORT={asked[1]}" in DOCKERFILE, "a bot that polls has no other door"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd's own judge")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = (ROOT / "deploy" / "ciclo.service").read_text()
    file = tmp_path / "ciclo.service"
    file.write_text(unit.replace("/opt/ciclo/.venv/bin/python", "/bin/true").replace("/opt/ciclo", "/"))
    done = subprocess.run(  # noqa: S603 - systemd's own tool
        [shutil.which("systemd-analyze") or "", "verify", str(file)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_command_that_the_runbooks_name_exists() -> None:
    known = {each.name or getattr(each.callback, "__name__", "") for each in cli.registered_commands}
    assert set(re.findall(r"\bbot (run|check|migrate|export|backup|restore|forget|\w+ing)\b", OPERATIONS)) <= known
    assert {"backup", "restore", "forget", "migrate", "export"} <= known


def test_the_audit_holds_nobody_up_where_it_cannot_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    assert audit.main() == 0
    said = capsys.readouterr()
    assert "NOT AUDITED" in said.out
    assert "NOT AUDITED" in said.err


SEEN = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
HOLED = {"name": "aiohttp", "version": "3.14.5", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["9"]}]}
# As pip-audit 2.9 lists each package where its source cannot be reached; it adds "No known vulnerabilities found".
SKIPPED = {"name": "aiohttp", "skip_reason": "Dependency not found on PyPI and could not be audited: aiohttp (3.14.5)"}


@pytest.mark.parametrize(
    ("says", "expected", "told"),
    [
        ([SEEN, HOLED], (1, 1), "aiohttp has a known hole: PYSEC-2026-1"),
        ([SEEN, SEEN], (0, 0), "2 of 2 packages looked up\npip-audit: no known holes"),
        ([SKIPPED, SKIPPED], (0, 1), "NOT AUDITED: 2 of 2 packages"),
        ([SEEN, SKIPPED], (0, 1), "NOT AUDITED: 1 of 2 packages"),
        ([HOLED, SKIPPED], (1, 1), "NOT AUDITED: 1 of 2 packages"),
        ([], (0, 1), "NOT AUDITED"),
        ("ConnectionError: …", (0, 1), "NOT AUDITED"),
        ("No known vulnerabilities found", (0, 1), "NOT AUDITED"),
    ],
)
def test_the_audit_says_no_holes_only_where_it_has_looked_at_every_package(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    says: object,
    expected: tuple[int, int],
    told: str,
) -> None:
    program = tmp_path / "pip-audit"
    words = says if isinstance(says, str) else json.dumps({"dependencies": says, "fixes": []})
    program.write_text(f"#!/bin/sh\necho '{words}'\nexit {expected[0]}\n")
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    assert (audit.main(), audit.main(["--required"])) == expected
    printed = capsys.readouterr().out
    assert told in printed
    assert ("no known holes" in printed) == (expected == (0, 0))
