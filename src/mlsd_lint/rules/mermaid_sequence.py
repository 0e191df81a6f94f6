"""Blocks of a Mermaid sequence diagram: `loop`, `alt` and the like, up to their `end`."""

from __future__ import annotations

import re

from mlsd_lint.rules.mermaid_labels import Problem
from mlsd_lint.rules.mermaid_text import Stretch

STATEMENT = re.compile(r"[^\n;]+")
WORD = re.compile(
    r"[ \t]*(?P<word>loop|alt|opt|par_over|par|critical|break|rect|box|else|and|option|end)\b"
    r"(?P<rest>.*)",
    re.IGNORECASE | re.ASCII,
)
ARROW = re.compile(r"[ \t]*(?:<<)?--?(?:>|x|\)|\||/|\\)")
DESCRIPTION = re.compile(r"accDescr\s*\{[^}]*\}?", re.IGNORECASE)
PARTS = {"else": ("alt",), "and": ("par", "par_over"), "option": ("critical",)}


def sequence_problems(text: str, start: int) -> tuple[Problem, ...]:
    """What opens without an `end`, and the other way round, from `start` (behind the type) on.

    Words count in any case, as in Mermaid. Nothing is said where one of them is a participant.
    """
    described = DESCRIPTION.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    opened: list[tuple[str, Stretch]] = []
    problems: list[Problem] = []
    misplaced: list[Problem] = []
    for statement in STATEMENT.finditer(described, start):
        match = WORD.match(described, statement.start(), statement.end())
        if match is None:
            continue
        if ARROW.match(match["rest"]):
            return ()
        word, place = match["word"].lower(), Stretch(*match.span("word"))
        if word == "end":
            rest = match["rest"].strip()
            if rest and not rest.startswith("#"):
                return ()
            if opened:
                opened.pop()
            else:
                problems.append(_closes_nothing(place))
        elif word in PARTS:
            misplaced.extend(_misplaced(word, place, opened))
        else:
            opened.append((word, place))
    problems.extend(
        Problem(place, f"`{word}` is not closed", "Close it with a line `end`.")
        for word, place in opened
    )
    if misplaced:  # the other problems may be its consequences
        return tuple(sorted((*problems, *misplaced))[:1])
    return tuple(sorted(problems))


def _closes_nothing(place: Stretch) -> Problem:
    return Problem(
        place, "`end` closes nothing: no `loop`, `alt` or the like is open here", "Remove it."
    )


def _misplaced(word: str, place: Stretch, opened: list[tuple[str, Stretch]]) -> list[Problem]:
    """A part such as `else` that does not stand directly in its block."""
    if opened and opened[-1][0] in PARTS[word]:
        return []
    block = PARTS[word][0]
    return [
        Problem(place, f"`{word}` stands in no `{block}`", f"Put it between `{block}` and `end`.")
    ]
