import pytest

from marked import assert_spans, parsed, part_of_first
from mlsd_lint.document import (
    BlockQuote,
    CodeBlock,
    Definition,
    FootnoteDefinition,
    FrontMatter,
    Heading,
    HtmlBlock,
    List,
    ListItem,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    ThematicBreak,
)

BLOCKS = {
    Heading: [
        "⟦# One⟧\n",
        "text\n\n⟦## Two *x* ##⟧  \n",
        "> ⟦### Three⟧\n",
        "- ⟦#⟧\n",
        "⟦Setext\nof two lines\n===⟧  \n",
        "\ufeff⟦# Behind a byte order mark⟧\r\nx",
        "> - ⟦Deep\n>   ---⟧\n",
        "   ⟦#\tTab⟧\t\n",
    ],
    Paragraph: [
        "⟦one⟧\n",
        "⟦one  \ntwo⟧  \n\n⟦three⟧",
        "> ⟦quoted\nlazy⟧\n",
        "- ⟦item⟧\n\n  ⟦more⟧\n- ⟦next⟧\n",
        "⟦a\r\nb⟧\r\n\r\n⟦c⟧",
        "⟦a\rb⟧\r\r⟦c⟧\r",
        "   ⟦indented\n        twice⟧\n",
        "[a]: /u\n⟦text⟧\n",
        "- ⟦[ ] x⟧\n- ⟦[y] z⟧\n",
    ],
    BlockQuote: [
        "⟦> a⟧\n",
        "⟦> a\nlazy⟧\n\nb\n",
        "⟦> a\n>⟧\n\nb\n",
        "⟦> ⟦> a⟧⟧\n",
        "- ⟦> a\n  > b⟧\n- c\n",
        "para\n⟦> quote⟧\n2. two\n",
        "  ⟦>⟧\n",
    ],
    List: [
        "⟦- a\n- b⟧\n\npara\n",
        "⟦- a⟧\n⟦* b⟧\n",
        "⟦1. a\n\n   b⟧\n",
        "⟦- a\n  ⟦- b⟧⟧\n",
        "> quote\n\n⟦- item⟧\n# head\n",
        "⟦*\t⟦- x⟧⟧\n",
        "⟦-⟧\n",
    ],
    ListItem: [
        "⟦- a⟧\n⟦- b⟧\n",
        "⟦1) a\n\n   b⟧\n\n\nc",
        "⟦-\n  a⟧\n",
        "⟦- ⟦- ⟦- a⟧⟧⟧",
        "⟦- a\nlazy⟧\n⟦- b⟧\n",
        "  ⟦- a⟧\n    \n ⟦- b⟧\n",
        "⟦- ```\n  code⟧\n",
    ],
    CodeBlock: [
        "⟦```\na\n```⟧\n",
        "⟦~~~~ info\na\n~~~\n~~~~⟧  \nb",
        "    ⟦a\n\n\tb⟧\n\nc\n",
        "> ⟦```\n> a⟧\n\nb",
        "- ⟦```\n  a\n  ```⟧\n",
        "⟦```\r\na\r\n```⟧\r\n",
        "⟦```\nnever closed\n\nx⟧\n",
    ],
    HtmlBlock: [
        "⟦<div>\nx\n</div>⟧\n\ny",
        "⟦<!-- a\n\nb -->⟧\ntext",
        '⟦<img src="x" />⟧\n',
        "- item\n⟦</details>⟧\n",
        "> quote\n⟦<div>⟧\n",
        "  ⟦<script>\n\n</script>⟧\nx",
        "- ⟦<p>\n  x⟧\n- y",
    ],
    ThematicBreak: [
        "a\n\n⟦---⟧\n",
        "  ⟦* * *⟧  \n",
        "> ⟦___⟧\n",
        "- a\n⟦***⟧\n- b\n",
        "- ⟦* * *⟧\n",
        "text\r\n+++\r\n⟦***⟧",
    ],
    Table: [
        "⟦| a | b |\n| - | - |\n| c | d |⟧\n\ntext",
        "para\n⟦a | b\n--|--⟧\n",
        "> ⟦| a |\n> |---|\n> | b |⟧\n",
        "- ⟦| a |\n  |---|\n  short | long | longer⟧\n",
        "⟦|a|\r\n|-|\r\n|b|⟧\r\n# head",
    ],
    TableRow: [
        "⟦| a | b |⟧\n| - | - |\n⟦| c⟧\n",
        "⟦a | b⟧  \n--|--\n  ⟦c | d | e⟧\n",
        "> ⟦|a|⟧\n> |-|\n> ⟦|b|⟧\n",
        "⟦|a|⟧\n|-|\n⟦no pipe⟧\n\nend",
        "- ⟦|a|⟧\n  |-|\n",
    ],
    TableCell: [
        "| ⟦a⟧ | ⟦b c⟧ |\n| - | - |\n| ⟦d⟧\n",
        "⟦a⟧|⟦b⟧\n-|-\n⟦c⟧|⟦d⟧|e\n",
        r"|⟦a⟧|⟦b⟧|" + "\n|-|-|\n" + r"| ⟦`x \| y`⟧ | ⟦\|⟧ |" + "\n",
        "|⟦a⟧|⟦b⟧|\n|-|-|\n|  ⟦⟧| ⟦x⟧ |\n",
        "> |\t⟦a⟧\t|⟦é⟧|\n> |:-:|-:|\n> |⟦c⟧|⟦d⟧\n",
    ],
    Definition: [
        "⟦[a]: /u⟧\n",
        "⟦[a]: </u> 'title'⟧  \n⟦[a]: /v⟧\n",
        "> ⟦[a]:\n> /u\n> 'two\n> lines'⟧\n",
        "- ⟦[a]: /u⟧\n  text\n",
        "⟦[a]: /u⟧\n'not a title' x\n",
        "⟦[a]: <>⟧\n===\n",
        "⟦[a]: /u⟧\r\n⟦[b]: /v⟧\r\n",
    ],
    FootnoteDefinition: [
        "⟦[^a]: text⟧\n",
        "⟦[^a]: text\n\n    more⟧\n\nend\n",
        "para\n⟦[^a]: interrupts⟧\n⟦[^b]: next⟧\n",
        "⟦[^a]:\n    ```\n    code\n    ```⟧\n",
        "> ⟦[^a]: quoted\nlazy⟧\n",
        "⟦[^a]:\n\n    text⟧\n\nend\n",
    ],
}
CASES = [(kind, text) for kind, texts in BLOCKS.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_block_span(kind, text):
    assert_spans(text, lambda document: [node.span for node in document.of(kind)])


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("# ⟦a⟧ #\n", part_of_first(Heading, "content_span")),
        ("⟦a *b*\nc⟧ \n---\n", part_of_first(Heading, "content_span")),
        ("> ⟦12.⟧ a\n> ⟦13.⟧ b\n", lambda d: [i.marker_span for i in d.of(ListItem)]),
        ("⟦-⟧\ta\n\t⟦+⟧ b\n", lambda d: [i.marker_span for i in d.of(ListItem)]),
        ("~~~  ⟦py `x`⟧ \n~~~", part_of_first(CodeBlock, "info_span")),
        ("- ``` ⟦rust⟧\n", part_of_first(CodeBlock, "info_span")),
        ("[⟦Foo  Bar⟧]: /u\n", part_of_first(Definition, "label_span")),
        ("[a]: <⟦b c⟧> 'x'\n", part_of_first(Definition, "destination_span")),
        ("> [a]:\n> ⟦/u⟧\n", part_of_first(Definition, "destination_span")),
        ("[a]: /u\n  (⟦t⟧)\n", part_of_first(Definition, "title_span")),
        ("[^⟦note⟧]: x\n", part_of_first(FootnoteDefinition, "label_span")),
    ],
)
def test_span_of_a_part(text, part):
    assert_spans(text, part)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("⟦---\n⟦a: 1\n⟧---⟧\n# T\n", "yaml"),
        ("⟦---\n⟦a: 1\n⟧...⟧\n", "yaml"),
        ("⟦+++\n⟦a = 1\n⟧+++⟧", "toml"),
        ("\ufeff⟦---\n⟦⟧---⟧\n", "yaml"),
        ("⟦---\r\n⟦a: 1\r\n\r\n⟧---⟧  \r\nx", "yaml"),
    ],
)
def test_front_matter(text, language):
    def spans(document):
        found = document.front_matter
        assert isinstance(found, FrontMatter)
        assert found.language == language
        assert not any(block.span.start < found.span.end for block in document.blocks)
        return [found.span, found.content_span]

    assert_spans(text, spans)


