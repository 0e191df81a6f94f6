"""Mermaid diagrams that readers see an error in place of (M010, M011)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Finding, Severity
from mlsd_lint.nearest import nearest
from mlsd_lint.registry import document_rule
from mlsd_lint.rules.mermaid_flowchart import read_flowchart
from mlsd_lint.rules.mermaid_labels import Problem
from mlsd_lint.rules.mermaid_sequence import sequence_problems
from mlsd_lint.rules.mermaid_text import DIRECTION, Stretch, diagrams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document
    from mlsd_lint.rules.mermaid_text import Diagram

_KINDS = (
    "architecture architecture-beta block block-beta C4Component C4Container C4Context "
    "C4Deployment C4Dynamic classDiagram classDiagram-v2 erDiagram eventmodeling flowchart "
    "flowchart-elk gantt gitGraph graph info ishikawa ishikawa-beta journey kanban mindmap packet "
    "packet-beta pie quadrantChart radar-beta requirement requirementDiagram sankey sankey-beta "
    "sequenceDiagram stateDiagram stateDiagram-v2 timeline treemap treemap-beta treeView-beta "
    "venn-beta wardley-beta xychart xychart-beta zenuml"
)
KINDS = tuple(_KINDS.split())
DIRECTIONS = ("TB", "TD", "BT", "RL", "LR", "BR", "<", ">", "^", "v")
TEMPLATE = re.compile(r"\s*(?:\{\{|\{%|<%|--8<--)")
EXCERPT = 40


@document_rule("M010", "unknown-diagram", Severity.ERROR)
def unknown_diagram(document: Document) -> Iterator[Finding]:
    """A Mermaid diagram starts with a type that Mermaid knows, and shows something.

    Readers see an error in place of a diagram of unknown type. Types are written as Mermaid
    writes them, `sequenceDiagram` and not `sequencediagram`. The direction of a flowchart (`TB`,
    `TD`, `BT`, `RL` or `LR`) has capital letters, and its first statement a line of its own.
    Front matter, `%%` comments and directives may stand before the type.

    Bad:
        ```mermaid
        flowchat LR
          query --> answer
        ```

    Good:
        ```mermaid
        flowchart LR
          query --> answer
        ```
    """
    for diagram in diagrams(document):
        problem = _start_problem(diagram)
        if problem:
            span = diagram.span(problem.place)
            if problem.place == (0, 0) and diagram.block.info_span:
                span = diagram.block.info_span
            yield Finding(span, problem.message, problem.help)


def _start_problem(diagram: Diagram) -> Problem | None:
    if TEMPLATE.match(diagram.text):
        return None
    if not diagram.kind:
        return Problem(
            Stretch(0, 0), "this diagram is empty", "Draw something, or remove the fence."
        )
    if diagram.kind not in KINDS:
        return _unknown_kind(diagram)
    if diagram.is_flowchart:
        problem = _direction_problem(diagram)
        if problem:
            return problem
    if diagram.kind != "info" and not diagram.text[diagram.first_statement :].strip(" \t\n;:"):
        return Problem(
            diagram.kind_at,
            f"this diagram is empty: it has nothing but its type, `{diagram.kind}`",
            "Draw something, or remove the fence.",
        )
    return None


def _unknown_kind(diagram: Diagram) -> Problem:
    kind = diagram.kind
    meant = nearest(kind, KINDS)
    shown = kind if len(kind) <= EXCERPT else kind[:EXCERPT] + "…"
    advice = (
        f"Write `{meant}`."
        if meant
        else "Start with a type such as `flowchart LR` or `sequenceDiagram`."
    )
    return Problem(diagram.kind_at, f"Mermaid knows no type of diagram `{shown}`", advice)


def _direction_problem(diagram: Diagram) -> Problem | None:
    match = DIRECTION.match(diagram.text, diagram.body)
    if match is None or not match[1]:
        return None
    if match[1] not in DIRECTIONS:
        return Problem(
            Stretch(*match.span(1)),
            f"`{match[1][:EXCERPT]}` is no direction of a flowchart",
            "Write `TB`, `TD`, `BT`, `RL` or `LR`, alone behind the type.",
        )
    if match[2]:
        return Problem(
            Stretch(*match.span(2)),
            "a statement stands on the line of the flowchart's direction",
            "Put it on a line of its own.",
        )
    return None


@document_rule("M011", "unbalanced-diagram", Severity.ERROR)
def unbalanced_diagram(document: Document) -> Iterator[Finding]:
    """In a Mermaid diagram all that is opened is closed: brackets, quotes, `subgraph`, `loop`.

    Otherwise readers see an error in place of the diagram. In a flowchart a label that has
    brackets, quotes or `|` of its own stands in quotes, and a quote within those is `#quot;`.
    Flowcharts and sequence diagrams are checked.

    Bad:
        ```mermaid
        flowchart LR
          query[Query --> model[Model (large)]
        ```

    Good:
        ```mermaid
        flowchart LR
          query[Query] --> model["Model (large)"]
        ```
    """
    for diagram in diagrams(document):
        if diagram.is_flowchart:
            problems = read_flowchart(diagram.text, diagram.first_statement).problems
        elif diagram.kind == "sequenceDiagram":
            problems = sequence_problems(diagram.text, diagram.body)
        else:
            continue
        for problem in problems:
            yield Finding(diagram.span(problem.place), problem.message, problem.help)
