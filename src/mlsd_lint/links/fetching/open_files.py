"""How many connections this process may have open, by what the system lets it have of files."""

from __future__ import annotations

_KEPT_FREE = 48  # for the program's own files, the store, and questions to the name server
_WITHOUT_A_LIMIT = 10_000
_OF_WINDOWS = 512  # what its select() waits for


def most_at_once(wanted: int) -> int:
    """How many requests may be under way at once, `wanted` if the system lets it."""
    return max(1, min(wanted, _free() // 2))


def most_idle(running: int) -> int:
    """How many origins may have connections besides, if so many requests may be under way."""
    return max(4, (_free() - running) // 2)  # some have several


def _free() -> int:
    try:
        import resource
    except ImportError:
        return _OF_WINDOWS - _KEPT_FREE
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit == resource.RLIM_INFINITY:
        return _WITHOUT_A_LIMIT
    return max(2, min(limit, _WITHOUT_A_LIMIT) - _KEPT_FREE)
