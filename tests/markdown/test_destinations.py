"""The promise: the destination's span, cut out of the source, is the destination as written."""

import json

from conftest import SHARED
from marked import parsed
from mlsd_lint.document import Definition, Image, Link
from mlsd_lint.markdown.entities import unescape, unescape_entities


def _as_meant(written, form):
    """What a destination in this form means, from what is written."""
    if form == "autolink":
        return {prefix + unescape_entities(written) for prefix in ("", "mailto:")}
    if form == "bare":
        return {prefix + written for prefix in ("", "http://", "mailto:")}
    return {unescape(written)}


def _enclosures(node, source):
    """The characters around the destination, which say where it must have been found."""
    before = source.text[: node.destination_span.start]
    after = source.text[node.destination_span.end :]
    form = node.form if isinstance(node, Link) else "definition"
    if form == "autolink":
        return before.endswith("<") and after.startswith(">")
    if form == "bare":
        return node.span == node.destination_span
    if before.endswith("<") and after.startswith(">"):
        return True
    return before.endswith(("(", ":", " ", "\t", "\n", ">")) and not after[:1].isalnum()


def _check(document):
    source = document.source
    count = 0
    nodes = [*document.of(Link), *document.of(Image), *document.of(Definition)]
    for node in nodes:
        if node.destination_span is None:
            assert source.slice(node.definition).startswith("["), node
            continue
        form = node.form if isinstance(node, Link) else "definition"
        written = source.slice(node.destination_span)
        assert node.destination in _as_meant(written, form), (source.path, node)
        assert _enclosures(node, source), (source.path, node)
        assert node.span.start <= node.destination_span.start, node
        assert node.destination_span.end <= node.span.end, node
        count += 1
    return count


def test_every_destination_of_the_corpora(shared):
    count = sum(
        _check(parsed(file.read_bytes().decode("utf-8")))
        for file in sorted((shared / "corpora").rglob("*"))
        if file.is_file()
    )
    assert count > 4_900


def test_every_destination_of_the_examples(shared):
    count = 0
    for name in ("commonmark-0.31.json", "gfm-extensions.json"):
        for example in json.loads((shared / "spec" / name).read_text("utf-8")):
            text = example["markdown"]
            for version in (text, text.replace("\n", "\r\n"), "\ufeff" + text, f"> {text}"):
                count += _check(parsed(version))
    assert count > 700


def test_destinations_in_unfriendly_places():
    text = (
        "\ufeff> - [a](<b c>)\r\n>   [d]:\r\n>\t  e%20&amp;f\r\n"
        ">\r\n>   [g](h\\)i) <jj:k> ![l](\r\n>   m 'n')\r\n"
        "\r\n|[o](p\\|q)|\r\n|-|\r\n|www.r.s|\r\n"
    )
    assert _check(parsed(text)) == 6


def test_the_material_is_complete(shared):
    assert len(list((SHARED / "corpora").rglob("*.md"))) == 26
