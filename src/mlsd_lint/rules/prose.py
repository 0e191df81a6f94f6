"""Spelling, grammar and style (P0): what the engines of `prose` find, sorted by how sure it is.

An engine has hundreds of rules of its own, whose names stand in the messages and can be switched
off one by one with `prose.disable`.
"""

from mlsd_lint.diagnostics import Severity
from mlsd_lint.registry import prose_rule

REPEATED_WORD = prose_rule(
    "P001",
    "repeated-word",
    Severity.ERROR,
    """No word stands twice in a row.

    The second one is left over from an edit, most often across a line break, where the eye passes
    over it. Words that are rightly said twice ("had had", "that that") are not reported.

    Bad:
        # Caching

        The model is loaded from the
        the cache.

    Good:
        # Caching

        The model is loaded from the
        cache.
    """,
    fixable=True,
)
WRONG_ARTICLE = prose_rule(
    "P002",
    "wrong-article",
    Severity.ERROR,
    """A word is preceded by "a" or "an" as it is spoken.

    It is the sound that counts, not the letter: an hour, a user, an SQL query.

    Bad:
        # Caching

        This is a empty cache.

    Good:
        # Caching

        This is an empty cache.
    """,
    fixable=True,
)
KNOWN_MISSPELLING = prose_rule(
    "P003",
    "known-misspelling",
    Severity.ERROR,
    """No word is written as it is often misspelled.

    The misspellings come from a list that is made of real mistakes, so hardly a name or a term is
    among them. `mlsd-lint vocab add` makes a word right in this book.

    Bad:
        # Caching

        The client recieves an answer.

    Good:
        # Caching

        The client receives an answer.
    """,
    fixable=True,
)
UNKNOWN_WORD = prose_rule(
    "P004",
    "unknown-word",
    Severity.WARNING,
    """A word in lower case is in the dictionary, or in the vocabulary of the book.

    The word is one slip of the pen away from one that the dictionary has: a letter is missing, too
    many, swapped with the next one, or the wrong vowel. A technical term of which that is true,
    too, belongs in the vocabulary, once, with `mlsd-lint vocab add`. Words that are like no other,
    or that come up again in the document, are terms more often than mistakes: see P016 of those in
    lower case, and P005 of the rest.

    Bad:
        # Caching

        The cache is invaldiated every hour.

    Good:
        # Caching

        The cache is invalidated every hour.
    """,
)
UNKNOWN_TERM = prose_rule(
    "P005",
    "unknown-term",
    Severity.INFO,
    """A name or a term is known, or in the vocabulary of the book.

    It has capital letters, digits or signs, or it names an entry of a list or stands in quotation
    marks. Dictionaries know few of them, so this is for information: it shows what a reader may
    stumble over, and what is written in two ways. A book has hundreds of them; that is why the rule
    is on only where it is selected by its own code or name. `mlsd-lint vocab suggest` lists them
    all. Other words in lower case are left to P004 and P016.

    Bad:
        # Caching

        We tried it with Memcachexd.

    Good:
        # Caching

        We tried it with a cache.
    """,
    optional=True,
)
GRAMMAR = prose_rule(
    "P006",
    "grammar",
    Severity.WARNING,
    """A sentence follows the grammar of English.

    The message says what an engine objects to, and the name of its rule. Engines err: a
    rule that does not suit the book is switched off with `prose.disable`.

    Bad:
        # Caching

        The cache should of been cleared.

    Good:
        # Caching

        The cache should have been cleared.
    """,
    fixable=True,
)
CONFUSED_WORD = prose_rule(
    "P007",
    "confused-word",
    Severity.WARNING,
    """A word is the one that was meant, not one that sounds or looks like it.

    "its" and "it's", "their" and "there", "to" and "too", "then" and "than": each is spelled correctly, so no
    dictionary helps.

    Bad:
        # Caching

        The cache is faster then the disk.

    Good:
        # Caching

        The cache is faster than the disk.
    """,
    fixable=True,
)
STYLE = prose_rule(
    "P008",
    "style",
    Severity.INFO,
    """A sentence is written as simply as it can be.

    What an engine would say otherwise is a matter of taste, so this is for information. So is what
    it says of grammar by a rule that has not been seen to be right: look at it, and think yourself.

    Bad:
        # Caching

        The way in which it is cleared is very unique.

    Good:
        # Caching

        The way in which it is cleared is unusual.
    """,
)
UNLISTED_WORD = prose_rule(
    "P016",
    "unlisted-word",
    Severity.WARNING,
    """A word in lower case that no dictionary has is in the vocabulary of the book.

    The word is like no other, or comes up again in the document, so it is a term more often than a
    mistake; P004 reports those that are a slip away from a known one. A book that lists its terms,
    once, with `mlsd-lint vocab suggest` and `mlsd-lint vocab add`, is told of every word that is new
    to it. Until then there are many, so the rule is on only where it is selected by its own code or
    name.

    Bad:
        # Caching

        The cache is flumoxated every hour.

    Good:
        # Caching

        The cache is emptied every hour.
    """,
    optional=True,
)
SPELLING = frozenset(
    {KNOWN_MISSPELLING.code, UNKNOWN_WORD.code, UNKNOWN_TERM.code, UNLISTED_WORD.code}
)
"""The rules about single words, which the vocabulary of a book silences."""
