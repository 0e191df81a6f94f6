"""A document of a type before anybody has written it: its form, and what is to be filled in."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from itertools import count
from textwrap import fill, indent
from typing import TYPE_CHECKING

from mlsd_lint.config.toml_text import toml_value
from mlsd_lint.typed import markers
from mlsd_lint.typed.checking import TYPE_KEY
from mlsd_lint.typed.examples import ADDRESS, asked_for, example, limits, named
from mlsd_lint.typed.patterns import Literal, Named, NextParagraph
from mlsd_lint.typed.placeholders import FILL_IN
from mlsd_lint.typed.places import leads_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mlsd_lint.typed.patterns import Pattern
    from mlsd_lint.typed.shapes import Field, Shape
    from mlsd_lint.typed.types import Type

_WIDTH = 100
_MOST = 100  # entries, whatever a type asks for
_CODE = {"mermaid": f'flowchart LR\n    first["{FILL_IN}"] --> second["{FILL_IN}"]'}
Path = tuple[str, ...]


@dataclass(frozen=True)
class Beginnings:
    """What is known of a document before it is written.

    `path` is the document's and `files` are those there are, from the root. `captured` are the
    named parts of its path, `copied` texts from other documents by the path of the field that
    repeats them ("" where the other has none). `says_type`: its path does not tell its type.
    """

    path: str
    captured: Mapping[str, str] = field(default_factory=dict)
    copied: Mapping[Path, str] = field(default_factory=dict)
    files: Sequence[str] = ()
    says_type: bool = False


def template(type_: Type, known: Beginnings) -> str:
    """The text of a new document of a type."""
    writer = _Writer(known)
    shape = type_.shape
    blocks = []
    front_matter = "".join(_front_matter(type_, known))
    if front_matter:
        blocks.append(f"---\n{front_matter}---")
    blocks.append(f"# {writer.title(shape, known.captured)}")
    blocks += writer.scope(shape, 1, (), (shape.model,))
    return _numbered_addresses("\n\n".join(blocks)) + "\n"


def _numbered_addresses(text: str) -> str:
    """The text with a number behind each example of an address, so that no two are the same."""
    numbers = count(1)
    return re.sub(rf"\({ADDRESS}\)", lambda _: f"({ADDRESS}/{next(numbers)})", text)


def _front_matter(type_: Type, known: Beginnings) -> Iterator[str]:
    """The lines of the front matter; a comment says what to fill in, for nothing else can."""
    if known.says_type:
        yield f"{TYPE_KEY}: {type_.name}\n"
    in_title = {
        name
        for one in type_.shape.fields
        if isinstance(one.place, markers.Title)
        for pattern in one.patterns
        for name in pattern.names
    }
    for one in type_.shape.fields:
        if isinstance(one.place, markers.FrontMatter):
            key = one.place.key or one.name
        elif one.is_part and one.name not in known.captured and one.name not in in_title:
            key = one.name
        else:
            continue
        said = example(type_.shape, one)
        value = toml_value(said) if one.takes_text else said
        value = f"[{value}]" if one.many else value
        yield f"{key}: {value}  # {asked_for(one)}\n"


@dataclass(frozen=True)
class _Writer:
    """Writes the blocks of scopes."""

    known: Beginnings

    def title(self, shape: Shape, said: Mapping[str, str]) -> str:
        """The heading of a document."""
        titles = [one for one in shape.fields if isinstance(one.place, markers.Title)]
        for one in titles:
            if one.patterns:
                return self.pattern(one.patterns[0], shape, said)
        about = next((one.description for one in titles if one.description), "")
        return f"{FILL_IN}: {about.rstrip('.')}" if about else FILL_IN

    def pattern(
        self, pattern: Pattern, shape: Shape | None, said: Mapping[str, str], index: int = 0
    ) -> str:
        """A pattern in its longest form with examples for its parts."""
        pieces = []
        for one in pattern.forms[0]:
            if isinstance(one, Literal):
                pieces.append(one.text)
            elif isinstance(one, Named):
                taker = shape.field(one.name) if shape else None
                value = example(shape, taker, index) if shape and taker else ""
                pieces.append(said.get(one.name) or value or f"{FILL_IN} {named(one.name)}")
            else:
                pieces.append("\n\n" if isinstance(one, NextParagraph) else " ")
        return "".join(pieces)

    def scope(self, shape: Shape, level: int, path: Path, above: tuple[type, ...]) -> list[str]:
        """The blocks of a scope whose heading is of this level, the heading left out."""
        own = [one for one in shape.fields if one.section is None]
        blocks = [block for one in own for block in self.placed(shape, one, level, path, above)]
        for one in shape.sections:
            blocks += self.sections(shape, one, level + 1, path, above)
        return blocks

    def sections(
        self, shape: Shape, one: Field, level: int, path: Path, above: tuple[type, ...]
    ) -> Iterator[str]:
        """The sections of a field: as many as there must be, and one that may be there."""
        said_only_by_writer = one.section is None or one.section.literal is None
        if one.optional and (said_only_by_writer or one.record in above):
            return
        repeated = one.many and one.place is None
        wanted = min(max(limits(shape, one).least, 1), _MOST) if repeated else 1
        for index in range(wanted):
            several = f" {index + 1}" if wanted > 1 else ""
            yield f"{'#' * min(level, 6)} {self._heading(one, index, several)}"
            yield from self._section(shape, one, level, path, above)

    def _heading(self, one: Field, index: int, several: str) -> str:
        if one.section is None:
            return ""
        if one.section.literal is not None:
            return one.section.literal
        holder = one.inner
        texts = {
            name: f"{FILL_IN} {named(name)}{several}"
            for name in one.section.names
            if several and holder and (taker := holder.field(name)) and taker.takes_text
            if taker.kind.expression is None
        }
        return self.pattern(one.section, holder, texts, index)

    def _section(
        self, shape: Shape, one: Field, level: int, path: Path, above: tuple[type, ...]
    ) -> Iterator[str]:
        blocks: list[str]
        if one.place is not None:
            blocks = list(self.placed(shape, one, level, path, above))
        elif one.inner is not None:
            here = (*path, one.name)
            blocks = self.scope(one.inner, level, here, (*above, one.inner.model))
        else:
            blocks = [self.copied((*path, one.name)) or _paragraph(shape, one)]
        yield from blocks or [_paragraph(shape, one)]

    def copied(self, path: Path) -> str | None:
        """The text that a field repeats from elsewhere; None where that is not known."""
        return self.known.copied.get(path)

    def placed(
        self, shape: Shape, one: Field, level: int, path: Path, above: tuple[type, ...]
    ) -> Iterator[str]:
        """The blocks of a field that has a place in the scope."""
        place, here = one.place, (*path, one.name)
        copied = self.copied(here)
        if copied == "":
            return
        if isinstance(place, markers.Text | markers.Paragraph):
            written = copied or _paragraph(shape, one)
            if isinstance(place, markers.Paragraph) and one.patterns and not copied:
                written = self.pattern(one.patterns[0], one.shape, {})
            yield written
        elif isinstance(place, markers.Entries):
            yield (
                _as_list(copied, place) if copied else self.entries(shape, one, level, here, above)
            )
        elif isinstance(place, markers.Rows):
            yield _table(one, place, _least(shape, one))
        elif isinstance(place, markers.Code):
            inner = _CODE.get(place.language, FILL_IN)
            yield from [f"```{place.language}\n{inner}\n```"] * _least(shape, one)
        elif isinstance(place, markers.Links):
            yield "\n".join(self.links(place.to, _least(shape, one)))

    def links(self, glob: str, wanted: int) -> Iterator[str]:
        """Links to files there are that a glob names, or else to one that somebody has to write."""
        own = self.known.path
        found = [one for one in self.known.files if one != own and leads_to("x", one, glob)]
        if "://" in glob or not glob:
            found = [glob.replace("*", "example") or ADDRESS]
        made = glob.replace("**/", "").replace("*", "fill-in").strip("/")
        for index in range(wanted):
            target = found[min(index, len(found) - 1)] if found else made
            if "://" not in target:
                target = posixpath.relpath(target, posixpath.dirname(own) or ".")
            yield f"- [{FILL_IN}]({target})" if wanted > 1 else f"[{FILL_IN}]({target})"

    def entries(
        self, shape: Shape, one: Field, level: int, path: Path, above: tuple[type, ...]
    ) -> str:
        """A list: an entry of each form, and as many more as there must be."""
        place = one.place
        bounds = limits(shape, one)
        wanted = max(bounds.least, len(one.patterns), 1)
        wanted = min(wanted, _MOST if bounds.most is None else bounds.most)
        assert isinstance(place, markers.Entries)  # noqa: S101  # for the type checker
        numbered = place.numbered or _takes_number(one)
        items = []
        for index in range(wanted):
            marker = f"{index + 1}. " if numbered else "- "
            blocks = self._entry(shape, one, index, level, path, above)
            text = indent("\n\n".join(blocks), " " * len(marker))
            items.append(marker + text.removeprefix(" " * len(marker)))
        apart = "\n\n" if any("\n\n" in item for item in items) else "\n"
        return apart.join(items)

    def _entry(  # where it stands has that many sides
        self,
        shape: Shape,
        one: Field,
        index: int,
        level: int,
        path: Path,
        above: tuple[type, ...],
    ) -> list[str]:
        pattern = one.patterns[index] if index < len(one.patterns) else None
        pattern = pattern or (one.patterns[0] if one.patterns else None)
        holder = one.inner
        if holder is None:
            said = self.pattern(pattern, None, _alone(shape, one)) if pattern else ""
            return [said or _alone(shape, one)[one.name]]
        unique = one.place.unique if isinstance(one.place, markers.Entries) else None
        texts = {unique: f"{FILL_IN} {named(unique)} {index + 1}"} if unique else {}
        blocks = [self.pattern(pattern, holder, texts, index)] if pattern else []
        if holder.model in above:
            return blocks or [asked_for(one)]
        inner = (one for one in holder.fields if one.section is None)
        for part in inner:
            if isinstance(part.place, markers.Text | markers.Title) and pattern:
                continue
            blocks += self.placed(holder, part, level, path, (*above, holder.model))
        return blocks or [asked_for(one)]


def _least(shape: Shape, one: Field) -> int:
    """How many values of a field to write."""
    return min(max(limits(shape, one).least, 1), _MOST) if one.many else 1


def _takes_number(one: Field) -> bool:
    """Whether the entries of a field know their numbers, and their patterns do not say them."""
    takes = one.inner is not None and "number" in one.inner.parts
    return takes and not any("number" in pattern.names for pattern in one.patterns)


def _alone(shape: Shape, one: Field) -> dict[str, str]:
    """The example of an entry that is one value, by every name that its pattern may give it."""
    plain = one.takes_text and one.kind.expression is None
    value = asked_for(one) if plain and not one.patterns else example(shape, one)
    return dict.fromkeys((one.name, *(name for form in one.patterns for name in form.names)), value)


def _paragraph(shape: Shape, one: Field) -> str:
    """What to write, at the length that is asked for."""
    bounds = limits(shape, one)
    text = asked_for(one)
    if not one.many and len(text) < bounds.least:
        text = f"{text} Write at least {bounds.least} characters"
        text += "." * max(bounds.least - len(text), 1)
    return fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _as_list(copied: str, place: markers.Entries) -> str:
    """A list that was copied from its first item's text on."""
    first, *rest = copied.split("\n")
    marker = "1. " if place.numbered else "- "
    if any(line.lstrip().startswith(("- ", "* ", "+ ")) or line[:1].isdigit() for line in rest):
        return "\n".join([marker + first, *rest])
    return "\n".join([marker + first, *(" " * len(marker) + line for line in rest)])


def _table(one: Field, place: markers.Rows, wanted: int) -> str:
    """A table with the columns of a field, and its first rows."""
    shape = one.shape
    if shape is None:
        return asked_for(one)
    parts = list(shape.parts.values())
    titles = [place.columns.get(part.name) or _title(part.name) for part in parts]
    rows = [[example(shape, part, index) for part in parts] for index in range(wanted)]
    lines = [titles, ["---"] * len(parts), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _title(name: str) -> str:
    words = named(name)
    return words[:1].upper() + words[1:]
