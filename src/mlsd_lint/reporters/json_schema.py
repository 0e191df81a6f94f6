"""The JSON Schema of the formats `json` and `json-lines`."""

from __future__ import annotations

from typing import Any

from mlsd_lint.diagnostics import Severity
from mlsd_lint.links.verdicts import Verdict

SCHEMA_ID = "urn:mlsd-lint:report"


def report_schema() -> dict[str, Any]:
    """The schema of a whole `json` report, and of one line of a `json-lines` report."""
    diagnostic = {"$ref": "#/$defs/diagnostic"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "mlsd-lint report",
        "description": "What `mlsd-lint check` prints: a list of diagnostics with "
        "--output-format json, one diagnostic a line with --output-format json-lines.",
        "anyOf": [{"type": "array", "items": diagnostic}, diagnostic],
        "$defs": {
            "diagnostic": _diagnostic(),
            "fix": _fix(),
            "edit": _edit(),
            "related": _related(),
            "evidence": _evidence(),
            "location": _location(),
        },
    }


def _object(title: str, description: str, properties: dict[str, Any]) -> dict[str, Any]:
    """An object that has all of these properties, and no other."""
    return {
        "title": title,
        "description": description,
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def _nothing_or(described: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [described, {"type": "null"}]}


def _from_one(description: str) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "description": description}


def _diagnostic() -> dict[str, Any]:
    severities = [one.value for one in Severity]
    code = _text("The code of the rule, such as H001.")
    return _object(
        "Diagnostic",
        "Something a rule has found.",
        {
            "code": code | {"pattern": "^[A-Z][0-9]{3}$"},
            "name": _text("The name of the rule, such as missing-title."),
            "severity": {"enum": severities, "description": "How grave it is."},
            "message": _text("What is wrong."),
            "filename": _text("The file, relative to the working directory."),
            "location": {"$ref": "#/$defs/location", "description": "Where it begins."},
            "end_location": {
                "$ref": "#/$defs/location",
                "description": "Where it ends, exclusive.",
            },
            "fix": _nothing_or({"$ref": "#/$defs/fix"}),
            "help": _nothing_or(_text("What to do.")),
            "url": _nothing_or(_text("The external link it is about, without user and password.")),
            "verdict": {
                "enum": [*(one.value for one in Verdict), None],
                "description": "What became of that link.",
            },
            "evidence": _nothing_or({"$ref": "#/$defs/evidence"}),
            "engines": {
                "type": "array",
                "items": {"type": "string"},
                "description": "The rules of grammar engines that found it, as harper:AnA.",
            },
            "fingerprint": _text("Stays the same while the text pointed at does."),
            "related": {
                "type": "array",
                "items": {"$ref": "#/$defs/related"},
                "description": "Other places that explain it, in the order in which to read them.",
            },
        },
    )


def _fix() -> dict[str, Any]:
    return _object(
        "Fix",
        "The one right way to mend it.",
        {
            "applicability": {
                "enum": ["safe", "unsafe"],
                "description": "Whether --fix applies it, or only with --unsafe-fixes.",
            },
            "message": _text("What the fix does."),
            "edits": {"type": "array", "items": {"$ref": "#/$defs/edit"}, "minItems": 1},
        },
    )


def _edit() -> dict[str, Any]:
    return _object(
        "Edit",
        "A replacement of the text between two places.",
        {
            "content": _text("What is put there; nothing, to delete."),
            "location": {"$ref": "#/$defs/location"},
            "end_location": {"$ref": "#/$defs/location"},
        },
    )


def _related() -> dict[str, Any]:
    return _object(
        "Related place",
        "A second place that a diagnostic cites.",
        {
            "filename": _text("The file: relative to the working directory, or absolute."),
            "line": _from_one("The line, from 1."),
            "message": _text("What is there."),
        },
    )


def _evidence() -> dict[str, Any]:
    a_time = {"type": "string", "format": "date-time"}
    status = {"type": "integer", "minimum": 100, "maximum": 999}
    hop = _object(
        "Redirect",
        "A redirect that was followed.",
        {"url": _text("The address that answered."), "status": status},
    )
    place = _object(
        "Place of a link",
        "A place where the link stands.",
        {
            "filename": _text("The file, relative to the working directory."),
            "line": _from_one("The line, from 1."),
            "column": _from_one("The column in code points, from 1."),
        },
    )
    return _object(
        "Evidence",
        "How it is known what became of an external link.",
        {
            "reason": _text("Why the verdict is what it is, in a clause."),
            "status": _nothing_or(status | {"description": "The last HTTP status; null: none."}),
            "chain": {
                "type": "array",
                "items": hop,
                "description": "The redirects, in the order in which they were followed.",
            },
            "final": _nothing_or(_text("The address that answered in the end.")),
            "asked": _nothing_or(a_time | {"description": "When it was asked, in UTC."}),
            "failures": {
                "type": "integer",
                "minimum": 0,
                "description": "How often in a row it has failed, over all runs.",
            },
            "failing_since": _nothing_or(
                a_time | {"description": "When the first of these failures was seen, in UTC."}
            ),
            "archive": _nothing_or(_text("A copy of the page in an archive.")),
            "places": {
                "type": "array",
                "items": place,
                "minItems": 1,
                "description": "All places with this address of which the same was found.",
            },
        },
    )


def _location() -> dict[str, Any]:
    return _object(
        "Location",
        "A place in a file.",
        {
            "row": _from_one("The line, from 1."),
            "column": _from_one("The column in code points, from 1."),
        },
    )
