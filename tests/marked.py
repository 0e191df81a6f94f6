"""Expected spans written into the Markdown itself: `⟦` opens one and `⟧` closes it."""

from __future__ import annotations

from mlsd_lint.markdown import parse
from mlsd_lint.source import Source, Span


def marked(text):
    """The text without marks, and the spans they enclosed, in order of their starts."""
    plain = []
    spans = []
    open_marks = []
    for character in text:
        if character == "⟦":
            open_marks.append(len(spans))
            spans.append(len(plain))
        elif character == "⟧":
            index = open_marks.pop()
            spans[index] = Span(spans[index], len(plain))
        else:
            plain.append(character)
    return "".join(plain), spans


def parsed(text):
    """The document of a text."""
    return parse(Source("book.md", text))


def assert_spans(text, spans_of):
    """Check that `spans_of(document)` gives the marked spans."""
    plain, expected = marked(text)
    found = list(spans_of(parsed(plain)))
    shown = [plain[span.start : span.end] for span in found]
    assert found == expected, shown


def part_of_first(kind, name):
    """For `assert_spans`: a span that the first node of a kind has besides its own."""
    return lambda document: [getattr(document.of(kind)[0], name)]
