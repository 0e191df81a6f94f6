"""The Python files that a model named by import path comes from, found without importing them."""

from __future__ import annotations

from importlib.machinery import PathFinder
from pathlib import Path


def model_files(import_path: str, folder: Path) -> list[Path]:
    """The files of the package, or the one module, that `my_book.models:Recipe` starts with.

    A module in `folder` comes before an installed one. What is nowhere gives none; that importing
    it fails is said when it is imported.
    """
    package = import_path.partition(":")[0].partition(".")[0]
    found = PathFinder.find_spec(package, [str(folder)]) or PathFinder.find_spec(package)
    if found is None:
        return []
    if found.submodule_search_locations is None:
        return [Path(found.origin)] if found.origin and Path(found.origin).is_file() else []
    return [
        file for place in found.submodule_search_locations for file in Path(place).rglob("*.py")
    ]
