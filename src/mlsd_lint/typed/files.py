"""Which files a type is about: globs in which `{name}` captures a part of the path."""

from __future__ import annotations

import re
from functools import cache

from mlsd_lint.selection import file_pattern

_NAMED = re.compile(r"\{([^{}]*)\}")


class FilesError(ValueError):
    """A glob with captures cannot be read."""


@cache
def file_expression(glob: str) -> re.Pattern[str]:
    """The glob as an expression to `fullmatch` with a path; each capture is a group of its name.

    Raises:
        FilesError: a capture has no proper name, or a name returns.
    """
    names = _NAMED.findall(glob)
    for name in names:
        if not name.isidentifier():
            raise FilesError(f"{{{name}}} in {glob!r} is no name: use letters, digits and _")
        if names.count(name) > 1:
            raise FilesError(f"the name {{{name}}} stands in {glob!r} twice")
    # Where a capture stands, put what no glob can mean; then put the group there.
    marked = _NAMED.sub(lambda found: f"\x01{found[1]}\x01", glob)
    expression = file_pattern(marked).pattern
    return re.compile(re.sub("\\\\?\x01(\\w+)\\\\?\x01", r"(?P<\1>[^/]+?)", expression), re.DOTALL)


def captures(path: str, globs: tuple[str, ...]) -> dict[str, str] | None:
    """The captured parts of a path that one of the globs matches; None if none does."""
    for glob in globs:
        found = file_expression(glob).fullmatch(path)
        if found:
            return found.groupdict()
    return None
