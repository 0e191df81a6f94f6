"""A document type made of one good example: its title, sections, entries, rows and front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import CodeBlock, Heading, List, Table
from mlsd_lint.typed.checking import TYPE_KEY
from mlsd_lint.typed.deriving_entries import (
    Declaration,
    derive_entries,
    derive_rows,
    has_form,
    identifier,
    list_items,
)
from mlsd_lint.typed.flat_text import IMAGE, LINK, TAG
from mlsd_lint.typed.front_matter import front_matter_values
from mlsd_lint.typed.scopes import (
    BELOW_HEADINGS,
    document_scope,
    section_end,
    section_scope,
    section_starts,
    section_title,
)
from mlsd_lint.typed.values import Items, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.document import Document, Node
    from mlsd_lint.source import Source
    from mlsd_lint.typed.scopes import Scope
    from mlsd_lint.typed.values import Value

_ALIKE = 8  # neighbouring sections of nothing but entries: a catalogue, whose headings come and go
_NUMBERED = re.compile(r"(?P<before>\D*)(?P<number>\d+)(?P<after>\W*)(?P<title>.*)", re.DOTALL)
_LAST_DIGITS = re.compile(r"\d+(?!.*\d)", re.DOTALL)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SIGNS = re.compile(r"([\\\[\]{}])")


class Files(NamedTuple):
    """The glob of a type, and the number that it captures of the example's path ("" for none)."""

    glob: str
    number: str


def files_of(path: str) -> Files:
    """The files that are called as `path`: digits in the file's name become `{number}`."""
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    found = _LAST_DIGITS.search(stem)
    leading = re.match(r"(\d+)[-_ ]", stem)
    if leading:
        return Files(
            f"{folder}{slash}{{number}}{stem[leading.end() - 1]}*{dot}{ending}", leading[1]
        )
    if found is None:
        return Files(path, "")
    made = f"{stem[: found.start()]}{{number}}{stem[found.end() :]}"
    return Files(f"{folder}{slash}{made}{dot}{ending}", found[0])


def derive(document: Document, files: Files) -> Declaration:
    """The declaration of a type as plain values, as close as one example allows.

    It may be too close: `fitting.fitted` makes sure that the example is of the type.

    Raises:
        FrontMatterError: the front matter cannot be read.
    """
    scope = document_scope(document)
    fields: Declaration = {}
    if files.number:
        fields["number"] = {"type": "integer"}
    fields |= _front_matter(document)
    if scope.heading is not None:
        fields["title"] = {"title": _title(scope, files.number)}
    deriver = _Deriver(document.source)
    inner, allow = deriver.fields([scope], fields)
    declaration: Declaration = {"files": files.glob}
    if allow:
        declaration["other-sections"] = "allow"
    return {**declaration, "fields": fields | inner}


def _title(scope: Scope, number: str) -> bool | str:
    """The pattern of a title that says the number of the file."""
    found = _NUMBERED.fullmatch(scope.title.text.strip())
    if not number or not found or int(found["number"]) != int(number) or not _plain(found[0]):
        return True
    if not found["title"] or not found["after"]:
        return True
    return f"{_escaped(found['before'])}{{number}}{_escaped(found['after'])}{{title}}"


def _plain(words: str) -> bool:
    """Whether a heading can be written in a pattern."""
    return bool(words.strip()) and not any(sign in words for sign in (LINK, IMAGE, TAG))


def _escaped(words: str) -> str:
    return _SIGNS.sub(r"\\\1", words)


def _front_matter(document: Document) -> Declaration:
    record = front_matter_values(document)
    found: Declaration = {}
    for key, value in record.fields.items() if record else ():
        declared = _of_value(value)
        if declared is not None and key != TYPE_KEY:
            name = identifier(key, (*found, "number", "title"))
            found[name] = {"front-matter": True if name == key else key, **declared}
    return found


def _of_value(value: Value) -> Declaration | None:
    if isinstance(value, Items):
        inner = [_of_value(one) for one in value.items]
        alike = inner and inner[0] is not None and all(one == inner[0] for one in inner)
        return {**(inner[0] or {}), "repeated": True} if alike else None
    if not isinstance(value, Scalar) or value.value is None:
        return None
    for kind, name in ((bool, "boolean"), (int, "integer"), (float, "number")):
        if isinstance(value.value, kind):
            return {"type": name}
    return {"type": "date"} if _DATE.fullmatch(str(value.value)) else {}


class _Section(NamedTuple):
    title: str
    scope: Scope


