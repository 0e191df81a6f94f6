"""`mlsd-lint vocab`: which words the book might want in its vocabulary, and putting them there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from mlsd_lint.prose.vocabulary_layout import Addition

STANDARD_INPUT = "-"
HEAD = """\
# Words that are right in this book, one a line; `mlsd-lint vocab add` keeps them in order.
# A word in lower case is right in any case, another just as it is written.

"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of `vocab` and their flags."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    suggest = actions.add_parser(
        "suggest",
        help="list the words that are unknown, the most frequent first",
        description="List the words of the book that neither the dictionaries nor the vocabulary "
        "know, the most frequent first, each with one example. Into a file or a pipe, the "
        "columns (word, times, files, place, text) are separated by tabs; "
        "`mlsd-lint vocab add -` reads such lines.",
        allow_abbrev=False,
    )
    suggest.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files and folders (default: what the configuration includes)",
    )
    suggest.add_argument(
        "--grammar",
        choices=["harper", "languagetool"],
        help="what looks for unknown words (default: as for `mlsd-lint check`)",
    )
    suggest.add_argument("--output-format", choices=["text", "json"], default="text")
    add = actions.add_parser(
        "add",
        help="put words into the vocabulary, which stays in order",
        description="Put words into the vocabulary: into its last section, the sections being "
        "what stands between blank lines. Every section is kept in the order of a dictionary, "
        "and comments stay with their words.",
        allow_abbrev=False,
    )
    add.add_argument(
        "words",
        nargs="+",
        metavar="WORD",
        help="a word: in lower case it is right in any case; - reads words from standard input, "
        "one a line, as in the vocabulary or as `mlsd-lint vocab suggest` writes them",
    )
    for action in (suggest, add):
        action.add_argument("--config", metavar="FILE", help="the configuration file to use")
    parser.set_defaults(print_help=parser.print_help)


def run(arguments: argparse.Namespace) -> int:
    """List unknown words, or add some; without an action, say what there is.

    Raises:
        UsageError: the configuration or the vocabulary cannot be read, or what was given is no
            word.
    """
    if arguments.action == "add":
        return _add(arguments)
    if arguments.action == "suggest":
        from mlsd_lint.commands.suggesting import suggest

        return suggest(arguments)
    print_help: Callable[[], None] = arguments.print_help
    print_help()
    return 0


def _add(arguments: argparse.Namespace) -> int:
    from mlsd_lint.location import from_here, locate
    from mlsd_lint.project import load
    from mlsd_lint.prose.vocabulary import VocabularyError, decode, read
    from mlsd_lint.prose.vocabulary_layout import add

    words = _words(arguments.words)
    configuration = Path(arguments.config) if arguments.config else None
    project = load(locate([], {}, file=configuration), "")
    file = project.base / project.configuration.prose.vocabulary
    old = read(file)
    result = add(HEAD if old is None else decode(old, file), words)
    if result.added:
        from mlsd_lint.fixes.applying import FileChangedError

        try:
            _write(file, old, result.text.encode())
        except FileChangedError as error:
            raise VocabularyError(f"{error}; try again") from None
    sys.stdout.write(_said(result, from_here(file)))
    return 0


def _words(given: Sequence[str]) -> list[str]:
    """The words to add, in order.

    Raises:
        UsageError: some of it is no word; all of them are named.
    """
    from mlsd_lint.prose.word_forms import wrong_word

    found: list[str] = []
    faults: list[str] = []
    for one in given:
        if one == STANDARD_INPUT:
            words, wrong = _words_of_input()
            found += words
            faults += wrong
            continue
        fault = wrong_word(one.strip())
        if fault is None:
            found.append(one.strip())
        else:
            faults.append(". ".join(fault))
    if faults:
        raise UsageError("\n".join([*faults, "nothing was added"]))
    return found


def _words_of_input() -> tuple[list[str], list[str]]:
    """The words on standard input, and what is wrong with its other lines."""
    from mlsd_lint.prose.vocabulary import parse

    if sys.stdin is None:
        raise UsageError("standard input is closed")
    try:
        text = sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError("standard input is not UTF-8 text; nothing was added") from None
    listed = parse("\n".join(line.partition("\t")[0] for line in text.splitlines()))
    wrong = [
        f"line {one.line} of standard input: {one.message}. {one.help}" for one in listed.wrong
    ]
    return [entry.text for entry in listed.entries], wrong


def _write(file: Path, old: bytes | None, new: bytes) -> None:
    from mlsd_lint.fixes.applying import replace_file

    if old is None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.open("xb").close()  # what somebody else makes at this moment is not replaced
    replace_file(file, old or b"", new)


def _said(result: Addition, file: str) -> str:
    from mlsd_lint.reporters.summary import counted
    from mlsd_lint.reporters.terminal import visible

    lines = []
    if result.added:
        words = counted(len(result.added), "word", "words")
        lines.append(f"Added {words} to {file}: {', '.join(result.added)}.")
    there = [one.word for one in result.known if one.word == one.entry]
    if there:
        lines.append(f"In {file} already: {', '.join(there)}.")
    lines += [
        f"Not needed: {one.word}, which “{one.entry}” makes right."
        for one in result.known
        if one.word != one.entry
    ]
    return "".join(f"{visible(line)}\n" for line in lines or ["No words were given."])
