"""Asks pip-audit about known holes in what we install, and counts for how many packages somebody has really looked.

`--required`: ends with 1 also where nobody has looked at every package, for machines that must have.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_SECONDS = 120
_SHOWN = 5


def main(arguments: Sequence[str] = ()) -> int:
    """Returns 1 where a hole was found; where it could not look it says so, and returns 0 unless that is required."""
    unseen = 1 if "--required" in arguments else 0
    program = shutil.which("pip-audit", path=str(Path(sys.executable).parent)) or shutil.which("pip-audit")
    if program is None:
        return _not_audited("pip-audit is not installed", unseen)
    command = [program, "--requirement", "requirements.lock", "--require-hashes", "--disable-pip", "--timeout", "5"]
    try:
        done = subprocess.run(  # noqa: S603 - the tool that was just found
            [*command, "--progress-spinner", "off", "--format", "json"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _not_audited(f"it took longer than {_SECONDS} s", unseen)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return _not_audited(
            f"pip-audit ended with {done.returncode} and no list: its sources cannot be reached", unseen
        )
    return _judged(packages, unseen)


def _judged(packages: Sequence[dict[str, Any]], unseen: int) -> int:
    """Judges its list: it says "no known vulnerabilities" also where it could look at no package at all."""
    holes = [(each["name"], hole["id"]) for each in packages for hole in each.get("vulns", ())]
    skipped = [each["name"] for each in packages if "vulns" not in each]
    seen = len(packages) - len(skipped)
    print(f"pip-audit: {seen} of {len(packages)} packages looked up")
    for name, hole in holes:
        print(f"pip-audit: {name} has a known hole: {hole}")
    if skipped or not packages:
        named = ", ".join(skipped[:_SHOWN]) + (", …" if len(skipped) > _SHOWN else "")
        unseen = _not_audited(f"{len(skipped)} of {len(packages)} packages could not be looked up ({named})", unseen)
        return 1 if holes else unseen
    if not holes:
        print("pip-audit: no known holes")
    return 1 if holes else 0


def _not_audited(why: str, unseen: int) -> int:
    """Says loudly that nobody has looked: whoever reads the log must not take it for a clean bill."""
    print(
        f"{'!' * 100}\n!! NOT AUDITED: nobody has looked for known holes in all that we install; {why}.",
        file=sys.stderr,
    )
    print(f"!! Where there is a network: pip install pip-audit && make lint\n{'!' * 100}", file=sys.stderr)
    print(f"pip-audit: NOT AUDITED: {why}")
    return unseen


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
