"""`mlsd-lint check`: what to check is settled, answered from the cache or checked, and printed."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlsd_lint.cache import NO_CACHE, Run, open_cache, stamp, tool_fingerprint
from mlsd_lint.commands.contradictions import STANDARD_INPUT, refuse_contradictions
from mlsd_lint.config.files import ConfigurationError
from mlsd_lint.digests import digest
from mlsd_lint.discovery.repository import hosting_environment, run_environment
from mlsd_lint.errors import UsageError
from mlsd_lint.location import Location, locate
from mlsd_lint.prose.engines import Engines
from mlsd_lint.reporters import FORMATS

if TYPE_CHECKING:
    from mlsd_lint.cache import Stamp
    from mlsd_lint.commands.checking import Checking
    from mlsd_lint.gate.revisions import Base


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags of `check`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files and folders to report on (default: what the configuration includes, or the "
        "working directory); - reads standard input",
    )
    _add_gate_arguments(parser.add_argument_group("changes"))
    fixing = parser.add_argument_group("fixing")
    fixing.add_argument("--fix", action="store_true", help="apply the safe fixes")
    fixing.add_argument("--diff", action="store_true", help="show what --fix would change")
    fixing.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: take the others too"
    )
    fixing.add_argument(
        "--add-ignore", action="store_true", help="write comments that silence today's findings"
    )
    _add_link_arguments(parser.add_argument_group("external links"))
    parser.add_argument_group("prose").add_argument(
        "--grammar",
        choices=["harper", "languagetool", "none"],
        help="what checks spelling and grammar (default: harper, which is built in)",
    )
    rules = parser.add_argument_group("rules")
    rules.add_argument("--select", metavar="RULES", help="the rules that are on, by comma")
    rules.add_argument("--extend-select", metavar="RULES", help="rules that are on besides")
    rules.add_argument("--ignore", metavar="RULES", help="rules that are off")
    rules.add_argument(
        "--per-file-ignores",
        metavar="GLOB:RULE,…",
        help="rules that are off in some files, as pairs by comma",
    )
    rules.add_argument(
        "--fail-on",
        choices=["error", "warning", "info"],
        help="the least severity at which the exit code is 1 (default: error)",
    )
    rules.add_argument("--exit-zero", action="store_true", help="findings do not make it fail")
    output = parser.add_argument_group("output")
    output.add_argument("--output-format", choices=list(FORMATS), help="default: full")
    output.add_argument("-o", "--output-file", metavar="FILE", help="write findings to a file")
    output.add_argument(
        "--also",
        action="append",
        default=[],
        type=_format_and_file,
        metavar="FORMAT=FILE",
        help="write them to a file in another format too; may be repeated",
    )
    output.add_argument("--statistics", action="store_true", help="count the findings by rule")
    output.add_argument(
        "--color", choices=["auto", "always", "never"], default="auto", help="default: auto"
    )
    loudness = output.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="findings and nothing else")
    loudness.add_argument(
        "-v", "--verbose", action="store_true", help="say what is done, and how fast"
    )
    running = parser.add_argument_group("running")
    running.add_argument("--watch", action="store_true", help="check again whenever a file changes")
    running.add_argument(
        "--stdin-filename", metavar="FILE", help="what standard input is the content of"
    )
    running.add_argument("--config", metavar="FILE", help="the configuration file to use")
    running.add_argument("--isolated", action="store_true", help="use no configuration file")
    running.add_argument("--no-cache", action="store_true", help="neither read nor write the cache")
    running.add_argument("--cache-dir", metavar="DIR", help="default: .mlsd_lint_cache")


def _format_and_file(text: str) -> tuple[str, str]:
    output_format, _, file = text.partition("=")
    if output_format not in FORMATS or not file:
        raise argparse.ArgumentTypeError(
            f"it takes FORMAT=FILE, where FORMAT is one of {', '.join(FORMATS)}; not {text!r}"
        )
    return output_format, file


def _add_gate_arguments(group: argparse._ArgumentGroup) -> None:
    what = group.add_mutually_exclusive_group()
    what.add_argument(
        "--since",
        metavar="REF",
        help="report only what is new since the work tree left this branch, tag or commit",
    )
    what.add_argument(
        "--staged", action="store_true", help="report only what the next commit would bring"
    )
    what.add_argument(
        "--write-baseline",
        action="store_true",
        help="accept all of today's findings: write them to the file of the setting baseline",
    )


def _add_link_arguments(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--online", action="store_true", help="ask the web about external links too")
    group.add_argument(
        "--max-time", metavar="TIME", help="how long that may take, such as 10m; the rest is said"
    )
    group.add_argument(
        "--recheck", action="store_true", help="ask also about links whose answer is known"
    )
    group.add_argument(
        "--suggest-archives", action="store_true", help="look for archived copies of dead pages"
    )


def run(arguments: argparse.Namespace) -> int:
    """Check once, or again and again with --watch. Returns the exit code."""
    refuse_contradictions(arguments)
    with closing(Engines()) as engines:
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
    fingerprint = tool_fingerprint()
    color = _color(arguments.color)
    cache = NO_CACHE if arguments.no_cache else open_cache(location.cache_directory)
    try:
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
    return locate(paths, _overrides(arguments), file=file, isolated=arguments.isolated)


def _overrides(arguments: argparse.Namespace) -> dict[str, Any]:
    """What the command line says, by the keys of the configuration."""
    given = {
        "select": _by_comma(arguments.select),
        "extend-select": _by_comma(arguments.extend_select),
        "ignore": _by_comma(arguments.ignore),
        "per-file-ignores": _pairs(arguments.per_file_ignores),
        "fail-on": arguments.fail_on,
        "output-format": arguments.output_format,
        "cache-dir": arguments.cache_dir and str(Path(arguments.cache_dir).absolute()),
    }
    return {key: value for key, value in given.items() if value is not None}


def _by_comma(text: str | None) -> list[str] | None:
    return None if text is None else [one.strip() for one in text.split(",") if one.strip()]


def _pairs(text: str | None) -> dict[str, list[str]] | None:
    pairs: dict[str, list[str]] = {}
    for pair in _by_comma(text) or ():
        glob, colon, rule = pair.rpartition(":")
        if not colon:
            raise UsageError(f"--per-file-ignores takes GLOB:RULE pairs, not {pair!r}")
        pairs.setdefault(glob.strip(), []).append(rule.strip())
    return pairs if text is not None else None


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
    return run, stamps, checking.expires


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
