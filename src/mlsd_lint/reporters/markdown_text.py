"""Text as Markdown that GitHub shows as it is written: it links to nothing and notifies nobody.

Whatever GitHub would make a link, a mention or a reference of stands in a code span, and what
Markdown would take for markup is escaped.
"""

from __future__ import annotations

import re

from mlsd_lint.reporters.terminal import one_line

LONGEST = 400  # code points of a text in a cell; no message needs as many
# Code as a message quotes it, or a run of text up to the next white space or code.
_PIECE = re.compile(r"(?<!`)`(?P<code>[^`]+)`(?!`)|[^\s`]+|`+|\s+")
_CHANGED_BY_GITHUB = re.compile(
    r"@|#|//|www\.|\bGH-\d|[0-9a-f]{7}"  # mentions, references, addresses, commits
    r"|GHSA-|CVE-\d"  # advisories
    r"|\$|:[\w+-]+:",  # mathematics, emoji
    re.IGNORECASE,
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_BACKTICKS = re.compile("`+")


def escaped(text: str) -> str:
    """Text for a table cell, read as it is written; code spans in it stay code spans.

    It is one line, with every character spelt out that hides text or turns its direction.
    """
    cell = ""
    for piece in _PIECE.finditer(one_line(text)):
        part = _harmless(piece)
        cell += f" {part}" if cell.endswith("`") and part.startswith("`") else part
    return cell


def code_in_cell(text: str) -> str:
    """Text as code, for a table cell (GitHub Flavored Markdown 0.29, section 4.10)."""
    return code_span(text).replace("|", "\\|")


def code_span(text: str) -> str:
    """Text as code, whatever backticks it holds (CommonMark 0.31, section 6.1)."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if text[:1] in {"`", " "} or text[-1:] in {"`", " "} else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text, or its beginning with an ellipsis: at most so many code points."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _harmless(piece: re.Match[str]) -> str:
    code, word = piece["code"], piece[0]
    if code is not None:
        return code_in_cell(code)
    if not _CHANGED_BY_GITHUB.search(word):
        return _SPECIAL.sub(r"\\\1", word)
    kept = word.rstrip(".,:;") or word  # whoever copies an address wants no more than that
    return code_in_cell(kept) + word[len(kept) :]
