"""The vocabulary of the book: entries that nothing needs (P014), lines that are no words (P015).

The findings stand in the vocabulary's own file: their spans are of `Vocabulary.source`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Finding, Related, Severity
from mlsd_lint.registry import engine_rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from mlsd_lint.prose.vocabulary import Entry, Superfluous, Vocabulary

UNUSED_VOCABULARY = engine_rule(
    "P014",
    "unused-vocabulary",
    Severity.WARNING,
    """An entry of the vocabulary makes a word of the book right that no other entry does.

    An entry outlives its reason: once the text has changed, it only hides the next mistake. It is
    also of no use where another one covers it: `tokenizer` makes "Tokenizer", "tokenizer's" and
    "tokenizers" right too. Remove the line.

    Whether an entry is used is known only when the whole book is checked, so a check of some of
    its files does not say.
    """,
)
WRONG_VOCABULARY_LINE = engine_rule(
    "P015",
    "wrong-vocabulary-line",
    Severity.ERROR,
    """A line of the vocabulary holds one word.

    Letters and digits can be joined by hyphens, apostrophes, dots and the signs +, & and /, and a
    word can end in + or #: back-propagation, Node.js, C++. Several words in a line, or characters
    that no word has, match nothing in the book, so the words that were meant are still reported.
    A comment begins with #.
    """,
)


def unused(vocabulary: Vocabulary, used: Collection[str]) -> Iterator[Finding]:
    """P014: the entries that are not among `used`, which names the entries that the book uses.

    An entry that another one covers is left to `superfluous`, and uses of it are uses of that
    other one: what remains when all is removed that is reported makes the same words right.
    """
    by = {one.entry: one.by for one in vocabulary.superfluous}
    needed = {_last(entry, by) for entry in vocabulary.entries if entry.text in used}
    for entry in vocabulary.entries:
        if entry not in needed and entry not in by:
            message = f"no document uses “{entry.text}” of the vocabulary"
            yield Finding(entry.span, message, "Remove it.")


def _last(entry: Entry, by: Mapping[Entry, Entry]) -> Entry:
    """The entry that makes needless what makes this one needless, and so on."""
    while entry in by:
        entry = by[entry]
    return entry


def superfluous(vocabulary: Vocabulary) -> Iterator[Finding]:
    """P014: the entries that another one makes needless; the book need not be known."""
    for one in vocabulary.superfluous:
        by = Related(vocabulary.source.path, one.by.line, "what makes it needless")
        yield Finding(one.entry.span, _why_superfluous(one), "Remove it.", related=(by,))


def _why_superfluous(one: Superfluous) -> str:
    entry, by = one.entry.text, one.by
    if entry == by.text:
        return f"“{entry}” is in the vocabulary already, in line {by.line}"
    return f"“{entry}” needs no entry: “{by.text}” in line {by.line} makes it right"


def wrong_lines(vocabulary: Vocabulary) -> Iterator[Finding]:
    """P015: the lines of the vocabulary that are no words."""
    for line in vocabulary.wrong:
        yield Finding(line.span, line.message, line.help)
