"""Verbs, flags and exit codes. One module a verb in `commands/`, imported when it is asked for.

Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong usage, wrong configuration or
something that could not be checked; 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from mlsd_lint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

VERBS = {
    "check": "check Markdown files: structure, headings, links, lists, catalogue entries",
    "rule": "explain a rule, or list all of them",
    "config": "show the settings that apply, or explain one",
    "schema": "write JSON Schemas of configuration, documents and reports, or compare them",
    "extract": "print the typed data of documents as JSON",
    "init": "write a configuration for a folder of Markdown",
    "new": "write a template of a document of a type",
    "derive": "propose a document type, in TOML, from a good example",
    "vocab": "list the words that no dictionary knows, or make them words of the book",
    "languagetool": "install LanguageTool, and start, stop or show its server",
    "clean": "remove the cache",
    "version": "print the version",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code."""
    arguments_given = sys.argv[1:] if argv is None else list(argv)
    _open_streams()
    try:
        arguments = _parsed(arguments_given)
        code = int(_module(arguments.verb).run(arguments))
        sys.stdout.flush()
    except UsageError as error:
        sys.stderr.write(f"mlsd-lint: {error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("mlsd-lint: interrupted\n")
        return 130
    except BrokenPipeError:
        _abandon_output()  # whoever read it has seen enough
        return 1
    except OSError as error:
        where = f"{error.filename}: " if error.filename is not None else ""
        sys.stderr.write(f"mlsd-lint: {where}{error.strerror or error}\n")
        _abandon_output()
        return 2
    return code


def _open_streams() -> None:
    """Whoever closed a stream before starting us does not want what is written to it."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # open to the end
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # open to the end


def _abandon_output() -> None:
    """What cannot be written is not tried again, with a complaint, when the interpreter ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _module(verb: str) -> ModuleType:
    return import_module(f"mlsd_lint.commands.{verb}")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, where argparse puts all flags in front of it."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        self.exit(2, f"{self.prog}: {message}; see `{self.prog} --help`\n")


def _parsed(given: Sequence[str]) -> argparse.Namespace:
    arguments, unknown = _parser(given).parse_known_args(given)
    if unknown:  # argparse says it of the program, whose help has no flags of a verb
        _Parser(prog=f"mlsd-lint {arguments.verb}").error(
            f"unrecognized arguments: {' '.join(unknown)}"
        )
    return arguments


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser; only the verb that stands in `arguments` gets its flags."""
    parser = _Parser(
        prog="mlsd-lint",
        description="A quality gate for Markdown books and curated lists.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_const", dest="verb", const="version")
    verbs = parser.add_subparsers(
        dest="verb", metavar="VERB", required="--version" not in arguments
    )
    wanted = next((word for word in arguments if word in VERBS), None)
    for verb, summary in VERBS.items():
        subparser = verbs.add_parser(
            verb,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            allow_abbrev=False,
        )
        if verb == wanted:
            _module(verb).add_arguments(subparser)
    return parser
