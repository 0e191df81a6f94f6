"""Small projects in a folder, and checking them as the command does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint import engine
from mlsd_lint.cache import NO_CACHE
from mlsd_lint.location import locate
from mlsd_lint.project import load
from mlsd_lint.prose.engines import Engines
from mlsd_lint.prose.preparing import grammar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mlsd_lint.cache import Cache
    from mlsd_lint.diagnostics import Diagnostic
    from mlsd_lint.links.collecting import LinkPlace
    from mlsd_lint.links.verdicts import Judgement

ENGINES = Engines()  # which take a second to start


def write_files(folder: Path, files: dict[str, str]) -> None:
    """Write files (path relative to the folder, content) with their line endings as given."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8"))


def diagnose(
    folder: Path,
    select: str,
    paths: list[Path] | None = None,
    judgements: Mapping[str, Judgement] | None = None,
    cache: Cache = NO_CACHE,
) -> list[Diagnostic]:
    """What the selected rules say of the Markdown files in a folder, or of some of them.

    `judgements` says what became of external links; without it the run does not go online. `cache`
    spares who checks much the same again and again the reading of what did not change.
    """
    file = folder / "mlsd-lint.toml"
    located = locate(
        [folder],
        {"select": select.split(",")},
        file=file if file.is_file() else None,
        isolated=not file.is_file(),  # a configuration in a folder above is not the test's
    )
    project = load(located, "test")
    book = sorted(path for path in folder.rglob("*.md") if path.is_file())
    reported = [project.relative(path) for path in paths or book]
    everything = [project.relative(path) for path in book]

    def ask(places: Sequence[LinkPlace]) -> dict[str, Judgement]:
        return {one.value: judgements[one.value] for one in places if one.value in judgements}

    services = engine.Services(
        None if judgements is None else ask,
        grammar(project, "harper", NO_CACHE, ENGINES, lambda _engine, _done, _total: None),
    )
    outcome = engine.check(project, reported, everything, cache, {}, services)
    return list(outcome.report.diagnostics)


def concise(diagnostics: list[Diagnostic]) -> str:
    """One line a diagnostic, as the fixtures' `expected.txt` holds them."""
    return "".join(
        f"{one.path}:{one.start.line}:{one.start.column} {one.code} {one.message}\n"
        for one in diagnostics
    )
