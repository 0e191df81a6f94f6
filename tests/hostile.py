"""Diagnostics with whatever may stand in a file, its name or a message."""

from hypothesis import strategies as st

from mlsd_lint.diagnostics import Diagnostic, Excerpt, PlacedEdit, PlacedFix, Related, Severity
from mlsd_lint.source import Position, Span

NASTY = [
    "\x1b[2J",
    "\x1b]0;t\x07",
    "\x9b31m",
    "\x00",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\x0b",
    "\x85",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\ufffe",
    chr(0xD800),  # not as an escape, which a fixer of style replaces
    chr(0xDCE9),
    "::",
    "::error::",
    "%0A",
    "%25",
    "]]>",
    "<!--",
    "<b>",
    "&amp;",
    "&",
    '"',
    "'",
    "`",
    "``",
    "````",
    "|",
    "\\",
    "\\|",
    "@octocat",
    "#123",
    "GH-7",
    "o/r#1",
    "https://example.org",
    "www.example.org",
    "a@b.example.org",
    "[x](y)",
    "![x](y)",
    "[^1]",
    "~~",
    "**",
    "__",
    "{0}",
    "{{",
    "$x$",
    ":smile:",
    "0123abc",
    "CVE-2020-1234",
    "GHSA-abcd",
    ":+1:",
    "שלום",
    "deadbeef",
    "😀",
    "表",
    "é",
    "é",
    "👩\u200d🔧",
    "-",
    "+",
    "1.",
    "http://",
    "ftp://x.org",
]
hostile = st.lists(st.sampled_from([*NASTY, " ", "word"]) | st.text(max_size=4), max_size=8).map(
    "".join
)
names = st.text(min_size=1, max_size=5).map(lambda text: text.replace("\0", "") or "a")
related = st.builds(
    Related,
    st.builds("{}{}{}".format, st.sampled_from(["", "/"]), hostile, names),
    st.integers(1, 60),
    hostile.map(lambda text: text or "m"),
)
positions = st.tuples(st.integers(1, 3), st.integers(1, 60)).map(lambda pair: Position(*pair))


@st.composite
def diagnostics(draw):
    start, end = sorted([draw(positions), draw(positions)])
    edit = PlacedEdit(Span(0, 1), start, end, draw(hostile), draw(hostile))
    fix = st.none() | st.builds(
        PlacedFix,
        hostile.map(lambda text: text or "m"),
        st.booleans(),
        st.sampled_from([(), (edit,)]),
    )
    return Diagnostic(
        path=draw(hostile) + draw(names),
        start=start,
        end=end,
        code="H003",
        name="skipped-level",
        severity=draw(st.sampled_from(Severity)),
        message=draw(hostile) or "m",
        help=draw(hostile),
        fix=draw(fix),
        excerpt=Excerpt(draw(hostile), draw(st.integers(0, 3))),
        span=Span(0, 1),
        fingerprint="0" * 32,
        related=tuple(draw(st.lists(related, max_size=2))),
    )
