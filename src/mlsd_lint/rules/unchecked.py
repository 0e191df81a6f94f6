"""What could not be checked (E), and comments that silence nothing (M09x)."""

from mlsd_lint.diagnostics import Severity
from mlsd_lint.registry import engine_rule

UNREADABLE = engine_rule(
    "E001",
    "unreadable-file",
    Severity.ERROR,
    """A file that is to be checked can be read.

    It is missing, a directory, a link to nothing, not readable for this user, or it changed
    while it was being read. The other files are checked all the same.
    """,
)
NOT_TEXT = engine_rule(
    "E002",
    "not-text",
    Severity.ERROR,
    """A Markdown file is UTF-8 text.

    The message names the first byte that is not. A file with zero bytes is taken for binary.
    Save the file as UTF-8, or leave it out with `exclude`.
    """,
)
TOO_LARGE = engine_rule(
    "E003",
    "file-too-large",
    Severity.ERROR,
    """A Markdown file is not larger than `max-file-size`.

    A file of many megabytes is usually data that a program wrote. Raise `max-file-size`
    (bytes), or leave the file out with `exclude`.
    """,
)
REFUSED = engine_rule(
    "E004",
    "nested-too-deeply",
    Severity.ERROR,
    """A document can be parsed within bounds.

    Quotes and lists nested hundreds of levels deep are made by accident or with intent, and no
    renderer agrees with another on them.
    """,
)
UNUSED_SUPPRESSION = engine_rule(
    "M090",
    "unused-suppression",
    Severity.WARNING,
    """A comment that silences a rule silences something.

    A suppression outlives its reason: once the text is mended it only hides the next mistake.
    Remove the comment, or the code in it that is no longer needed.
    """,
)
UNKNOWN_SUPPRESSION = engine_rule(
    "M091",
    "unknown-suppression",
    Severity.WARNING,
    """A comment that silences a rule names one that exists.

    A misspelt code silences nothing.
    """,
)
COULD_NOT_CHECK = frozenset(rule.code for rule in (UNREADABLE, NOT_TEXT, TOO_LARGE, REFUSED))
"""Rules that say that something was not checked: that is never a pass."""
