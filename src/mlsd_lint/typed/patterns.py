"""The little language in which a heading, a file name or an entry is described.

    {link} ({authors}, {source}, {year})[: {about}]

`{name}` is a named part; `[…]` may be there or not; white space stands for any white space, an
empty line for the next paragraph. Emphasis is written `*so*` or `**so**`, code with single
backticks. A backslash takes a bracket, brace or backslash as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_OPTIONAL = 6
_BRACKETS = ("()", "[]", "{}", "<>", '""', "“”")
_TOKEN = re.compile(
    r"\\(?P<escaped>[\\\[\]{}])|\{(?P<name>[^{}]*)\}|(?P<open>\[)|(?P<close>\])"
    r"|(?P<paragraph>\s*\n\s*\n\s*)|(?P<blank>\s+)|(?P<brace>[{}])|(?P<text>[^\\\[\]{}\s]+|\\)"
)


class PatternError(ValueError):
    """A pattern cannot be read, or could match nothing; `str()` says why and where in it."""


@dataclass(frozen=True, slots=True)
class Literal:
    """These characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """White space within a paragraph."""


@dataclass(frozen=True, slots=True)
class NextParagraph:
    """The end of one paragraph and the beginning of the next."""


@dataclass(frozen=True, slots=True)
class Named:
    """A part that has a name."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be there or not."""

    elements: tuple[Element, ...]


Plain = Literal | Blank | NextParagraph | Named
Element = Plain | Choice
Form = tuple[Plain, ...]


