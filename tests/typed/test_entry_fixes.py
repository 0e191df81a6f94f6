"""What --fix does to typed documents: order, numbers, questions, the table of contents."""

import shutil

from mlsd_lint.cli import main
from projects import write_files

CONFIGURATION = """
[types.tools]
files = "*.md"

[types.tools.fields.tools]
entries = ["{link} - {about}", "{link}"]
sorted = "link.title"

[types.tools.fields.tools.fields]
link = { type = "link" }
about = { required = false }
"""


def fix(folder):
    return main(["check", "--fix", "--config", str(folder / "mlsd-lint.toml"), str(folder)])


def test_entries_are_put_in_order_with_all_that_is_in_them(tmp_path):
    page = (
        "# Tools\r\n\r\n"
        "- [gamma](https://example.com/c) - the third,\r\n  on two lines\r\n"
        "- [Alpha](https://example.com/a)\r\n\r\n  - a list within\r\n"
        "- [beta](https://example.com/b)\r\n"
    )
    write_files(tmp_path, {"tools.md": page, "mlsd-lint.toml": CONFIGURATION})
    assert fix(tmp_path) == 0
    assert (tmp_path / "tools.md").read_bytes().decode() == (
        "# Tools\r\n\r\n"
        "- [Alpha](https://example.com/a)\r\n\r\n  - a list within\r\n"
        "- [beta](https://example.com/b)\r\n"
        "- [gamma](https://example.com/c) - the third,\r\n  on two lines\r\n"
    )


def test_numbers_stay_where_they_are(tmp_path):
    page = "# Tools\n\n1. [beta](https://example.com/b)\n2. [alpha](https://example.com/a)\n"
    write_files(tmp_path, {"tools.md": page, "mlsd-lint.toml": CONFIGURATION})
    assert fix(tmp_path) == 0
    assert "1. [alpha](https://example.com/a)\n2. [beta]" in (tmp_path / "tools.md").read_text()


def test_the_alphabet_of_a_language(tmp_path):
    page = "# Tools\n\n- [Ö](https://example.com/o)\n- [Z](https://example.com/z)\n"
    swedish = CONFIGURATION.replace("sorted =", 'locale = "sv"\nsorted =')
    for configuration, order in ((CONFIGURATION, "ÖZ"), (swedish, "ZÖ")):
        write_files(tmp_path, {"tools.md": page, "mlsd-lint.toml": configuration})
        assert fix(tmp_path) == 0
        text = (tmp_path / "tools.md").read_text("utf-8")
        assert [one for one in text if one in "ÖZ"] == list(order)


BOOK = """
[types.questions]
files = "questions.md"

[types.questions.fields.questions]
entries = "{text}"
numbered = true

[types.questions.fields.questions.fields]
number = { type = "integer" }
text = {}
parts = { entries = "({letter}) {text}", required = false, fields = { letter = {}, text = {} } }

[types.answer]
files = "a{number}.md"

[types.answer.fields.number]
type = "integer"
refers-to = "questions.questions.number"
same = { "question.text" = "text", "question.parts" = "parts" }

[types.answer.fields.question]
section = "Question"

[types.answer.fields.question.fields]
text = { paragraph = true }
parts = { entries = "({letter}) {text}", required = false, fields = { letter = {}, text = {} } }
"""


def test_a_question_is_copied_to_its_answer(tmp_path):
    files = {
        "questions.md": (
            '# Questions\n\n1. Why do pans\n   stick, and "when"?\n\n'
            "   - (a) How hot?\n   - (b) How long?\n"
        ),
        "a1.md": (
            "# Answer\n\n## Question\n\nWhy do pens stick?\n\n- (a) How hot?\n- (b) How lung?\n"
        ),
        "mlsd-lint.toml": BOOK,
    }
    write_files(tmp_path, files)
    assert fix(tmp_path) == 0
    assert (tmp_path / "a1.md").read_text("utf-8") == (
        '# Answer\n\n## Question\n\nWhy do pans\nstick, and "when"?\n\n'
        "- (a) How hot?\n- (b) How long?\n"
    )


def test_typographic_quotes_and_markers_make_no_difference(tmp_path):
    files = {
        "questions.md": '# Questions\n\n1. Why "sticky"?\n\n   - (a) How hot?\n',
        "a1.md": "# Answer\n\n## Question\n\nWhy\n“sticky”?\n\n* (a) How hot?\n",
        "mlsd-lint.toml": BOOK,
    }
    write_files(tmp_path, files)
    assert main(["check", "--config", str(tmp_path / "mlsd-lint.toml"), str(tmp_path)]) == 0


def test_the_contents_are_written_anew(tmp_path, capsys):
    from pathlib import Path

    fixture = Path(__file__).parents[1] / "rules/fixtures/X004-stale-contents"
    shutil.copytree(fixture, tmp_path / "book")
    fix(tmp_path / "book")
    assert (tmp_path / "book/toc.md").read_text("utf-8") == (
        "# Contents\n\n"
        "1. [Frying](book/frying.md)\n"
        "   - [Heat](book/frying.md#heat)\n   - [Pans](book/frying.md#pans)\n"
        "2. [Baking](book/baking.md)\n   - [Ovens](book/baking.md#ovens)\n"
        "3. [Boiling](book/boiling.md)\n"
        "   - [Pots](book/boiling.md#pots)\n     - [Lids](book/boiling.md#lids)\n"
        "4. [Elsewhere](https://example.com/)\n"
    )
    assert "X001" in capsys.readouterr().out


def test_numbers_of_entries(tmp_path):
    files = {"questions.md": "# Q\n\n1. Why?\n\nBetween.\n\n3. How?\n", "mlsd-lint.toml": BOOK}
    write_files(tmp_path, files)
    assert fix(tmp_path) == 0
    assert "2. How?" in (tmp_path / "questions.md").read_text("utf-8")
