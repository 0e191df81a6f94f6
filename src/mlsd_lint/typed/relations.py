"""Relations between documents: which fields refer to what, and their ends in one document.

A relation is looked at from its ends, which are kept of every document: a rule can then compare
them without reading a document again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mlsd_lint.nearest import nearest
from mlsd_lint.typed.places import address
from mlsd_lint.typed.shapes import DeclarationError
from mlsd_lint.typed.values import Items, Record, Scalar
from mlsd_lint.workspace import End, Snippet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mlsd_lint.source import Source
    from mlsd_lint.typed.shapes import Field, Shape
    from mlsd_lint.typed.types import Type, Types
    from mlsd_lint.typed.values import Value


MOST_NAMED = 3
ANY_LEVEL = 6


@dataclass(frozen=True)
class Target:
    """What can be referred to: documents of a type, or values at a path of fields in them.

    A field whose name ends with `*` is followed through models that hold themselves.
    """

    type: str
    path: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Relation:
    """Fields of a type that refer to the same targets: together they may have to refer to all.

    `name` is the same in every run. `holder` is the shape that `field`, the first of them, is in.
    `levels` is how many levels of lists lie in each other below the first.
    """

    name: str
    type: str
    holder: Shape
    field: Field
    fields: tuple[Field, ...]
    targets: tuple[Target, ...]
    levels: int

    @property
    def asked(self) -> str:
        """What its values refer to, for a message."""
        names = [".".join((one.type, *one.path)) for one in self.targets]
        if len(names) > MOST_NAMED:
            return f"{', '.join(names[: MOST_NAMED - 1])} or the like"
        return " or ".join(names)


def relations(shapes: Mapping[str, Shape]) -> list[Relation]:
    """All relations of some types, by name.

    Raises:
        DeclarationError: one refers to a type or a field that does not exist. Its `field` starts
            with the name of the type that declares it.
    """
    found: dict[str, Relation] = {}
    for name, shape in shapes.items():
        for path, holder, field in _referring(shape):
            to = field.refers.to if field.refers else ()
            targets = tuple(_target(one, shapes, (name, *path)) for one in to)
            _check_same(field, holder, targets, shapes, (name, *path))
            title = f"{name} → {', '.join(to)}"
            known = found.get(title)
            if known is None:
                levels = ANY_LEVEL if _holds_itself(holder) else 0
                found[title] = Relation(title, name, holder, field, (field,), targets, levels)
            else:
                levels = ANY_LEVEL if _holds_itself(holder) else known.levels + 1
                found[title] = replace(known, fields=(*known.fields, field), levels=levels)
    return list(found.values())


def _holds_itself(shape: Shape) -> bool:
    return any(field.record is shape.model for field in shape.fields)


def _referring(
    shape: Shape, path: tuple[str, ...] = (), seen: frozenset[type] = frozenset()
) -> Iterator[tuple[tuple[str, ...], Shape, Field]]:
    """The fields that refer, each once, with the path on which they are found first."""
    for field in shape.fields:
        here = (*path, field.name)
        if field.refers is not None:
            yield here, shape, field
        if field.shape is not None and field.record not in seen | {shape.model}:
            yield from _referring(field.shape, here, seen | {shape.model})


def _target(to: str, shapes: Mapping[str, Shape], where: tuple[str, ...]) -> Target:
    name, *path = to.split(".")
    if name not in shapes:
        guess = nearest(name, list(shapes))
        hint = f"; did you mean {guess!r}?" if guess else ""
        raise DeclarationError(f"it refers to the type {name!r}, which does not exist{hint}", where)
    shape: Shape | None = shapes[name]
    for step in path:
        field = shape.field(step.rstrip("*")) if shape else None
        if field is None:
            known = [one.name for one in shape.fields] if shape else []
            guess = nearest(step.rstrip("*"), known)
            hint = f"; did you mean {guess!r}?" if guess else ""
            message = f"it refers to {to!r}, but there is no field {step!r}{hint}"
            raise DeclarationError(message, where)
        shape = field.shape
    return Target(name, tuple(path))


def _check_same(
    field: Field,
    holder: Shape,
    targets: Sequence[Target],
    shapes: Mapping[str, Shape],
    where: tuple[str, ...],
) -> None:
    """The texts that are to be equal are fields, here and there."""
    for mine, theirs in field.refers.same.items() if field.refers else ():
        if not holder.leads_to(mine.split(".")):
            raise DeclarationError(f"same: there is no field {mine!r} beside it", where)
        for target in targets:
            steps = [step.rstrip("*") for step in target.path]
            beside = [*steps[:-1], *theirs.split(".")]
            if not any(shapes[target.type].leads_to(way) for way in (beside, [*steps, theirs])):
                asked = ".".join((target.type, *target.path))
                raise DeclarationError(f"same: there is no field {theirs!r} beside {asked}", where)


def ends(type_: Type, record: Record, source: Source, types: Types) -> tuple[End, ...]:
    """The ends that relations have in one document."""
    found: list[End] = []
    for relation in types.relations:
        refers = relation.field.refers
        if refers is None:
            continue
        if relation.type == type_.name:
            for holder, value in _values_of(relation.fields, type_.shape, record):
                key = _referring_key(source.path, value)
                texts = _snippets(holder, list(refers.same), source)
                found.append(_end(relation, key, value, texts, source, types.root, refers=True))
        for target in relation.targets:
            if target.type == type_.name:
                for holder, value in _at(record, target.path):
                    key = _referred_key(source.path, value, whole=not target.path)
                    beside = value if isinstance(value, Record) else holder
                    texts = _snippets(beside, list(refers.same.values()), source)
                    found.append(
                        _end(relation, key, value, texts, source, types.root, refers=False)
                    )
    return tuple(found)


def _end(  # noqa: PLR0913  # an end has that many sides
    relation: Relation,
    key: str,
    value: Value,
    texts: tuple[Snippet, ...],
    source: Source,
    root: str,
    *,
    refers: bool,
) -> End:
    declared = relation.holder.declared(relation.field.name)
    span = value.span
    return End(
        relation.name,
        refers,
        key,
        span,
        *source.position(span.start),
        relation.levels if refers else _level(value),
        texts,
        relation.asked,
        bool(relation.field.refers and relation.field.refers.back),
        declared.from_root(root) if declared else "",
        declared.line if declared else 0,
    )


def _level(value: Value) -> int:
    level = value.fields.get("level") if isinstance(value, Record) else None
    return level.value if isinstance(level, Scalar) and isinstance(level.value, int) else 0


def _values_of(
    fields: Sequence[Field], shape: Shape, record: Record
) -> Iterator[tuple[Record, Value]]:
    """The values of some fields wherever they occur, each with the record that holds it."""
    for one in shape.fields:
        value = record.fields.get(one.name)
        if value is None:
            continue
        values = value.items if isinstance(value, Items) else (value,)
        if one in fields:
            yield from ((record, inner) for inner in values)
        if one.shape is not None:
            for inner in values:
                if isinstance(inner, Record):
                    yield from _values_of(fields, one.shape, inner)


def _at(record: Record, path: tuple[str, ...]) -> Iterator[tuple[Record, Value]]:
    """The values at a path, each with the record that holds it; of no path, the document."""
    if not path:
        yield record, record
        return
    name = path[0].rstrip("*")
    value = record.fields.get(name)
    for inner in value.items if isinstance(value, Items) else (value,):
        if inner is None:
            continue
        if len(path) == 1:
            yield record, inner
        elif isinstance(inner, Record):
            yield from _at(inner, path[1:])
        if path[0].endswith("*") and isinstance(inner, Record):
            yield from _at(inner, path)


def _referring_key(path: str, value: Value) -> str:
    if isinstance(value, Record):
        url = value.fields.get("url")
        return address(path, str(url.value)) if isinstance(url, Scalar) else ""
    return _key(value)


def _referred_key(path: str, value: Value, *, whole: bool) -> str:
    if isinstance(value, Record):
        url = value.fields.get("url")
        if isinstance(url, Scalar):
            return address(path, str(url.value))
        return path if whole else f"{path}#{value.anchor or ''}"
    return _key(value)


def _key(value: Value) -> str:
    said = " ".join(str(value.value).split()) if isinstance(value, Scalar) else ""
    return said.lstrip("0") or "0" if said.isdigit() else said


def _snippets(record: Record, paths: Sequence[str], source: Source) -> tuple[Snippet, ...]:
    """The text at each path from a record; where there is none, nothing at what lacks it."""
    found = []
    for path in paths:
        value: Value | None = record
        lacking = record
        for step in path.split("."):
            lacking = value if isinstance(value, Record) else lacking
            value = value.fields.get(step) if isinstance(value, Record) else None
        empty = isinstance(value, Items) and not value.items
        if value is None or empty:
            found.append(Snippet(path, "", lacking.span))
        else:
            found.append(Snippet(path, source.slice(value.span), value.span))
    return tuple(found)
