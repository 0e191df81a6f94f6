"""Pages that say that they do not exist, with the status of success."""

from __future__ import annotations
from mlsd_lint.links.html_pages import Page


def says(page: Page, host: str) -> str:
    """The reason to believe that a page says so, "" if it does not."""
    return ""
