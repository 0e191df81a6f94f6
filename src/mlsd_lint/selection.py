"""Which rules apply, where, and how gravely: pure functions of what the user wrote.

A selector is a rule's code (`H001`), its name (`missing-title`), the beginning of codes (`H`,
`L1`) or `ALL`; letter case does not matter. Where two selectors disagree about a rule, the more
specific one decides, and between equals the one that switches off.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mlsd_lint.errors import UsageError
from mlsd_lint.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mlsd_lint.diagnostics import Severity
    from mlsd_lint.registry import Rule

ALL = "ALL"
WHOLE_CODE = 99


class SelectionError(UsageError):
    """A selector that names no rule, or a file pattern that cannot be read."""


def resolve(selector: str, rules: Mapping[str, Rule]) -> frozenset[str]:
    """The codes of the rules that a selector stands for; empty if it stands for none."""
    wanted = selector.strip().casefold()
    if wanted == ALL.casefold():
        return frozenset(rules)
    named = [rule.code for rule in rules.values() if wanted == rule.name.casefold()]
    if named or not wanted:
        return frozenset(named)
    return frozenset(code for code in rules if code.casefold().startswith(wanted))


def nearest_selector(selector: str, rules: Mapping[str, Rule]) -> str | None:
    """The code or name that somebody who wrote `selector` may have meant."""
    spellings = {ALL.casefold(): ALL}
    for rule in rules.values():
        spellings |= {rule.code.casefold(): rule.code, rule.name.casefold(): rule.name}
    found = nearest(selector.strip().casefold(), list(spellings))
    return spellings[found] if found is not None else None


def known(selector: str, rules: Mapping[str, Rule]) -> frozenset[str]:
    """Like `resolve`, but raises SelectionError, with the nearest right spelling, for none."""
    codes = resolve(selector, rules)
    if codes:
        return codes
    guess = nearest_selector(selector, rules)
    hint = f"; did you mean {guess!r}?" if guess else "; `mlsd-lint rule` lists them"
    raise SelectionError(f"there is no rule {selector!r}{hint}")


def _specificity(selector: str, rules: Mapping[str, Rule]) -> int:
    wanted = selector.strip().casefold()
    if wanted == ALL.casefold():
        return 0
    whole = any(wanted in (rule.code.casefold(), rule.name.casefold()) for rule in rules.values())
    return WHOLE_CODE if whole else len(wanted)


def select(
    rules: Mapping[str, Rule],
    select: Iterable[str],
    ignore: Iterable[str] = (),
    extend_select: Iterable[str] = (),
) -> frozenset[str]:
    """The codes of the rules that apply; an optional one only if it is named itself.

    Raises SelectionError for a selector that names no rule.
    """
    choices = [(selector, True) for selector in (*select, *extend_select)]
    choices += [(selector, False) for selector in ignore]
    chosen: set[str] = set()
    for selector, wanted in sorted(choices, key=lambda one: (_specificity(one[0], rules), -one[1])):
        codes = known(selector, rules)
        if wanted and _specificity(selector, rules) < WHOLE_CODE:
            codes = frozenset(code for code in codes if not rules[code].optional)
        chosen = chosen | codes if wanted else chosen - codes
    return frozenset(chosen)


def severities(rules: Mapping[str, Rule], overrides: Mapping[str, Severity]) -> dict[str, Severity]:
    """The severity of every rule by code, where `overrides` maps selectors to severities.

    Raises SelectionError for a selector that names no rule.
    """
    result = {code: rule.severity for code, rule in rules.items()}
    for selector in sorted(overrides, key=lambda one: _specificity(one, rules)):
        result |= dict.fromkeys(known(selector, rules), overrides[selector])
    return result


def per_file_ignores(
    rules: Mapping[str, Rule], table: Mapping[str, Iterable[str]]
) -> Callable[[str], frozenset[str]]:
    """Compile a table of file patterns and selectors into a function of a file's path.

    It gives the codes that are switched off in that file (POSIX path from the root). Raises
    SelectionError for a selector that names no rule and for a pattern that cannot be read.
    """
    compiled = [
        (
            file_pattern(pattern),
            frozenset[str]().union(*(known(selector, rules) for selector in selectors)),
        )
        for pattern, selectors in table.items()
    ]

    @cache
    def ignored(path: str) -> frozenset[str]:
        return frozenset[str]().union(
            *(codes for pattern, codes in compiled if pattern.fullmatch(path))
        )

    return ignored


def file_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern as in .gitignore, compiled; `fullmatch` it with a POSIX path from the root.

    Without a slash (but at its end) it matches at any depth. What matches a directory matches
    all that is in it. Raises SelectionError for a bracket that cannot be read.
    """
    anchored = "/" in pattern.rstrip("/")
    body = pattern.strip("/")
    # A bracket reads `]` as its own if it comes first, as in POSIX.
    pieces = re.findall(r"\*\*/|/\*\*$|\*+|\?|\[[!^]?(?:\][^\]]*|[^\]]+)\]|\\.|.", body, re.DOTALL)
    tail = "/.*" if pattern.endswith("/") else "(?:/.*)?"
    expression = ("" if anchored else "(?:.*/)?") + "".join(map(_piece, pieces)) + tail
    try:
        return re.compile(expression, re.DOTALL)
    except re.error as error:
        raise SelectionError(f"the file pattern {pattern!r} cannot be read: {error}") from error


def _piece(piece: str) -> str:
    if piece in ("**/", "/**"):
        return "(?:.*/)?" if piece == "**/" else "/.*"
    if piece.startswith("*"):
        return "[^/]*"
    if piece == "?":
        return "[^/]"
    if len(piece) > 1 and piece.startswith("["):
        inner = piece[1:-1]
        negated = "^" if inner[0] in "!^" else ""
        # `re` would read `&&`, `||`, `~~` and `--` as operations on sets one day.
        escaped = re.sub(r"([]\\[&|~])", r"\\\1", inner[len(negated) :]).replace("--", r"-\-")
        return f"(?!/)[{negated}{escaped}]"
    return re.escape(piece[-1])
