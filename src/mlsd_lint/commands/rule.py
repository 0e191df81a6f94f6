"""`mlsd-lint rule`: what a rule checks and why, with an example of either kind."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from mlsd_lint.registry import Rule

SCOPES = {
    "document": "one document",
    "workspace": "a document among the others",
    "online": "external links, with --online",
    "prose": "prose, as the grammar engines read it",
    "type": "a document as its type reads it",
    "engine": "the run: what cannot be read, and what silences or allows nothing",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags of `rule`."""
    parser.add_argument(
        "rule",
        nargs="?",
        metavar="RULE",
        help="a code (H001), a name (missing-title), or the beginning of codes (H) for a list",
    )
    parser.add_argument("--all", action="store_true", help="explain all rules")
    parser.add_argument("--output-format", choices=["text", "json", "markdown"], default="text")


def run(arguments: argparse.Namespace) -> int:
    """Explain one rule or all, or list them.

    Raises:
        UsageError: there is no such rule.
    """
    from mlsd_lint.registry import all_rules
    from mlsd_lint.selection import known

    rules = all_rules()
    wanted = known(arguments.rule, rules) if arguments.rule else rules.keys()
    chosen = [rules[code] for code in sorted(wanted)]
    alone = arguments.rule is not None and len(chosen) == 1
    in_full = alone or arguments.all
    if arguments.output_format == "json":
        described = [_described(rule) for rule in chosen]
        text = json.dumps(described[0] if alone else described, indent=2, ensure_ascii=False) + "\n"
    elif arguments.output_format == "markdown":
        text = "\n".join(map(_page, chosen)) if in_full else _markdown_table(chosen)
    else:
        text = "\n\n".join(map(_manual, chosen)) if in_full else _table(chosen)
    sys.stdout.write(text)
    return 0


def _described(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "scope": rule.scope,
        "fixable": rule.fixable,
        "optional": rule.optional,
        "summary": rule.summary,
        "explanation": rule.explanation,
        "bad": rule.example("Bad"),
        "good": rule.example("Good"),
    }


def _table(rules: list[Rule]) -> str:
    rows = [
        (rule.code, rule.name, rule.severity.value, _mark(rule), rule.summary) for rule in rules
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "".join(
        "  ".join([*(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)), row[4]])
        + "\n"
        for row in rows
    )


def _mark(rule: Rule) -> str:
    return "fix" if rule.fixable else "off" if rule.optional else ""


def _manual(rule: Rule) -> str:
    """A rule's documentation as text for a terminal."""
    parts = [f"{rule.code} {rule.name}", rule.summary, _facts(rule), rule.explanation]
    for kind, example in rule.examples.items():
        parts.append(f"{kind}:\n\n{_indented(example)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(rule: Rule) -> str:
    mended = "often (--fix)" if rule.fixable else "by hand"
    facts = f"Severity: {rule.severity}\nLooks at: {SCOPES[rule.scope]}\nMended:   {mended}"
    optional = "\nIs on:    only where it is selected by its code or name" if rule.optional else ""
    return facts + optional


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip(" ") for line in text.rstrip("\n").split("\n"))


def _page(rule: Rule) -> str:
    """A rule's documentation as Markdown."""
    from mlsd_lint.reporters.rule_help import fenced

    mended = ", `--fix` often mends it" if rule.fixable else ""
    optional = " It is on only where it is selected by its code or name." if rule.optional else ""
    parts = [
        f"# {rule.name} ({rule.code})",
        rule.summary,
        f"Severity: {rule.severity}{mended}. Looks at {SCOPES[rule.scope]}.{optional}",
        rule.explanation,
    ]
    for kind, example in rule.examples.items():
        parts.append(f"## {kind}\n\n{fenced(example)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _markdown_table(rules: list[Rule]) -> str:
    rows = [
        f"| {rule.code} | {rule.name} | {rule.severity} | {_mark(rule)} | {_cell(rule.summary)} |\n"
        for rule in rules
    ]
    head = "| Code | Name | Severity | Fix | What must hold |\n| --- | --- | --- | --- | --- |\n"
    return head + "".join(rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
