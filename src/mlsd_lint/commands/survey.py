"""Looks at a folder of Markdown that nobody has configured, and proposes settings with reasons."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from mlsd_lint.config.settings import Configuration
from mlsd_lint.discovery.walk import discover

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LARGEST_SAMPLE = 1_000_000  # bytes; larger files are not read for a first look
INDEX_NAMES = ("_index.md", "index.md", "README.md", "Readme.md", "readme.md")
_CUSTOM_ID = re.compile(rb"^ {0,3}#{1,6}[ \t].*\{#[\w:.-]+[^{}]*\}[ \t]*\r?$", re.MULTILINE)
_DOCS_DIR = re.compile(r"^docs_dir:\s*(['\"]?)([^'\"#\n]+?)\1\s*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting, the value proposed for it, and why, in a sentence or two."""

    key: str
    value: Any
    reason: str


@dataclass(frozen=True, slots=True)
class Generator:
    """A program that makes a site of Markdown.

    Attributes:
        name: as its makers write it.
        files: any of these in the folder tells that it is used.
        dialect: of the values of the setting, the one that names anchors as it does.
        pages: the folder of its pages; "" for the whole folder.
        served: folders whose files it serves from the top of the site.
        output: the folder it writes to.
        suffixes: of its pages, besides .md and .markdown.
        reason: what `dialect` is chosen for.
    """

    name: str
    files: tuple[str, ...]
    dialect: str
    reason: str
    pages: str = ""
    served: tuple[str, ...] = ()
    output: str = ""
    suffixes: tuple[str, ...] = ()


