"""The words of each block are those that markdown-it-py renders."""

import re

from markdown_it import MarkdownIt

from conftest import ROOT, SHARED
from marked import parsed
from mlsd_lint.prose.extraction import blocks

_MARKDOWN_IT = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_LETTERS = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w.-]+\w")

# Files whose words differ, each with its reason: none do.
DIFFERENT = {}


def _rendered(text):
    """The words of every block that has inline content, and of each alternative text."""
    for token in _MARKDOWN_IT.parse(text):
        if token.type == "inline":
            yield from _words_of(token.children)


def _words_of(tokens):
    parts = []
    images = []
    in_address = False
    for token in tokens or ():
        if token.type == "image":
            images.append(token.children)
        elif token.type in {"link_open", "link_close"} and token.info == "auto":
            in_address = token.type == "link_open"
        elif token.type in {"softbreak", "hardbreak", "code_inline"}:
            parts.append(" ")
        elif token.type in {"text", "text_special"} and not in_address:
            parts.append(token.content)
        elif token.type == "html_inline" and re.match(r"</?(br|p|div|img)\b", token.content):
            parts.append(" ")
    words = _words("".join(parts))
    if words:
        yield words
    for inner in images:
        yield from _words_of(inner)


def _words(text):
    found = _LETTERS.findall(_ADDRESS.sub(" ", text))
    return [word for word in found if word.isalpha()]  # a raised two is no letter


def _ours(text):
    document = parsed(text)
    for block in blocks(document):
        words = _words(
            "".join(
                _written(document.source.slice(segment.span)) if segment.is_object else segment.text
                for segment in block.segments
            )
        )
        if words:
            yield words


def _written(source):
    """What an object that only we know says: a placeholder, mathematics."""
    return source if source[0] in "${:\\" or source[:2] == "[!" else " "


def test_words_are_those_that_are_rendered(shared):
    different = {}
    count = 0
    for folder in (SHARED / "corpora", ROOT / "content", ROOT / "answers", ROOT / "docs"):
        for path in sorted(folder.rglob("*.md")):
            text = path.read_text("utf-8")
            ours, rendered = list(_ours(text)), list(_rendered(text))
            count += len(ours)
            if ours != rendered:
                different[path.name] = next(
                    (pair for pair in zip(ours, rendered, strict=False) if pair[0] != pair[1]),
                    (len(ours), len(rendered)),
                )
    assert different == DIFFERENT
    assert count > 10_000
