import json
from collections import Counter
from functools import cache

import pytest

from conftest import SHARED
from marked import parsed
from oracles import (
    markdown_it_blocks,
    markdown_it_destinations,
    our_blocks,
    our_destinations,
    our_inlines,
    pyromark_inlines,
)

SECTIONS = {"Links", "Link reference definitions", "Autolinks", "Raw HTML", "HTML blocks", "Images"}

# Blocks of the corpora that differ from markdown-it-py's, each with its reason: none do.
DIFFERENT_BLOCKS = {}

# CommonMark examples whose blocks differ: the first line opens front matter.
DIFFERENT_BLOCK_EXAMPLES = {96, 98}

# Examples whose link destinations differ from markdown-it-py's: none do.
DIFFERENT_DESTINATION_EXAMPLES = {}

# pyromark leaves the empty brackets of a collapsed reference out of the link's range.
DIFFERENT_RANGE_EXAMPLES = {555, 556, 557, 568, 578, 586, 587, 588}


@cache
def examples():
    files = (SHARED / "spec" / name for name in ("commonmark-0.31.json", "gfm-extensions.json"))
    return [example for file in files for example in json.loads(file.read_text("utf-8"))]


@cache
def corpus():
    """Every Markdown file of the corpora; newlines are LF, which both oracles expect."""
    return {
        file.relative_to(SHARED / "corpora").as_posix(): file.read_text("utf-8")
        for file in sorted((SHARED / "corpora").rglob("*.md"))
    }


def test_blocks_of_the_examples_have_the_same_lines(shared):
    different = {
        example["example"]
        for example in examples()
        if our_blocks(parsed(example["markdown"])) != markdown_it_blocks(example["markdown"])
    }
    assert different == DIFFERENT_BLOCK_EXAMPLES


def test_blocks_of_the_corpora_have_the_same_lines(shared):
    different = {}
    count = 0
    for path, text in corpus().items():
        ours, theirs = Counter(our_blocks(parsed(text))), Counter(markdown_it_blocks(text))
        count += theirs.total()
        differing = sorted((ours - theirs).elements()) + sorted((theirs - ours).elements())
        if differing:
            different[path] = differing
    assert count > 15_000
    assert different == DIFFERENT_BLOCKS


def test_destinations_of_the_examples_are_the_same(shared):
    chosen = [example for example in examples() if example["section"] in SECTIONS]
    different = {
        example["example"]: our_destinations(parsed(example["markdown"]))
        for example in chosen
        if our_destinations(parsed(example["markdown"]))
        != markdown_it_destinations(example["markdown"])
    }
    assert len(chosen) > 200
    assert different == DIFFERENT_DESTINATION_EXAMPLES


def test_ranges_and_values_of_the_examples_are_the_same(shared):
    different = {
        example["example"]
        for example in examples()
        if Counter(our_inlines(parsed(example["markdown"])))
        != Counter(pyromark_inlines(example["markdown"]))
    }
    assert different == DIFFERENT_RANGE_EXAMPLES


def test_ranges_and_values_of_the_corpora_are_the_same(shared):
    count = 0
    for path, text in corpus().items():
        ours = Counter(our_inlines(parsed(text)))
        assert ours == Counter(pyromark_inlines(text)), path
        count += ours.total()
    assert count > 8_000


@pytest.mark.parametrize(
    "text",
    [
        "> a\n> - b\n>   c\n> d\n\n- e\n\n      f\n  > g\nh\n",
        "- a\n\t- b\n\t\t- c\n  d\n\n1. e\n\n   | a |\n   |---|\n   | b |\n   f\n",
        "*\t- x\n \t  y\n-\tz\n\n\tw\n",
    ],
)
def test_blocks_of_nested_containers_have_the_same_lines(text):
    assert our_blocks(parsed(text)) == markdown_it_blocks(text)
