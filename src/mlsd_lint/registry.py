"""Rules: how one is written, and how it is found.

A rule is a decorated function whose docstring is its documentation:

    @document_rule("H002", "multiple-titles", Severity.WARNING)
    def multiple_titles(document: Document) -> Iterator[Finding]:
        \"\"\"A document has one first-level heading.

        Why it matters, in a paragraph or two.

        Bad:
            # One

            # Two

        Good:
            # One

            ## Two
        \"\"\"

An example may hold several files: a line `=== docs/other.md` starts the next one; what stands
before the first such line is `page.md`. Files that both examples end with, such as the
configuration, stand once, under `Both:` after them. An arrow (→) in an example stands for a tab.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mlsd_lint.diagnostics import Finding, Severity
    from mlsd_lint.document import Document
    from mlsd_lint.workspace import Page, Workspace

    DocumentCheck = Callable[[Document], Iterator[Finding]]
    WorkspaceCheck = Callable[[Page, Workspace], Iterator[Finding]]
    Check = TypeVar("Check", DocumentCheck, WorkspaceCheck)

Scope = Literal["document", "workspace", "online", "type", "prose", "engine"]
_SECTION = re.compile(r"^(Bad|Good|Both):\n((?:[ ]{4}.*\n|\n)+)", re.MULTILINE)
_FILE_MARK = re.compile(r"^=== (\S+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """One rule: its code and name (both select it), how grave it is, and what it says of itself.

    `scope` says what it looks at: one document's tree, the pages of the whole workspace, those
    and what became of external links (for `online`), a document as its type reads it (`typed`
    finds those), its prose (`prose` finds those), or (for `engine`) what the engine itself finds
    while it works. The first three are in `check`. An `optional` rule is on only where its own code
    or name is selected.
    """

    code: str
    name: str
    severity: Severity
    scope: Scope
    documentation: str
    fixable: bool = False
    check: DocumentCheck | WorkspaceCheck | None = None
    optional: bool = False

    @cached_property
    def _text(self) -> str:
        return inspect.cleandoc(self.documentation) + "\n"

    @property
    def summary(self) -> str:
        """The first sentence of the documentation: what must hold."""
        return self._text.split("\n\n", 1)[0].replace("\n", " ").strip()

    @property
    def explanation(self) -> str:
        """What follows the summary, up to the examples."""
        return _SECTION.sub("", self._text).strip().partition("\n\n")[2].strip()

    def example(self, kind: Literal["Bad", "Good"]) -> str:
        """The example of that kind as written, without its indentation; "" if there is none."""
        bodies = [
            inspect.cleandoc(body).replace("→", "\t") + "\n"
            for heading, body in _SECTION.findall(self._text)
            if heading in (kind, "Both")
        ]
        return "".join(bodies)

    @property
    def examples(self) -> dict[str, str]:
        """The examples that it has, by kind, the bad one first."""
        found = {"Bad": self.example("Bad"), "Good": self.example("Good")}
        return {kind: example for kind, example in found.items() if example}


def example_files(example: str) -> dict[str, str]:
    """The files of a rule's example by name, see the module's docstring."""
    first, *rest = _FILE_MARK.split(example)
    files = dict(zip(rest[::2], rest[1::2], strict=True))
    return {"page.md": first, **files} if first.strip() or not files else files


def document_rule(
    code: str, name: str, severity: Severity, *, fixable: bool = False
) -> Callable[[DocumentCheck], DocumentCheck]:
    """Register a check of one document's tree. It is pure: equal documents, equal findings."""
    return _registering(code, name, severity, "document", fixable=fixable)


def workspace_rule(
    code: str, name: str, severity: Severity, *, fixable: bool = False
) -> Callable[[WorkspaceCheck], WorkspaceCheck]:
    """Register a check of one page among all others. It sees pages, never trees or text."""
    return _registering(code, name, severity, "workspace", fixable=fixable)


def online_rule(
    code: str, name: str, severity: Severity, *, fixable: bool = False
) -> Callable[[WorkspaceCheck], WorkspaceCheck]:
    """Register a check of one page by `Workspace.judgements`; it runs only where there are any.

    In a run that does not go online such a rule is not run, so nothing follows from its silence.
    """
    return _registering(code, name, severity, "online", fixable=fixable)


def _registering(
    code: str, name: str, severity: Severity, scope: Scope, *, fixable: bool
) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        _add(Rule(code, name, severity, scope, check.__doc__ or "", fixable, check))
        return check

    return register


def type_rule(
    code: str, name: str, severity: Severity, documentation: str, *, fixable: bool = False
) -> Rule:
    """Register something that reading a document as its type finds; see `typed`."""
    return _add(Rule(code, name, severity, "type", documentation, fixable))


def prose_rule(
    code: str,
    name: str,
    severity: Severity,
    documentation: str,
    *,
    fixable: bool = False,
    optional: bool = False,
) -> Rule:
    """Register something that a grammar engine finds; see `prose`."""
    return _add(Rule(code, name, severity, "prose", documentation, fixable, optional=optional))


def engine_rule(code: str, name: str, severity: Severity, documentation: str) -> Rule:
    """Register something the engine itself reports, such as a file it could not read."""
    return _add(Rule(code, name, severity, "engine", documentation))


_registered: dict[str, Rule] = {}


def _add(rule: Rule) -> Rule:
    for other in _registered.values():
        if rule.code == other.code or rule.name == other.name:
            new, old = (f"{one.code} {one.name}" for one in (rule, other))
            raise ValueError(f"rule {new} has the code or the name of {old}: choose another")
    _registered[rule.code] = rule
    return rule


def all_rules() -> Mapping[str, Rule]:
    """Every rule by code, sorted."""
    from mlsd_lint import rules

    rules.load()
    return dict(sorted(_registered.items()))