_IDS = "it reads `{#custom-id}` behind a heading"
# The more specific first: a folder may hold the files of two.
GENERATORS = (
    Generator("MkDocs", ("mkdocs.yml", "mkdocs.yaml"), "mkdocs", _IDS, "docs", output="site"),
    Generator("mdBook", ("book.toml",), "pandoc", _IDS, "src", output="book"),
    Generator(
        "Quarto", ("_quarto.yml", "_quarto.yaml"), "pandoc", "it is built on Pandoc", output="_site",
        suffixes=(".qmd",),
    ),
    Generator(
        "bookdown", ("_bookdown.yml", "_bookdown.yaml"), "pandoc", "it is built on Pandoc",
        output="_book", suffixes=(".Rmd",),
    ),
    Generator(
        "Docusaurus", tuple(f"docusaurus.config.{suffix}" for suffix in ("js", "ts", "mjs", "cjs")),
        "pandoc", _IDS, served=("static",), output="build",
    ),
    Generator(
        "Hugo", ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"), "pandoc", _IDS, "content",
        ("static", "assets"), "public",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Survey:
    """What a first look at a folder found: its files, and settings for it, the weightiest first.

    `files` are POSIX paths relative to the folder.
    """

    files: tuple[str, ...]
    choices: tuple[Choice, ...]
    generator: Generator | None

    @property
    def settings(self) -> dict[str, Any]:
        """The proposed settings by key."""
        return {choice.key: choice.value for choice in self.choices}


def survey(folder: Path) -> Survey:
    """Look at a folder (absolute). What is found depends on its content only."""
    generator = _generator(folder)
    suffixes = (".md", ".markdown", *(generator.suffixes if generator else ()))
    everything = _files(folder, [f"**/*{suffix}" for suffix in suffixes])
    choices = [
        _include(everything, generator, suffixes),
        *_exclude(everything, generator),
        _dialect(folder, everything, generator),
        *_served(folder, generator),
        *_index_files(everything),
    ]
    settings = {choice.key: choice.value for choice in choices}
    files = _files(folder, settings["include"], settings.get("exclude", ()))
    return Survey(files, tuple(choices), generator)


def _files(folder: Path, include: Iterable[str], exclude: Iterable[str] = ()) -> tuple[str, ...]:
    start = len(folder.as_posix().rstrip("/")) + 1
    found = discover(folder, include, exclude, respect_gitignore=True)
    return tuple(path[start:] for path in found.files)


def _generator(folder: Path) -> Generator | None:
    from dataclasses import replace

    for generator in GENERATORS:
        if any((folder / name).is_file() for name in generator.files):
            pages = _pages_folder(folder, generator)
            return replace(generator, pages=pages if (folder / pages).is_dir() else "")
    return None


def _pages_folder(folder: Path, generator: Generator) -> str:
    """The folder of the pages as the generator's own configuration names it."""
    file = next(folder / name for name in generator.files if (folder / name).is_file())
    try:
        text = file.read_text(encoding="utf-8-sig")
        if generator.name == "MkDocs":
            # Not parsed as YAML: MkDocs' own tags would have to be known for that.
            named = _DOCS_DIR.search(text)
            pages = named[2].strip() if named else generator.pages
        elif generator.name == "mdBook":
            pages = str(tomllib.loads(text).get("book", {}).get("src", generator.pages))
        else:
            return generator.pages
    except (OSError, ValueError, AttributeError):
        return generator.pages
    path = PurePosixPath(pages)
    inside = not path.is_absolute() and ".." not in path.parts
    return path.as_posix().removeprefix(".") if inside else generator.pages


def _include(
    files: tuple[str, ...], generator: Generator | None, suffixes: tuple[str, ...]
) -> Choice:
    used = [suffix for suffix in suffixes if any(path.endswith(suffix) for path in files)]
    default = list(Configuration().include)
    pages = generator.pages if generator else ""
    inside = sum(path.startswith(f"{pages}/") for path in files) if pages else 0
    if generator and inside:
        beside = sum("/" not in path for path in files)
        globs = [f"{pages}/**/*{suffix}" for suffix in used]
        globs += [f"/*{suffix}" for suffix in used if beside]
        too = f" and {_count(beside)} at the top" if beside else ""
        return Choice(
            "include",
            globs,
            f"{generator.name} takes its pages from {pages}/: {_count(inside)}{too}.",
        )
    extra = [f"**/*{suffix}" for suffix in used if suffix not in (".md", ".markdown")]
    folders = Counter(path.partition("/")[0] + "/" for path in files if "/" in path)
    most = ", ".join(f"{name} ({count})" for name, count in folders.most_common(4))
    return Choice(
        "include",
        [*default, *extra],
        f"{_count(len(files))} found{f', most of them in {most}' if most else ''}.",
    )


def _count(files: int) -> str:
    return "1 file" if files == 1 else f"{files} files"


def _exclude(files: tuple[str, ...], generator: Generator | None) -> Iterator[Choice]:
    if generator and generator.output and any(
        path.startswith(f"{generator.output}/") for path in files
    ):  # fmt: skip
        yield Choice(
            "exclude", [f"/{generator.output}/"], f"{generator.name} writes its site there."
        )


def _dialect(folder: Path, files: tuple[str, ...], generator: Generator | None) -> Choice:
    if generator:
        name = next(name for name in generator.files if (folder / name).is_file())
        reason = f"{name} says that {generator.name} renders the pages: {generator.reason}."
        return Choice("dialect", generator.dialect, reason)
    for path in files:
        if _has_custom_id(folder / path):
            return Choice(
                "dialect", "pandoc", f"{path} has a heading with a `{{#custom-id}}` behind it."
            )
    return Choice("dialect", "github", "Nothing here says that anything but GitHub renders it.")


def _has_custom_id(file: Path) -> bool:
    try:
        if not file.is_file() or file.stat().st_size > LARGEST_SAMPLE:
            return False
        return _CUSTOM_ID.search(file.read_bytes()) is not None
    except OSError:
        return False


def _served(folder: Path, generator: Generator | None) -> Iterator[Choice]:
    served = [name for name in (generator.served if generator else ()) if (folder / name).is_dir()]
    if generator and served:
        where = " and ".join(f"{name}/" for name in served)
        yield Choice(
            "asset-roots", served, f"{generator.name} serves {where} from the top of the site."
        )
    if generator and generator.pages and generator.name != "MkDocs":
        yield Choice(
            "root", generator.pages, "A link such as `/page.md` starts at the folder of the pages."
        )


def _index_files(files: tuple[str, ...]) -> Iterator[Choice]:
    names = Counter(PurePosixPath(path).name for path in files)
    used = [name for name in INDEX_NAMES if names[name]]
    default = Configuration().index_files
    if set(used) - set(default):
        seen = ", ".join(f"{name} ({names[name]})" for name in used)
        others = [name for name in default if name not in used]
        yield Choice("index-files", [*used, *others], f"Pages of folders here are {seen}.")
