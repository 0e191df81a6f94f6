"""Time the parser of mlsd-lint on one core beside three others, on the same texts.

    python benchmarks/parsing.py --corpora PATH [--runs 5] [--write]

Needs markdown-it-py and pyromark beside mlsd-lint; a parser that is not installed is named.
"""

from __future__ import annotations

import argparse
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import tables
from measuring import by_turns

if TYPE_CHECKING:
    from collections.abc import Callable

    Parser = Callable[[str], object]


def mlsd_lint() -> Parser:
    """The whole tree, with the exact place of everything in it."""
    from mlsd_lint.markdown import parse
    from mlsd_lint.source import Source

    return lambda text: parse(Source("page.md", text))


def mistune() -> Parser:
    """The tree of the parser below ours, without places."""
    import mistune

    plugins = ["table", "strikethrough", "footnotes", "task_lists", "url"]
    return mistune.create_markdown(renderer="ast", plugins=plugins)


def markdown_it_py() -> Parser:
    """Tokens; blocks have line numbers, what is in them has no place."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse


def pyromark() -> Parser:
    """Events with the byte range of each, made in Rust."""
    import pyromark

    options = pyromark.Options
    enabled = options.ENABLE_TABLES | options.ENABLE_STRIKETHROUGH | options.ENABLE_FOOTNOTES
    markdown = pyromark.Markdown(options=enabled)
    # The events are made while they are asked for.
    return lambda text: list(markdown.events_with_range(text))


PARSERS = {
    "mlsd-lint": ("tree, exact places", mlsd_lint),
    "mistune": ("tree, no places", mistune),
    "markdown-it-py": ("tokens, lines of blocks", markdown_it_py),
    "pyromark": ("events, byte ranges; Rust", pyromark),
}


def main() -> None:
    """Measure, print, and write if that was asked for."""
    arguments = _arguments()
    files = sorted(arguments.corpora.rglob("*.md"))
    texts = [file.read_bytes().decode("utf-8") for file in files]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    installed, missing = _installed()
    seconds = by_turns(
        arguments.runs, {name: _timed(parse, texts) for name, parse in installed.items()}
    )
    rows = [
        [
            f"{name} {version(name)}",
            PARSERS[name][0],
            f"{megabytes / taken:.2f}",
            f"{seconds['mlsd-lint'] / taken:.2f}",
        ]
        for name, taken in seconds.items()
    ]
    rows += [[name, "not installed", "", ""] for name in missing]
    head = ["parser", "what it makes", "MB/s", "speed against ours"]
    content = tables.table(head, rows, numbers_from=2)
    content += f"\n\n{len(files)} files, {megabytes:.1f} MB; processor time, medians of {arguments.runs} runs."
    print(content)
    if arguments.write:
        tables.write("parsing", content)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--corpora", type=Path, required=True, help="a folder of Markdown")
    parser.add_argument("--runs", type=int, default=5, help="runs that make a median (5)")
    parser.add_argument("--write", action="store_true", help="rewrite the table in the README")
    return parser.parse_args()


def _installed() -> tuple[dict[str, Parser], list[str]]:
    installed, missing = {}, []
    for name, (_, make) in PARSERS.items():
        try:
            installed[name] = make()
        except ModuleNotFoundError:
            missing.append(name)
    return installed, missing


def _timed(parse: Parser, texts: list[str]) -> Callable[[], float]:
    """Processor time, which the other people on a machine disturb less than the clock's."""

    def seconds() -> float:
        began = time.process_time()
        for text in texts:
            parse(text)
        return time.process_time() - began

    return seconds


if __name__ == "__main__":
    main()
