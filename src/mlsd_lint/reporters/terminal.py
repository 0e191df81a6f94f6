"""Text made safe for a terminal and measured for it, and the colors of what a person reads.

What is checked may be written by anyone, so no character of it reaches a terminal that could
move the cursor, start a command sequence, hide text or turn its direction.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, east_asian_width

from mlsd_lint.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TAB_STOP = 4  # CommonMark 0.31, section 2.2

_WHITE_SPACE = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
_UNSAFE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of the text
    "\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # nobody sees them
    "\u2028\u2029"  # line and paragraph separator
    "\ud800-\udfff"  # lone surrogates cannot be encoded
    "\U000e0000-\U000e007f"  # tags: invisible text
    "]"
)
# Characters that are one column each, or two, whatever stands beside them: nearly all text.
_ONE_COLUMN = "[ -~¡-¬®-ʯͰ-ϿЀ-҂Ҋ-ԯ‐-‧‰-⁞₠-⃀℀-↋←-⌙─-◻]"
_TWO_COLUMNS = "[、-〩ぁ-ゖァ-ヿ㐀-䶿一-鿿가-힣！-｠]"
_NARROW = re.compile(f"{_ONE_COLUMN}*")
_RUN = f"({_ONE_COLUMN}+)|({_TWO_COLUMNS}+)|."
_ZERO_WIDTH_JOINER = "\u200d"
_EMOJI_PRESENTATION = "\ufe0f"
_SKIN_TONES = "\U0001f3fb\U0001f3ff"
_SYMBOLS = frozenset({"So", "Sm", "Sk", "Po"})


class Palette(NamedTuple):
    """ANSI sequences by purpose, all of them empty for plain text."""

    severity: Mapping[Severity, str]
    strong: str
    mark: str
    frame: str
    help: str
    good: str
    reset: str


PLAIN = Palette(dict.fromkeys(Severity, ""), "", "", "", "", "", "")
COLORED = Palette(
    {
        Severity.ERROR: "\x1b[1;91m",
        Severity.WARNING: "\x1b[1;93m",
        Severity.INFO: "\x1b[1;94m",
    },
    strong="\x1b[1m",
    mark="\x1b[36m",
    frame="\x1b[1;94m",
    help="\x1b[1;96m",
    good="\x1b[1;92m",
    reset="\x1b[0m",
)


def visible(text: str) -> str:
    """The text with every character that a terminal would obey, or nobody sees, spelt out."""
    return text if text.isprintable() else _UNSAFE.sub(_spelt_out, text)


def one_line(text: str) -> str:
    """Like `visible`, with tabs and line endings turned into single spaces."""
    return text if text.isprintable() else visible(_WHITE_SPACE.sub(" ", text).strip(" "))


def _spelt_out(match: re.Match[str]) -> str:
    number = ord(match[0])
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


class Cells(NamedTuple):
    """A line as a terminal shows it.

    `shown[i]` stands for the code point i of the source and starts at the column `edges[i]`,
    from 0; the last edge is the width of the line.
    """

    shown: Sequence[str]
    edges: Sequence[int]


def cells(line: str) -> Cells:
    """Lay out a line: tabs expanded, unsafe characters spelt out, wide ones two columns."""
    if _NARROW.fullmatch(line):
        return Cells(line, range(len(line) + 1))
    return _mixed(line)


@lru_cache(maxsize=64)
def _mixed(line: str) -> Cells:
    shown: list[str] = []
    widths: list[int] = []
    before = ""
    # Compiled here, for it takes 3 ms and most reports need it never.
    for match in re.finditer(_RUN, line, re.DOTALL):
        run = match[0]
        if match.lastindex:
            shown.extend(run)
            widths.extend([match.lastindex] * len(run))
        else:
            column = sum(widths) if run == "\t" else 0
            shown.append(_shown(run, column))
            widths.append(len(shown[-1]) if shown[-1] != run else _width(run, before))
        before = run[-1]
    return Cells(shown, list(accumulate(widths, initial=0)))


def _shown(character: str, column: int) -> str:
    return " " * (TAB_STOP - column % TAB_STOP) if character == "\t" else visible(character)


@lru_cache(maxsize=4096)
def _width(character: str, before: str) -> int:
    """The columns a character takes behind another, which matters for emoji.

    A presentation selector makes a narrow symbol wide; a symbol behind a joiner and a skin tone
    add nothing to the emoji they continue (Unicode Technical Standard 51, section 1.4).
    """
    if character == _EMOJI_PRESENTATION:
        return int(category(before or " ") in _SYMBOLS and _alone(before) == 1)
    if before == _ZERO_WIDTH_JOINER and category(character) in _SYMBOLS:
        return 0
    if _SKIN_TONES[0] <= character <= _SKIN_TONES[1] and before and _alone(before) == 2:
        return 0
    return _alone(character)


def _alone(character: str) -> int:
    if category(character) in {"Mn", "Me", "Cf"} or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if character > "\u10ff" and east_asian_width(character) in {"W", "F"} else 1
