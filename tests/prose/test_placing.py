"""How grave a finding of prose is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from mlsd_lint.diagnostics import Severity
from mlsd_lint.prose import placing
from mlsd_lint.prose.readings import ProseFinding
from mlsd_lint.source import Span

AS_DECLARED = SimpleNamespace(indexing=SimpleNamespace(severity=lambda rule: rule.severity))
SET = SimpleNamespace(indexing=SimpleNamespace(severity=lambda _: Severity.INFO))


@pytest.mark.parametrize(
    ("code", "agreed", "severity"),
    [
        ("P006", False, Severity.WARNING),
        ("P006", True, Severity.ERROR),
        ("P002", True, Severity.ERROR),
        ("P004", True, Severity.WARNING),  # two dictionaries lack the same terms
    ],
)
def test_what_two_engines_agree_about_is_graver(code, agreed, severity):
    finding = ProseFinding(code, Span(0, 1), "", "", None, safe=False, engines=(), agreed=agreed)
    assert placing._severity(AS_DECLARED, finding) is severity
    assert placing._severity(SET, finding) is Severity.INFO
