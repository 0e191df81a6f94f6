"""How the result of indexing a file is written into the cache, and read back equal."""

from __future__ import annotations

import json
from typing import Any

from mlsd_lint.diagnostics import Diagnostic, Excerpt, PlacedEdit, PlacedFix, Related, Severity
from mlsd_lint.indexing import Indexed
from mlsd_lint.source import Position, Span
from mlsd_lint.workspace import Anchor, Claim, Destination, End, Page, Snippet, Suppression, Use

Rows = list[list[Any]]


def encode(indexed: Indexed) -> str:
    """The JSON text that `decode` reads back.

    It is ASCII, for a path that is not Unicode has lone surrogates, which SQLite refuses.
    """
    page = indexed.page
    kept = (
        None
        if page is None
        else (
            page.anchors,
            page.destinations,
            page.suppressions,
            page.ends,
            page.claims,
            page.uses,
        )
    )
    return json.dumps((kept, indexed.diagnostics), separators=(",", ":"))


def decode(path: str, encoded: str) -> Indexed:
    """What `encode` wrote; equal to what was encoded."""
    kept, diagnostics = json.loads(encoded)
    return Indexed(
        None if kept is None else _page(path, *kept),
        tuple(_diagnostic(values) for values in diagnostics),
    )


def _page(path: str, *kept: Rows) -> Page:
    anchors, destinations, suppressions, ends, claims, uses = kept
    made = tuple.__new__  # spares the calls that make most of the time for a large book
    return Page(
        path,
        tuple(
            made(Anchor, (name, slug, origin, made(Span, span)))
            for name, slug, origin, span in anchors
        ),
        tuple(
            made(Destination, (value, written, made(Span, span), made(Span, whole), role, form))
            for value, written, span, whole, role, form in destinations
        ),
        tuple(
            Suppression(tuple(codes), first, last, Span(*span))
            for codes, first, last, span in suppressions
        ),
        tuple(_end(values) for values in ends),
        tuple(
            Claim(destination, text, Span(*span), *rest)
            for destination, text, span, *rest in claims
        ),
        tuple(
            Use(kind, key, written, Span(*span), line) for kind, key, written, span, line in uses
        ),
    )


def _end(values: list[Any]) -> End:
    relation, refers, key, span, line, column, depth, texts, *rest = values
    snippets = tuple(Snippet(field, text, Span(*place)) for field, text, place in texts)
    return End(relation, refers, key, Span(*span), line, column, depth, snippets, *rest)


def _diagnostic(values: list[Any]) -> Diagnostic:
    # What one document's own rules say is about no external link, and no engine said it.
    path, start, end, code, name, severity, message, help_, fix, excerpt, span, mark, related = (
        values[:13]
    )
    return Diagnostic(
        path,
        Position(*start),
        Position(*end),
        code,
        name,
        Severity(severity),
        message,
        help_,
        _fix(fix) if fix else None,
        Excerpt(*excerpt),
        Span(*span),
        mark,
        tuple(Related(*one) for one in related),
    )


def _fix(values: list[Any]) -> PlacedFix:
    message, safe, edits = values
    return PlacedFix(
        message,
        safe,
        tuple(
            PlacedEdit(Span(*span), Position(*start), Position(*end), expected, replacement)
            for span, start, end, expected, replacement in edits
        ),
    )
