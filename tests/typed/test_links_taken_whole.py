"""Fields that are a link: it is taken whole, its model is no place that a user declared."""

import pytest

from projects import diagnose, write_files

DECLARED = """\
[types.page]
files = "page.md"

[types.page.fields]
papers = {{ {place}, type = "link" }}
"""


def said(folder, place, text):
    """The code, place and related places of each finding in a page whose field has a place."""
    write_files(folder, {"mlsd-lint.toml": DECLARED.format(place=place), "page.md": text})
    return [
        (one.code, one.start.line, [(two.path, two.line) for two in one.related])
        for one in diagnose(folder, "S")
    ]


@pytest.mark.parametrize("words", ["See [x](https://e.org/x).", "Words.\n\nSee [x](y.md)."])
def test_a_paragraph_with_the_link(tmp_path, words):
    assert said(tmp_path, 'paragraph = "See {papers}."', f"# A\n\n{words}\n") == []


def test_a_paragraph_without_the_link_is_another_paragraph(tmp_path):
    found = said(tmp_path, 'paragraph = "See {papers}."', "# A\n\nSee nothing.\n")
    assert found == [("S010", 1, [("mlsd-lint.toml", 5)])]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ('repeated = true, entries = "See {papers}."', "# A\n\n- See nothing.\n"),
        ('repeated = true, entries = "{papers}", numbered = true', "# A\n\n- [x](y.md)\n"),
    ],
)
def test_what_is_wrong_with_an_entry_is_declared_in_no_file_of_ours(tmp_path, place, text):
    found = said(tmp_path, place, text)
    assert [code for code, _, _ in found] in (["S012"], ["S014"])
    assert {path for _, _, related in found for path, _ in related} <= {"mlsd-lint.toml"}
