"""What docs/describe-your-book.md shows is what happens.

A block below a line that ends with a file name in backticks and a colon is that file. In a block
of the language `console`, every command is run and must print what stands below it. Each
second-level heading starts with an empty folder.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import fields
from typing import NamedTuple

import pytest

from conftest import ROOT
from mlsd_lint import typed
from mlsd_lint.config.types import FieldDeclaration, TypeDeclaration, kebab
from mlsd_lint.document import Heading, plain_text
from mlsd_lint.markdown import parse
from mlsd_lint.source import Source
from projects import write_files

PAGE = ROOT / "docs" / "describe-your-book.md"
_BLOCK = re.compile(
    r"(?:^(?P<before>[^\n]+)\n\n)?^(?P<fence>`{3,})(?P<language>\w*)\n(?P<content>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
_FILE = re.compile(r"`(?P<file>[^`\s]+)`:$")
_ROW = re.compile(r"^\| `(?P<name>[\w-]+)` \| (?P<about>.*) \|$", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block; `file` is the name in the line above it, None if there is none."""

    language: str
    content: str
    file: str | None


class Command(NamedTuple):
    """A command of a console block, and what it prints."""

    line: str
    output: str


def chapters():
    """The text below each second-level heading."""
    document = parse(Source(PAGE.name, PAGE.read_text("utf-8")))
    found = [one for one in document.blocks if isinstance(one, Heading) and one.level == 2]
    ends = [one.span.start for one in found[1:]] + [len(document.source.text)]
    return {
        plain_text(heading): document.source.text[heading.span.end : end]
        for heading, end in zip(found, ends, strict=True)
    }


def blocks(text):
    for found in _BLOCK.finditer(text):
        named = _FILE.search(found["before"] or "")
        yield Block(found["language"], found["content"], named and named["file"])


def commands(content):
    pieces = re.split(r"^\$ (.*)\n", content, flags=re.MULTILINE)
    assert not pieces[0], "a console block starts with a command"
    return [Command(*one) for one in zip(pieces[1::2], pieces[2::2], strict=True)]


def printed(line, folder):
    name, *arguments = shlex.split(line)
    if name == "cat":
        return "".join((folder / one).read_text("utf-8") for one in arguments)
    assert name == "mlsd-lint"
    return subprocess.run(
        [sys.executable, "-m", "mlsd_lint", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    ).stdout


@pytest.mark.parametrize("title", [name for name, text in chapters().items() if "\n```" in text])
def test_every_block_is_true(title, tmp_path):
    text = chapters()[title]
    assert "\n```" not in _BLOCK.sub("", text), "a block is not read"
    for block in blocks(text):
        if block.language == "console":
            for one in commands(block.content):
                assert printed(one.line, tmp_path) == one.output, one.line
        else:
            assert block.file, f"no file name above this block:\n{block.content}"
            write_files(tmp_path, {block.file: block.content})


def rows(title):
    return {row["name"]: row["about"] for row in _ROW.finditer(chapters()[title])}


@pytest.mark.parametrize(
    ("title", "declaration"),
    [("Every key of a type", TypeDeclaration), ("Every key of a field", FieldDeclaration)],
)
def test_the_tables_have_every_key(title, declaration):
    keys = {kebab(one.name): one.metadata["description"] for one in fields(declaration)}
    assert {name: about.replace("\\|", "|") for name, about in rows(title).items()} == keys


def test_the_table_has_every_marker_and_class():
    assert sorted(rows("Every marker and class")) == sorted(typed.__all__)
