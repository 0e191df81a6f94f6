"""What a rule says of itself, as plain text and as Markdown, for formats that carry it along."""

from __future__ import annotations

import re
from textwrap import indent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsd_lint.registry import Rule

_BACKTICKS = re.compile("`+")


def as_text(rule: Rule) -> str:
    """Summary, explanation and examples, the examples indented by four spaces."""
    parts = [rule.summary or rule.name, rule.explanation]
    for kind, example in _examples(rule):
        parts.append(f"{kind}:\n{indent(example.rstrip(), '    ')}")
    return "\n\n".join(filter(None, parts)) + "\n"


def as_markdown(rule: Rule) -> str:
    """The same with its heading, each example in a fence that is longer than any inside it."""
    parts = [f"# {rule.code} {rule.name}", rule.summary, rule.explanation]
    for kind, example in _examples(rule):
        longest = max(map(len, _BACKTICKS.findall(example)), default=0)
        fence = "`" * max(longest + 1, 3)
        parts.append(f"**{kind}**\n\n{fence}markdown\n{example}{fence}")
    return "\n\n".join(filter(None, parts)) + "\n"


def _examples(rule: Rule) -> list[tuple[str, str]]:
    return [(kind, example) for kind in ("Bad", "Good") if (example := rule.example(kind)).strip()]
