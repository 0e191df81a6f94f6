"""Whether a text has the form that a pattern describes, and where each named part then stands.

The work is bounded by the square of the text's length at worst, whatever the pattern: a part
that cannot end rightly behind one place is not tried again from there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from mlsd_lint.typed.flat_text import BREAK, IMAGE, LINK
from mlsd_lint.typed.patterns import Blank, Named, NextParagraph, without
from mlsd_lint.typed.patterns import Literal as Characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mlsd_lint.typed.flat_text import FlatText
    from mlsd_lint.typed.patterns import Form, Pattern, Plain

LONGEST = 5_000  # characters of an entry
_BLANK = re.compile(rf"[^\S{BREAK}]+")
_NEXT_PARAGRAPH = re.compile(rf"\s*{BREAK}\s*")
_ATOMS = {"link": LINK, "image": IMAGE}


class PartKind(NamedTuple):
    """What may stand for a named part.

    `expression` is what its value looks like when it is right; `greedy` is set where it reaches
    as far as it can (a list of names) instead of ending as soon as it can.
    """

    content: Literal["text", "link", "image"] = "text"
    expression: re.Pattern[str] | None = None
    greedy: bool = False


class Range(NamedTuple):
    """Two indexes into a flat text."""

    start: int
    end: int


class Match(NamedTuple):
    """A text read by a form; `wrong` names the parts whose value is not as it should be."""

    form: Form
    parts: Mapping[str, Range]
    wrong: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()


class Mismatch(NamedTuple):
    """A text that no form reads: how far the best one came, and what it wanted there."""

    form: Form
    at: int
    wanted: Plain | None


@dataclass
class _Effort:
    """What may still be tried on one text, in about a microsecond each.

    Forms multiply: six optional pieces and a part that may be wrong or missing are two thousand
    of them, each of which may have to look at thousands of separators.
    """

    left: int = 400_000

    def spend(self, length: int) -> bool:
        """Look at a part of this length; False if enough was tried."""
        self.left -= 3 + length // 40
        return self.left > 0


@dataclass
class _Attempt:
    """One form tried on one text."""

    text: str
    flat: FlatText
    form: Form
    kinds: Mapping[str, PartKind]
    relaxed: frozenset[str]
    effort: _Effort
    failed: set[tuple[int, int]] = field(default_factory=set)
    hopeless: dict[int, int] = field(default_factory=dict)
    furthest: tuple[int, int] = (0, 0)

    def parts(self) -> dict[str, Range] | None:
        return self._from(0, len(self.text) - len(self.text.lstrip()))

    def _from(self, at: int, index: int) -> dict[str, Range] | None:
        """The parts from element `at` on, which starts at `index`; None if they do not fit."""
        self.furthest = max(self.furthest, (index, at))
        if at == len(self.form):
            return {} if not self.text[index:].strip() else None
        if (at, index) in self.failed or index >= self.hopeless.get(at, len(self.text) + 1):
            return None
        element = self.form[at]
        for end in self._ends(at, index):
            rest = self._from(at + 1, end)
            if rest is not None:
                return (
                    {element.name: Range(index, end), **rest}
                    if isinstance(element, Named)
                    else rest
                )
        self._remember(at, index)
        return None

    def _remember(self, at: int, index: int) -> None:
        element = self.form[at]
        if isinstance(element, Named) and self._kind(element) == PartKind():
            self.hopeless[at] = min(index, self.hopeless.get(at, index))
        self.failed.add((at, index))

    def _kind(self, element: Named) -> PartKind:
        kind = self.kinds.get(element.name, PartKind())
        return kind._replace(expression=None) if element.name in self.relaxed else kind

    def _ends(self, at: int, index: int) -> Iterator[int]:
        element = self.form[at]
        if isinstance(element, Characters):
            if self.text.startswith(element.text, index):
                yield index + len(element.text)
        elif isinstance(element, Blank | NextParagraph):
            expression = _BLANK if isinstance(element, Blank) else _NEXT_PARAGRAPH
            found = expression.match(self.text, index)
            if found:
                yield found.end()
        else:
            yield from self._part_ends(self._kind(element), at, index)

    def _part_ends(self, kind: PartKind, at: int, index: int) -> Iterator[int]:
        if kind.content != "text":
            if self.text.startswith(_ATOMS[kind.content], index):
                yield index + 1
            return
        ends = self._candidates(at, index)
        for end in reversed(list(ends)) if kind.greedy else ends:
            if not self.effort.spend(end - index):
                return
            value = self.flat.piece(index, end).value
            if value and (kind.expression is None or kind.expression.fullmatch(value)):
                yield end

    def _candidates(self, at: int, index: int) -> Iterator[int]:
        """Where a text that starts at `index` may end: before what follows it in the form."""
        if at + 1 == len(self.form):
            yield len(self.text.rstrip())
            return
        following = self.form[at + 1]
        stop = self.text.find(BREAK, index)
        stop = len(self.text) if stop < 0 else stop
        if isinstance(following, NextParagraph):
            yield stop
        elif isinstance(following, Blank):
            yield from (found.start() for found in _BLANK.finditer(self.text, index + 1, stop))
        else:
            wanted = following.text if isinstance(following, Characters) else self._atom(following)
            end = self.text.find(wanted, index + 1, stop)
            while end >= 0:
                yield end
                end = self.text.find(wanted, end + 1, stop)

    def _atom(self, element: Named) -> str:
        return _ATOMS[self.kinds[element.name].content]


def match(
    flat: FlatText, patterns: Sequence[Pattern], kinds: Mapping[str, PartKind]
) -> Match | Mismatch:
    """Read a text by the first pattern that fits, or else by the one that fits best.

    In this order: everything right; one part with a wrong value; several of them; one part
    missing. A `Mismatch` says how far the best pattern came.
    """
    forms = [form for pattern in patterns for form in pattern.forms]
    furthest = Mismatch(forms[0], 0, forms[0][0])
    effort = _Effort()
    for form, wrong, missing in _ways(forms, kinds):
        attempt = _Attempt(flat.text, flat, form, kinds, wrong, effort)
        parts = attempt.parts()
        if parts is not None and not _stands_there(flat, parts, missing, kinds):
            return Match(form, parts, wrong & parts.keys(), missing)
        index, at = attempt.furthest
        if not missing and index > furthest.at:
            furthest = Mismatch(form, index, form[at] if at < len(form) else None)
    return furthest


def _stands_there(
    flat: FlatText,
    parts: Mapping[str, Range],
    missing: frozenset[str],
    kinds: Mapping[str, PartKind],
) -> bool:
    """Whether some other part begins with what would be missing: it only stands there wrongly."""
    for one in (kinds.get(name, PartKind()) for name in missing):
        for start, end in parts.values():
            begins = flat.text[start:end].lstrip("*~ ")
            if one.content in _ATOMS and begins.startswith(_ATOMS[one.content]):
                return True
            if one.expression and re.match(
                rf"(?:{one.expression.pattern})\b", flat.piece(start, end).value
            ):
                return True
    return False


def _ways(
    forms: Iterable[Form], kinds: Mapping[str, PartKind]
) -> Iterator[tuple[Form, frozenset[str], frozenset[str]]]:
    """(form, parts whose value may be wrong, parts left out), the strictest first."""
    nothing: frozenset[str] = frozenset()
    forms = list(forms)
    yield from ((form, nothing, nothing) for form in forms)
    for form in forms:
        yield from ((form, frozenset({name}), nothing) for name in _typed(form, kinds))
    yield from ((form, _typed(form, kinds), nothing) for form in forms)
    known = {_names(form) for form in forms}
    for form in forms:
        for name in (one.name for one in form if isinstance(one, Named)):
            left = _names(form) - {name}
            if left and left not in known:  # with what is left alone, it was tried already
                for shorter in without(form, name):
                    yield shorter, nothing, frozenset({name})


def _names(form: Form) -> frozenset[str]:
    return frozenset(one.name for one in form if isinstance(one, Named))


def _typed(form: Form, kinds: Mapping[str, PartKind]) -> frozenset[str]:
    return frozenset(
        one.name
        for one in form
        if isinstance(one, Named) and kinds.get(one.name, PartKind()).expression is not None
    )
