"""The environment as a source of settings: a variable holds a value, or with _FILE the name of a file that holds it."""

from collections.abc import Mapping
from pathlib import Path

from pydantic_settings import EnvSettingsSource

FILE = "_FILE"
# Nothing that can be set is longer; the file may be a device or somebody's mistake.
_LONGEST_BYTES = 16_384


class SecretFileError(Exception):
    """A file that a variable names cannot be used; the message never quotes what is in it."""


class Environment(EnvSettingsSource):
    """Secrets in files are Docker's, Kubernetes' and systemd's way: no other process and no log sees them."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        """Raises SecretFileError."""
        found = super()._load_env_vars()
        ending, prefix = FILE.lower(), self.env_prefix.lower()
        named = {name: file for name, file in found.items() if name.startswith(prefix) and name.endswith(ending)}
        read: dict[str, str | None] = {}
        for name, file in named.items():
            plain = name.removesuffix(ending)
            if found.get(plain):
                raise SecretFileError(f"{plain.upper()} and {name.upper()} are both set: keep one")
            read[plain] = _content(name.upper(), Path(file or ""))
        return {name: value for name, value in found.items() if name not in named} | read


def _content(variable: str, file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(_LONGEST_BYTES + 1)
        text = content.decode().strip()
    except OSError as error:
        raise SecretFileError(f"{variable}: {file} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError:
        raise SecretFileError(f"{variable}: {file} is no text") from None
    if len(content) > _LONGEST_BYTES:
        raise SecretFileError(f"{variable}: {file} is too long")
    if not text:
        raise SecretFileError(f"{variable}: {file} is empty")
    return text
