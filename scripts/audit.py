"""Asks pip-audit about known holes in what we install, where it is installed and its sources can be reached."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_SECONDS = 60
# How pip-audit says that it has found something, whatever else went wrong.
_FOUND = "known vulnerabilit"
# An index without the advisories answers, but knows nothing.
_UNKNOWN = "could not be audited"


def main() -> int:
    """Returns 0 unless something was found; on a machine without network it says so and does not fail."""
    program = shutil.which("pip-audit", path=str(Path(sys.executable).parent)) or shutil.which("pip-audit")
    if program is None:
        return _skipped("pip-audit is not installed")
    command = [program, "--requirement", "requirements.lock", "--require-hashes", "--disable-pip", "--timeout", "5"]
    try:
        done = subprocess.run(  # noqa: S603 - the tool that was just found
            [*command, "--progress-spinner", "off"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _skipped("it took too long")
    told = f"{done.stdout}\n{done.stderr}"
    if done.returncode and _FOUND in told:
        print(told)
        return 1
    if done.returncode or _UNKNOWN in told:
        return _skipped("its sources cannot be reached")
    return _said("nothing known against what we use")


def _skipped(why: str) -> int:
    """Says loudly that nobody has looked: whoever reads the log must not take it for a clean bill."""
    print(f"{'!' * 100}\n!! NOT AUDITED: nobody has looked for known holes in what we install; {why}.", file=sys.stderr)
    print(f"!! Where there is a network: pip install pip-audit && make lint\n{'!' * 100}", file=sys.stderr)
    return _said(f"skipped: {why}")


def _said(what: str) -> int:
    print(f"pip-audit: {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
