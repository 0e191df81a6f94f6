"""The measurements as Markdown, and their place in the README."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

README = Path(__file__).with_name("README.md")


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers_from: int) -> str:
    """A GFM table; columns from `numbers_from` (0-based) on are aligned right."""
    rule = ["---" if column < numbers_from else "---:" for column in range(len(head))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


def write(marker: str, content: str, page: Path = README) -> None:
    """Put `content` between `<!-- marker -->` and `<!-- /marker -->` in a page, the README if none.

    Raises:
        ValueError: the page lacks one of the two markers.
    """
    start, end = f"<!-- {marker} -->", f"<!-- /{marker} -->"
    text = page.read_text("utf-8")
    before, old_and_after = text.split(start)
    _, after = old_and_after.split(end)
    page.write_text(f"{before}{start}\n\n{content}\n\n{end}{after}", "utf-8")
