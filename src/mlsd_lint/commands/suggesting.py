"""The work of `mlsd-lint vocab suggest`: find the unknown words, and show them."""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_lint import engine
from mlsd_lint.cache import open_cache
from mlsd_lint.discovery.walk import discover
from mlsd_lint.errors import UsageError
from mlsd_lint.location import locate
from mlsd_lint.program import tool_fingerprint
from mlsd_lint.project import load
from mlsd_lint.prose.engines import Engines
from mlsd_lint.prose.placing import SAYING_MORE
from mlsd_lint.prose.preparing import grammar
from mlsd_lint.prose.suggestions import occurrence, suggestions
from mlsd_lint.reporters.summary import counted
from mlsd_lint.reporters.terminal import one_line
from mlsd_lint.rules.prose import SPELLING
from mlsd_lint.rules.unchecked import COULD_NOT_CHECK
from mlsd_lint.terminal_line import TerminalLine

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

    from mlsd_lint.cache import Cache
    from mlsd_lint.project import Project
    from mlsd_lint.prose.checking import Grammar, Manuscript
    from mlsd_lint.prose.readings import Reading
    from mlsd_lint.prose.suggestions import Occurrence, Suggestion
    from mlsd_lint.source import Source, Span

_LEAST_TEXT = 24  # columns for an example, however narrow the terminal
_PIPED_TEXT = 100  # columns for an example where there is no terminal


class _Found(NamedTuple):
    """The words to suggest, in how many files was looked for them, and what could not be read."""

    suggestions: Sequence[Suggestion]
    files: int
    failures: Sequence[str]


class _Place(NamedTuple):
    """Where an unknown word stands."""

    span: Span
    occurrence: Occurrence


def suggest(arguments: argparse.Namespace) -> int:
    """Print the unknown words: 2 if something could not be read, else 0.

    Raises:
        UsageError: there is nothing to read, or nothing that reads it.
    """
    paths = tuple(Path(path) for path in arguments.paths)
    file = Path(arguments.config) if arguments.config else None
    location = locate(paths, {}, file=file)
    with closing(open_cache(location.cache_directory)) as cache, closing(Engines()) as engines:
        project = load(location, tool_fingerprint(cache), cache)
        line = TerminalLine(sys.stderr)
        choice = arguments.grammar or project.configuration.prose.grammar
        reader = grammar(
            project,
            choice,
            cache,
            engines,
            lambda name, done, total: line.update(
                lambda: f"{done:,} of {total:,} passages read by {name}"
            ),
        )
        if reader is None:
            raise UsageError(
                "nothing reads prose here: prose.grammar is none, or the rules about prose (P0) "
                "are off; --grammar harper does"
            )
        try:
            found = _found(project, paths, cache, reader)
        finally:
            line.end()
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.stdout.write(_shown(found.suggestions, arguments.output_format))
    sys.stdout.flush()
    sys.stderr.write(_said(found))
    return 2 if found.failures else 0


def _found(project: Project, paths: tuple[Path, ...], cache: Cache, grammar: Grammar) -> _Found:
    settings = project.configuration
    discovered = discover(
        project.base, settings.include, settings.exclude, settings.respect_gitignore, paths
    )
    files = [project.relative(Path(one)) for one in (*discovered.files, *discovered.unreadable)]
    if not files:
        where = ", ".join(map(str, paths)) or str(project.base)
        globs = ", ".join(settings.include)
        raise UsageError(one_line(f"no Markdown files in {where} (include: {globs})"))
    places: list[_Place] = []

    def read(manuscripts: Sequence[Manuscript]) -> Mapping[str, Reading]:
        places.extend(_places(manuscripts, grammar))
        return {}

    report = engine.check(project, files, files, cache, services=engine.Services(prose=read)).report
    explained: dict[str, list[Span]] = {}
    for one in report.diagnostics:
        if one.code in SAYING_MORE:
            explained.setdefault(one.path, []).append(one.span)
    chosen = suggestions(
        place.occurrence
        for place in places
        if not _overlaps(place.span, explained.get(place.occurrence.path, ()))
    )
    shown = [
        one._replace(example=one.example._replace(path=report.display_path(one.example.path)))
        for one in chosen
    ]
    unread = [one.message for one in report.diagnostics if one.code in COULD_NOT_CHECK]
    return _Found(shown, len(files), [*unread, *dict.fromkeys(grammar.failures)])


