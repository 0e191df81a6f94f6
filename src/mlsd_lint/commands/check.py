"""`mlsd-lint check`: what to check is settled, answered from the cache or checked, and printed."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint.cache import NO_CACHE, Run, open_cache, stamp
from mlsd_lint.commands.check_flags import add_arguments, overrides
from mlsd_lint.commands.contradictions import STANDARD_INPUT, refuse_contradictions
from mlsd_lint.config.files import ConfigurationError
from mlsd_lint.digests import digest
from mlsd_lint.discovery.repository import hosting_environment, run_environment
from mlsd_lint.errors import UsageError
from mlsd_lint.location import Location, locate
from mlsd_lint.program import tool_fingerprint
from mlsd_lint.prose.engines import Engines

if TYPE_CHECKING:
    import argparse

    from mlsd_lint.cache import Stamp
    from mlsd_lint.commands.checking import Checking
    from mlsd_lint.gate.revisions import Base

__all__ = ["add_arguments", "run"]


def run(arguments: argparse.Namespace) -> int:
    """Check once, or again and again with --watch. Returns the exit code."""
    refuse_contradictions(arguments)
    with closing(Engines(quiet=arguments.quiet)) as engines:
        if arguments.watch:
            from mlsd_lint.commands import watch

            watch.watch(lambda: _checked(arguments, engines))
        return _checked(arguments, engines)[0]


def _base(arguments: argparse.Namespace, location: Location) -> Base | None:
    """What the change is compared with, if it is."""
    if not arguments.staged and arguments.since is None:
        return None
    from mlsd_lint.gate import revisions

    if arguments.staged:
        return revisions.staged(location.root)
    return revisions.since(location.root, arguments.since)


def _checked(arguments: argparse.Namespace, engines: Engines) -> tuple[int, list[Stamp]]:
    """The exit code of one run, printed, and the stamps of what it looked at."""
    began = time.time_ns()
    location = _locate(arguments)
    color = _color(arguments.color)
    cache = NO_CACHE if arguments.no_cache else open_cache(location.cache_directory)
    try:
        fingerprint = tool_fingerprint(cache)
        base = _base(arguments, location)
        key = _run_key(arguments, location, fingerprint, base, color=color)
        known = cache.run(key) if _replayable(arguments) else None
        if known:
            _write(known, arguments)
            return known.exit_code, []
        from mlsd_lint.commands.checking import Checking  # with all that a replayed run spares
        from mlsd_lint.project import load

        project = load(location, fingerprint, cache)
        directory = None if arguments.no_cache else location.cache_directory
        checking = Checking(arguments, project, cache, directory, engines, base)
        fresh, stamps, expires = _fresh(checking, began, color=color)
        if _replayable(arguments) and (expires is None or expires > time.time()):
            cache.save_run(key, fresh, stamps, expires)
    finally:
        cache.close()
    _write(fresh, arguments)
    return fresh.exit_code, stamps


def _locate(arguments: argparse.Namespace) -> Location:
    file = Path(arguments.config) if arguments.config else None
    if file and not file.is_file():
        raise ConfigurationError(f"there is no configuration file {arguments.config}")
    named = [path for path in arguments.paths if path != STANDARD_INPUT]
    paths = [Path(path) for path in (*named, arguments.stdin_filename) if path]
    return locate(paths, overrides(arguments), file=file, isolated=arguments.isolated)


def _color(choice: str) -> bool:
    """Whether to print in colour; the environment is asked as no-color.org describes."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _replayable(arguments: argparse.Namespace) -> bool:
    """Whether the run only reads, and reads only what a stamp can vouch for."""
    changes = arguments.fix or arguments.diff or arguments.add_ignore or arguments.write_baseline
    again = arguments.watch or arguments.verbose or arguments.recheck or arguments.also
    return not (changes or again or STANDARD_INPUT in arguments.paths)


def _run_key(
    arguments: argparse.Namespace,
    location: Location,
    fingerprint: str,
    base: Base | None,
    *,
    color: bool,
) -> str:
    settings = (str(location.root), str(location.base), dict(location.settings))
    asked = (
        settings,
        sorted(vars(arguments).items()),
        color,
        base,
        os.environ.get("GIT_INDEX_FILE") if base else None,
        str(Path.cwd()),
        hosting_environment(),
        run_environment(),
        _credentials(location) if arguments.online else {},
    )
    return digest(fingerprint, json.dumps(asked, default=str))


def _credentials(location: Location) -> dict[str, str | None]:
    """What the environment says that answers of the web depend on."""
    named = re.findall(r"\$\{(\w+)\}", json.dumps(dict(location.settings), default=str))
    return {
        name: os.environ.get(name)
        for name in (*named, "GITHUB_TOKEN", "GH_TOKEN", "GITHUB_API_URL")
    }


def _fresh(checking: Checking, began: int, *, color: bool) -> tuple[Run, list[Stamp], float | None]:
    """Check for real: what is to be printed, the stamps of everything that was looked at.

    The last is when the result no longer holds though none of it changed; None for never.
    """
    from mlsd_lint.commands import telling

    try:
        result = checking.result()
        run = Run(
            telling.output(checking, result, color=color),
            telling.remarks(checking, result, time.time_ns() - began),
            telling.exit_code(checking, result),
        )
        for output_format, file in checking.arguments.also:
            _save(
                file,
                telling.findings(checking, output_format, result).encode(
                    "utf-8", "backslashreplace"
                ),
            )
    finally:
        checking.close()
    stamps = [stamp(path, content, began) for path, content in result.seen.items()]
    return run, stamps, checking.services.expires


def _write(run: Run, arguments: argparse.Namespace) -> None:
    sys.stderr.write(run.errors)
    if arguments.output_file:
        _save(arguments.output_file, _encoded(run.output, arguments))
        return
    try:
        if _is_document(arguments):
            sys.stdout.buffer.write(_encoded(run.output, arguments))
        else:
            # A path may hold bytes that are no text, and a terminal may not know every character.
            sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
            sys.stdout.write(run.output)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OSError(error.errno, f"cannot write the output: {error.strerror or error}") from None


def _save(file: str, content: bytes) -> None:
    try:
        Path(file).write_bytes(content)
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror or error}") from None


def _is_document(arguments: argparse.Namespace) -> bool:
    """Whether the output is the text of documents, which keep their encoding and line endings."""
    return bool(arguments.diff or (arguments.fix and STANDARD_INPUT in arguments.paths))


def _encoded(output: str, arguments: argparse.Namespace) -> bytes:
    return output.encode(
        "utf-8", "surrogateescape" if _is_document(arguments) else "backslashreplace"
    )
