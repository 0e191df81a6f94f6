"""The way in: from the settings of a project to what reads its prose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mlsd_lint.prose.checking import Grammar
from mlsd_lint.prose.engines import fixable
from mlsd_lint.prose.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mlsd_lint.cache import Cache
    from mlsd_lint.config.prose import Grammar as Choice
    from mlsd_lint.config.prose import ProseSettings
    from mlsd_lint.project import Project
    from mlsd_lint.prose.engines import Engines
    from mlsd_lint.prose.vocabulary import Vocabulary


def grammar(
    project: Project,
    choice: Choice,
    cache: Cache,
    engines: Engines,
    progress: Callable[[str, int, int], None],
) -> Grammar | None:
    """What reads the prose of a project; None if nothing is to.

    Raises:
        VocabularyError: the vocabulary cannot be read.
    """
    codes = frozenset(code for code, rule in project.rules.items() if rule.scope == "prose")
    if choice == "none" or not codes:
        return None
    settings = prose_settings(project)
    return Grammar(
        engines.of(settings, choice),
        vocabulary(project),
        codes,
        fixable(choice),
        project.fingerprint,
        cache,
        progress,
    )


def prose_settings(project: Project) -> ProseSettings:
    """A project's settings, with the whole path of the folder of LanguageTool."""
    settings = project.configuration.prose
    tool = settings.languagetool
    if tool.folder is None:
        return settings
    return replace(settings, languagetool=replace(tool, folder=str(project.base / tool.folder)))


def vocabulary(project: Project) -> Vocabulary:
    """The words of a project's book.

    Raises:
        VocabularyError: the file cannot be read.
    """
    file = vocabulary_file(project)
    return load(file, project.relative(file))


def vocabulary_file(project: Project) -> Path:
    """Where the words of a project's book are; the file need not exist."""
    return project.base / project.configuration.prose.vocabulary
