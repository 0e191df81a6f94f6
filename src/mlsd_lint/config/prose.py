"""The settings of prose: `[tool.mlsd-lint.prose]`."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # pydantic reads the annotations
from dataclasses import Field, asdict, dataclass, field, fields
from typing import Any, Literal

from mlsd_lint.config.types import kebab

Grammar = Literal["harper", "languagetool", "none"]
English = Literal["american", "british", "australian", "canadian"]


def _about(description: str, example: str = "") -> Mapping[str, Any]:
    return {"description": description, "example": example, "minimum": None, "time": ""}


@dataclass(frozen=True, kw_only=True)
class LanguageToolSettings:
    """Which LanguageTool is asked, and how."""

    __pydantic_config__ = {"alias_generator": kebab, "extra": "forbid"}  # noqa: RUF012  # pydantic's name

    server: str | None = field(
        default=None,
        metadata=_about(
            "The address of a LanguageTool server that runs elsewhere; if it is not given, one is "
            "started here.",
            'prose.languagetool.server = "https://languagetool.example.org"',
        ),
    )
    folder: str | None = field(
        default=None,
        metadata=_about(
            "The folder with languagetool-server.jar, relative to the folder of the configuration "
            "file; if it is not given, where `mlsd-lint languagetool install` puts it.",
            'prose.languagetool.folder = "/opt/LanguageTool-6.8"',
        ),
    )
    idle: str = field(
        default="15m",
        metadata={
            **_about(
                "After how long without a request a server that was started here stops.",
                'prose.languagetool.idle = "1h"',
            ),
            "time": "positive",
        },
    )
    picky: bool = field(
        default=False,
        metadata=_about(
            "Have LanguageTool apply its stricter rules too.", "prose.languagetool.picky = true"
        ),
    )


@dataclass(frozen=True, kw_only=True)
class ProseSettings:
    """How prose is checked: by what, in which English, with which words."""

    __pydantic_config__ = {"alias_generator": kebab, "extra": "forbid"}  # noqa: RUF012  # pydantic's name

    grammar: Grammar = field(
        default="harper",
        metadata=_about(
            "What checks spelling and grammar: `harper`, which is built in; `languagetool`, which "
            "finds more, needs Java and is asked besides; or `none`. `--grammar` overrides it.",
            'prose.grammar = "none"',
        ),
    )
    english: English | None = field(
        default=None,
        metadata=_about(
            "Which English the book is written in; if it is not given, the one to which the fewest "
            "of its words are foreign, and a word that is right in any English is known.",
            'prose.english = "british"',
        ),
    )
    vocabulary: str = field(
        default="vocabulary.txt",
        metadata=_about(
            "The file with the words that are right in this book, one a line, relative to the "
            "folder of the configuration file. A word in lower case is right in any case, another "
            "just as it is written.",
            'prose.vocabulary = "words.txt"',
        ),
    )
    spellings: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_about(
            "Spellings that are wrong in this book, with the right one for each.",
            'prose.spellings = { Github = "GitHub", "back-prop" = "backpropagation" }',
        ),
    )
    terms: tuple[tuple[str, ...], ...] = field(
        default=(),
        metadata=_about(
            "Terms that can be spelled in several ways, of which a book uses one; they add to "
            "those that are known.",
            'prose.terms = [["train set", "training set"]]',
        ),
    )
    acronyms: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Acronyms that every reader of this book knows; they add to those that everybody "
            "knows.",
            'prose.acronyms = ["MLOps", "RAG"]',
        ),
    )
    disable: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Rules of the engines that are off, as reports name them: engine, colon, rule.",
            'prose.disable = ["harper:MassNouns", "languagetool:EN_COMPOUNDS"]',
        ),
    )
    enable: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Rules of the engines that are on besides those that are on anyway.",
            'prose.enable = ["harper:OxfordComma"]',
        ),
    )
    languagetool: LanguageToolSettings = field(
        default_factory=LanguageToolSettings,
        metadata=_about(
            "Which LanguageTool is asked, and how.",
            'prose.languagetool.server = "https://languagetool.example.org"',
        ),
    )


def prose_settings() -> dict[str, Field[Any]]:
    """The fields of `ProseSettings` by their keys in TOML, in the order of their declaration."""
    return {kebab(one.name): one for one in fields(ProseSettings)}


def languagetool_settings() -> dict[str, Field[Any]]:
    """Those of `LanguageToolSettings`."""
    return {kebab(one.name): one for one in fields(LanguageToolSettings)}


def plain_prose(settings: ProseSettings) -> dict[str, Any]:
    """All values by TOML key, made of strings, lists and dicts; what is not set is left out."""
    values = {
        kebab(name): _plain(value) for name, value in asdict(settings).items() if value is not None
    }
    tool = {kebab(name): one for name, one in asdict(settings.languagetool).items()}
    values["languagetool"] = {name: one for name, one in tool.items() if one is not None}
    return values


def _plain(value: Any) -> Any:
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def restore_prose(values: Mapping[str, Any]) -> ProseSettings:
    """The settings that `plain_prose` made these values of; nothing is checked again."""
    known = {key.replace("-", "_"): _frozen(value) for key, value in values.items()}
    known["languagetool"] = LanguageToolSettings(**values["languagetool"])
    return ProseSettings(**known)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value
