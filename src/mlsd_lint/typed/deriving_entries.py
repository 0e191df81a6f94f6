"""What the entries of lists and the rows of tables have in common: patterns, parts, order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_lint.document import List, Paragraph
from mlsd_lint.typed.collation import out_of_order
from mlsd_lint.typed.flat_text import FlatText, flat_text
from mlsd_lint.typed.matching import LONGEST, Match, PartKind, match
from mlsd_lint.typed.model import TypedDocument
from mlsd_lint.typed.patterns import parse_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mlsd_lint.document import Node
    from mlsd_lint.source import Source
    from mlsd_lint.typed.patterns import Pattern

Declaration = dict[str, Any]
_SORTED_FROM = 5
_MOST_FORMS = 3
_WELL_COVERED = 0.6
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_KINDS = {
    "link": PartKind("link"),
    "paper": PartKind("link"),
    "image": PartKind("image"),
    "year": PartKind("text", re.compile(r"\d{4}")),
    "amount": PartKind("text", _NUMBER),
    "letter": PartKind("text", re.compile(r"[a-z]")),
    "unit": PartKind("text", re.compile(r"[a-z]{1,3}|cups?|tea\w+|table\w+|pinch(?:es)?")),
    "authors": PartKind("text", None, greedy=True),
}
_PARTS: dict[str, Declaration] = {
    "link": {"type": "link"},
    "paper": {"type": "link"},
    "image": {"type": "image"},
    "year": {"type": "integer"},
    "amount": {"type": "number"},
    "letter": {"pattern": "^[a-z]$"},
    "authors": {"separated": [", ", " and "]},
}
# The more a form says, the further ahead it stands.
_FORMS = tuple(
    parse_pattern(form)
    for form in (
        "{link} ({authors}, {source}, {year}): {about}",
        "{link} ({authors}, {source}, {year})\n\n{about}",
        "{link} ({authors}, {source}, {year})",
        "{link} ({authors}, {year}): {about}",
        "{link} ({authors}, {year})",
        "{link} ({year}): {about}",
        "{link} ({year}) - {about}",
        "{link} ({year})",
        "{link} ({paper}) `{source}` `{year}`",
        "{link} `{source}` `{year}`",
        "{link} ({remark}): {about}",
        "{link} ({remark}) - {about}",
        "{link} {image} - {about}",
        "{link} - {about}",
        "{link} – {about}",
        "{link} — {about}",
        "{link}: {about}",
        "{link} by {authors}",
        "{link} ({remark})",
        "{title} ({authors}, {source}, {year}): {about}",
        "({letter}) {text}",
        "**{term}**: {about}",
        "**{term}:** {about}",
        "**{term}** - {about}",
        "**{term}** – {about}",
        "**{term}** — {about}",
        "`{term}`: {about}",
        "`{term}` - {about}",
        "{amount} {unit} {name}",
        "{amount} {name}",
        "{link}",
    )
)
_LOOSE = tuple(parse_pattern(form) for form in ("{link} {about}", "{about}"))


class Found(NamedTuple):
    """An item of a list: its first paragraph, and its first two."""

    texts: tuple[FlatText, ...]
    number: int | None


def list_items(source: Source, blocks: Iterable[Node]) -> list[Found]:
    """The items of the lists among some blocks."""
    return [
        Found(_texts(source, item.children), getattr(item, "number", None))
        for block in blocks
        if isinstance(block, List)
        for item in block.children
    ]


def _texts(source: Source, blocks: Sequence[Node]) -> tuple[FlatText, ...]:
    first = [block for block in blocks[:1] if isinstance(block, Paragraph)]
    both = [block for block in blocks[:2] if isinstance(block, Paragraph)]
    some = [first, both] if len(both) == 2 and first else [first] if first else []
    return tuple(flat_text(source, one) for one in some)


def derive_entries(lists: Sequence[Sequence[Found]]) -> Declaration:
    """The declaration of a field of entries; `lists` are the items of each scope that has it."""
    items = [item for some in lists for item in some]
    declaration: Declaration = {"entries": True}
    forms = _forms_of(items)
    if forms:
        written = [form.written for form in forms]
        declaration["entries"] = written[0] if len(written) == 1 else written
    if all(some and _counts(some) for some in lists):
        declaration["numbered"] = True
    by = _first_name(forms)
    if all(len(some) >= _SORTED_FROM and _in_order(some, by, forms) for some in lists):
        declaration["sorted"] = by or True
    declaration["minimum"] = 1
    if forms:
        declaration["fields"] = _parts(forms)
    return declaration


def has_form(declaration: Declaration) -> bool:
    """Whether more is known of the entries than that there are some."""
    return declaration["entries"] is not True


def _reads(form: Pattern, item: Found) -> bool:
    wants_two = "\n\n" in form.written
    if not item.texts or len(item.texts[0].text) > LONGEST or (wants_two and len(item.texts) < 2):
        return False
    read = match(item.texts[1 if wants_two else 0], [form], _KINDS)
    return isinstance(read, Match) and not read.wrong and not read.missing


def _forms_of(items: Sequence[Found]) -> list[Pattern]:
    """The fewest forms that all items have; none if they have nothing in common."""
    if not items or not all(item.texts for item in items):
        return []
    chosen: list[Pattern] = []
    rest = list(items)
    while rest and len(chosen) < _MOST_FORMS:
        reads = [(sum(_reads(form, item) for item in rest), form) for form in _FORMS]
        most = max(count for count, _ in reads)
        if not most:
            break
        enough = min(most, len(rest) * _WELL_COVERED)
        best = next(form for count, form in reads if count >= enough)
        chosen.append(best)
        rest = [item for item in rest if not _reads(best, item)]
    if len(rest) > len(items) * (1 - _WELL_COVERED):
        chosen, rest = [], list(items)
    if rest:
        loose = next((one for one in _LOOSE if all(_reads(one, item) for item in rest)), None)
        if loose is None or (not chosen and loose is _LOOSE[-1]):
            return []
        chosen.append(loose)
    return sorted(chosen, key=(*_FORMS, *_LOOSE).index)


def _parts(forms: Sequence[Pattern]) -> Declaration:
    names = dict.fromkeys(name for form in forms for name in form.names)
    return {
        name: _PARTS.get(name, {})
        | ({} if all(name in form.names for form in forms) else {"required": False})
        for name in names
    }


def _counts(items: Sequence[Found]) -> bool:
    return [item.number for item in items] == list(range(1, len(items) + 1))


def _first_name(forms: Sequence[Pattern]) -> str:
    """The part that entries are in the order of."""
    if not forms:
        return ""
    name = forms[0].names[0]
    name = next((one for one in forms[0].names if one == "name"), name)
    return f"{name}.title" if name == "link" else name


def _in_order(items: Sequence[Found], by: str, forms: Sequence[Pattern]) -> bool:
    names = []
    for item in items:
        if not item.texts:
            return False
        flat = item.texts[0]
        if not forms:
            names.append(flat.piece(0, len(flat.text)).value)
            continue
        read = match(item.texts[-1] if "\n\n" in forms[0].written else flat, forms, _KINDS)
        where = read.parts.get(by.removesuffix(".title")) if isinstance(read, Match) else None
        if where is not None:
            names.append(flat.piece(*where).value)
    return len(set(names)) > 1 and not out_of_order(names, "")


def derive_rows(source: Source, tables: Sequence[Node]) -> Declaration | None:
    """The declaration of a field of rows; None if the tables have different or nameless columns."""
    heads = [[_cell(source, cell) for cell in table.children[0].children] for table in tables]
    titles = heads[0]
    folded = {" ".join(title.casefold().split()) for title in titles}
    if any(head != titles for head in heads) or "" in folded or len(folded) < len(titles):
        return None
    rows = [row for table in tables for row in table.children[1:]]
    columns: dict[str, str] = {}
    fields: Declaration = {}
    for index, title in enumerate(titles):
        name = identifier(title, columns)
        columns[name] = title
        cells = [row.children[index] for row in rows if index < len(row.children)]
        said = [_cell(source, cell) for cell in cells]
        fields[name] = _column(said) | ({} if all(said) and len(said) == len(rows) else _OPTIONAL)
    plain = all(name.replace("_", " ") == title.casefold() for name, title in columns.items())
    return {"rows": True if plain else columns, "minimum": min(len(rows), 1), "fields": fields}


_OPTIONAL: Declaration = {"required": False}


def _cell(source: Source, cell: Node) -> str:
    return flat_text(source, [cell]).text.strip()


def _column(said: Sequence[str]) -> Declaration:
    filled = [one for one in said if one]
    if filled and all(re.fullmatch(r"\d+", one) for one in filled):
        return {"type": "integer"}
    if filled and all(_NUMBER.fullmatch(one) for one in filled):
        return {"type": "number"}
    return {}


def identifier(words: str, taken: Iterable[str]) -> str:
    """A name for a field, made of the first words of a heading, that is not taken yet."""
    parts = re.findall(r"\w+", words.casefold())[:5]
    name = "_".join(parts).strip("_") or "part"
    if not name.isidentifier() or name.startswith("model_") or hasattr(TypedDocument, name):
        name = f"the_{name}"
    if not name.isidentifier():
        name = "part"
    known, number, first = set(taken), 2, name
    while name in known:
        name, number = f"{first}_{number}", number + 1
    return name