@dataclass(frozen=True)
class _Deriver:
    """Looks at scopes that are alike, mostly one, and says what all of them have."""

    source: Source

    def fields(self, scopes: Sequence[Scope], taken: Declaration) -> tuple[Declaration, bool]:
        """The fields of some scopes, and whether they have sections that no field declares."""
        split = [self._split(scope) for scope in scopes]
        groups, allow = _grouped([sections for _, sections in split])
        fields = self._own([own for own, _ in split], leaf=not groups)
        for heading, repeated, some in groups:
            name = identifier(re.sub(r"\{.*?\}", " ", heading), (*taken, *fields))
            name = "sections" if heading == "{title}" and "sections" not in fields else name
            inner = self._section([one.scope for one in some], repeated=repeated, heading=heading)
            fields[name] = {"section": heading, **inner}
        return fields, allow

    def _split(self, scope: Scope) -> tuple[list[Node], list[_Section]]:
        """The blocks before the first section, and the sections under headings."""
        starts = [pair for pair in section_starts(scope) if pair[1] < BELOW_HEADINGS]
        indexes = [index for index, _ in starts]
        sections = []
        for index, level in starts:
            end = section_end(scope, index, level, indexes)
            title = " ".join(section_title(scope, index).text.split())
            sections.append(_Section(title, section_scope(scope, index, level, end)))
        own = scope.blocks[: indexes[0]] if indexes else scope.blocks
        return list(own), sections

    def _section(self, scopes: Sequence[Scope], *, repeated: bool, heading: str) -> Declaration:
        """What the declaration of a section says besides its heading."""
        named: Declaration = {}
        if repeated:
            named = {"number": {"type": "integer"}} if "{number}" in heading else {}
            named |= {"title": {}} if "{title}" in heading else {}
        alone = None if repeated else self._alone(scopes[0].blocks)
        if alone is not None:
            return alone
        inner, allow = self.fields(scopes, named)
        only_text = list(inner) == ["text"]
        if not repeated and only_text and not allow:
            return {}
        declared: Declaration = {"repeated": True} if repeated else {}
        if allow:
            declared["other-sections"] = "allow"
        return {
            **declared,
            "fields": named | (inner or {"text": {"text": True, "required": False}}),
        }

    def _alone(self, blocks: Sequence[Node]) -> Declaration | None:
        """The declaration of a section that is nothing but one thing; None if it is not."""
        if blocks and all(isinstance(block, List) for block in blocks):
            return derive_entries([list_items(self.source, blocks)])
        if blocks and all(isinstance(block, Table) for block in blocks):
            return derive_rows(self.source, blocks)
        if len(blocks) == 1 and _language(blocks[0]):
            return {"code": _language(blocks[0])}
        return None

    def _own(self, owns: Sequence[Sequence[Node]], *, leaf: bool) -> Declaration:
        """The fields for the blocks that stand before the first section of each scope."""
        fields: Declaration = {}
        if any(not isinstance(block, List | Table) for own in owns for block in own):
            everywhere = all(own for own in owns)
            name = "text" if leaf else "introduction"
            fields[name] = {"text": True} | ({} if everywhere else {"required": False})
        entries = self._entries(owns)
        if entries is not None:
            fields["entries"] = entries
        tables = [[block for block in own if isinstance(block, Table)] for own in owns]
        rows = derive_rows(self.source, list(chain(*tables))) if any(tables) else None
        if rows is not None:
            fields["rows"] = rows if all(tables) else rows | {"minimum": 0}
        fields |= dict(_codes(owns, leaf=leaf))
        return fields

    def _entries(self, owns: Sequence[Sequence[Node]]) -> Declaration | None:
        lists = [list_items(self.source, own) for own in owns]
        some = [one for one in lists if one]
        if not some:
            return None
        declared = derive_entries(some)
        if not all(lists):
            del declared["minimum"]
        mixed = any(not isinstance(block, List) for own in owns for block in own)
        # Among other text, points without a form are part of the text.
        return declared if has_form(declared) or not mixed else None


def _codes(owns: Sequence[Sequence[Node]], *, leaf: bool) -> Iterator[tuple[str, Declaration]]:
    languages = [[one for block in own if (one := _language(block))] for own in owns]
    for language in dict.fromkeys(one for some in languages for one in some):
        counts = [some.count(language) for some in languages]
        declared: Declaration = {"code": language}
        if max(counts) > 1 or not leaf:
            declared["repeated"] = True
        if not min(counts):
            declared["required"] = False
        yield identifier(f"{language} code", ()), declared


def _language(block: Node) -> str:
    return block.language if isinstance(block, CodeBlock) else ""


_Group = tuple[str, bool, list[_Section]]


def _grouped(scopes: Sequence[Sequence[_Section]]) -> tuple[list[_Group], bool]:
    """(heading, whether it is repeated, its sections), in order; and whether some are left out."""
    if len(scopes) > 1:
        common = [one.title for one in scopes[0]]
        alike = all([one.title for one in some] == common for some in scopes)
        if not alike or len(set(common)) < len(common) or not all(map(_plain, common)):
            return [], any(scopes)
        pairs = zip(*scopes, strict=True)
        return [(_escaped(some[0].title), False, list(some)) for some in pairs], False
    groups: list[_Group] = []
    for heading, some in _runs(scopes[0]):
        known = next((group for group in groups if group[0] == heading), None)
        if known is None:
            groups.append((heading, len(some) > 1, some))
        else:
            groups[groups.index(known)] = (heading, True, [*known[2], *some])
    plain = [group for group in groups if group[0]]
    return plain, len(plain) < len(groups)


def _runs(sections: Sequence[_Section]) -> Iterator[tuple[str, list[_Section]]]:
    """Neighbouring sections with the pattern of their headings, "" where that cannot be written."""
    index = 0
    while index < len(sections):
        for form in (_numbered_form, _catalogue_form):
            heading = form(sections[index])
            end = index + 1
            while heading and end < len(sections) and form(sections[end]) == heading:
                end += 1
            if end - index >= (2 if form is _numbered_form else _ALIKE):
                yield heading, list(sections[index:end])
                break
        else:
            title = sections[index].title
            end = index + 1
            yield (_escaped(title) if _plain(title) else ""), [sections[index]]
        index = end


def _numbered_form(section: _Section) -> str:
    """The pattern of a heading with a number and something else, such as "Step 1: Mix"."""
    found = _NUMBERED.fullmatch(section.title)
    if not found or not _plain(section.title):
        return ""
    if not found["title"]:
        return f"{_escaped(found['before'])}{{number}}{_escaped(found['after'])}"
    if not found["after"]:
        return ""
    return f"{_escaped(found['before'])}{{number}}{_escaped(found['after'])}{{title}}"


def _catalogue_form(section: _Section) -> str:
    blocks = section.scope.blocks
    entries = any(isinstance(block, List) for block in blocks)
    deeper = any(isinstance(block, Heading) for block in blocks)
    return "{title}" if entries and not deeper and _plain(section.title) else ""
