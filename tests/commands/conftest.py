"""The command in a folder of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from command import run

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path


@dataclass(frozen=True)
class Folder:
    """A folder with files in it, in which the command is run."""

    path: Path

    def write(self, files: dict[str, str]) -> None:
        for name, content in files.items():
            file = self.path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode())

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run(self.path, *arguments)

    def names(self) -> set[str]:
        files = (path for path in self.path.rglob("*") if path.is_file())
        return {path.relative_to(self.path).as_posix() for path in files}


@pytest.fixture
def folder(tmp_path) -> Folder:
    return Folder(tmp_path)
