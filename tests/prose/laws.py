"""What holds for the blocks of every document; each law is checked from the tree or the source."""

from __future__ import annotations

import re

from mlsd_lint.document import HtmlInline, Link, Text
from mlsd_lint.prose.annotation import Utf16Places, annotation, utf16_length
from mlsd_lint.prose.blocks import OBJECT, Range, source_place, text_range
from mlsd_lint.prose.extraction import blocks

_WORD = re.compile(r"\w+")
_MAY_HIDE = re.compile(r"[${@]|<%|://|www\.|\\\(|:[\w+-]+:|\[![A-Z]+\]")


def assert_laws(document):
    """Check all of them; the blocks, for whoever wants to know more."""
    found = list(blocks(document))
    _assert_order(found)
    for block in found:
        _assert_segments(block, document.source)
        _assert_words(block, document.source)
        _assert_annotation(block)
    _assert_letters(document, found)
    return found


def _assert_order(found):
    end = 0
    for block in found:
        if block.kind != "alternative text":
            assert block.span.start >= end, block
            end = block.span.end


def _assert_segments(block, source):
    assert "".join(segment.text for segment in block.segments) == block.text
    assert any(character.isalpha() for character in block.text)
    length, end = 0, 0
    for segment in block.segments:
        assert segment.text
        assert segment.start == length
        assert end <= segment.span.start < segment.span.end
        assert segment.equal == (source.slice(segment.span) == segment.text)
        length, end = segment.end, segment.span.end


def _assert_words(block, source):
    inside = {segment.start: segment for segment in block.segments}
    ends = {segment.end for segment in block.segments}
    for match in _WORD.finditer(block.text):
        start, end = match.span()
        place = source_place(block, start, end)
        written = source.slice(place.span)
        assert place.exact == (written == match[0])
        if place.exact:
            assert text_range(block, place.span) == Range(start, end)
            continue
        back = text_range(block, place.span)
        assert back.start <= start
        assert end <= back.end
        parts = [inside[at] for at in range(start, end) if at in inside]
        parted = any(start < at < end for at in (*inside, *ends))
        assert parted or not parts[0].equal, (match[0], written)
        assert place.span.start == source_place(block, start, start + 1).span.start
        assert place.span.end == source_place(block, end - 1, end).span.end


def _assert_annotation(block):
    """The parts put together are the text, and a place in UTF-16 units is the place in the text."""
    text = block.text
    parts = annotation(text)
    assert "".join(part.get("text", part.get("markup")) for part in parts) == text
    assert [part["interpretAs"] for part in parts if "markup" in part] == [
        f"Dummy{number}" for number in range(1, text.count(OBJECT) + 1)
    ]
    assert utf16_length(text) == _units(text)
    places = Utf16Places(text)
    for match in _WORD.finditer(text):
        first = _units(text[: match.start()])
        assert places.code_points(first, first + _units(match[0])) == match.span()


def _assert_letters(document, found):
    """Every letter of the tree's texts is in one segment, or in an object that hides it."""
    told = {}
    hidden = []
    for block in found:
        for segment in block.segments:
            if segment.is_object:
                hidden.append(segment.span)
            else:
                for place, letters in _letters(segment.text, segment.span):
                    assert place not in told
                    told[place] = letters
    meant = dict(
        pair for node in _texts(document.blocks) for pair in _letters(node.text, node.span)
    )
    assert {place: meant.get(place) for place in told} == told
    source = document.source
    for place in meant.keys() - told.keys():
        start, end = next(
            (span for span in hidden if span.start <= place < span.end),
            source.line_span(source.position(place).line),
        )
        line = source.text[start:end]
        assert _MAY_HIDE.search(line) or document.of(HtmlInline), (place, line)


def _texts(nodes):
    for node in nodes:
        if isinstance(node, Text):
            yield node
        elif not (type(node) is Link and node.form in {"autolink", "bare"}):
            yield from _texts(node.children)


def _letters(text, span):
    """The letters of a text by their places; those of an entity have one place together."""
    if len(text) != span.end - span.start:
        return [(span.start, text)] if any(map(str.isalpha, text)) else []
    return [(span.start + index, one) for index, one in enumerate(text) if one.isalpha()]


def _units(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
