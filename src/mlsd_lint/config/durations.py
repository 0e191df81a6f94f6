"""Times as a configuration says them: a number and its unit, such as 20s."""

from __future__ import annotations

import json
import re

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
PATTERN = r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(ms|s|m|h|d)"
_DURATION = re.compile(PATTERN)


def seconds(text: str) -> float:
    """The seconds of a time such as `200ms`, `1.5s`, `20s`, `10m`, `36h`, `7d` or `0s`.

    Raises:
        ValueError: it is no number with one of these units behind it.
    """
    found = _DURATION.fullmatch(text)
    if found is None:
        shown = json.dumps(text, ensure_ascii=False)
        raise ValueError(f"expected a time with its unit, such as 20s, found {shown}")
    return float(found[1]) * _UNITS[found[2]]
