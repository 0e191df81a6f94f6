"""Inline comments that silence rules: what they silence, and which of them silence nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.diagnostics import Finding
from mlsd_lint.rules.unchecked import UNKNOWN_SUPPRESSION, UNUSED_SUPPRESSION
from mlsd_lint.selection import nearest_selector, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from mlsd_lint.diagnostics import Diagnostic
    from mlsd_lint.registry import Rule
    from mlsd_lint.workspace import Suppression


class Remark(NamedTuple):
    """What there is to say about a comment: the rule that says it, and the finding."""

    rule: Rule
    finding: Finding


class Suppressed(NamedTuple):
    """Diagnostics after suppression, each in the order given, and remarks on the comments."""

    kept: tuple[Diagnostic, ...]
    silenced: tuple[Diagnostic, ...]
    remarks: tuple[Remark, ...]


class _Code(NamedTuple):
    """One code of one comment: as written ("" for a comment that names none), and its rules."""

    comment: Suppression
    written: str
    rules: frozenset[str]


def suppress(
    diagnostics: Iterable[Diagnostic],
    suppressions: Sequence[Suppression],
    rules: Mapping[str, Rule],
    ran: Collection[str],
    unasked: Mapping[str, Collection[int]] | None = None,
) -> Suppressed:
    """Silence one document's diagnostics by the comments in it.

    A diagnostic is silenced if it starts on a line of the comment and one of the codes is its
    rule's code, name, or the beginning of its code. `rules` are all there are; `ran` are the
    codes of those that ran: a comment for a rule that did not run is not called unused. Nor is
    one for rules about external links or prose where there are such: what is silenced is not
    looked at. `unasked` has the lines (from 1) by the scope of these rules.
    """
    codes = [code for comment in suppressions for code in _codes(comment, rules)]
    used = {code for code in codes if _is_about(code, rules, unasked or {})}
    kept: list[Diagnostic] = []
    silenced: list[Diagnostic] = []
    for diagnostic in diagnostics:
        silencing = [code for code in codes if _silences(code, diagnostic)]
        used.update(silencing)
        (silenced if silencing else kept).append(diagnostic)
    remarks = [_remark(code, rules, ran) for code in codes if code not in used]
    return Suppressed(tuple(kept), tuple(silenced), tuple(one for one in remarks if one))


def silenced(
    suppressions: Sequence[Suppression], rules: Mapping[str, Rule]
) -> Callable[[int], frozenset[str]]:
    """What is silenced on a line (from 1): a function that gives the codes of those rules."""
    codes = [code for comment in suppressions for code in _codes(comment, rules)]

    def on_line(line: int) -> frozenset[str]:
        return frozenset[str]().union(*(code.rules for code in codes if _holds(code, line)))

    return on_line


def _codes(comment: Suppression, rules: Mapping[str, Rule]) -> list[_Code]:
    if not comment.codes:
        return [_Code(comment, "", frozenset(rules))]
    written = dict.fromkeys(comment.codes)
    return [_Code(comment, code, resolve(code, rules)) for code in written]


def _silences(code: _Code, diagnostic: Diagnostic) -> bool:
    return diagnostic.code in code.rules and _holds(code, diagnostic.start.line)


def _is_about(
    code: _Code, rules: Mapping[str, Rule], unasked: Mapping[str, Collection[int]]
) -> bool:
    scopes = {rules[one].scope for one in code.rules}
    return any(_holds(code, line) for scope in scopes for line in unasked.get(scope, ()))


def _holds(code: _Code, line: int) -> bool:
    first, last = code.comment.first_line, code.comment.last_line
    return first <= line and (last is None or line <= last)


def _remark(code: _Code, rules: Mapping[str, Rule], ran: Collection[str]) -> Remark | None:
    if not code.rules:
        return Remark(UNKNOWN_SUPPRESSION, _unknown(code, rules))
    checks = {one for one in code.rules if rules[one].scope != "engine"} or code.rules
    return Remark(UNUSED_SUPPRESSION, _unused(code)) if checks.issubset(ran) else None


def _unused(code: _Code) -> Finding:
    if not code.written:
        return Finding(
            code.comment.span,
            "this comment silences nothing",
            "Remove the comment.",
        )
    only = len(code.comment.codes) == 1
    return Finding(
        code.comment.span,
        f"this comment silences no {code.written}",
        "Remove the comment." if only else f"Remove {code.written} from the comment.",
    )


def _unknown(code: _Code, rules: Mapping[str, Rule]) -> Finding:
    guess = nearest_selector(code.written, rules)
    return Finding(
        code.comment.span,
        f"there is no rule {code.written!r}, so this comment silences nothing by that name",
        f"Write {guess!r} instead." if guess else "`mlsd-lint rule` lists the rules.",
    )
