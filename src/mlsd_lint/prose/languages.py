"""Which text is English, as far as its letters and the HTML around it tell."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mlsd_lint.document import Tag

_LATIN_WORD = re.compile(
    r"[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+"
)
# A Chinese or Japanese character says about as much as a word; of an alphabet, a word does.
_OTHER_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3041-\u30fa\u3105-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|(?:[\u0370-\u1cff\ua500-\uf8ff\ufb13-\ufefc])+"
)


class Element(NamedTuple):
    """An HTML element that is closed: its opening tag and the offset behind its closing one."""

    tag: Tag
    end: int

    @property
    def language(self) -> str | None:
        """The language that its tag declares."""
        attribute = self.tag.attribute("lang")
        return attribute.value.strip().lower() if attribute else None


def elements(tags: Iterable[Tag]) -> Iterator[Element]:
    """The elements that these tags, in the order of the text, open and close."""
    waiting: dict[str, list[Tag]] = {}
    for tag in tags:
        if not tag.closing:
            waiting.setdefault(tag.name, []).append(tag)
        elif opened := waiting.get(tag.name):
            yield Element(opened.pop(), tag.span.end)


def declares_english(language: str | None) -> bool:
    """Whether a `lang` says English, or nothing (an empty one means: not known)."""
    return not language or re.split("[-_]", language, maxsplit=1)[0] == "en"


def declared_english(found: Iterable[Element]) -> Callable[[int], bool]:
    """Tells of an offset whether the innermost `lang` around it says English, or none says."""
    open_languages: dict[int, str] = {}
    changes: list[tuple[int, int, str | None]] = []
    for number, element in enumerate(found):
        if element.language is not None:
            changes.append((element.tag.span.start, number, element.language))
            changes.append((element.end, number, None))
    changes.sort(key=lambda change: change[0])
    offsets = [0]
    values = [True]
    for offset, number, language in changes:
        if language is None:
            del open_languages[number]
        else:
            open_languages[number] = language
        offsets.append(offset)
        values.append(declares_english(next(reversed(open_languages.values()), None)))
    return lambda offset: values[bisect_right(offsets, offset) - 1]


def mostly_latin(text: str) -> bool:
    """Whether more than half of the words of a text are in Latin letters."""
    if text.isascii():
        return True
    latin = sum(1 for _ in _LATIN_WORD.finditer(text))
    return latin > sum(1 for _ in _OTHER_WORD.finditer(text))
