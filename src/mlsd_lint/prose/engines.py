"""The engines there are. Nothing of them is imported before one is wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsd_lint.config.prose import Grammar as Choice
    from mlsd_lint.config.prose import ProseSettings
    from mlsd_lint.prose.engine import Engine


@dataclass
class Engines:
    """The engines of one command, which stay warm from one check to the next.

    Where it is to be `quiet`, none of them says what it is waiting for.

    To add an engine: its name in `config.prose_checks.ENGINES`, and a line in `_made`.
    """

    quiet: bool = False
    _warm: dict[tuple[object, ...], tuple[Engine, ...]] = field(default_factory=dict)

    def of(self, settings: ProseSettings, choice: Choice) -> tuple[Engine, ...]:
        """The engines that check with these settings, those first that are to be believed first."""
        tool, english = settings.languagetool, settings.english
        asked = (choice, english, settings.enable, settings.disable, tool)
        if asked not in self._warm:
            self.close()
            self._warm[asked] = _made(settings, choice, quiet=self.quiet)
        return self._warm[asked]

    def close(self) -> None:
        """End what they started."""
        for engines in self._warm.values():
            for engine in engines:
                engine.close()
        self._warm.clear()


def _made(settings: ProseSettings, choice: Choice, *, quiet: bool) -> tuple[Engine, ...]:
    from mlsd_lint.prose.harper.engine import Harper
    from mlsd_lint.prose.typos import Typos

    embedded = (Typos(settings.english), Harper(settings.english, *_rules(settings, "harper")))
    if choice != "languagetool":
        return embedded
    from mlsd_lint.prose.languagetool.engine import LanguageTool

    rules = _rules(settings, "languagetool")
    return (*embedded, LanguageTool(settings, *rules, quiet=quiet))


def _rules(settings: ProseSettings, engine: str) -> tuple[frozenset[str], frozenset[str]]:
    """Which of an engine's own rules are to be on and off, by their names there."""
    named = [
        [rule.partition(":")[2] for rule in rules if rule.startswith(f"{engine}:")]
        for rules in (settings.enable, settings.disable)
    ]
    return frozenset(named[0]), frozenset(named[1])


def fixable(choice: Choice) -> frozenset[str]:
    """The rules of engines, as `harper:AnA`, whose only replacement may be written."""
    from mlsd_lint.prose.harper.profile import FIXABLE as HARPER
    from mlsd_lint.prose.typos import FIXABLE as TYPOS

    named = {"harper": HARPER, "typos": TYPOS}
    if choice == "languagetool":
        from mlsd_lint.prose.languagetool.profile import FIXABLE as LANGUAGETOOL

        named["languagetool"] = LANGUAGETOOL
    return frozenset(f"{engine}:{rule}" for engine, rules in named.items() for rule in rules)
