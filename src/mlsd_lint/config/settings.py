"""Every setting there is: its name, type, default and description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, asdict, dataclass, field, fields
from typing import Any, Literal

from mlsd_lint.config.files import CACHE_DIRECTORY
from mlsd_lint.config.links import LinkSettings, plain_links, restore_links
from mlsd_lint.config.prose import ProseSettings, plain_prose, restore_prose
from mlsd_lint.config.types import TypeDeclaration, kebab, restore_types
from mlsd_lint.diagnostics import Severity

OutputFormat = Literal[
    "full",
    "concise",
    "grouped",
    "json",
    "json-lines",
    "github",
    "gitlab",
    "junit",
    "sarif",
    "markdown",
]
Dialect = Literal["github", "mkdocs", "pandoc"]


def _about(description: str, example: str, minimum: int | None = None) -> Mapping[str, Any]:
    return {"description": description, "example": example, "minimum": minimum}


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """Every setting, complete and valid when it comes from `validate`.

    A setting's key in TOML is its name here with hyphens; `settings` lists them with their
    descriptions.
    """

    __pydantic_config__ = {"alias_generator": kebab, "extra": "forbid"}  # noqa: RUF012  # pydantic's name

    include: tuple[str, ...] = field(
        default=("**/*.md", "**/*.markdown"),
        metadata=_about(
            "Which files are checked: globs as in `.gitignore`, relative to the folder of the "
            "configuration file. A file named on the command line is always checked.",
            'include = ["README.md", "content/**/*.md"]',
        ),
    )
    exclude: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Which files and folders are left out: globs as in `.gitignore`, relative to the "
            "folder of the configuration file.",
            'exclude = ["vendor/", "CHANGELOG.md"]',
        ),
    )
    respect_gitignore: bool = field(
        default=True,
        metadata=_about(
            "Leave out what `.gitignore` files and `.git/info/exclude` name.",
            "respect-gitignore = false",
        ),
    )
    select: tuple[str, ...] = field(
        default=("ALL",),
        metadata=_about(
            "Which rules are on: codes (H001), the beginning of codes (H, L1), names "
            "(missing-title), or ALL; an optional rule only by its own code or name.",
            'select = ["H", "L1"]',
        ),
    )
    extend_select: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Rules that are on besides those of `select`.",
            'extend-select = ["insecure-scheme"]',
        ),
    )
    ignore: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Rules that are off, out of those that are selected.",
            'ignore = ["H005"]',
        ),
    )
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict,
        metadata=_about(
            "Rules that are off in the files a glob matches.",
            'per-file-ignores = { "drafts/**" = ["ALL"], "README.md" = ["H001"] }',
        ),
    )
    severity: Mapping[str, Severity] = field(
        default_factory=dict,
        metadata=_about(
            "How grave a rule's findings are, where it differs from the rule's own severity: "
            "error, warning or info.",
            'severity = { H003 = "info", L1 = "error" }',
        ),
    )
    fail_on: Severity = field(
        default=Severity.ERROR,
        metadata=_about(
            "The least severity at which the exit code is 1: error, warning or info.",
            'fail-on = "warning"',
        ),
    )
    baseline: str = field(
        default="",
        metadata=_about(
            "The file, relative to the folder of the configuration file, with the findings that "
            "are accepted, so that only others are reported; `check --write-baseline` writes it. "
            "If it is empty, none are.",
            'baseline = "mlsd-lint-baseline.txt"',
        ),
    )
    output_format: OutputFormat = field(
        default="full",
        metadata=_about("How findings are printed.", 'output-format = "concise"'),
    )
    dialect: Dialect = field(
        default="github",
        metadata=_about(
            "Who renders the pages, which decides what the anchors of headings are called: "
            "`github` knows no `{#custom-id}` behind a heading, `mkdocs` and `pandoc` do.",
            'dialect = "mkdocs"',
        ),
    )
    asset_roots: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Folders, relative to the folder of the configuration file, whose files are served "
            "from somewhere else: a target that is not where its link says is looked for in them.",
            'asset-roots = ["static"]',
        ),
    )
    index_files: tuple[str, ...] = field(
        default=("README.md", "index.md"),
        metadata=_about(
            "The page that a link to a folder shows: the first of these that is there.",
            'index-files = ["_index.md", "index.md"]',
        ),
    )
    root: str = field(
        default="",
        metadata=_about(
            "The folder that links with a slash in front, such as `/page.md`, start from, "
            "relative to the folder of the configuration file. If it is empty: the top of the "
            "git repository, or the folder of the configuration file where there is none.",
            'root = "docs"',
        ),
    )
    types: Mapping[str, TypeDeclaration] = field(
        default_factory=dict,
        metadata=_about(
            "Document types: which files are of each, and what such a document holds.",
            'types.recipe = { files = "recipes/*.md", model = "my_book.models:Recipe" }',
        ),
    )
    require_type: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Files that have to be of some document type: globs as in `.gitignore`, relative to "
            "the folder of the configuration file.",
            'require-type = ["answers/"]',
        ),
    )
    links: LinkSettings = field(
        default_factory=LinkSettings,
        metadata=_about(
            "How external links are checked, with --online; `mlsd-lint config links.timeout` "
            "explains one of its keys.",
            'links.timeout = "30s"',
        ),
    )
    prose: ProseSettings = field(
        default_factory=ProseSettings,
        metadata=_about(
            "How spelling, grammar and terms are checked; `mlsd-lint config prose.english` explains "
            "one of its keys.",
            'prose.english = "british"',
        ),
    )
    cache_dir: str = field(
        default=CACHE_DIRECTORY,
        metadata=_about(
            "Where results are kept between runs, relative to the folder of the configuration "
            "file.",
            'cache-dir = ".cache/mlsd-lint"',
        ),
    )
    max_file_size: int = field(
        default=16 * 1024 * 1024,
        metadata=_about(
            "The size in bytes above which a file is not read but reported.",
            "max-file-size = 1000000",
            minimum=1,
        ),
    )


def settings() -> dict[str, Field[Any]]:
    """The fields of `Configuration` by their keys in TOML, in the order of their declaration."""
    return {kebab(one.name): one for one in fields(Configuration)}


def plain(configuration: Configuration) -> dict[str, Any]:
    """All values by TOML key, made of strings, numbers, lists and dicts only."""
    values = {kebab(name): _plain(value) for name, value in asdict(configuration).items()}
    links, prose = plain_links(configuration.links), plain_prose(configuration.prose)
    return values | {"links": links, "prose": prose}


def _plain(value: Any) -> Any:
    if isinstance(value, Severity):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value


def restore(values: Mapping[str, Any]) -> Configuration:
    """The configuration that `plain` made these values of; nothing is checked again."""
    known = {key.replace("-", "_"): _frozen(value) for key, value in values.items()}
    known["types"] = restore_types(values["types"])
    known["links"] = restore_links(values["links"])
    known["prose"] = restore_prose(values["prose"])
    known["fail_on"] = Severity(known["fail_on"])
    known["severity"] = {code: Severity(grade) for code, grade in known["severity"].items()}
    return Configuration(**known)


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(value) if isinstance(value, list) else value
