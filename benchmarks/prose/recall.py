"""Count which of the planted errors each tool finds, and write the table of recall.md.

    python benchmarks/prose/recall.py [--languagetool http://localhost:8081] [--misses] [--write]

`--languagetool` is the address of a server; without it LanguageTool is left out. `--misses` lists
the errors that our engines together do not find, and what found the others.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from checkers import Flag, engines, others
from kinds import KINDS
from pages import table, write
from planting import paragraphs, plant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checkers import Checker, Flags
    from planting import Planted

PAGE = Path(__file__).with_name("recall.md")
SPELLING = "misspelling"
_OF_ALL, _OF_MISSPELLINGS = 0.70, 0.90
_OURS = ("typos", "Harper", "LanguageTool")


def main() -> int:
    """Measure, print, and write if that was asked for."""
    arguments = _arguments()
    planted = plant(paragraphs())
    checkers = engines(arguments.languagetool)
    installed, missing = others()
    found = {checker.name: _found(planted, checker) for checker in [*checkers, *installed]}
    found = _with_unions(found)
    content = _content(planted, found, [*checkers, *installed], missing)
    print(content)
    if arguments.misses:
        _print_misses(planted, found)
    if arguments.write:
        write("recall", content, PAGE)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Count which planted errors are found.")
    parser.add_argument("--languagetool", metavar="ADDRESS")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _found(planted: Sequence[Planted], checker: Checker) -> list[list[Flag]]:
    """For each planted error, the flags that a tool has because of it."""
    clean = checker.find([one.clean for one in planted])
    wrong = checker.find([one.passage for one in planted])
    return [_because(one, clean, wrong) for one in planted]


def _because(planted: Planted, clean: Flags, wrong: Flags) -> list[Flag]:
    """The flags on an error, but for those that the paragraph had before it was planted."""
    before = {_moved(flag, planted) for flag in clean.get(planted.clean.text, ())}
    return [
        flag
        for flag in wrong.get(planted.passage.text, ())
        if flag.start < planted.end and planted.start < flag.end and flag not in before
    ]


def _moved(flag: Flag, planted: Planted) -> Flag:
    """Where a flag on the clean paragraph stands in the one with the error."""
    start = flag.start + (planted.shift if flag.start >= planted.clean_end else 0)
    end = flag.end + (planted.shift if flag.end >= planted.clean_end else 0)
    return flag._replace(start=start, end=end)


def _with_unions(found: Mapping[str, list[list[Flag]]]) -> dict[str, list[list[Flag]]]:
    """With the engines that run by default, and all of them, as if each was one tool."""
    ours = [name for name in _OURS if name in found]
    unions = {
        " + ".join(names): [
            list(chain.from_iterable(flags))
            for flags in zip(*[found[name] for name in names], strict=True)
        ]
        for names in (ours[:2], ours)
    }
    alone = {name: flags for name, flags in found.items() if name in ours}
    rest = {name: flags for name, flags in found.items() if name not in ours}
    return alone | unions | rest


def _content(
    planted: Sequence[Planted],
    found: Mapping[str, list[list[Flag]]],
    checkers: Sequence[Checker],
    missing: Sequence[str],
) -> str:
    versions = ", ".join(f"{checker.name} {checker.version}" for checker in checkers)
    absent = "".join(f" {name} could not be run here and is left out." for name in missing)
    head = ["kind", "planted", *found]
    rows = [_row(kind.name, planted, found) for kind in KINDS]
    rows.sort(key=lambda row: -int(row[1]))
    rows.append(_row("**all**", planted, found))
    rows.append(_row("all, with what is only for information", planted, found))
    promises = "\n".join(_promises(planted, found))
    return f"{versions}.{absent}\n\n{table(head, rows, numbers_from=1)}\n\n{promises}"


def _row(name: str, planted: Sequence[Planted], found: Mapping[str, list[list[Flag]]]) -> list[str]:
    indices = [
        index for index, one in enumerate(planted) if one.kind == name or name not in _kind_names()
    ]
    shares = [
        f"{_share(flags, indices, gates=not name.endswith('information')):.0%}"
        for flags in found.values()
    ]
    return [name, str(len(indices)), *shares]


def _kind_names() -> set[str]:
    return {kind.name for kind in KINDS}


def _share(found: Sequence[Sequence[Flag]], indices: Sequence[int], *, gates: bool) -> float:
    hits = [any(flag.gates or not gates for flag in found[index]) for index in indices]
    return sum(hits) / len(hits)


def _promises(planted: Sequence[Planted], found: Mapping[str, list[list[Flag]]]) -> list[str]:
    name = " + ".join(_OURS)
    if name not in found:
        return ["LanguageTool was not asked, so nothing is said of what all find together."]
    spelling = [index for index, one in enumerate(planted) if one.kind == SPELLING]
    shares = [
        ("all errors", _share(found[name], range(len(planted)), gates=True), _OF_ALL),
        ("the misspellings", _share(found[name], spelling, gates=True), _OF_MISSPELLINGS),
    ]
    return [
        f"- Together at least {least:.0%} of {what}: "
        f"**{'met' if share >= least else 'missed'}**. They find {share:.1%}."
        for what, share, least in shares
    ]


def _print_misses(planted: Sequence[Planted], found: Mapping[str, list[list[Flag]]]) -> None:
    ours = max((name for name in found if name.startswith(_OURS[0])), key=len)
    by_kind: dict[str, Counter[str]] = {}
    for one, flags in zip(planted, found[ours], strict=True):
        by_kind.setdefault(one.kind, Counter()).update({flag.rule for flag in flags})
    for kind, rules in by_kind.items():
        print(f"\n{kind}: {', '.join(f'{rule} {number}' for rule, number in rules.most_common())}")
    for one, flags in zip(planted, found[ours], strict=True):
        if not any(flag.gates for flag in flags):
            text = one.passage.text.replace("\n", " ")
            shown = f"{text[max(one.start - 50, 0) : one.start]}⟦{text[one.start : one.end]}⟧"
            only = ", ".join(flag.rule for flag in flags)
            print(f"{one.kind} | {one.note} | {shown}{text[one.end : one.end + 30]} | {only}")


if __name__ == "__main__":
    sys.exit(main())
