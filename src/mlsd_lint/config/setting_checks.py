"""What can be wrong with settings that have the right types."""

from __future__ import annotations

import math
import posixpath
import re
from typing import TYPE_CHECKING

from mlsd_lint import selection
from mlsd_lint.config import link_checks, prose_checks
from mlsd_lint.config.settings import plain, settings
from mlsd_lint.discovery.globs import parse
from mlsd_lint.registry import all_rules
from mlsd_lint.typed.collation import known_locale, languages
from mlsd_lint.typed.files import FilesError, file_expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlsd_lint.config.problems import Place, Problem
    from mlsd_lint.config.settings import Configuration
    from mlsd_lint.config.types import FieldDeclaration

_CAPTURE = re.compile(r"\{[^{}]*\}")


def problems(configuration: Configuration) -> Iterator[Problem]:
    """What is wrong with values of the right types, each in a clause."""
    for key, one in settings().items():
        minimum = one.metadata["minimum"]
        value = getattr(configuration, one.name)
        if minimum is not None and value < minimum:
            yield (key,), None, f"expected {minimum} or more, found {value}"
    if not configuration.include:
        yield ("include",), None, "the list is empty, so that nothing would be checked"
    if posixpath.normpath(configuration.cache_dir) == ".":
        yield ("cache-dir",), None, "expected a folder of its own for the cache"
    yield from _glob_problems(configuration)
    yield from _type_problems(configuration)
    for place, value, message in link_checks.problems(configuration.links):
        yield ("links", *place), value, message
    for place, value, message in prose_checks.problems(configuration.prose):
        yield ("prose", *place), value, message
    yield from _rule_problems(configuration)


def _glob_problems(configuration: Configuration) -> Iterator[Problem]:
    """Globs that nothing can match, such as `[a.md`."""
    globs: list[tuple[Place, str]] = []
    for key, written in (("include", configuration.include), ("exclude", configuration.exclude)):
        globs += [((key, index), glob) for index, glob in enumerate(written)]
    globs += [(("per-file-ignores", glob), glob) for glob in configuration.per_file_ignores]
    globs += [
        (("require-type", index), glob) for index, glob in enumerate(configuration.require_type)
    ]
    for place, glob in globs:
        parsed = parse(glob)
        if parsed is None or parsed.expression is None:
            yield place, glob, f"the glob {glob!r} matches nothing; see gitignore(5)"


def _type_problems(configuration: Configuration) -> Iterator[Problem]:
    for name, one in configuration.types.items():
        place: Place = ("types", name, "files")
        if not one.files and not isinstance(one.files, str):
            yield place, None, "the list is empty, so that no file would be of this type"
        globs = [one.files] if isinstance(one.files, str) else one.files
        for index, glob in enumerate(globs):
            message = _wrong_with_capturing(glob)
            if message:
                yield place if isinstance(one.files, str) else (*place, index), glob, message
        yield from _field_problems(("types", name), one.fields)


def _wrong_with_capturing(glob: str) -> str:
    """What is wrong with a glob that has `{name}` for parts of the path; "" if nothing is."""
    parsed = parse(_CAPTURE.sub("x", glob))
    if parsed is None or parsed.expression is None:
        return f"the glob {glob!r} matches nothing; see gitignore(5)"
    try:
        file_expression(glob)
    except (FilesError, selection.SelectionError) as error:
        return str(error)
    return ""


def _field_problems(place: Place, fields: Mapping[str, FieldDeclaration]) -> Iterator[Problem]:
    """Limits that JSON cannot say, such as `inf`, and unknown languages, in fields at any depth."""
    for name, one in fields.items():
        here = (*place, "fields", name)
        for key, value in (("minimum", one.minimum), ("maximum", one.maximum)):
            if value is not None and not math.isfinite(value):
                yield (*here, key), None, f"expected a finite number, found {value}"
        if not known_locale(one.locale):
            message = f"no alphabet is known of {one.locale!r}; known are {', '.join(languages())}"
            yield (*here, "locale"), one.locale, message
        yield from _field_problems(here, one.fields)


def _rule_problems(configuration: Configuration) -> Iterator[Problem]:
    rules = all_rules()
    for place, selector in _selectors(configuration):
        try:
            selection.known(selector, rules)
        except selection.SelectionError as error:
            yield place, selector, str(error)


def _selectors(configuration: Configuration) -> Iterator[tuple[Place, str]]:
    values = plain(configuration)
    for key in ("select", "extend-select", "ignore"):
        for index, selector in enumerate(values[key]):
            yield (key, index), selector
    for glob, selectors in values["per-file-ignores"].items():
        for index, selector in enumerate(selectors):
            yield ("per-file-ignores", glob, index), selector
    for selector in values["severity"]:
        yield ("severity", selector), selector