@dataclass(frozen=True)
class Pattern:
    """A pattern as written, and its forms: with all that is optional first, with nothing last."""

    written: str
    forms: tuple[Form, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its parts, in order."""
        return tuple(one.name for one in self.forms[0] if isinstance(one, Named))

    @property
    def required(self) -> frozenset[str]:
        """The names that are in every form."""
        every = [{one.name for one in form if isinstance(one, Named)} for form in self.forms]
        return frozenset(set.intersection(*every))

    @property
    def literal(self) -> str | None:
        """The text, if it is the same whatever is matched; None if there are named parts."""
        if len(self.forms) > 1 or self.names:
            return None
        return written(self.forms[0])


def parse_pattern(text: str) -> Pattern:
    """Read a pattern.

    Raises:
        PatternError: brackets do not pair, a name is not one, a name returns, or two text parts
            touch, so that nobody can say where the first one ends.
    """
    elements = _elements(text.strip())
    optional = sum(isinstance(one, Choice) for one in elements)
    if optional > MOST_OPTIONAL:
        raise PatternError(f"at most {MOST_OPTIONAL} optional pieces can stand in one pattern")
    forms = tuple(dict.fromkeys(_tidy(form) for form in _forms(elements)))
    if not all(forms):
        raise PatternError("it would match the empty text")
    names = [one.name for one in forms[0] if isinstance(one, Named)]
    for name in names:
        if names.count(name) > 1:
            raise PatternError(f"the name {{{name}}} stands in it twice")
    return Pattern(text, forms)


def written(form: Form) -> str:
    """A form as its author would write it."""
    return "".join(map(_written, form))


def _written(element: Plain) -> str:
    if isinstance(element, Literal):
        return element.text
    if isinstance(element, Named):
        return f"{{{element.name}}}"
    return " " if isinstance(element, Blank) else "\n\n"


def _elements(text: str) -> list[Element]:
    outside: list[Element] = []
    inside: list[Element] | None = None
    opened = 0
    for match in _TOKEN.finditer(text):
        current = outside if inside is None else inside
        column = match.start() + 1
        if match["open"]:
            if inside is not None:
                raise PatternError(f"a bracket inside brackets at column {column}")
            inside, opened = [], column
        elif match["close"]:
            if inside is None:
                raise PatternError(f"']' without '[' at column {column}; write '\\]' for the sign")
            outside.append(Choice(tuple(inside)))
            inside = None
        elif match["brace"]:
            raise PatternError(f"an unpaired brace at column {column}; write '\\{match['brace']}'")
        else:
            _append(current, _element(match))
    if inside is not None:
        raise PatternError(f"'[' without ']' at column {opened}; write '\\[' for the sign")
    return outside


def _element(match: re.Match[str]) -> Plain:
    if match["name"] is not None:
        if not match["name"].isidentifier():
            raise PatternError(
                f"{match[0]} at column {match.start() + 1} is no name: "
                "use letters, digits and underscores, a letter first"
            )
        return Named(match["name"])
    if match["paragraph"]:
        return NextParagraph()
    return Blank() if match["blank"] else Literal(match["escaped"] or match["text"])


def _append(elements: list[Element], element: Element) -> None:
    last = elements[-1] if elements else None
    if isinstance(last, Literal) and isinstance(element, Literal):
        elements[-1] = Literal(last.text + element.text)
    else:
        elements.append(element)


def _forms(elements: list[Element]) -> Iterator[list[Plain]]:
    """Every way to take or leave what is optional, taking first."""
    if not elements:
        yield []
        return
    first, rest = elements[0], elements[1:]
    for form in _forms(rest):
        if isinstance(first, Choice):
            yield [*(one for one in first.elements if not isinstance(one, Choice)), *form]
        else:
            yield [first, *form]
    if isinstance(first, Choice):
        yield from _forms(rest)


def _tidy(form: list[Plain]) -> Form:
    """Literals that touch made one, white space that touches made one, none at the edges."""
    tidy: list[Element] = []
    for one in form:
        last = tidy[-1] if tidy else None
        spaces = isinstance(one, Blank | NextParagraph)
        if spaces and isinstance(last, Blank | NextParagraph):
            if isinstance(one, NextParagraph):
                tidy[-1] = one
        elif not (spaces and last is None):
            _append(tidy, one)
    while tidy and isinstance(tidy[-1], Blank | NextParagraph):
        tidy.pop()
    return tuple(one for one in tidy if not isinstance(one, Choice))


def without(form: Form, name: str) -> tuple[Form, ...]:
    """The form with one part left out, and with it what parts it from one of its neighbours.

    Of `({authors}, {year}): {about}` the first part goes with the comma behind it, the second with
    the comma before it; nobody can tell from the form alone, so there are two. A part that stands
    in brackets alone goes with them.
    """
    index = next(at for at, one in enumerate(form) if isinstance(one, Named) and one.name == name)
    before = index - 1
    while before >= 0 and not isinstance(form[before], Named):
        before -= 1
    after = index + 1
    while after < len(form) and not isinstance(form[after], Named):
        after += 1
    behind, ahead = [*form[:index], *form[after:]], [*form[: before + 1], *form[index + 1 :]]
    ways: list[Sequence[Plain]] = [behind] if after < len(form) else []
    if before >= 0:
        last = [*_closed(form, before + 1), form[: before + 1]] if after == len(form) else []
        ways += [*last[:-1], ahead, *last[-1:]]
    whole = _open_marks(form)
    tidy = dict.fromkeys(_tidy(list(way)) for way in ways)
    # In place of a first part may stand anything, so that what opens behind it belongs to that.
    found = [way for way in tidy if way and (before < 0 or _open_marks(way) == whole)]
    return tuple(dict.fromkeys([*_without_brackets(form, index), *found]))


def _without_brackets(form: Form, index: int) -> Iterator[Form]:
    """The form without a part and the pair of brackets around it, if there is a pair."""
    first, last = (form[at] if 0 <= at < len(form) else None for at in (index - 1, index + 1))
    if not (isinstance(first, Literal) and isinstance(last, Literal)):
        return
    if first.text[-1] + last.text[0] not in _BRACKETS:
        return
    before, after = list(form[: index - 1]), list(form[index + 2 :])
    if first.text[:-1]:
        before.append(Literal(first.text[:-1]))
    elif before and isinstance(before[-1], Blank):
        before.pop()
    rest = [Literal(last.text[1:])] if last.text[1:] else []
    yield _tidy([*before, *rest, *after])


def _open_marks(form: Form) -> tuple[int, ...]:
    """How many brackets are open at the end of a form, and which marks are not paired."""
    text = "".join(one.text for one in form if isinstance(one, Literal))
    brackets = (text.count(left) - text.count(right) for left, right in ("()", "[]", "{}", "“”"))
    return (*brackets, *(text.count(mark) % 2 for mark in '*`"'))


def _closed(form: Form, at: int) -> Iterator[Form]:
    """The form up to a literal, with as much of that as may still stand there: `)` of `): `."""
    literal = form[at]
    if isinstance(literal, Literal) and at > 0:
        for length in range(len(literal.text), 0, -1):
            yield (*form[:at], Literal(literal.text[:length]))
