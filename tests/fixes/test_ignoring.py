"""Comments that silence today's findings: afterwards nothing is found, and nothing else changed."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint import engine
from mlsd_lint.cache import NO_CACHE
from mlsd_lint.fixes.ignoring import with_comments
from mlsd_lint.location import Location
from mlsd_lint.markdown import parse
from mlsd_lint.project import load
from mlsd_lint.source import Source

# Lines that touch in any order: what opens a block, goes on with it, or interrupts it.
LINES = (
    "# A", "### C", "Title", "=====", "-----", "- item [y](gone.md)", "  - sub", "  more [z](gone.md)",
    "    code", "1. one", "4. four [x](gone.md)", "> quote [x](gone.md)", "> > more", "lazy [w](gone.md)",
    "", "", "", "```", "~~~", "<div>", "</div>", "<!-- open", "-->", "<pre>", "| a | [b](gone.md) |",
    "|---|---|", "[^1]: note [y](gone.md)", "see[^1]", "[r]: gone.md", "[q][r] and [u][nope]",
    "[here](gone.md)", "![](gone.png)", "**Bold heading**", "*em*", "[a](my file.md)",
    "<!-- mlsd-lint-disable-next-line L101 -->", "<!-- a remark -->",
)  # fmt: skip
COMMENT = re.compile(r"<!-- mlsd-lint-[a-z-]+ [A-Z0-9 ]+ -->(\r\n|\n|\r)")


def found(tmp_path, text):
    project = load(Location(tmp_path, tmp_path, None, {}, {}), "")
    outcome = engine.check(project, ["a.md"], ["a.md"], NO_CACHE, {"a.md": text.encode()})
    return [one for one in outcome.report.diagnostics if one.code not in {"M090", "M091"}]


def structure(text):
    """The blocks and what they say, the comments to us left out."""

    def told(node):
        if node.children:
            return type(node).__name__, [told(child) for child in node.children]
        said = COMMENT.sub("", document.source.slice(node.span) + "\n").strip()
        return type(node).__name__, said

    document = parse(Source("a.md", text))
    blocks = [told(block) for block in document.blocks]
    return [block for block in blocks if block != ("HtmlBlock", "")]


@given(
    st.lists(st.sampled_from(LINES), max_size=12),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.booleans(),
    st.sampled_from(("", "\ufeff", "---\ntitle: x\n---\n")),
)
def test_nothing_is_found_and_nothing_else_has_changed(tmp_path_factory, lines, ending, last, head):
    folder = tmp_path_factory.getbasetemp()
    text = head.replace("\n", ending) + ending.join(lines) + ending * last
    diagnostics = found(folder, text)
    silenced = with_comments(parse(Source("a.md", text)), diagnostics)
    assert found(folder, silenced) == []
    assert structure(silenced) == structure(text)
    kept = COMMENT.sub("", silenced)
    assert kept in {COMMENT.sub("", text), COMMENT.sub("", text + ending)}
