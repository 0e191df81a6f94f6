"""Time the check of external links beside lychee and linkinator, and write the tables of links.md.

    python benchmarks/links.py [polite] [raw] [memory] [cached] [--node-modules PATH] [--runs 5]
        [--write]

Nothing but 127.0.0.0/8 is asked. Without a name, all four are measured, which takes half an hour.
Exits with 1 if a tool fails, leaves out a link, or is less polite than it was told to be.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import link_tools
import tables
from budgets import ratio, seconds, verdict
from link_bounds import Terms, bounds
from link_log import Courtesy, courtesy
from link_plan import equal_hosts, simulated
from link_tools import LINKINATOR, Checker, Usage, in_turn
from link_web import Served, write_documents
from measuring import BenchmarkError, settle
from tools import LYCHEE, MLSD_LINT, locate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from link_plan import Plan
    from tools import Tool

PAGE = Path(__file__).with_name("links.md")
POLITE = Terms(concurrency=128, host_concurrency=4, interval=0.2, timeout=20.0, attempts=4)
RAW = Terms(concurrency=128, host_concurrency=128, interval=0.0, timeout=20.0, attempts=4)
MANY = 100_000


@dataclass(frozen=True)
class Bench:
    """Where the tools are, a folder to work in, and how often what is fast is run."""

    executables: Mapping[Tool, Path]
    folder: Path
    runs: int

    def run(self, checker: Checker, documents: Path) -> tuple[Usage, int]:
        """Check documents once."""
        return checker.check(self.executables[checker.tool], documents)

    def documents(self, name: str, urls: Sequence[str]) -> Path:
        """A tree of documents of its own for a tool."""
        folder = self.folder / name.replace(" ", "-")
        write_documents(urls, folder)
        return folder


def main() -> int:
    """Measure what was asked for, print it, and write it if that was asked for."""
    arguments = _arguments()
    executables = {
        tool: executable
        for tool in (MLSD_LINT, LYCHEE, LINKINATOR)
        if (executable := locate(tool, arguments.node_modules)) is not None
    }
    missing = {MLSD_LINT, LYCHEE, LINKINATOR} - executables.keys()
    if missing:
        print(f"not installed: {', '.join(tool.name for tool in missing)}", file=sys.stderr)
        return 1
    for name in arguments.measured or MEASURED:
        try:
            with tempfile.TemporaryDirectory(prefix="mlsd-lint-links-") as folder:
                machine = _machine(executables)
                measured = MEASURED[name](Bench(executables, Path(folder), arguments.runs))
        except BenchmarkError as error:
            print(f"The benchmark failed: {error}", file=sys.stderr)
            return 1
        content = f"{machine}\n\n{measured}"
        print(f"{content}\n", flush=True)
        if arguments.write:
            tables.write(name, content, PAGE)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("measured", nargs="*", metavar="WHAT", help=f"{', '.join(MEASURED)} (all)")
    parser.add_argument("--node-modules", type=Path, help="where linkinator is installed")
    parser.add_argument("--runs", type=int, default=5, help="runs that make a median (5)")
    parser.add_argument("--write", action="store_true", help="rewrite the tables in links.md")
    arguments = parser.parse_args()
    unknown = set(arguments.measured) - MEASURED.keys()
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(MEASURED)}")
    return arguments


# At equal politeness.


def polite(bench: Bench) -> str:
    """The simulated web, asked politely: how long it takes, and how near that is to the bound."""
    rows, sentences = [], []
    for where, anywhere in (("at small hosts", False), ("anywhere", True)):
        plan = simulated(silent_anywhere=anywhere)
        bound = bounds(plan, POLITE)
        head = [f"silent pages {where}"]
        rows.append([*head, "no schedule is faster", seconds(bound.clairvoyant), *[""] * 5])
        rows.append([*head, "in the documents' order", seconds(bound.alone), *[""] * 5])
        taken = {}
        for checker in _polite_checkers(extras=not anywhere):
            usage, seen = _polite_run(bench, plan, checker)
            taken[checker.name] = usage.seconds
            rows.append([*head, checker.name, *_polite_cells(usage, seen)])
            print(rows[-1], flush=True)
        ours, theirs = taken[MLSD_LINT.name], taken[LYCHEE.name]
        sentences.append(
            f"Silent pages {where}, faster than lychee: {verdict(ours, theirs)}"
            f" mlsd-lint takes {seconds(ours)}, lychee {seconds(theirs)}, {ratio(ours, theirs)}."
        )
        for name, least in (("any schedule", bound.clairvoyant), ("that order", bound.alone)):
            sentences.append(
                f"Silent pages {where}, within 15% of the bound for {name}:"
                f" {verdict(ours, 1.15 * least)} It is {100 * (ours / least - 1):+.0f}%."
            )
    columns = "workload,,time,processor,requests,requests a silent page,least interval,most at once"
    return _content(columns.split(","), rows, sentences, numbers_from=2)


def _polite_checkers(*, extras: bool) -> list[Checker]:
    checkers = [link_tools.mlsd_lint(POLITE), link_tools.lychee(POLITE)]
    if extras:
        without = link_tools.mlsd_lint(POLITE, soft_404="false", crawl_delay="false")
        name = f"{MLSD_LINT.name} without soft-404 and crawl-delay"
        checkers.append(link_tools.renamed(without, name))
    return checkers


def _polite_run(bench: Bench, plan: Plan, checker: Checker) -> tuple[Usage, Courtesy]:
    with Served(plan, bench.folder) as web:
        usage, found = bench.run(checker, bench.documents(checker.name, web.urls))
        log = web.log()
    _expect(checker.name, found, len(plan.order))
    return usage, courtesy(checker.name, plan, POLITE, log)


def _polite_cells(usage: Usage, seen: Courtesy) -> list[str]:
    besides = [(seen.robots, "robots.txt"), (seen.made_up, "pages that cannot exist")]
    named = [f"{count:,} {name}" for count, name in besides if count]
    return [
        seconds(usage.seconds),
        seconds(usage.processor),
        f"{seen.requests:,}{' with ' if named else ''}{' and '.join(named)}",
        f"{seen.silent:.1f}",
        f"{seen.shortest * 1000:.0f} ms",
        str(seen.most),
    ]


# As fast as it goes.


def raw(bench: Bench) -> str:
    """2,000 links on three hosts that answer at once, with no politeness; and 20, for the start."""
    rows, medians = [], {}
    for links in (20, 2000):
        medians = _raw_medians(bench, links)
        for name, usage in medians.items():
            each = f"{usage.processor / links * 1000:.2f} ms" if links > 20 else ""
            times = [seconds(usage.seconds), seconds(usage.processor), each]
            rows.append([f"{links:,}", name, *times, _megabytes(usage.memory)])
    ours, theirs = medians[MLSD_LINT.name], medians[LINKINATOR.name]
    sentence = (
        f"2,000 links in half the time of linkinator: {verdict(ours.seconds, theirs.seconds / 2)}"
        f" mlsd-lint takes {seconds(ours.seconds)}, linkinator {seconds(theirs.seconds)},"
        f" {ratio(ours.seconds, theirs.seconds)}; in processor time"
        f" {ratio(ours.processor, theirs.processor)}."
    )
    columns = ["links", "", "time", "processor", "processor a link", "memory"]
    return _content(columns, rows, [sentence], numbers_from=2, runs=bench.runs)


def _raw_medians(bench: Bench, links: int) -> dict[str, Usage]:
    plan = equal_hosts(3, links)
    checkers = [link_tools.mlsd_lint(RAW), link_tools.lychee(RAW), link_tools.linkinator(RAW)]
    with Served(plan, bench.folder) as web:

        def once(checker: Checker) -> Usage:
            folder = bench.folder / f"{links}" / checker.name
            _forget(folder)
            documents = write_documents(web.urls, folder)
            usage, found = bench.run(checker, folder)
            pages = documents if checker.tool is LINKINATOR else 0  # it counts the documents too
            _expect(checker.name, found - pages, len(plan.order))
            courtesy(checker.name, plan, RAW, web.log())
            return usage

        taken = in_turn(bench.runs, {one.name: partial(once, one) for one in checkers})
    return {name: _median(usages) for name, usages in taken.items()}


# Memory, and the second run.


def memory(bench: Bench) -> str:
    """100,000 links to 1,000 hosts that answer at once: the most memory held."""
    plan = equal_hosts(1000, MANY)
    rows, taken = [], {}
    for checker in (link_tools.mlsd_lint(RAW), link_tools.lychee(RAW)):
        with Served(plan, bench.folder) as web:
            usage, found = bench.run(checker, bench.documents(checker.name, web.urls))
            courtesy(checker.name, plan, RAW, web.log())
        _expect(checker.name, found, MANY)
        taken[checker.name] = usage.memory
        times = [seconds(usage.seconds), seconds(usage.processor)]
        rows.append([checker.name, _megabytes(usage.memory), *times])
    ours = taken[MLSD_LINT.name]
    kept = "**met**" if ours < 300e6 else "**missed**"
    sentences = [f"100,000 links in less than 300 MB: {kept}, it is {_megabytes(ours)}."]
    return _content(["", "memory", "time", "processor"], rows, sentences, numbers_from=1)


def cached(bench: Bench) -> str:
    """10,000 links of which everything is known from a run before."""
    plan = equal_hosts(1000, 10_000)
    checkers = [link_tools.mlsd_lint(RAW), link_tools.lychee(RAW, "--cache")]
    with Served(plan, bench.folder) as web:
        folders = {one: bench.documents(one.name, web.urls) for one in checkers}
        settle()
        first = {one.name: bench.run(one, folders[one])[0] for one in checkers}
        for one in checkers:  # the first run after it finds the documents old enough to be trusted
            bench.run(one, folders[one])
        web.log()

        def again(checker: Checker, *, change: bool) -> Usage:
            if change:
                with (folders[checker] / "list-001.md").open("a", encoding="utf-8") as file:
                    file.write("\nOne more paragraph.\n")
            usage, found = bench.run(checker, folders[checker])
            _expect(checker.name, found, len(plan.order))
            return usage

        same = _second(bench, checkers, partial(again, change=False))
        changed = _second(bench, checkers, partial(again, change=True))
        if web.log().requests:
            raise BenchmarkError("a second run asked the web")
    measured = {"first": first, "nothing changed": same, "one document changed": changed}
    rows = [
        [name, *(seconds(usages[one.name].seconds) for one in checkers)]
        for name, usages in measured.items()
    ]
    ours = same[MLSD_LINT.name].seconds
    promise = "10,000 links, everything known, under 300 ms"
    sentences = [f"{promise}: {verdict(ours, 0.300)} It takes {seconds(ours)}."]
    columns = ["run", *(one.name for one in checkers)]
    return _content(columns, rows, sentences, numbers_from=1, runs=bench.runs)


def _second(
    bench: Bench, checkers: Sequence[Checker], action: Callable[[Checker], Usage]
) -> dict[str, Usage]:
    taken = in_turn(bench.runs, {one.name: partial(action, one) for one in checkers})
    return {name: _median(usages) for name, usages in taken.items()}


# What is common to them.


def _content(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    sentences: Sequence[str],
    *,
    numbers_from: int,
    runs: int = 1,
) -> str:
    made_of = [f"Medians of {runs} runs."] if runs > 1 else []
    promises = "\n".join(f"- {sentence}" for sentence in sentences)
    return "\n\n".join([*made_of, tables.table(columns, rows, numbers_from), promises])


def _expect(name: str, found: int, links: int) -> None:
    if found != links:
        raise BenchmarkError(f"{name} saw {found} links of {links}")


def _forget(folder: Path) -> None:
    """Remove what a tool kept of an earlier run, and what it is to check."""
    if folder.exists():
        subprocess.run(["rm", "-r", str(folder)], check=True)


def _median(usages: Sequence[Usage]) -> Usage:
    return Usage(
        statistics.median(usage.seconds for usage in usages),
        statistics.median(usage.processor for usage in usages),
        int(statistics.median(usage.memory for usage in usages)),
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


def _machine(executables: Mapping[Tool, Path]) -> str:
    from compare import version

    versions = [f"{tool.name} {version(tool, path)}" for tool, path in executables.items()]
    return (
        f"{platform.system()} on {os.cpu_count()} cores, Python {platform.python_version()},"
        f" load {os.getloadavg()[0]:.1f} when it began; {', '.join(versions)}."
    )


MEASURED: dict[str, Callable[[Bench], str]] = {
    "polite": polite,
    "raw": raw,
    "memory": memory,
    "cached": cached,
}


if __name__ == "__main__":
    sys.exit(main())
