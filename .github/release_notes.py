# ruff: noqa: INP001  # a script, not a package
"""Print the changelog's section for a tag, if the tag is that of the version: v1.2.3 for 1.2.3."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def notes(tag: str, root: Path = ROOT) -> str:
    """What CHANGELOG.md says of the version that the tag names.

    Raises:
        ValueError: the tag names another version, or the changelog has nothing to say of it.
    """
    package = (root / "src" / "mlsd_lint" / "__init__.py").read_text("utf-8")
    (version,) = re.findall(r'^__version__ = "(.+)"$', package, re.MULTILINE)
    if tag != f"v{version}":
        raise ValueError(f"the tag is {tag}, and src/mlsd_lint/__init__.py says {version}")
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    heading = rf"^## \[?{re.escape(version)}\]?(?: [^\n]*)?$"
    section = re.search(rf"{heading}(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    text = section[1].strip() if section else ""
    if not text:
        raise ValueError(f'CHANGELOG.md has no section "## {version}", or nothing in it')
    return text


def main() -> None:
    """Print the notes for the tag that is the only argument."""
    try:
        sys.stdout.write(f"{notes(sys.argv[1])}\n")
    except ValueError as error:
        sys.exit(f"release_notes.py: {error}")


if __name__ == "__main__":
    main()
