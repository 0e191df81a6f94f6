"""What a server says of a passage, as matches; what is surely no mistake is left out.

A server reads plain English. Here it is known what it could not know: where an object stands,
that a heading is no sentence, that `torch.nn` is no word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_lint.prose.blocks import OBJECT
from mlsd_lint.prose.engine import Match
from mlsd_lint.prose.languagetool.profile import ARTICLE, REPEATED, SPELLING, code, rule_name
from mlsd_lint.prose.languagetool.spelling import is_right, misspelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mlsd_lint.config.prose import English
    from mlsd_lint.prose.blocks import Kind

_FRAGMENTS = frozenset({"heading", "table cell", "alternative text"})
_SENTENCE_RULES = frozenset({"P006", "P007", "P008"})
_SINGLE_WORDS = frozenset({"P001", "P003"})
_ABOUT_WORDS = frozenset({"P006", "P007"})
_MOST_REPLACEMENTS = 3
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
# A letter that stands for something: "if A stays", "(B to B')".
_LABEL = re.compile(r"(?<![\w'’-])(?:[B-HJ-Z]|(?<=\S )A)(?![\w'’-])")
# What an article is judged by: a word in lower case, or with one capital, that can be spoken.
_SPOKEN = re.compile(r"[^\W\d_][a-z'’-]+")
_VOWEL = re.compile(r"[aeiouy]")
_ENDS = (".", "!", "?", ".)", "?)", "!)", ".”", "?”", "!”")
_SINGLE_QUOTED = re.compile(r"‘([^‘’]+(?:’\w+)*[^‘’]*)’(?!\w)")
_END_OF_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z“])(?<!e\.g\. )(?<!i\.e\. )")
_NAME_NEXT = re.compile(r" (?:[A-Z]|(?:and|or)\b)")
_IN_PARENTHESES = re.compile(r"\([^()]+\)")
_PLURALS = frozenset({"whys", "hows"})  # which are no contractions
_FOR_EFFECT = frozenset({"very", "really", "much", "many", "far", "long", "so"})
# Rules that take "its" for "it's" where it begins something, or stands before a name.
_ITS_SOMETHING = frozenset({"IT_IS", "IT_IS_2", "ITS_TO_IT_S"})


class Rules(NamedTuple):
    """What the settings say: rules of LanguageTool that are on and off besides, and the English."""

    enabled: frozenset[str] = frozenset()
    disabled: frozenset[str] = frozenset()
    english: English | None = None


def matches(
    kind: Kind,
    text: str,
    found: Iterable[tuple[Mapping[str, Any], int, int]],
    rules: Rules,
) -> list[Match]:
    """The matches in a text: of each answer, its place there is given in code points."""
    fragment = kind in _FRAGMENTS or is_title(text)
    read = []
    for answer, start, end in found:
        rule = rule_name(_text(answer.get("rule"), "id"))
        counts_as = code(rule, _text(_part(answer, "rule").get("category"), "id"), rules.enabled)
        if counts_as is None or rule in rules.disabled:
            continue
        said = _text(answer, "message")
        if rule.startswith(SPELLING) and is_right(text[start:end].strip(), said, rules.english):
            continue
        one = _match(text, answer, start, end, counts_as, rule)
        if one is not None and not (fragment and one.code in _SENTENCE_RULES):
            read.append(one)
    return read


def is_title(text: str) -> bool:
    """Whether a text is no sentence but the title of something, and written as such."""
    if text.rstrip().endswith(_ENDS):
        return False
    words = _LONG_WORD.findall(text)
    capitals = sum(1 for word in words if word[0].isupper())
    return len(words) > 2 and capitals >= 0.7 * len(words)


def _match(
    text: str, answer: Mapping[str, Any], start: int, end: int, counts_as: str, rule: str
) -> Match | None:
    flagged = text[start:end]
    if not flagged.strip() or OBJECT in flagged:
        return None
    meant = _replacements(answer, flagged)
    if rule.startswith(SPELLING):
        return misspelling(text, start, end, rule, _text(answer, "message"), meant)
    if _is_surely_right(text, start, end, rule, counts_as):
        return None
    if rule == ARTICLE:
        return _article(text, start, end, meant)
    if rule == REPEATED:
        return Match(start, end, counts_as, rule, _repeated(flagged), meant[:1])
    if counts_as in _ABOUT_WORDS:
        start, end, meant = _narrowed(text, start, end, meant)
    return Match(start, end, counts_as, rule, _message(answer, text[start:end], meant), meant)


def _narrowed(
    text: str, start: int, end: int, meant: tuple[str, ...]
) -> tuple[int, int, tuple[str, ...]]:
    """The range without the words at its ends that no replacement changes."""
    words = text[start:end].split(" ")
    others = [one.split(" ") for one in meant]
    if not all(map(all, (words, *others))):
        return start, end, meant
    shortest = min([len(words), *map(len, others)])
    same = 0
    while others and same < shortest - 1 and all(one[same] == words[same] for one in others):
        same += 1
    behind = 0
    while (
        others
        and same + behind < shortest - 1
        and all(one[-1 - behind] == words[-1 - behind] for one in others)
    ):
        behind += 1
    start += sum(len(word) + 1 for word in words[:same])
    end -= sum(len(word) + 1 for word in words[len(words) - behind :])
    return start, end, tuple(" ".join(one[same : len(one) - behind]) for one in others)


def _is_surely_right(text: str, start: int, end: int, rule: str, counts_as: str) -> bool:
    """Whether LanguageTool takes for a mistake what it cannot see or does not know."""
    if rule == REPEATED:
        return _is_quoted(text, start, end) or _is_said_on_purpose(text[start:end])
    if counts_as in _SINGLE_WORDS:
        return text[start:end].lower() in _PLURALS
    if _touches_object(text, start, end) or _has_label(text, start, end):
        return True
    if rule == "A_NNS":  # a distributed systems course
        return len(text[start:end].split()) > 2
    return rule in _ITS_SOMETHING and _has_something(text, start, end)


def _has_label(text: str, start: int, end: int) -> bool:
    """Whether a letter that stands for something is in the range, or next to it."""
    labels = _LABEL.finditer(text)
    return any(one.start() < end + 2 and start < one.end() + 2 for one in labels)


def _touches_object(text: str, start: int, end: int) -> bool:
    before, behind = text[:start].rstrip(), text[end:].lstrip()
    return before.endswith(OBJECT) or behind.startswith(OBJECT)


def _article(text: str, start: int, end: int, meant: Sequence[str]) -> Match | None:
    """An article before the wrong sound, unless the word behind it is none that is spoken."""
    rest = text[end : end + 60].split()
    word = rest[0].strip("“”\"'‘’()[]*.,;:!?") if rest else ""
    if word.startswith("Euler"):  # who was no “yooler”
        return None
    if not _SPOKEN.fullmatch(word) or not _VOWEL.search(word[:3].lower()) or not meant:
        return None
    message = f"“{text[start:end]} {word}” should be “{meant[0]} {word}”."
    return Match(start, end, "P002", ARTICLE, message, tuple(meant))


def _repeated(flagged: str) -> str:
    return f"“{flagged.rsplit(maxsplit=1)[-1]}” is written twice."


def _has_something(text: str, start: int, end: int) -> bool:
    """Whether “its” begins a new part of a sentence, or stands before a name, or is itself spoken about."""
    if text[start:end].lower() != "its":
        return False
    return text[:start].rstrip()[-1:] in {"", ";", ":", ".", "("} or bool(
        _NAME_NEXT.match(text, end)
    )


def _is_said_on_purpose(flagged: str) -> bool:
    """Whether a word is another one (“and AND”), begins a name (“The The”), or is said for effect."""
    words = flagged.split()
    first, second = words[0], words[-1]
    if first not in {second, second.capitalize()} or second[0].isupper():
        return True
    return second in _FOR_EFFECT


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether all of a range, and nothing else, is in quotation marks: it is spoken about."""
    return text[start - 1 : start] + text[end : end + 1] in {'""', "“”", "''", "‘’"}


