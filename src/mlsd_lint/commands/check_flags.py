"""The flags of `mlsd-lint check`, and which of them are settings."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from mlsd_lint.errors import UsageError
from mlsd_lint.reporters import FORMATS


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


def overrides(arguments: argparse.Namespace) -> dict[str, Any]:
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
