"""What a run asks besides reading files: the web about links, and engines about prose."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mlsd_lint import engine
from mlsd_lint.prose.preparing import grammar
from mlsd_lint.terminal_line import TerminalLine

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from mlsd_lint.cache import Cache
    from mlsd_lint.links.online import Online
    from mlsd_lint.project import Project
    from mlsd_lint.prose.checking import Grammar
    from mlsd_lint.prose.engines import Engines


@dataclass(frozen=True)
class Services:
    """The services of one run, as the command line asks for them; each is opened when needed.

    `directory` is where what the web said is kept, None if it is not; `engines` are those that
    read prose.
    """

    arguments: argparse.Namespace
    project: Project
    cache: Cache
    directory: Path | None
    engines: Engines

    @property
    def asked(self) -> engine.Services:
        """What a check asks."""
        return engine.Services(self._online, self._grammar)

    @cached_property
    def _online(self) -> Online | None:
        if not self.arguments.online:
            return None
        from mlsd_lint.links.online import online

        return online(self.project, self.arguments, self.directory)

    @cached_property
    def _grammar(self) -> Grammar | None:
        choice = self.arguments.grammar or self.project.configuration.prose.grammar
        return grammar(self.project, choice, self.cache, self.engines, self._show)

    @cached_property
    def _line(self) -> TerminalLine:
        return TerminalLine(io.StringIO() if self.arguments.quiet else sys.stderr)

    def _show(self, name: str, done: int, total: int) -> None:
        self._line.update(lambda: f"{done:,} of {total:,} passages read by {name}")

    @property
    def failed(self) -> bool:
        """Whether some of what was to be asked could not be."""
        failed_links = self._online is not None and bool(self._online.failure)
        return failed_links or bool(self._grammar and self._grammar.failures)

    @property
    def interrupted(self) -> bool:
        """Whether the user stopped the questions."""
        return self._online is not None and self._online.interrupted

    @property
    def remarks(self) -> list[str]:
        """What there is to say of how it went."""
        lines: list[str] = []
        if self._online:
            lines += self._online.remarks
            if self._online.failure:
                lines.append(f"external links were not checked: {self._online.failure}")
            if self._online.interrupted:
                lines.append("interrupted; what is said above is what is known")
        failures = self._grammar.failures if self._grammar else ()
        return [*lines, *(f"prose was not checked: {one}" for one in dict.fromkeys(failures))]

    @property
    def details(self) -> list[str]:
        """What a user who wants to know all is told."""
        services = (self._online, self._grammar)
        return [line for service in services if service for line in service.details()]

    @property
    def expires(self) -> float | None:
        """When what was said no longer holds though no file has changed; None for never.

        In seconds since the epoch.
        """
        if self._grammar and self._grammar.failures:
            return 0.0
        return self._online.expires if self._online else None

    def close(self) -> None:
        """Close what was opened, and remove what shows progress."""
        self._line.end()
        if self._online is not None:
            self._online.close()
