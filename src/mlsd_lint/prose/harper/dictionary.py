"""Harper's dictionary, for other engines: what one of two dictionaries has is hardly misspelled."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ONE_AT_A_TIME = Lock()


def has_word(word: str) -> bool:
    """Whether Harper's dictionary has a word, in any case and of any English.

    The first call takes a second, in which the dictionary is loaded.
    """
    with _ONE_AT_A_TIME:
        return _look_up()(word)


@cache
def _look_up() -> Callable[[str], bool]:
    import harper

    look_up: Callable[[str], bool] = harper.Linter(harper.Dialect.AMERICAN).is_likely_english
    return look_up
