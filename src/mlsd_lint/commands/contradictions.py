"""Flags of `check` that cannot be used together, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.errors import UsageError

if TYPE_CHECKING:
    import argparse

STANDARD_INPUT = "-"


def refuse_contradictions(arguments: argparse.Namespace) -> None:
    """Raise UsageError for flags of `check` that cannot be used together."""
    named = ("fix", "diff", "add_ignore", "write_baseline")
    actions = [name for name in named if getattr(arguments, name)]
    if len(actions) > 1:
        flags = " and ".join("--" + name.replace("_", "-") for name in actions)
        raise UsageError(f"{flags} cannot be used together; run one after the other")
    if arguments.unsafe_fixes and not (arguments.fix or arguments.diff):
        raise UsageError("--unsafe-fixes needs --fix or --diff")
    for flag in ("max_time", "recheck", "suggest_archives"):
        if getattr(arguments, flag) and not arguments.online:
            raise UsageError(f"--{flag.replace('_', '-')} needs --online")
    if arguments.staged:
        _refuse_with_staged(arguments)
    if arguments.online and arguments.watch:
        raise UsageError("--online and --watch cannot be used together: no host wants that")
    if arguments.isolated and arguments.config:
        raise UsageError(
            "--isolated and --config cannot be used together: the one is for no configuration"
        )
    if arguments.write_baseline and arguments.watch:
        raise UsageError(
            "--write-baseline and --watch cannot be used together: it would accept what is new"
        )
    _refuse_with_standard_input(arguments)


def _refuse_with_standard_input(arguments: argparse.Namespace) -> None:
    from_stdin = STANDARD_INPUT in arguments.paths
    written = arguments.add_ignore or arguments.write_baseline
    if from_stdin and (len(arguments.paths) > 1 or arguments.watch or written):
        raise UsageError(
            "- (standard input) stands alone, without --watch, --add-ignore and --write-baseline"
        )
    if arguments.stdin_filename and not from_stdin:
        raise UsageError("--stdin-filename needs - as the path")


def _refuse_with_staged(arguments: argparse.Namespace) -> None:
    writing = [name for name in ("fix", "diff", "add_ignore") if getattr(arguments, name)]
    if writing:
        flag = writing[0].replace("_", "-")
        raise UsageError(
            f"--staged and --{flag} cannot be used together: the fixes are those of the work tree; "
            "use --since HEAD"
        )
    if STANDARD_INPUT in arguments.paths:
        raise UsageError(
            "--staged and - (standard input) cannot be used together: what is staged stands in files"
        )
