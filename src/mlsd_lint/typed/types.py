"""The document types of a project: made of its declarations, and asked which file is of which."""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mlsd_lint.config.types import TypeDeclaration, restore_types
from mlsd_lint.nearest import nearest
from mlsd_lint.typed.contradictions import check_shape
from mlsd_lint.typed.declarations import model_of
from mlsd_lint.typed.files import FilesError, captures, file_expression
from mlsd_lint.typed.model import TypedDocument
from mlsd_lint.typed.relations import Relation, relations
from mlsd_lint.typed.shapes import DeclarationError, Declared, Shape, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, eq=False)
class Type:
    """One document type; `files` are globs from the folder of the configuration."""

    name: str
    files: tuple[str, ...]
    shape: Shape


@dataclass(frozen=True, eq=False)
class Types:
    """All types of a project, and how they refer to each other.

    `base` is the folder that globs start from, relative to the repository root, "." for the root,
    which is `root`, an absolute path.
    """

    types: Mapping[str, Type]
    relations: tuple[Relation, ...]
    required: tuple[str, ...]
    base: str
    root: str

    def matching(self, path: str) -> list[tuple[Type, dict[str, str]]]:
        """The types whose files include a root-relative path, with the parts that are captured."""
        inner = path if self.base == "." else path.removeprefix(f"{self.base}/")
        return [
            (one, found)
            for one in self.types.values()
            if (found := captures(inner, one.files)) is not None
        ]

    def must_have_type(self, path: str) -> bool:
        """Whether a file has to be of some type (`require-type`)."""
        inner = path if self.base == "." else path.removeprefix(f"{self.base}/")
        return captures(inner, self.required) is not None


@lru_cache(maxsize=8)
def load_types(text: str) -> Types:
    """Make the types that a project wrote down as JSON.

    That is a list: the declarations as plain values, `require-type`, the folder of the
    configuration from the root, the absolute paths of root and folder, `[file, line]` of the
    dotted keys, and what the models' files hold (so that the text changes with them).

    Raises:
        DeclarationError: with the path of keys, from `types` on, of what is wrong.
    """
    plain, required, base, root, folder, lines, _ = json.loads(text)
    made: dict[str, Type] = {}
    for name, one in restore_types(plain).items():
        made[name] = _type(name, one, folder, lines)
    shapes = {name: one.shape for name, one in made.items()}
    try:
        known = relations(shapes)
    except DeclarationError as error:
        name, *path = error.field
        raise DeclarationError(str(error), _keys(name, plain[name], tuple(path))) from None
    return Types(made, tuple(known), tuple(required), base, root)


def _type(name: str, one: TypeDeclaration, folder: str, lines: Mapping[str, Any]) -> Type:
    def declared(path: tuple[str, ...]) -> Declared | None:
        keys = ".".join(_keys(name, {"fields": True}, path))
        return Declared(*lines[keys]) if keys in lines else None

    files = (one.files,) if isinstance(one.files, str) else one.files
    try:
        for glob in files:
            file_expression(glob)
    except (FilesError, ValueError) as error:
        raise DeclarationError(str(error), (name, "files")) from None
    if bool(one.model) == bool(one.fields) and one.model:
        raise DeclarationError("a type has a model or fields, not both", (name, "model"))
    try:
        model = imported(one.model, folder) if one.model else model_of(name, one, declared)
        shape = shape_of(model)
        for path, inner in every_shape(shape):
            _checked(inner, path)
    except DeclarationError as error:
        at = f"{'.'.join(error.field)}: " if one.model and error.field else ""
        keys = _keys(name, {"model": one.model}, error.field)
        raise DeclarationError(f"{at}{error}", keys) from None
    for captured in sorted({one for glob in files for one in file_expression(glob).groupindex}):
        if captured not in shape.parts:
            message = f"{{{captured}}} is a part of the file's name that no field takes; write *"
            raise DeclarationError(message, (name, "files"))
    return Type(name, files, shape)


def _keys(name: str, one: Mapping[str, Any], path: tuple[str, ...]) -> tuple[str, ...]:
    """The keys in TOML of a path of fields; of a Python model, where it is named."""
    if one.get("model"):
        return (name, "model")
    keys: tuple[str, ...] = (name,)
    for step in path:
        keys += ("fields", step)
    return keys


def _checked(shape: Shape, path: tuple[str, ...]) -> None:
    try:
        check_shape(shape)
    except DeclarationError as error:
        raise DeclarationError(str(error), (*path, *error.field)) from None


def every_shape(
    shape: Shape, path: tuple[str, ...] = (), seen: set[type] | None = None
) -> Iterator[tuple[tuple[str, ...], Shape]]:
    """A shape and those of the models in it, each once, with the path of fields that leads there."""
    seen = set() if seen is None else seen
    if shape.model in seen:
        return
    seen.add(shape.model)
    yield path, shape
    for field in shape.fields:
        if field.shape is not None:
            yield from every_shape(field.shape, (*path, field.name), seen)


def imported(path: str, folder: str) -> type[TypedDocument]:
    """The model at an import path, `my_book.models:Recipe`; modules in `folder` are found too.

    Raises:
        DeclarationError: there is no such module or name, importing it fails, or it is no
            `TypedDocument`.
    """
    module_name, colon, name = path.partition(":")
    if not colon or not name or not module_name:
        raise DeclarationError(f"{path!r} is no import path; write my_book.models:Recipe")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        module = importlib.import_module(module_name)
    except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a user's module raises, it is theirs to mend
        reason = f"{type(error).__name__}: {' '.join(str(error).split())}"
        raise DeclarationError(f"the module {module_name!r} cannot be imported: {reason}") from None
    model = getattr(module, name, None)
    if model is None:
        guess = nearest(name, [one for one in vars(module) if not one.startswith("_")])
        hint = f"; did you mean {guess!r}?" if guess else ""
        raise DeclarationError(f"the module {module_name!r} has no {name!r}{hint}")
    if not (isinstance(model, type) and issubclass(model, TypedDocument)):
        raise DeclarationError(f"{path!r} is no model: it has to be a TypedDocument")
    return model
