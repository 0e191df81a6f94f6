"""`mlsd-lint init`: write a configuration for a folder that has none, with the reasons in it."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlsd_lint.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from mlsd_lint.commands.survey import Choice, Survey
    from mlsd_lint.diagnostics import Report

NOISE = 50  # findings of one rule that is no error; more bury the others
_OWN_HEADER = re.compile(r"""\s*\[\s*tool\s*\.\s*["']?mlsd-lint["']?\s*[.\]]""")
_HEADER = re.compile(r"\s*\[")
_HEAD = """\
# Settings of mlsd-lint. `mlsd-lint config` shows all that apply, with a key it explains one.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags of `init`."""
    parser.add_argument(
        "path", nargs="?", default=".", metavar="PATH", help="the folder (default: this one)"
    )
    parser.add_argument(
        "--pyproject", action="store_true", help="write into the pyproject.toml of the folder"
    )
    parser.add_argument(
        "--force", action="store_true", help="replace the configuration that is there"
    )


def run(arguments: argparse.Namespace) -> int:
    """Look at the folder, write the configuration and say what comes next.

    Raises:
        UsageError: there is nothing to check, or a configuration already.
    """
    from mlsd_lint.commands.survey import survey
    from mlsd_lint.location import absolute

    folder = absolute(Path(arguments.path))
    if not folder.is_dir():
        raise UsageError(f"{arguments.path} is not a folder")
    target = _target(folder, pyproject=arguments.pyproject, force=arguments.force)
    looked = survey(folder)
    if not looked.files:
        raise UsageError(f"no Markdown files in {arguments.path}; nothing was written")
    report = _trial(folder, looked)
    choices = [*looked.choices, *_quieted(report), _threshold()]
    _write(target, choices)
    sys.stdout.write(_said(target, arguments.path, looked, report))
    return 0


def _target(folder: Path, *, pyproject: bool, force: bool) -> Path:
    """The file to write to."""
    from mlsd_lint.config.files import CONFIGURATION_FILE, PYPROJECT_FILE, find

    target = folder / (PYPROJECT_FILE if pyproject else CONFIGURATION_FILE)
    if pyproject and not target.is_file():
        raise UsageError(
            f"there is no {target}; without --pyproject, {CONFIGURATION_FILE} is written"
        )
    existing = find(folder)
    if existing is not None and existing.parent == folder and not force:
        raise UsageError(
            f"{existing} configures this folder already; --force writes a new configuration"
        )
    if pyproject and (folder / CONFIGURATION_FILE).is_file():
        raise UsageError(
            f"{folder / CONFIGURATION_FILE} wins over {PYPROJECT_FILE}; remove it first"
        )
    return target


def _trial(folder: Path, looked: Survey) -> Report:
    """What a check with the proposed settings finds today."""
    from mlsd_lint import engine
    from mlsd_lint.cache import NO_CACHE
    from mlsd_lint.discovery.repository import git_root
    from mlsd_lint.location import Location
    from mlsd_lint.project import load

    root = git_root(folder) or folder
    project = load(Location(root, folder, None, looked.settings, {}), "")
    paths = [project.relative(folder / path) for path in looked.files]
    return engine.check(project, paths, paths, NO_CACHE).report


def _quieted(report: Report) -> list[Choice]:
    """Switch off what would bury everything else; never an error."""
    from mlsd_lint.commands.survey import Choice
    from mlsd_lint.diagnostics import Severity

    counts = Counter(
        (one.code, one.name) for one in report.diagnostics if one.severity is not Severity.ERROR
    )
    noisy = [(rule, count) for rule, count in counts.most_common() if count > NOISE]
    if not noisy:
        return []
    found = ", ".join(f"{code} {name} ({count} findings)" for (code, name), count in noisy)
    reason = f"So many today that they bury the others: {found}. Take one out to see it."
    return [Choice("ignore", sorted(code for (code, _), _ in noisy), reason)]


def _threshold() -> Choice:
    from mlsd_lint.commands.survey import Choice

    return Choice("fail-on", "error", "Errors make the check fail; warnings are only shown.")


def _write(target: Path, choices: list[Choice]) -> None:
    from mlsd_lint.config.files import PYPROJECT_FILE

    try:
        if target.name == PYPROJECT_FILE:
            old = target.read_bytes().decode("utf-8")
            target.write_bytes(_with_table(old, target, choices).encode())
        else:
            target.write_bytes(f"{_HEAD}\n{_settings(choices)}".encode())
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot write {target}: {error}") from None


def _settings(choices: list[Choice]) -> str:
    """The settings as TOML, each under its reason."""
    from textwrap import fill

    from mlsd_lint.config.toml_text import toml_value

    return "\n".join(
        fill(
            choice.reason,
            96,
            initial_indent="# ",
            subsequent_indent="# ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        + f"\n{choice.key} = {toml_value(choice.value)}\n"
        for choice in choices
    )


def _with_table(old: str, target: Path, choices: list[Choice]) -> str:
    """The text of a pyproject.toml with our table, in place of one that is there."""
    newline = "\r\n" if "\r\n" in old else "\n"
    kept = _without_table(old)
    table = f"[tool.mlsd-lint]\n{_HEAD}\n{_settings(choices)}".replace("\n", newline)
    new = f"{kept.rstrip()}{newline}{newline}{table}" if kept.strip() else table
    settings = {choice.key: choice.value for choice in choices}
    if not _is_only_change(old, new, settings):
        raise UsageError(f"{target} cannot be changed safely: edit [tool.mlsd-lint] by hand")
    return new


def _without_table(text: str) -> str:
    kept, ours = [], False
    for line in text.splitlines(keepends=True):
        if _HEADER.match(line):
            ours = _OWN_HEADER.match(line) is not None
        if not ours:
            kept.append(line)
    return "".join(kept)


def _is_only_change(old: str, new: str, settings: dict[str, Any]) -> bool:
    """Whether the two documents are the same but for our table, which holds the settings."""
    import tomllib

    try:
        before, after = tomllib.loads(old), tomllib.loads(new)
        before.setdefault("tool", {}).pop("mlsd-lint", None)
        return bool(after["tool"].pop("mlsd-lint") == settings and after == before)
    except (ValueError, AttributeError, KeyError):
        return False


def _said(target: Path, path: str, looked: Survey, report: Report) -> str:
    from mlsd_lint.reporters.summary import counted

    counts = Counter(one.severity.value for one in report.diagnostics)
    kinds = [kind for kind in ("error", "warning", "info") if counts[kind]]
    found = ", ".join(counted(counts[kind], kind, f"{kind}s") for kind in kinds)
    made_with = f", made with {looked.generator.name}" if looked.generator else ""
    files = counted(len(looked.files), "Markdown file", "Markdown files")
    command = "mlsd-lint check" + ("" if path == "." else f" {path}")
    return (
        f"Wrote {target}: {files}{made_with}.\n"
        f"Findings today, all rules on but those about prose: {found or 'none'}.\n"
        f"Next: read the settings, then run `{command}`.\n"
    )
