"""How words are misspelled, from the list that the installed codespell has.

Nothing of that list is in this repository; it is read where pip put it.
"""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path

_ONE_EDIT = 4
_MORE_EDITS = 1


@cache
def misspellings(word: str) -> tuple[tuple[str, int], ...]:
    """The known wrong spellings of a word, and how much each counts."""
    if len(word) < 4:
        return ()
    return tuple(
        (wrong, _ONE_EDIT if one_edit_apart(wrong, word) else _MORE_EDITS)
        for wrong in _by_word().get(word, ())
    )


def is_word(word: str) -> bool:
    """Whether it is a word: of the booklet, or one that the list corrects something to."""
    return word in _words()


def one_edit_apart(one: str, other: str) -> bool:
    """Whether a letter added, left out or changed, or two swapped, makes one word of the other."""
    begin = 0
    while begin < min(len(one), len(other)) and one[begin] == other[begin]:
        begin += 1
    one, other = one[begin:], other[begin:]
    return (
        one[1:] == other
        or one == other[1:]
        or one[1:] == other[1:]
        or (len(one) > 1 and one[1::-1] == other[:2] and one[2:] == other[2:])
    )


@cache
def _corrections() -> dict[str, list[str]]:
    """The list: what is wrong, and what it may be for."""
    package = importlib.util.find_spec("codespell_lib")
    if package is None or package.origin is None:
        raise SystemExit("the misspellings come from codespell: pip install codespell")
    lines = Path(package.origin).with_name("data").joinpath("dictionary.txt").read_text("utf-8")
    pairs = (line.lower().split("->") for line in lines.splitlines())
    # A comma at the end, or a reason behind it, is for codespell.
    return {wrong: [word.strip() for word in right.split(",")] for wrong, right in pairs}


@cache
def _by_word() -> dict[str, list[str]]:
    """Of each word, what it is the only correction of."""
    found: dict[str, list[str]] = {}
    for wrong, corrections in _corrections().items():
        if len(corrections) == 1 and wrong.isalpha():
            found.setdefault(corrections[0], []).append(wrong)
    return found


@cache
def _words() -> frozenset[str]:
    root = Path(__file__).resolve().parents[2]
    paths = [path for name in ("content", "answers") for path in (root / name).rglob("*.md")]
    booklet = re.findall(r"[a-z]+", "\n".join(path.read_text("utf-8") for path in paths))
    corrections = [word for words in _corrections().values() for word in words]
    return frozenset(booklet) | frozenset(corrections)
