"""The whole tree against the specifications' own HTML."""

import json
from functools import cache

import pytest

from conftest import SHARED
from html_rendering import render, squeezed
from marked import parsed
from mlsd_lint.document import CodeBlock, HtmlBlock, HtmlInline

FILES = ("commonmark-0.31", "gfm-extensions")
DIFFERENT = {
    ("commonmark-0.31", 96): "the first line opens front matter, which CommonMark does not know",
    ("commonmark-0.31", 98): "the first line opens front matter, which CommonMark does not know",
    ("commonmark-0.31", 604): "GFM links an address without brackets; CommonMark leaves it text",
    ("commonmark-0.31", 610): "GFM links an address without brackets; CommonMark leaves it text",
    ("commonmark-0.31", 613): "GFM links an address without brackets; CommonMark leaves it text",
    ("commonmark-0.31", 614): "GFM links an address without brackets; CommonMark leaves it text",
    ("gfm-extensions", 653): "filtering tags is a matter of output, not of what the text is",
}


@cache
def examples(name):
    path = SHARED / "spec" / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else []


def is_as_specified(example):
    document = parsed(example["markdown"])
    html = render(document)
    if html == example["html"]:
        return True
    # The lines of code and raw HTML keep the container markers before them in the source.
    raw = any(isinstance(node, CodeBlock | HtmlBlock | HtmlInline) for node in document.walk())
    return raw and squeezed(html) == squeezed(example["html"])


@pytest.mark.parametrize("name", FILES)
def test_every_example_but_those_listed_is_as_specified(shared, name):
    different = {
        (name, example["example"]) for example in examples(name) if not is_as_specified(example)
    }
    assert len(examples(name)) == {"commonmark-0.31": 655, "gfm-extensions": 24}[name]
    assert different == {key for key in DIFFERENT if key[0] == name}
