"""Labels in the text of a Mermaid flowchart: from an opening bracket to its closing one.

A label without quotes may hold neither brackets nor quotes nor `|`, but may run over several
lines; one in quotes may hold anything but a quote.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mlsd_lint.rules.mermaid_text import Stretch

OPENER = re.compile(r"\(\(\(|\(\(|\(\[|\(-|\(|\[\[|\[\(|\[/|\[\\|\[\|\w+:\w+\||\[|\{\{|\{|>")
CLOSERS = {
    "(((": (")))",),
    "((": ("))",),
    "([": ("])",),
    "(-": (")",),
    "(": (")",),
    "[[": ("]]",),
    "[(": (")]",),
    "[/": ("/]", "\\]"),
    "[\\": ("\\]", "/]"),
    "[": ("]",),
    "{{": ("}}",),
    "{": ("}",),
    ">": ("]",),
    "|": ("|",),
}
LINK = re.compile(r"\s*(?:[xo<]?--+[-xo>]|[xo<]?==+[=xo>]|[xo<]?-?\.+-[xo>]?|~~~+)[ \t]*")
# For a search: no part of it can match at many places of one run of characters.
ARROW = re.compile(r"--+[-xo>]|==+[=xo>]|(?<!\.)\.+-|~~~")
LINE = re.compile(r"[^\n]*")
PLAIN = re.compile(r'[^\[\](){}|"]*')
SLANTED = re.compile(r"(?:[^\[\](){}\"/\\]|[/\\](?!\]))*")
ELLIPSE = re.compile(r"[^\[\](){}\"]*")
SLANTS = ("[/", "[\\")
BY_OPENER = {**dict.fromkeys(SLANTS, SLANTED), "(-": ELLIPSE}


class Problem(NamedTuple):
    """What is broken, where, and what to do."""

    place: Stretch
    message: str
    help: str


class Label(NamedTuple):
    """A label without its brackets and quotes, and the offset behind them."""

    text: str
    end: int


class BrokenStatementError(Exception):
    """A statement that Mermaid cannot read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_label(text: str, opener: Stretch) -> Label:
    """Read the label behind an opening bracket. Raises `BrokenStatementError` if it does not end."""
    written = text[opener.start : opener.end]
    closers = CLOSERS.get(written, ("]",))
    if text.startswith('"', opener.end):
        return _quoted_label(text, opener, closers)
    end = _skip(BY_OPENER.get(written, PLAIN), text, opener.end)
    closer = _closer(text, end, closers)
    if not closer:
        raise BrokenStatementError(_not_closed(text, opener, end, closers))
    return Label(text[opener.end : end], end + len(closer))


def read_quoted(text: str, start: int) -> Label:
    """Read what stands in quotes, or in `"` and a backtick. Raises `BrokenStatementError`."""
    quote = '`"' if text.startswith("`", start + 1) else '"'
    end = text.find(quote, start + len(quote))
    if end < 0:
        raise BrokenStatementError(_open_quote(start, quote))
    return Label(text[start + len(quote) : end], end + len(quote))


def _quoted_label(text: str, opener: Stretch, closers: tuple[str, ...]) -> Label:
    quoted = read_quoted(text, opener.end)
    end = _skip(PLAIN, text, quoted.end)  # Mermaid lets other text follow the quotes
    closer = _closer(text, end, closers)
    if closer and "\n" not in text[quoted.end : end]:
        return Label(quoted.text, end + len(closer))
    if "\n" in quoted.text:
        raise BrokenStatementError(_open_quote(opener.end, '"'))
    if text.startswith('"', end):
        raise BrokenStatementError(
            Problem(
                Stretch(end, end + 1),
                "there is a quote within the quotes of a label",
                "Write `#quot;` for it.",
            )
        )
    raise BrokenStatementError(_not_closed(text, opener, end, closers))


def _open_quote(start: int, quote: str) -> Problem:
    return Problem(
        Stretch(start, start + 1), "this quote is not closed", f"Close it with {_code(quote)}."
    )


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _closer(text: str, position: int, closers: tuple[str, ...]) -> str:
    return next((one for one in closers if text.startswith(one, position)), "")


def _skip(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _not_closed(text: str, opener: Stretch, stopped: int, closers: tuple[str, ...]) -> Problem:
    """Why the label behind `opener` does not end where reading stopped."""
    written = text[opener.start : opener.end]
    between = text[opener.end : stopped]
    character = text[stopped : stopped + 1]
    found = Stretch(stopped, stopped + 1)
    expected = " or ".join(_code(one) for one in closers)
    if character and "\n" not in between and not ARROW.search(between):
        if _closes_later(text, stopped + 1, closers[0]):
            return Problem(
                found,
                f"`{character}` cannot stand in a label without quotes",
                f'Put the label in quotes: `{written}"…"{closers[0]}`.',
            )
        if character in ")]}":
            return Problem(
                found,
                f"`{character}` does not close what `{written}` opens",
                f"Write {expected}"
                + (', or put the label in quotes: `["…"]`.' if written in SLANTS else "."),
            )
    return Problem(opener, f"`{written}` is not closed", f"Close it with {expected}.")


def _closes_later(text: str, position: int, closer: str) -> bool:
    """Whether the closing bracket comes further on in the line, before the next arrow."""
    rest = text[position : _skip(LINE, text, position)]
    arrow = ARROW.search(rest)
    return closer in (rest[: arrow.start()] if arrow else rest)
