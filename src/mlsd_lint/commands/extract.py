"""`mlsd-lint extract`: the typed data of documents, as JSON."""

from __future__ import annotations

import json
import math
import sys
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_lint.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from mlsd_lint.project import Project
    from mlsd_lint.source import Source
    from mlsd_lint.typed.checking import Typed
    from mlsd_lint.typed.types import Types
    from mlsd_lint.typed.values import Location, Record

_NAMED = 10  # documents without a type that are named; more are counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags of `extract`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files and folders (default: what the configuration includes)",
    )
    parser.add_argument("--spans", action="store_true", help="add where each value stands")
    parser.add_argument("--config", metavar="FILE", help="the configuration file to use")


class _Extracted(NamedTuple):
    """A document with its type, or why there is none; `document` is what is printed."""

    path: str
    document: dict[str, Any] | None = None
    reason: str = ""


def run(arguments: argparse.Namespace) -> int:
    """Print the data of documents: 1 if some of it is not as its type says.

    Raises:
        UsageError: the configuration is wrong, nothing has a type, or a file cannot be read.
    """
    from mlsd_lint.location import locate
    from mlsd_lint.program import tool_fingerprint
    from mlsd_lint.project import load

    paths = [Path(path) for path in arguments.paths]
    file = Path(arguments.config) if arguments.config else None
    project = load(locate(paths, {}, file=file), tool_fingerprint())
    project.prepare()
    if not project.configuration.types:
        raise UsageError("no document types are configured; see `mlsd-lint config types`")
    extracted = list(_extracted(project, paths, spans=arguments.spans))
    found = [one.document for one in extracted if one.document is not None]
    _tell([one for one in extracted if one.document is None])
    if not found:
        raise UsageError("none of these documents has a type; nothing was extracted")
    sys.stdout.write(json.dumps({"documents": found}, indent=2, allow_nan=False) + "\n")
    invalid = [one["path"] for one in found if not one["valid"]]
    for path in invalid:
        sys.stderr.write(
            f"{path} is not as its type says; `mlsd-lint check` tells what is wrong with it\n"
        )
    return 1 if invalid else 0


def _extracted(project: Project, paths: Sequence[Path], *, spans: bool) -> Iterator[_Extracted]:
    from mlsd_lint.typed.types import load_types

    types = load_types(project.indexing.types)
    for path in _files(project, tuple(paths)):
        source, typed = _typed(project, types, path)
        if typed.type is None or typed.record is None:
            yield _Extracted(path, reason=_reason(source, typed))
        else:
            yield _Extracted(path, _document(source, typed, typed.record, spans=spans))


def _files(project: Project, paths: tuple[Path, ...]) -> list[str]:
    from mlsd_lint.discovery.walk import discover

    settings = project.configuration
    found = discover(
        project.base, settings.include, settings.exclude, settings.respect_gitignore, paths
    )
    for path, reason in found.unreadable.items():
        raise UsageError(f"{project.relative(Path(path))} {reason}")
    return [project.relative(Path(path)) for path in found.files]


def _typed(project: Project, types: Types, path: str) -> tuple[Source, Typed]:
    from mlsd_lint.indexing import UncheckedError, parsed, read
    from mlsd_lint.page import page
    from mlsd_lint.typed.checking import check_typed

    try:
        content = read(project.root / path, path, project.configuration.max_file_size)
        document = parsed(content, path)
    except UncheckedError as error:
        raise UsageError(str(error)) from None
    anchors = page(document, project.configuration.dialect).anchors
    return document.source, check_typed(document, types, anchors)


def _reason(source: Source, typed: Typed) -> str:
    """Why a document has no type, if anything is wrong with that."""
    if not typed.problems:
        return ""
    finding = typed.problems[-1].finding
    line = source.position(finding.span.start).line
    return f"{source.path}:{line}: {finding.message}"


def _document(source: Source, typed: Typed, record: Record, *, spans: bool) -> dict[str, Any]:
    from mlsd_lint.reporters.interchange import encodable
    from mlsd_lint.typed.values import plain

    if typed.instance is None:
        data = plain(record)
    else:
        data = typed.instance.model_dump(mode="json", by_alias=False)
    described = {
        "path": encodable(source.path),
        "type": typed.type.name if typed.type else "",
        "valid": typed.instance is not None,
        "data": _sayable(data),
    }
    return described | {"spans": _spans(source, record)} if spans else described


def _sayable(value: Any) -> Any:
    """The value as JSON can say it: infinity is null, a date is text."""
    if isinstance(value, dict):
        return {str(key): _sayable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_sayable(one) for one in value]
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float | None) else str(value)


def _spans(source: Source, record: Record) -> dict[str, Any]:
    """Where each value stands, by its JSON Pointer (RFC 6901).

    What stands nowhere has no span: a count, or a part of the file's name. A section stands where
    its heading does.
    """
    from mlsd_lint.typed.values import Scalar, walk

    return {
        _pointer(location): {
            "start": source.position(value.span.start)._asdict(),
            "end": source.position(value.span.end)._asdict(),
        }
        for location, value in walk(record)
        if location and (not isinstance(value, Scalar) or value.written)
    }


def _pointer(location: Location) -> str:
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in location)
    return "".join(f"/{step}" for step in steps)


def _tell(untyped: Sequence[_Extracted]) -> None:
    """Say which documents are left out."""
    for one in untyped:
        if one.reason:
            sys.stderr.write(f"left out: {one.reason}\n")
    names = [one.path for one in untyped if not one.reason]
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        shown = ", ".join(names[:_NAMED])
        sys.stderr.write(f"left out, for they have no document type: {shown}{more}\n")
