from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.diagnostics import EXCERPT_WIDTH, Excerpt, Finding, Related, Report, Severity, place
from mlsd_lint.registry import Rule
from mlsd_lint.reporters import render
from mlsd_lint.reporters.full import WIDTH
from mlsd_lint.source import Position, Source, Span

RULE = Rule("H003", "skipped-level", Severity.WARNING, "document", "Levels.")


def lines_of(text, start, end):
    """The source line and the underline that `full` shows, without the gutter."""
    diagnostic = place(RULE, Severity.ERROR, Source("a.md", text), Finding(Span(start, end), "m"))
    shown = "".join(render("full", Report((diagnostic,), 1, ".", {}))).split("\n")
    gutter = len(str(diagnostic.start.line)) + len(" | ")
    return shown[3][gutter:], shown[4][gutter:]


def test_an_empty_span_is_one_caret():
    assert lines_of("abc", 1, 1) == ("abc", " ^")


def test_an_empty_span_at_the_end_of_a_line_is_behind_it():
    assert lines_of("abc\nd", 3, 3) == ("abc", "   ^")


def test_a_span_of_several_lines_is_underlined_to_the_end_of_its_first():
    assert lines_of("ab cd\nef", 3, 8) == ("ab cd", "   ^^")


def test_a_place_without_text_has_no_source_line():
    diagnostic = place(RULE, Severity.ERROR, Source("a.md", "x\n\n"), Finding(Span(2, 2), "m"))
    text = "".join(render("full", Report((diagnostic,), 1, ".", {})))
    assert text.startswith("H003 skipped-level error: m\n --> a.md:2:1\n\nFound")


def test_the_gutter_is_as_wide_as_the_number(make, report_of):
    text = "".join(render("full", report_of(make(start=Position(1234, 5), end=Position(1234, 9)))))
    shown = text.split("\n")
    assert shown[1] == "    --> docs/page.md:1234:5"
    assert shown[2:6] == ["     |", "1234 | The text of the line", "     |     ^^^^", "     |"]


def test_a_long_line_is_cut_around_its_place():
    text = "x" * 70 + "y" * 10 + "z" * 500
    line, underline = lines_of("0" * 1000 + text, 1070, 1080)
    assert line.startswith("…")
    assert line.endswith("…")
    assert len(line) == WIDTH + 2
    assert line[underline.index("^") : len(underline)] == "y" * 10


def test_the_end_of_a_long_line_is_shown_as_the_end():
    line, underline = lines_of("x" * 500 + "end", 500, 503)
    assert line == "…" + "x" * (WIDTH - 3) + "end"
    assert line[underline.index("^") : len(underline)] == "end"


def test_the_start_of_a_long_line_is_shown_as_the_start():
    line, underline = lines_of("start" + "x" * 500, 0, 5)
    assert line == "start" + "x" * (WIDTH - 5) + "…"
    assert underline == "^^^^^"


def test_a_line_that_fits_its_excerpt_but_not_the_width_is_cut_too():
    assert lines_of("x" * (WIDTH + 50), 0, 3) == ("x" * WIDTH + "…", "^^^")


def test_a_long_span_is_underlined_as_far_as_the_line_is_shown():
    line, underline = lines_of("x" * 1000, 500, 900)
    assert line[underline.index("^") :] == "x" * underline.count("^") + "…"


def test_columns_are_counted_as_a_terminal_shows_them():
    assert lines_of("\t表é👩‍🔧 [x](y)", 7, 13) == ("    表é👩‍🔧 [x](y)", "          ^^^^^^")


@given(st.text(alphabet="abc xyz", max_size=600), st.data())
def test_the_underline_is_under_the_text_it_means(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if not text[max(start - 80, 0) : start + 160].strip():
        return
    line, underline = lines_of(text, start, end)
    first, width = underline.index("^"), underline.count("^")
    assert underline == " " * first + "^" * width
    assert len(line) <= WIDTH + 2
    if start == end:
        assert width == 1
        return
    assert line[first : first + width] == text[start : start + width]
    assert width == end - start or line[first + width :] == "…"


@given(st.integers(0, EXCERPT_WIDTH), st.integers(-5, 300), st.integers(-5, 300))
def test_a_place_outside_its_excerpt_is_no_error(skipped, start, length):
    diagnostic = place(RULE, Severity.INFO, Source("a.md", "abc"), Finding(Span(0, 1), "m"))
    odd = diagnostic._replace(
        start=Position(1, start),
        end=Position(1, start + length),
        excerpt=Excerpt("the line", skipped),
    )
    assert "^" in "".join(render("full", Report((odd,), 1, ".", {})))


def test_help_that_says_what_the_fix_says_is_said_once(sample):
    fixed = next(one for one in sample.diagnostics if one.fix and one.fix.safe)
    alike = fixed._replace(help=fixed.fix.message)
    text = "".join(render("full", Report((alike,), 1, ".", {})))
    assert text.count("Write `install`") == 1
    assert "help" not in text


def test_related_places_stand_last_a_line_for_each(sample):
    fixed = next(one for one in sample.diagnostics if one.fix and one.fix.safe)
    cited = fixed._replace(
        related=(
            Related("pyproject.toml", 41, "declared here"),
            Related("/etc/mlsd-lint.toml", 3, "extends\nthis"),
        )
    )
    text = "".join(render("full", Report((cited,), 1, "content", {})))
    assert (
        "help: The nearest is `install`\n"
        "fix: Write `install`\n"
        "note: declared here: ../pyproject.toml:41\n"
        "note: extends this: /etc/mlsd-lint.toml:3\n"
        "\n"
        "Found"
    ) in text
