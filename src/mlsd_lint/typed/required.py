"""Types that must have a document; known from file names, so nothing slow is imported here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.typed.files import FilesError, captures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mlsd_lint.config.types import TypeDeclaration


def without_document(
    types: Mapping[str, TypeDeclaration], book: Iterable[str], base: Path
) -> dict[str, str]:
    """What to say of each required type that no file of the book is of, by the type's name.

    Args:
        types: the declared types.
        book: the files of the book, relative to `base`.
        base: the folder of the configuration.
    """
    files = list(book)
    missing: dict[str, str] = {}
    for name, one in types.items():
        globs = (one.files,) if isinstance(one.files, str) else one.files
        if one.required and not _matched(globs, files) and not _named_itself(name, files, base):
            message = f'the type "{name}" is required, but no file matches {" or ".join(globs)}'
            missing[name] = message
    return missing


def _matched(globs: tuple[str, ...], files: Iterable[str]) -> bool:
    try:
        return any(captures(file, globs) is not None for file in files)
    except (FilesError, ValueError):  # said when the type is made
        return True


def _named_itself(name: str, files: Iterable[str], base: Path) -> bool:
    """Whether some file's front matter says that it is of this type."""
    return any(_document_type(base / file) == name for file in files)


def _document_type(file: Path) -> str | None:
    try:
        content = file.read_bytes()
    except OSError:
        return None  # that it cannot be read is said where it is checked
    if b"document-type" not in content:
        return None
    from mlsd_lint.markdown import RefusedError, parse
    from mlsd_lint.source import Source
    from mlsd_lint.typed.checking import TYPE_KEY
    from mlsd_lint.typed.front_matter import FrontMatterError, front_matter_values
    from mlsd_lint.typed.values import Scalar

    try:
        document = parse(Source(file.name, content.decode("utf-8", "replace")))
        given = front_matter_values(document) if document.front_matter else None
    except (RefusedError, FrontMatterError):
        return None
    chosen = given.fields.get(TYPE_KEY) if given else None
    return str(chosen.value) if isinstance(chosen, Scalar) else None
