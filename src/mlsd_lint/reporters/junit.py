"""`junit`: JUnit XML, a suite for each file and a test case for each diagnostic in it.

An error or a warning is a failed test. An information is a passed one with its text as output,
since JUnit knows no failure that does not count. Paths are relative to the repository root.
Characters that XML 1.0 does not allow (section 2.2) become U+FFFD.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Severity
from mlsd_lint.reporters.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlsd_lint.diagnostics import Diagnostic, Report
    from mlsd_lint.reporters.terminal import Palette

_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_IN_TEXT = str.maketrans(_MARKUP)
_IN_ATTRIBUTE = str.maketrans({**_MARKUP, "\t": "&#9;", "\n": "&#10;"})


def render(report: Report, _palette: Palette) -> Iterator[str]:
    """The document; a run without diagnostics is one suite with one passed test."""
    numbers = _numbers(report.diagnostics) if report.diagnostics else 'tests="1" failures="0"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="mlsd-lint" {numbers} errors="0">\n'
    for path, group in groupby(report.diagnostics, key=attrgetter("path")):
        yield from _suite(path, list(group))
    if not report.diagnostics:
        checked = counted(report.files, "file", "files")
        yield '  <testsuite name="mlsd-lint" tests="1" failures="0" errors="0">\n'
        yield f'    <testcase name="{checked} checked" classname="mlsd-lint"/>\n'
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _numbers(diagnostics: Iterable[Diagnostic]) -> str:
    failed = [one.severity is not Severity.INFO for one in diagnostics]
    return f'tests="{len(failed)}" failures="{sum(failed)}"'


def _suite(path: str, diagnostics: list[Diagnostic]) -> Iterator[str]:
    name = _attribute(path)
    yield f'  <testsuite name="{name}" {_numbers(diagnostics)} errors="0">\n'
    for diagnostic in diagnostics:
        line, column = diagnostic.start
        yield (
            f'    <testcase name="{diagnostic.code} {diagnostic.name} at {line}:{column}" '
            f'classname="{name}" file="{name}" line="{line}">\n'
            f"      {_outcome(diagnostic)}\n"
            "    </testcase>\n"
        )
    yield "  </testsuite>\n"


def _outcome(diagnostic: Diagnostic) -> str:
    line, column = diagnostic.start
    lines = [f"{diagnostic.path}:{line}:{column}: {diagnostic.message}"]
    if diagnostic.help:
        lines.append(f"help: {diagnostic.help}")
    if diagnostic.fix:
        lines.append(f"fix: {diagnostic.fix.message}")
    lines += [f"note: {one.message}: {one.path}:{one.line}" for one in diagnostic.related]
    text = _legal("\n".join(lines)).translate(_IN_TEXT)
    if diagnostic.severity is Severity.INFO:
        return f"<system-out>{text}</system-out>"
    message = _attribute(diagnostic.message)
    return f'<failure type="{diagnostic.severity.value}" message="{message}">{text}</failure>'


def _attribute(text: str) -> str:
    return _legal(text).translate(_IN_ATTRIBUTE)


def _legal(text: str) -> str:
    return text if text.isprintable() else _ILLEGAL.sub("\ufffd", text)
