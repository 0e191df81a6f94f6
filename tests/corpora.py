"""The real lists and books beside the checkout, and what is found in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from projects import diagnose

if TYPE_CHECKING:
    from mlsd_lint.diagnostics import Diagnostic


@cache
def findings(shared: Path, corpus: str, select: str = "H,C") -> tuple[Diagnostic, ...]:
    """What the selected rules say of one corpus, checked as a project of its own."""
    with TemporaryDirectory() as folder:
        copy = copytree(shared / "corpora" / corpus, Path(folder) / corpus)
        return tuple(diagnose(copy, select))


def places(found: tuple[Diagnostic, ...], code: str) -> set[tuple[str, int]]:
    """Where one rule found something: path and line."""
    return {(one.path, one.start.line) for one in found if one.code == code}
