"""Where mistune 3.4 departs from CommonMark or GFM in ways that matter to a checker."""

from marked import parsed
from mlsd_lint.document import (
    BlockQuote,
    CodeSpan,
    FootnoteDefinition,
    Heading,
    HtmlBlock,
    Link,
    List,
    ListItem,
    Paragraph,
    Table,
    TableRow,
)


def _outline(nodes):
    """The kinds of block nodes, nested."""
    return [
        (type(node).__name__, _outline(node.children))
        if isinstance(node, BlockQuote | List | ListItem)
        else type(node).__name__
        for node in nodes
    ]


def _links(text):
    return [link.destination for link in parsed(text).of(Link)]


def test_a_quote_a_list_and_a_heading_keep_their_order():
    document = parsed("> quote\n- item\n# head\n")
    assert [type(block) for block in document.blocks] == [BlockQuote, List, Heading]


def test_a_number_behind_a_quote_starts_a_list():
    # A list may interrupt a paragraph only with 1, but here the quote stands between.
    document = parsed("para\n> quote\n2. two\n")
    assert _outline(document.blocks) == [
        "Paragraph",
        ("BlockQuote", ["Paragraph"]),
        ("List", [("ListItem", ["Paragraph"])]),
    ]


def test_html_ends_a_list_and_a_quote():
    for container in ("- item", "> quote"):
        for tag in ("</details>", "<div>"):
            document = parsed(f"{container}\n{tag}\n")
            assert type(document.blocks[1]) is HtmlBlock, (container, tag)


def test_a_lone_image_tag_is_an_html_block():
    document = parsed('<img src="a.png" />\n')
    assert [type(block) for block in document.blocks] == [HtmlBlock]
    assert document.tags[0].attribute("src").value == "a.png"


def test_a_lone_image_tag_does_not_interrupt_a_paragraph():
    assert [type(block) for block in parsed("a\n<img />\nb\n").blocks] == [Paragraph]


def test_a_raw_anchor_does_not_hide_the_links_behind_it():
    assert _links('<a name="x"> see [t](http://u)\n') == ["http://u"]
    assert _links('<a href="x">[t](http://u)</a> [v](w)\n') == ["http://u", "w"]


def test_nested_lists_with_tabs_and_less_indentation():
    assert _outline(parsed("*\t- x\n").blocks) == [
        ("List", [("ListItem", [("List", [("ListItem", ["Paragraph"])])])])
    ]
    assert _outline(parsed("  - a\n    - b\n - c\n").blocks) == [
        (
            "List",
            [
                ("ListItem", ["Paragraph", ("List", [("ListItem", ["Paragraph"])])]),
                ("ListItem", ["Paragraph"]),
            ],
        )
    ]
    assert _outline(parsed("- a\n\t- b\n\t\t- c\n").blocks)[0][1][0][1][1][1][0][1][1][0] == "List"


def test_an_autolink_in_the_text_of_a_link_is_found():
    assert _links("[<http://a>](u)\n") == ["u", "http://a"]


def test_a_heading_in_a_quote_is_not_continued_lazily():
    document = parsed("> # head\ntext\n")
    assert [type(block) for block in document.blocks] == [BlockQuote, Paragraph]


def test_lines_behind_a_closed_fence_in_a_quote_are_outside():
    document = parsed("> a\n> ```\n> b\n> ```\nc\n")
    assert [type(block) for block in document.blocks] == [BlockQuote, Paragraph]


def test_short_and_long_rows_stay_in_the_table():
    (table,) = parsed("| a | b |\n|---|---|\n| c |\n| d | e | f |\n").of(Table)
    assert [len(row.children) for row in table.children] == [2, 1, 2]


def test_rows_with_and_without_leading_pipes_mix():
    (table,) = parsed("a | b |\n--|--\n| c | d\ne | f |\n").of(Table)
    assert [[c.span.end - c.span.start for c in row.children] for row in table.children] == [
        [1, 1],
        [1, 1],
        [1, 1],
    ]


def test_an_escaped_pipe_in_code_is_a_pipe():
    document = parsed("| `a\\|b` |\n|---|\n")
    assert [code.text for code in document.of(CodeSpan)] == ["a|b"]


def test_tables_in_lists_and_quotes():
    assert len(parsed("- | a |\n  |---|\n  | b |\n").of(TableRow)) == 2
    assert len(parsed("> - a\n>\n>   | a |\n>   |---|\n> b\n").of(TableRow)) == 1


def test_links_deeper_than_twenty_levels_are_found():
    text = "".join("  " * level + f"- [x](u{level})\n" for level in range(40))
    assert _links(text) == [f"u{level}" for level in range(40)]


def test_footnotes_hold_blocks():
    (footnote,) = parsed("[^1]: a\n\n    - b\n\n    c [d](e)\nf\n").of(FootnoteDefinition)
    assert _outline(footnote.children) == [
        "Paragraph",
        ("List", [("ListItem", ["Paragraph"])]),
        "Paragraph",
    ]


def test_a_footnote_is_no_link_reference_definition():
    document = parsed("[^1]: http://a.b\n\n[^1]\n")
    assert [type(block) for block in document.blocks] == [FootnoteDefinition, Paragraph]


def test_deep_lists_keep_their_tightness():
    lists = parsed("- a\n  - b\n\n    c\n- d\n").of(List)
    assert [block.tight for block in lists] == [True, False]
