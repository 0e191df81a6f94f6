"""What holds for every text whatever it is."""

import pickle
import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from marked import parsed
from mlsd_lint.document import LineBreak, Link, Node, Table, Text
from mlsd_lint.markdown import RefusedError, parse
from mlsd_lint.source import Source

# A busy machine is slow, not wrong.
law = settings(deadline=None, max_examples=200)

PIECES = [
    *"ab é日\U0001f600 \t\n\n\n\0\\&<>[]()!*_~`|:-#=+.'\"^@/",
    *("> ", "- ", "1. ", "2) ", "    ", "***", "---", "```", "~~~", "**", "~~", "``", "# "),
    *("[a]", "[a]: /u\n", "[a]: <b>\n 'c'\n", "[b][a]", "](u)", "![", "[^a]", "[^a]: ", "[ ] "),
    *("&amp;", "&#0;", "\\\n", "  \n", "\r\n", "\r", "\\|", "| a |\n|-|\n", "|-|-|\n"),
    *("<b>", "</b>", "<!-- c -->", "<!--", "<div>\n", "<a b='c'>", "<script>", "<?", "<x:y>"),
    *("http://a.b", "www.a.b", "a@b.c", "http://a(b).", "_c", "---\n", "+++\n", "\ufeff", "\u2028"),
]
markdown = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=60)
# A comparison of line endings needs texts in which no lone CR could join with another character.
plain_markdown = markdown.map(lambda text: re.sub("[\r\ufeff]", "", text))


def _parse(text):
    try:
        return parsed(text)
    except RefusedError:
        return None


def _document(text):
    """The document of a text; one that is refused is no example of the law."""
    document = _parse(text)
    assume(document is not None)
    return document


def _nodes_with_parents(document):
    stack = [(None, document.blocks)]
    while stack:
        parent, children = stack.pop()
        yield parent, children
        stack.extend((child, child.children) for child in children)


@law
@given(markdown)
def test_children_lie_in_their_parents_and_in_order(text):
    document = _document(text)
    for parent, children in _nodes_with_parents(document):
        end = parent.span.start if parent else 0
        for child in children:
            assert end <= child.span.start <= child.span.end, (parent, child)
            end = child.span.end
        assert end <= (parent.span.end if parent else len(text)), parent


@law
@given(markdown)
def test_text_is_its_slice_or_a_run_of_its_own(text):
    document = _document(text)
    for node in document.of(Text):
        written = document.source.slice(node.span)
        assert written
        if node.text != written:
            assert re.fullmatch(r"\\[!-/:-@\[-`{-~]|&[#A-Za-z0-9]+;|\0", written), (written, node)


@law
@given(markdown)
def test_parts_lie_in_their_nodes(text):
    document = _document(text)
    for node in document.walk():
        for name in ("destination_span", "title_span", "label_span", "text_span", "info_span"):
            span = getattr(node, name, None)
            if span is not None:
                assert node.span.start <= span.start <= span.end <= node.span.end, (name, node)
    found = [*document.tags, *document.comments, *document.unresolved]
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    for kind in (document.tags, document.comments, document.unresolved):
        assert list(kind) == sorted(kind, key=lambda one: one.span)


@law
@given(markdown)
def test_every_word_outside_markup_is_in_some_node(text):
    """Nothing is lost: what no block covers is white space, container markers or front matter."""
    document = _document(text)
    covered = document.front_matter.span.end if document.front_matter else 0
    for block in document.blocks:
        between = text[covered : block.span.start]
        assert not between.strip(" \t\r\n\ufeff"), between
        covered = block.span.end
    assert not text[covered:].strip(" \t\r\n\ufeff")


@law
@given(markdown)
def test_parsing_twice_gives_equal_documents(text):
    document = _document(text)
    assert document == _parse(text)
    assert pickle.loads(pickle.dumps(document)) == document  # noqa: S301  # our own bytes


def _places(text):
    document = _parse(text)
    if document is None:
        return None
    position = document.source.position
    return [
        (type(node).__name__, position(node.span.start), position(node.span.end))
        for node in document.walk()
    ] + [(position(found.span.start), position(found.span.end)) for found in document.tags]


@law
@given(plain_markdown)
@example("a\\\nb  \nc `d\ne`\n")
def test_line_endings_do_not_move_anything(text):
    assert _places(text.replace("\n", "\r\n")) == _places(text)
    assert _places(text.replace("\n", "\r")) == _places(text)


@law
@given(plain_markdown)
@example("---\na: b\n---\n# c\n")
def test_a_byte_order_mark_does_not_move_anything(text):
    assert _places("\ufeff" + text) == _places(text)


@law
@given(plain_markdown)
def test_a_quote_around_a_text_moves_every_column_by_two(text):
    inner = _parse(text)
    quoted_text = "".join(f"> {line}" for line in re.findall(r"[^\n]*\n|[^\n]+\Z", text))
    outer = _parse(quoted_text)
    if inner is None or outer is None or inner.front_matter or "\t" in text or not quoted_text:
        return
    (quote,) = outer.blocks
    moved = [_moved(inner.source, node) for block in inner.blocks for node in block.walk()]
    found = [
        (type(node).__name__, outer.source.position(node.span.start))
        for block in quote.children
        for node in block.walk()
    ]
    assert found == moved


def _moved(source: Source, node: Node):
    line, column = source.position(node.span.start)
    return type(node).__name__, (line, column + 2)


@law
@given(markdown)
def test_every_kind_of_text_survives_a_table_cell(text):
    cell = re.sub(r"[\r\n|\\]", " ", text).strip(" \t")
    document = _parse(f"| x | {cell} |\n|---|---|\n")
    alone = _parse(f"# {cell}\n")
    if document is None or alone is None or not cell or cell.rstrip("#") != cell:
        return
    (table,) = document.of(Table)
    inlines = table.children[0].children[1].children
    (heading,) = alone.blocks
    assert [type(node) for node in inlines] == [type(node) for node in heading.children]


@pytest.mark.parametrize(
    "text", ["", "\n", "\ufeff", " ", "\t", "\r\n\r\n", "\0", "---", "[", "> "]
)
def test_next_to_nothing(text):
    document = parse(Source("book.md", text))
    assert len([*document.walk()]) <= 2
    assert not document.of(Link)
    assert not document.of(LineBreak)