def _message(answer: Mapping[str, Any], flagged: str, meant: Sequence[str]) -> str:
    """What LanguageTool says, in one sentence, and what should stand there instead."""
    said = _SINGLE_QUOTED.sub(r"“\1”", " ".join(_text(answer, "message").split()))
    sentence = _END_OF_SENTENCE.split(said, maxsplit=1)[0].rstrip(" .")
    if meant and sentence.startswith("Did you mean"):
        reason = _IN_PARENTHESES.search(sentence)
        return f"“{flagged}” may have to be “{meant[0]}”{f' {reason[0]}' if reason else ''}."
    if not meant or any(one in sentence for one in meant):
        return sentence if sentence.endswith(("?", "!")) else f"{sentence}."
    return f"“{flagged}” may have to be “{meant[0]}”: {sentence[:1].lower()}{sentence[1:]}."


def _replacements(answer: Mapping[str, Any], flagged: str) -> tuple[str, ...]:
    values = answer.get("replacements")
    named = [_text(one, "value") for one in values] if isinstance(values, list) else []
    kept = [one for one in dict.fromkeys(named) if one and one != flagged]
    return tuple(kept[:_MOST_REPLACEMENTS])


def _part(answer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = answer.get(name)
    return value if isinstance(value, dict) else {}


def _text(value: Any, name: str) -> str:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""
