"""Links to a line of a file, as the host of the repository shows it at one commit."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from mlsd_lint.diagnostics import is_outside


class SourceLinks(NamedTuple):
    """Where the web shows the files of the repository that is checked.

    `pages` is the address before the commit, `https://github.com/owner/name/blob`; `commit` is
    the full id of the commit that is checked.
    """

    pages: str
    commit: str

    def to_line(self, path: str, line: int, commit: str = "") -> str:
        """The address of a line, from 1, of the file at a root-relative POSIX path.

        It is made of ASCII and percent-encoded, so it ends no link and no table cell. `commit`
        is another commit than the one that is checked. "" for a file outside of the repository
        and for a path that no address can hold.
        """
        if is_outside(path) or path.startswith("../"):
            return ""
        try:
            name = quote(path.encode("utf-8", "surrogateescape"))
        except UnicodeEncodeError:
            return ""
        # A Markdown file is shown rendered, where no line has an address, unless one asks.
        return f"{self.pages}/{commit or self.commit}/{name}?plain=1#L{line}"
