"""Pages that show files, commands and what the commands print; see `blocks`."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from typing import NamedTuple

import command
from mlsd_lint.document import Heading, plain_text
from mlsd_lint.markdown import parse
from mlsd_lint.source import Source
from projects import write_files

BLOCK = re.compile(
    r"(?:^(?P<before>[^\n]+)\n\n)?^(?P<fence>`{3,})(?P<language>\w*)\n(?P<content>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
_FILE = re.compile(r"`(?P<file>[^`\s]+)`:$")
HOME = "/home/ada/handbook"  # the folder in which a page pretends to be


class Block(NamedTuple):
    """A fenced block; `file` is the name in the line above it, None if there is none."""

    language: str
    content: str
    file: str | None


class Command(NamedTuple):
    """A command of a console block, and what it prints."""

    line: str
    output: str


def chapters(page):
    """The text below each second-level heading."""
    document = parse(Source(page.name, page.read_text("utf-8")))
    found = [one for one in document.blocks if isinstance(one, Heading) and one.level == 2]
    ends = [one.span.start for one in found[1:]] + [len(document.source.text)]
    return {
        plain_text(heading): document.source.text[heading.span.end : end]
        for heading, end in zip(found, ends, strict=True)
    }


def blocks(text):
    """The fenced blocks of a text.

    A block below a line that ends with a file name in backticks and a colon is that file. In a
    block of the language `console`, every command is run and must print what stands below it.
    """
    assert "\n```" not in BLOCK.sub("", text), "a block is not read"
    for found in BLOCK.finditer(text):
        named = _FILE.search(found["before"] or "")
        yield Block(found["language"], found["content"], named and named["file"])


def commands(content):
    pieces = re.split(r"^\$ (.*)\n", content, flags=re.MULTILINE)
    assert not pieces[0], "a console block starts with a command"
    return [Command(*one) for one in zip(pieces[1::2], pieces[2::2], strict=True)]


def printed(line, folder):
    """What a command prints in a folder, which the page calls `HOME`."""
    name, *arguments = shlex.split(line)
    if name == "cat":
        return "".join((folder / one).read_text("utf-8") for one in arguments)
    if name == "mlsd-lint":
        output = command.run(folder, *arguments, together=True).stdout
    else:
        assert name == "git", line
        output = subprocess.run(
            [name, *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        ).stdout
    return output.replace(f"{folder.resolve()}{os.sep}", f"{HOME}/")


def follow(text, folder):
    """Write the files of a text, run its commands, and compare what they print.

    A block of the language `text` that is no file only shows something.
    """
    for block in blocks(text):
        if block.language == "console":
            for one in commands(block.content):
                shown = printed(one.line, folder)
                assert shown == one.output, f"$ {one.line}\n{shown}"
        elif block.file or block.language != "text":
            assert block.file, f"no file name above this block:\n{block.content}"
            write_files(folder, {block.file: block.content})
