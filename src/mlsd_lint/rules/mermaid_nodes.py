"""Nodes of Mermaid flowcharts that are not drawn as meant (M012 to M014)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Finding, Severity
from mlsd_lint.nearest import nearest, ranked
from mlsd_lint.registry import document_rule
from mlsd_lint.rules.mermaid_flowchart import read_flowchart
from mlsd_lint.rules.mermaid_text import diagrams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document
    from mlsd_lint.rules.mermaid_flowchart import Flowchart, NodeUse, Reference
    from mlsd_lint.rules.mermaid_text import Diagram
    from mlsd_lint.source import Source

FEWEST_LABELLED = 3
MOST_MISSPELT = 3  # more plain ids than these are a habit, not slips


def _flowcharts(document: Document) -> Iterator[tuple[Diagram, Flowchart]]:
    for diagram in diagrams(document):
        if diagram.is_flowchart:
            yield diagram, read_flowchart(diagram.text, diagram.first_statement)


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
    for diagram, flowchart in _flowcharts(document):
        first: dict[str, NodeUse] = {}
        for node in flowchart.nodes:
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
    for diagram, flowchart in _flowcharts(document):
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
            meant = nearest(reference.name, sorted(drawn))
            advice = "Name a node of this diagram, or remove the line."
            yield Finding(
                diagram.span(reference.place),
                _lost_reference(reference),
                f"Write `{meant}`." if meant else advice,
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
    for diagram, flowchart in _flowcharts(document):
        for place in flowchart.reserved:
            span = diagram.span(place)
            word = document.source.slice(span)
            capital = f"Call it `{word[:1].upper()}{word[1:]}`, or choose another id."
            yield Finding(
                span,
                f"no node can be called `{word}`, nor start with it: the word is Mermaid's own",
                capital if word[:1].isalpha() else "Choose another id.",
            )
