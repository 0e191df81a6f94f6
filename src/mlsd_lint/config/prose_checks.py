"""What can be wrong with settings of prose that have the right types."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from mlsd_lint.config.durations import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.config.problems import Problem
    from mlsd_lint.config.prose import ProseSettings

ENGINES = ("harper", "typos", "languagetool")
_ENGINE_RULE = re.compile(rf"(?:{'|'.join(ENGINES)}):\S+")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?", re.IGNORECASE)


def problems(settings: ProseSettings) -> Iterator[Problem]:
    """What is wrong with values of the right types, each in a clause; places are below `prose`."""
    if not settings.vocabulary.strip():
        yield ("vocabulary",), None, "expected the path of a file"
    yield from _wrong_spellings(settings)
    for index, group in enumerate(settings.terms):
        if len(set(group)) < 2 or not all(one.strip() for one in group):
            yield ("terms", index), None, "expected two or more spellings of one term"
    for key, rules in (("enable", settings.enable), ("disable", settings.disable)):
        yield from _wrong_engine_rules(key, rules)
    tool = settings.languagetool
    if tool.server is not None and not _WEB_ADDRESS.fullmatch(tool.server):
        message = "expected a web address without a user, such as http://127.0.0.1:8081"
        yield ("languagetool", "server"), None, message
    try:
        if seconds(tool.idle) == 0:
            yield ("languagetool", "idle"), None, "0s would leave no time to check"
    except ValueError as error:
        yield ("languagetool", "idle"), tool.idle, str(error)


def _wrong_spellings(settings: ProseSettings) -> Iterator[Problem]:
    for wrong, right in settings.spellings.items():
        if not wrong.strip() or not right.strip():
            yield ("spellings", wrong), None, "expected a spelling, found nothing"
        elif wrong == right:
            yield ("spellings", wrong), None, "the wrong spelling and the right one are the same"
        elif right in settings.spellings:
            shown = json.dumps(right, ensure_ascii=False)
            yield ("spellings", wrong), None, f"{shown} is said to be wrong, too"


def _wrong_engine_rules(key: str, rules: Sequence[str]) -> Iterator[Problem]:
    for index, rule in enumerate(rules):
        if not _ENGINE_RULE.fullmatch(rule):
            shown = json.dumps(rule, ensure_ascii=False)
            message = (
                f"expected an engine ({', '.join(ENGINES)}), a colon and the name of one of its "
                f"rules, such as harper:MassNouns, found {shown}"
            )
            yield (key, index), rule, message
