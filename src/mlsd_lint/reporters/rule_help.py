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
    for kind, example in rule.examples.items():
        parts.append(f"{kind}:\n{indent(example.rstrip(), '    ')}")
    return "\n\n".join(filter(None, parts)) + "\n"


def as_markdown(rule: Rule) -> str:
    """The same with its heading, each example in a fence."""
    parts = [f"# {rule.code} {rule.name}", rule.summary, rule.explanation]
    for kind, example in rule.examples.items():
        parts.append(f"**{kind}**\n\n{fenced(example)}")
    return "\n\n".join(filter(None, parts)) + "\n"


def fenced(content: str, language: str = "markdown") -> str:
    """Whole lines in a fence that is longer than any inside of them."""
    longest = max(map(len, _BACKTICKS.findall(content)), default=0)
    fence = "`" * max(longest + 1, 3)
    return f"{fence}{language}\n{content}{fence}"
