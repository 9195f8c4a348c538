"""Copies of the shipped content pack, with something changed in them."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.loading.cycle_loader import ContentError, load_cycle


@dataclass(frozen=True)
class Copy:
    """A pack that a test may break."""

    folder: Path

    @classmethod
    def of(cls, content: Path, where: Path) -> "Copy":
        """A copy of that pack, under the same name."""
        return cls(Path(shutil.copytree(content, where / "content" / content.name)))

    def text(self, file: str) -> str:
        """What the file says now."""
        return (self.folder / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        """Makes the file say that."""
        (self.folder / file).write_text(text, encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        """Changes the first such place, which must be there."""
        text = self.text(file)
        assert old in text, f"{old!r} is no longer in {file}"
        self.write(file, text.replace(old, new, 1))

    def line_of(self, file: str, words: str) -> int:
        """The line on which those words first stand."""
        before, found, _ = self.text(file).partition(words)
        assert found
        return before.count("\n") + 1

    def complaint(self) -> str:
        """What loading it complains about."""
        with pytest.raises(ContentError) as caught:
            load_cycle(self.folder)
        return str(caught.value)