def _places(manuscripts: Sequence[Manuscript], grammar: Grammar) -> Iterator[_Place]:
    """Where unknown words stand, but for those that a comment lets pass."""
    by_path = {one.path: one for one in manuscripts}
    sources: dict[str, Source] = {}
    for unknown in grammar.unknown_words(manuscripts):
        path = unknown.path
        if path not in sources:
            sources[path] = by_path[path].source()
        place = occurrence(sources[path], unknown.span)
        if not SPELLING & by_path[path].silenced(place.line):
            yield _Place(unknown.span, place)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < one.end and one.start < span.end for one in others)


def _said(found: _Found) -> str:
    """What goes to standard error."""
    lines = [f"mlsd-lint: {one_line(failure)}" for failure in found.failures]
    files = counted(found.files, "file", "files")
    if found.suggestions:
        words = counted(len(found.suggestions), "unknown word", "unknown words")
        lines.append(
            f"{words} in {files}. Correct what is wrong; what is right becomes a word of the book "
            "with `mlsd-lint vocab add WORD…`."
        )
    elif not found.failures:
        lines.append(f"No unknown words in {files}.")
    return "".join(f"{line}\n" for line in lines)


def _shown(found: Sequence[Suggestion], output_format: str) -> str:
    if output_format == "json":
        return as_json(found)
    if sys.stdout.isatty():
        return as_table(found, shutil.get_terminal_size().columns)
    return as_lines(found)


def as_json(found: Sequence[Suggestion]) -> str:
    """Suggestions as a JSON array; lines and columns count from 1, columns in code points."""
    return json.dumps([_described(one) for one in found], indent=2) + "\n"


def _described(one: Suggestion) -> dict[str, Any]:
    example = one.example
    return {
        "word": one.word,
        "kind": "name" if one.is_name else "word",
        "count": one.times,
        "files": one.files,
        "example": {
            "filename": example.path,
            "location": {"row": example.line, "column": example.column},
            "text": example.text,
        },
    }


def as_lines(found: Sequence[Suggestion]) -> str:
    """Suggestions for a pipe: a line each, its columns separated by tabs."""
    return "".join("\t".join(_cells(one, _PIPED_TEXT)) + "\n" for one in found)


def as_table(found: Sequence[Suggestion], width: int) -> str:
    """Suggestions for a terminal that is `width` columns wide: words, then names."""
    words = [one for one in found if not one.is_name]
    names = [one for one in found if one.is_name]
    widest = max((len(one.word) for one in found), default=0)
    tables = [("word", words), ("name", names)]
    return "\n".join(_table(title, some, widest, width) for title, some in tables if some)


def _table(title: str, found: Sequence[Suggestion], widest: int, width: int) -> str:
    lines = [(title, "times", "files", "example", "")]
    for one in found:
        place = _cells(one, 0)[3]
        taken = widest + len("  times  files  ") + len(place) + 2
        lines.append(_cells(one, max(width - taken, _LEAST_TEXT)))
    return "".join(
        f"{word:<{widest}}  {times:>5}  {files:>5}  {place}  {text}".rstrip() + "\n"
        for word, times, files, place, text in lines
    )


def _cells(one: Suggestion, width: int) -> tuple[str, str, str, str, str]:
    example = one.example
    place = one_line(f"{example.path}:{example.line}:{example.column}")
    return one.word, str(one.times), str(one.files), place, one_line(_piece(one, width))


def _piece(one: Suggestion, width: int) -> str:
    """At most `width` characters of the example's line, with its word about in the middle."""
    text, start = one.example.text, one.example.column - 1
    if len(text) <= width:
        return text.strip()
    first = max(min(start - (width - len(one.example.word)) // 2, len(text) - width), 0)
    last = first + width
    before, after = ("…" if first else ""), ("…" if last < len(text) else "")
    return before + text[first + len(before) : last - len(after)].strip() + after
