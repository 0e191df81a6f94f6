"""Errors planted into clean paragraphs of the booklet, of which the exact place is known.

    python benchmarks/prose/planting.py [--sample 100]

prints some of them to be read. One error stands in a paragraph, and no paragraph is used twice;
with the same booklet and the same installed codespell, whose list of misspellings is asked, the
same errors come out. How many of which kind there are says `kinds.KINDS`.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kinds import KINDS, Change

from mlsd_lint.markdown import parse
from mlsd_lint.prose.engine import Passage
from mlsd_lint.prose.extraction import blocks
from mlsd_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("content", "answers")
SEED = 6
_FEWEST_WORDS = 12


class Planted(NamedTuple):
    """A paragraph with an error.

    `start` and `end` are where a checker should point, in code points of the text: the words
    that were changed, for a word that is missing those on both sides. `clean_end` is where the
    same words ended before.
    """

    kind: str
    note: str
    clean: Passage
    passage: Passage
    start: int
    end: int
    clean_end: int

    @property
    def shift(self) -> int:
        """By how much the text behind the error is moved."""
        return len(self.passage.text) - len(self.clean.text)


def paragraphs() -> list[Passage]:
    """The paragraphs and items of the booklet that are sentences, each text once."""
    kinds = {"paragraph", "list item"}
    found = dict.fromkeys(one for one in passages() if one.kind in kinds)
    return [one for one in found if _is_sentence(one.text)]


def passages() -> Iterator[Passage]:
    """All prose of the booklet, in order."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.md")):
            document = parse(Source(path.name, path.read_text("utf-8")))
            for block in blocks(document):
                if block.english:
                    yield Passage(block.kind, block.text)


def plant(clean: Sequence[Passage], seed: int = SEED) -> list[Planted]:
    """An error in as many of these paragraphs as `KINDS` says.

    Raises:
        ValueError: too few of them have a place for an error of some kind.
    """
    chance = random.Random(seed)  # noqa: S311  # what is wanted is the same errors each time
    left = list(clean)
    chance.shuffle(left)
    planted = []
    for kind in KINDS:
        found = 0
        for passage in list(left):
            if found == kind.number:
                break
            change = kind.change(passage.text, chance)
            if change is not None:
                planted.append(_planted(kind.name, passage, change))
                left.remove(passage)
                found += 1
        if found < kind.number:
            raise ValueError(f"{found} places for {kind.number} errors: {kind.name}")
    return planted


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _FEWEST_WORDS and text[0].isupper() and text[-1] in ".?!"


def _planted(kind: str, clean: Passage, change: Change) -> Planted:
    text = clean.text[: change.start] + change.text + clean.text[change.end :]
    start, end = change.start, change.start + len(change.text)
    if change.between:
        start = text.rfind(" ", 0, max(start - 1, 0)) + 1
        end = min([at for at in (text.find(" ", end), len(text)) if at >= 0])
    passage = Passage(clean.kind, text)
    shift = len(text) - len(clean.text)
    return Planted(kind, change.note, clean, passage, start, end, end - shift)


def main() -> None:
    """Print planted errors, drawn by chance, the error between marks."""
    parser = argparse.ArgumentParser(description="Show planted errors.")
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    planted = plant(paragraphs())
    chance = random.Random(arguments.seed)  # noqa: S311  # any sample will do
    for one in sorted(chance.sample(planted, arguments.sample), key=lambda one: one.kind):
        text = one.passage.text
        before = text[max(one.start - 60, 0) : one.start].replace("\n", " ")
        after = text[one.end : one.end + 40].replace("\n", " ")
        print(f"{one.kind} | {before}⟦{text[one.start : one.end]}⟧{after} | {one.note}")


if __name__ == "__main__":
    main()
