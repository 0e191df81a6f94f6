"""`docs/rules.md`: every rule, as its docstring explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.commands.rule import SCOPES
from mlsd_lint.registry import all_rules, example_files
from mlsd_lint.reporters.rule_help import fenced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mlsd_lint.registry import Rule

HEAD = """\
# Rules

What mlsd-lint checks. `mlsd-lint rule L103` prints the same for one rule, and `make docs` writes this
page from what the rules say of themselves.

A code (`H001`), the beginning of codes (`H`, `L1`) and a name (`missing-title`) all select rules, in
[the configuration](configuration.md) and on the command line. An error is nearly always wrong, a
warning nearly always worth a look, and an info is for whoever asks. `fix` marks the rules of which
`--fix` mends some findings or all; where more than one answer is possible, only `--unsafe-fixes` does.
A rule marked `off` is on only where its own code or name is selected.
"""
# The beginning of codes, and what the rules that share it are about.
FAMILIES = {
    "H": "Headings and anchors",
    "L1": "Links inside the repository",
    "L2": "Links to the web",
    "P": "Prose",
    "C": "Entries of lists",
    "S": "Documents of a type",
    "X": "Documents and each other",
    "M": "Markdown as it is written",
    "E": "What could not be checked",
}
LANGUAGES = {"md": "markdown", "toml": "toml", "yaml": "yaml", "py": "python"}


def rules_page() -> str:
    """The text of the page.

    Raises:
        ValueError: a rule belongs to no family.
    """
    rules = all_rules()
    families = {prefix: _family(prefix, rules.values()) for prefix in FAMILIES}
    if sum(map(len, families.values())) != len(rules):
        raise ValueError("each rule belongs to one of the families of this page")
    chapters = [
        f"## {FAMILIES[prefix]}\n\n{_table(members)}\n" + "\n".join(map(_rule, members))
        for prefix, members in families.items()
    ]
    return "\n".join([HEAD, *chapters])


def anchor(rule: Rule) -> str:
    """The fragment of a rule on this page."""
    return f"{rule.code.lower()}-{rule.name}"


def _family(prefix: str, rules: Iterable[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule.code.startswith(prefix)]


def _table(rules: Iterable[Rule]) -> str:
    head = "| rule | severity | | what must hold |\n| --- | --- | --- | --- |\n"
    return head + "".join(
        f"| [{rule.code} {rule.name}](#{anchor(rule)}) | {rule.severity} | {_mark(rule)} | "
        f"{rule.summary.replace('|', chr(92) + '|')} |\n"
        for rule in rules
    )


def _mark(rule: Rule) -> str:
    return ", ".join(
        word for word, holds in (("fix", rule.fixable), ("off", rule.optional)) if holds
    )


def _rule(rule: Rule) -> str:
    parts = [
        f"### {rule.code} {rule.name}",
        rule.summary,
        _facts(rule),
        rule.explanation,
        *(_example(kind, example) for kind, example in rule.examples.items()),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(rule: Rule) -> str:
    mended = " `--fix` often mends it." if rule.fixable else ""
    optional = " It is on only where its own code or name is selected." if rule.optional else ""
    severity = rule.severity.value.capitalize()
    return f"{severity}. It looks at {SCOPES[rule.scope]}.{mended}{optional}"


def _example(kind: str, example: str) -> str:
    """An example, each of its files in a fence of its own."""
    files = example_files(example)
    if list(files) == ["page.md"]:
        return f"{kind}:\n\n{_fenced('page.md', files)}"
    named = "\n\n".join(f"`{name}`:\n\n{_fenced(name, files)}" for name in files)
    return f"{kind}, in several files:\n\n{named}"


def _fenced(name: str, files: Mapping[str, str]) -> str:
    """The content of a file, in a fence that nothing in it closes."""
    return fenced(files[name], LANGUAGES.get(name.rpartition(".")[2], "text"))
