"""The bot's commands, run as a person runs them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
GOOD = '[telegram]\ntoken = "1:aaaaaaaaaa"\nbase_url = "http://127.0.0.1:9"\n'


def bot(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command to its end."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
