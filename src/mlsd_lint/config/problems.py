"""What a problem of the configuration is, whoever finds it."""

from __future__ import annotations

from typing import Any

Place = tuple[str | int, ...]
"""The keys and indexes (from 0) that lead to a value."""

Problem = tuple[Place, Any, str]
"""A place, the value in question if it is a string to look for in the file, and a message."""
