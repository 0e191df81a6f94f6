"""Copies of the corpora, for tools to read and leave their caches in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Corpus:
    """A folder of Markdown that is copied a number of times, side by side, into one tree."""

    source: Path
    copies: int

    @property
    def files(self) -> int:
        """How many Markdown files a tree holds."""
        return self.copies * len(_markdown(self.source))

    @property
    def megabytes(self) -> float:
        """The size of a tree's Markdown, in millions of bytes."""
        return self.copies * sum(file.stat().st_size for file in _markdown(self.source)) / 1e6

    @property
    def label(self) -> str:
        """What the table calls it: "1,040 files, 40.8 MB"."""
        return f"{self.files:,} files, {self.megabytes:.1f} MB"

    @property
    def middle(self) -> str:
        """The file of middling size, relative to a tree's folder."""
        by_size = sorted(_markdown(self.source), key=lambda file: (file.stat().st_size, file))
        file = by_size[len(by_size) // 2].relative_to(self.source)
        return str(self._places()[0] / file) if self.copies > 1 else str(file)

    def copy_to(self, folder: Path) -> None:
        """Write a tree into `folder`: every file anew, with times and modes of its own."""
        for place in self._places():
            for file in sorted(self.source.rglob("*")):
                if file.is_file():
                    target = folder / place / file.relative_to(self.source)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(file.read_bytes())

    def _places(self) -> list[Path]:
        if self.copies == 1:
            return [Path()]
        return [Path(f"copy-{number:03}") for number in range(1, self.copies + 1)]


def _markdown(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*.md") if file.is_file()]
