"""What is checked and how: a location whose configuration has been checked."""

from __future__ import annotations

import json
import os
import posixpath
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mlsd_lint.cache import NO_CACHE
from mlsd_lint.config.files import PYPROJECT_FILE, TABLE, ConfigurationError
from mlsd_lint.config.model_files import model_files
from mlsd_lint.config.settings import Configuration, plain, restore
from mlsd_lint.config.toml_lines import lines_under
from mlsd_lint.digests import content_digest, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mlsd_lint.cache import Cache
    from mlsd_lint.discovery.hosting import Hosting
    from mlsd_lint.indexing import Indexing
    from mlsd_lint.location import Location
    from mlsd_lint.registry import Rule

_ABOUT_USES = frozenset({"P009", "P010", "P011", "P012", "P013", "P014"})


@dataclass(frozen=True)
class Project:
    """What is checked and how; `root` and `base` as in `Location`.

    `configuration` is valid, and its folders (`root`, `asset-roots`) are relative to the root.
    `fingerprint` names the program that checks. `words` are those of the vocabulary of which uses
    are looked for; those in its file, if None.
    """

    root: Path
    base: Path
    file: Path | None
    configuration: Configuration
    fingerprint: str
    words: frozenset[str] | None = None

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The selected rules, by code."""
        from mlsd_lint.registry import all_rules
        from mlsd_lint.selection import select

        wanted = self.configuration
        chosen = select(all_rules(), wanted.select, wanted.ignore, wanted.extend_select)
        return {code: rule for code, rule in all_rules().items() if code in chosen}

    def ignored(self, path: str) -> frozenset[str]:
        """The codes that are switched off in the file at a root-relative path."""
        if not self.configuration.per_file_ignores:
            return frozenset()
        return self._ignored(posixpath.relpath(path, self.relative(self.base)))

    @cached_property
    def _ignored(self) -> Callable[[str], frozenset[str]]:
        from mlsd_lint.registry import all_rules
        from mlsd_lint.selection import per_file_ignores

        return per_file_ignores(all_rules(), self.configuration.per_file_ignores)

    @cached_property
    def indexing(self) -> Indexing:
        """What indexing one file depends on, besides its content."""
        from mlsd_lint.indexing import Indexing
        from mlsd_lint.registry import all_rules
        from mlsd_lint.selection import severities

        return Indexing(
            codes=tuple(self.rules),
            severities=severities(all_rules(), self.configuration.severity),
            dialect=self.configuration.dialect,
            max_file_size=self.configuration.max_file_size,
            types=self._types,
            watched=self._watched,
        )

    @cached_property
    def _watched(self) -> str:
        """What `prose.watching` looks for in documents, if a rule asks where words are used."""
        if _ABOUT_USES.isdisjoint(self.rules):
            return ""
        from mlsd_lint.prose import vocabulary

        prose = self.configuration.prose
        words = self.words
        if words is None:
            file = self.base / prose.vocabulary
            words = frozenset(entry.text for entry in vocabulary.load(file).entries)
        spellings = dict(prose.spellings)
        return json.dumps(
            [prose.english, spellings, prose.terms, prose.acronyms, "\n".join(sorted(words))]
        )

    @cached_property
    def _types(self) -> str:
        """The document types, with the lines that declare them and the state of their models."""
        configuration = self.configuration
        if not configuration.types and not configuration.require_type:
            return ""
        modules = {str(file): digest for file, digest in self.model_digests.items()}
        folder = self.relative(self.base)
        required = list(configuration.require_type)
        types = plain(configuration)["types"]
        described = [types, required, folder, str(self.root), str(self.base)]
        return json.dumps([*described, self._type_lines(), modules])

    def _type_lines(self) -> dict[str, tuple[str, int]]:
        """Where the configuration declares each type and field: its file and line, by its keys."""
        if self.file is None:
            return {}
        prefix = TABLE if self.file.name == PYPROJECT_FILE else ()
        text = self.file.read_text(encoding="utf-8-sig")
        name = self.relative(self.file)
        lines = lines_under(text, (*prefix, "types"))
        return {keys: (name, line) for keys, line in lines.items()}

    @cached_property
    def model_digests(self) -> dict[Path, str]:
        """The Python files that models of document types come from, with their contents' digests."""
        modules = {one.model for one in self.configuration.types.values() if one.model}
        files = {file for module in modules for file in model_files(module, self.base)}
        return {file: content_digest(file.read_bytes()) for file in sorted(files)}

    @cached_property
    def hosting(self) -> Hosting:
        """Where the web shows the repository, and the files that say so."""
        from mlsd_lint.discovery.hosting import hosting

        return hosting(self.root, self.configuration.links.repository)

    def prepare(self) -> None:
        """Make the document types, before documents are checked by them.

        Raises:
            ConfigurationError: a type cannot be used as it is declared.
        """
        if not self.indexing.types:
            return
        from mlsd_lint.typed.shapes import DeclarationError
        from mlsd_lint.typed.types import load_types

        try:
            load_types(self.indexing.types)
        except DeclarationError as error:
            raise ConfigurationError(self.misdeclared(error.field, str(error))) from None

    def misdeclared(self, keys: tuple[str, ...], message: str) -> str:
        """A message about a type, behind the place of its keys (without `types`)."""
        lines = self._type_lines()
        known = next(
            (
                lines[".".join(keys[:length])]
                for length in range(len(keys), 0, -1)
                if ".".join(keys[:length]) in lines
            ),
            None,
        )
        where = f"{known[0]}:{known[1]}" if known else str(self.file or "configuration")
        return f"{where}: types.{'.'.join(keys)}: {message}"

    @cached_property
    def context(self) -> str:
        """The name of everything that a cached document depends on but its content."""
        return digest(self.fingerprint, repr(self.indexing))

    def relative(self, path: Path) -> str:
        """A path (absolute) as diagnostics name it: POSIX, relative to the root."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")


def _layered(location: Location) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Settings and overrides, `extend-select` of the command line being more than an override.

    It adds to what the file selects, and what it names is not ignored by the file.
    """
    settings, overrides = dict(location.settings), dict(location.overrides)
    added = overrides.get("extend-select")
    if added:
        known = settings.get("extend-select", [])
        overrides["extend-select"] = [*known, *added] if isinstance(known, list) else added
        ignored = settings.get("ignore")
        if isinstance(ignored, list):
            settings["ignore"] = [rule for rule in ignored if rule not in added]
    return settings, overrides


def _checked(location: Location, fingerprint: str, cache: Cache) -> Configuration:
    """The valid configuration; checking it imports what is slow, so the answer is kept."""
    settings, overrides = _layered(location)
    if not settings and not overrides:
        return Configuration()
    key = digest(fingerprint, json.dumps((settings, overrides), sort_keys=True, default=str))
    known = cache.configuration(key)
    if known is not None:
        return restore(json.loads(known))
    from mlsd_lint.config.validation import validate

    checked = validate(settings, location.file, overrides)
    cache.save_configuration(key, json.dumps(plain(checked)))
    return checked


def load(location: Location, fingerprint: str, cache: Cache = NO_CACHE) -> Project:
    """Check the configuration of a location.

    Raises:
        ConfigurationError: with everything that is wrong with it.
    """
    checked = _checked(location, fingerprint, cache)
    folder = os.path.relpath(location.base, location.root).replace(os.sep, "/")
    configuration = replace(
        checked,
        root=posixpath.normpath(posixpath.join(folder, checked.root)) if checked.root else "",
        asset_roots=tuple(
            posixpath.normpath(posixpath.join(folder, root)) for root in checked.asset_roots
        ),
    )
    return Project(location.root, location.base, location.file, configuration, fingerprint)
