"""The tables of the benchmarks in the folder above, which these scripts write too."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from budgets import seconds
from measuring import by_turns, settle
from tables import table, write

__all__ = ["by_turns", "seconds", "settle", "table", "write"]
