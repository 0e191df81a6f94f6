"""Mermaid diagrams that will not be drawn, or not as meant (M010 to M014)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Finding, Severity
from mlsd_lint.nearest import nearest, ranked
from mlsd_lint.registry import document_rule
from mlsd_lint.rules.mermaid_flowchart import read_flowchart
from mlsd_lint.rules.mermaid_labels import Problem
from mlsd_lint.rules.mermaid_sequence import sequence_problems
from mlsd_lint.rules.mermaid_text import Stretch, diagrams
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document
    from mlsd_lint.rules.mermaid_flowchart import Flowchart, NodeUse, Reference
    from mlsd_lint.rules.mermaid_text import Diagram
    from mlsd_lint.source import Source

_KINDS = (
    "architecture architecture-beta block block-beta C4Component C4Container C4Context "
    "C4Deployment C4Dynamic classDiagram classDiagram-v2 erDiagram eventmodeling flowchart "
    "flowchart-elk gantt gitGraph graph info ishikawa ishikawa-beta journey kanban mindmap packet "
    "packet-beta pie quadrantChart radar-beta requirement requirementDiagram sankey sankey-beta "
    "sequenceDiagram stateDiagram stateDiagram-v2 timeline treemap treemap-beta treeView-beta "
    "venn-beta wardley-beta xychart xychart-beta zenuml"
)
KINDS = tuple(_KINDS.split())
DIRECTION = re.compile(r"[ \t]*([^\s;]*)[ \t]*([^\n;]*)")
DIRECTIONS = ("TB", "TD", "BT", "RL", "LR", "BR", "<", ">", "^", "v")
TEMPLATE = re.compile(r"\s*(?:\{\{|\{%|<%|--8<--)")
EXCERPT = 40
FEWEST_LABELLED = 3
MOST_MISSPELT = 3  # more plain ids than these are a habit, not slips


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
    if diagram.kind != "info" and not diagram.text[_first_statement(diagram) :].strip(" \t\n;:"):
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


def _first_statement(diagram: Diagram) -> int:
    """Where the text behind the type (and the direction of a flowchart) starts."""
    match = DIRECTION.match(diagram.text, diagram.body) if diagram.is_flowchart else None
    return match.end() if match else diagram.body


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
            problems = _flowchart(diagram).problems
        elif diagram.kind == "sequenceDiagram":
            problems = sequence_problems(diagram.text, diagram.body)
        else:
            continue
        for problem in problems:
            yield Finding(diagram.span(problem.place), problem.message, problem.help)


def _flowchart(diagram: Diagram) -> Flowchart:
    return read_flowchart(diagram.text, _first_statement(diagram))


@document_rule("M012", "relabeled-node", Severity.WARNING)
def relabeled_node(document: Document) -> Iterator[Finding]:
    """A node of a Mermaid flowchart has one label.

    A node that is given another label further down is still one node, and shows only the last
    label. Most often two nodes were meant, and all their arrows now meet in one.

    Bad:
        ```mermaid
        flowchart LR
          store[(Features)] --> model[Model]
          model --> store[(Predictions)]
        ```

    Good:
        ```mermaid
        flowchart LR
          features[(Features)] --> model[Model]
          model --> predictions[(Predictions)]
        ```
    """
    for diagram in diagrams(document):
        if not diagram.is_flowchart:
            continue
        first: dict[str, NodeUse] = {}
        for node in _flowchart(diagram).nodes:
            if node.label is None:
                continue
            before = first.setdefault(node.name, node)
            if _words(before.label) == _words(node.label):
                continue
            line = document.source.position(diagram.span(before.place).start).line
            yield Finding(
                diagram.span(node.place),
                f"node `{node.name}` has another label on line {line}, "
                "and only the last one is shown",
                "Give one of the two nodes another id, or leave one label out.",
            )


def _words(label: str | None) -> list[str]:
    return (label or "").split()


@document_rule("M013", "undefined-node", Severity.WARNING)
def undefined_node(document: Document) -> Iterator[Finding]:
    """A Mermaid flowchart names no node that it does not draw.

    Mermaid draws a box for every id, so that a typing mistake in an edge adds a box that nobody
    meant. A plain id is taken for a mistake only where every other node has a label and one of
    them differs by a letter or by case. `style`, `class` and `click` name a node or a subgraph
    that is drawn, and `linkStyle` a link, counted from 0, that stands before it.

    Bad:
        ```mermaid
        flowchart LR
          query[Query] --> retriever[Retriever]
          retreiver --> ranker[Ranker]
          style rankr fill:#eee
        ```

    Good:
        ```mermaid
        flowchart LR
          query[Query] --> retriever[Retriever]
          retriever --> ranker[Ranker]
          style ranker fill:#eee
        ```
    """
    for diagram in diagrams(document):
        if not diagram.is_flowchart:
            continue
        flowchart = _flowchart(diagram)
        if flowchart.complete:
            yield from _misspelt_nodes(document.source, diagram, flowchart)
            yield from _lost_references(diagram, flowchart)
            yield from _lost_link_styles(diagram, flowchart)


def _misspelt_nodes(source: Source, diagram: Diagram, flowchart: Flowchart) -> Iterator[Finding]:
    labelled = {node.name: node for node in reversed(flowchart.nodes) if node.label is not None}
    plain = [
        node
        for node in flowchart.nodes
        if node.name not in labelled and node.name not in flowchart.subgraphs
    ]
    names = {node.name for node in plain}
    if len(labelled) < FEWEST_LABELLED or len(names) > MOST_MISSPELT:
        return
    meant = {name: _misspelt(name, list(labelled)) for name in names}
    if not all(meant.values()):
        return
    for node in plain:
        name = meant[node.name] or ""
        line = source.position(diagram.span(labelled[name].place).start).line
        yield Finding(
            diagram.span(node.place),
            f"node `{node.name}` has no label, and looks like `{name}` from line {line}",
            f"Write `{name}`, or give it a label if it is another node.",
        )


def _misspelt(name: str, labelled: list[str]) -> str | None:
    """The labelled node that differs from `name` by one letter, or by case or punctuation.

    A plural and another number are no mistakes, and ids of three letters are all alike.
    """
    for near in ranked(name, labelled):
        plural = near.name + "s" == name or name + "s" == near.name
        numbers = _numbers(name) == _numbers(near.name)
        letters = 0 if len(name) < 4 else 1
        if near.distance <= letters and numbers and not plural:
            return near.name
    return None


def _numbers(name: str) -> list[str]:
    return re.findall(r"\d+", name)


def _lost_references(diagram: Diagram, flowchart: Flowchart) -> Iterator[Finding]:
    drawn = {node.name for node in flowchart.nodes} | flowchart.subgraphs | flowchart.links
    for reference in flowchart.references:
        if reference.name not in drawn:
            yield Finding(
                diagram.span(reference.place),
                _lost_reference(reference),
                f"Write `{meant}`."
                if (meant := nearest(reference.name, sorted(drawn)))
                else "Name a node of this diagram, or remove the line.",
            )


def _lost_reference(reference: Reference) -> str:
    effect = "adds a box of that name" if reference.keyword == "style" else "has no effect"
    return (
        f"no node or subgraph is called `{reference.name}`, so this `{reference.keyword}` {effect}"
    )


def _lost_link_styles(diagram: Diagram, flowchart: Flowchart) -> Iterator[Finding]:
    for styled in flowchart.styled_links:
        if styled.number >= styled.links:
            yield Finding(
                diagram.span(styled.place),
                f"there is no link {styled.number}: {_links(styled.links)} here, counted from 0",
                "Correct the number; Mermaid shows an error in place of the diagram.",
            )


def _links(count: int) -> str:
    return "1 link stands before" if count == 1 else f"{count} links stand before"


@document_rule("M014", "reserved-node-id", Severity.ERROR)
def reserved_node_id(document: Document) -> Iterator[Finding]:
    """No node of a Mermaid flowchart is called `end`, `graph`, `class`, `style` or the like.

    These words belong to Mermaid, at the beginning of an id too (`end-user`): readers see an
    error in place of the diagram. Another id, or a capital letter (`End`), is all it takes; the
    label may be what it is.

    Bad:
        ```mermaid
        flowchart LR
          start[Start] --> end[End]
        ```

    Good:
        ```mermaid
        flowchart LR
          start[Start] --> finish[End]
        ```
    """
    for diagram in diagrams(document):
        if not diagram.is_flowchart:
            continue
        for place in _flowchart(diagram).reserved:
            span = diagram.span(place)
            word = document.source.slice(Span(*span))
            yield Finding(
                span,
                f"no node can be called `{word}`, nor start with it: the word is Mermaid's own",
                f"Call it `{word[:1].upper()}{word[1:]}`, or choose another id."
                if word[:1].isalpha()
                else "Choose another id.",
            )