@pytest.mark.parametrize(
    "text",
    ["---\na: 1\n", "\n---\na: 1\n---\n", "+++\na\n---\n", " ---\na\n---\n", "----\na\n----\n"],
)
def test_what_is_no_front_matter(text):
    assert parsed(text).front_matter is None


def test_a_fence_knows_whether_it_is_closed():
    closed, open_ = parsed("```\na\n```\n\n~~~ x\nb\n").of(CodeBlock)
    assert (closed.closed, closed.info) == (True, "")
    assert (open_.closed, open_.info, open_.fenced) == (False, "x", True)


def test_a_fence_is_closed_by_no_shorter_and_no_other_fence():
    (code,) = parsed("````\n```\n~~~~\n    ````\n```` x\n").of(CodeBlock)
    assert not code.closed


def test_a_container_that_ends_leaves_its_fence_open():
    (code,) = parsed("> ```\n> a\nb\n").of(CodeBlock)
    assert not code.closed


def test_list_values():
    one, two = parsed("3) a\n4) b\n\n- [x] c\n\n- [ ] d\n- [ ]\n").of(List)
    assert (one.delimiter, one.start, one.tight) == (")", 3, True)
    assert [item.number for item in one.children] == [3, 4]
    assert (two.delimiter, two.start, two.tight) == ("-", None, False)
    assert [item.checked for item in two.children] == [True, False, None]


def test_heading_and_table_values():
    document = parsed("## a\n\nb\n=\n\n|a|b|c|d|\n|-|:-|-:|:-:|\n")
    assert [(h.level, h.style) for h in document.of(Heading)] == [(2, "atx"), (1, "setext")]
    assert document.of(Table)[0].alignments == (None, "left", "right", "center")


def test_every_definition_is_kept_and_the_first_wins():
    document = parsed("[Foo]: /a\n[fOO]: /b 'x'\n\n> [foo  ]: /c\n\n[foo]\n")
    found = document.of(Definition)
    assert [(d.label, d.identifier, d.destination, d.title) for d in found] == [
        ("Foo", "foo", "/a", None),
        ("fOO", "foo", "/b", "x"),
        ("foo  ", "foo", "/c", None),
    ]


def test_a_label_over_two_lines_of_a_quote_has_no_marker_in_it():
    (definition,) = parsed("> [two\n> lines]: /u 'a\n> b'\n").of(Definition)
    assert definition.label == "two\nlines"
    assert definition.identifier == "two lines"
    assert definition.title == "a\nb"
