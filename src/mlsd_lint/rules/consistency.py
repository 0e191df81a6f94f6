"""What a book should agree about with itself, word by word (P009-P012)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.diagnostics import Edit, Finding, Fix, Related, Severity
from mlsd_lint.prose.words.englishes import ENGLISHES, own_spellings
from mlsd_lint.prose.words.terms import inflected, plain_text, terms
from mlsd_lint.registry import workspace_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlsd_lint.config.prose import English
    from mlsd_lint.prose.words.terms import WordClass
    from mlsd_lint.workspace import Page, Use, UseKind, Workspace

_WORD = re.compile(r"[^\W_]+")
_FEWEST_WORDS = 3  # that are foreign to an English before a book is surely not in it


@workspace_rule("P009", "enforced-spelling", Severity.ERROR, fixable=True)
def enforced_spelling(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """A word is spelled as `prose.spellings` says.

    A spelling with capital letters is wrong just as it is written, one without in any letter
    case; the plural of a wrong one is wrong too. Quotations, and titles of pages on the web that
    are linked, are left as others wrote them.

    Bad:
        # Caching

        We use back-prop to train it.
        === mlsd-lint.toml
        [prose.spellings]
        back-prop = "backpropagation"

    Good:
        # Caching

        We use backpropagation to train it.
        === mlsd-lint.toml
        [prose.spellings]
        back-prop = "backpropagation"
    """
    spellings = workspace.configuration.prose.spellings
    for use in _of_kind(page, "spelling"):
        written = _on_one_line(use)
        right = use.key if written in spellings else _recased(use.key, written)
        yield Finding(
            use.span,
            f"“{written}” is written “{right}” in this book",
            f"Write “{right}”.",
            _fix(use, right),
        )


@workspace_rule("P010", "product-name", Severity.WARNING, fixable=True)
def product_name(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """The name of a product is written as its makers write it.

    Some two hundred names are known, of which the wrong form is never another word. A form that
    is in the vocabulary, or of which `prose.spellings` says something, is not reported; nor is
    what looks like a command, a path or the name of a repository.

    Bad:
        # Tools

        The code is on Github and needs Pytorch.

    Good:
        # Tools

        The code is on GitHub and needs PyTorch.
    """
    del workspace
    for use in _of_kind(page, "product"):
        yield Finding(
            use.span,
            f"“{_on_one_line(use)}” is not how “{use.key}” is written by its makers",
            f"Write “{use.key}”, or add the form that is meant to the vocabulary.",
            _fix(use, use.key),
        )


@workspace_rule("P011", "mixed-terms", Severity.WARNING, fixable=True)
def mixed_terms(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """A term is spelled in one way throughout the book.

    Of "dataset" and "data set", or "email" and "e-mail", each is right, and a reader who searches
    for one misses the other. What stands more often in the book is taken for right, also when
    only some of its files are checked. `prose.terms` adds terms; `prose.spellings` settles one.

    Only spellings that can replace each other in any sentence are compared: a hyphen that makes
    an adjective ("open-source software" is open source) is a matter of grammar.

    Bad:
        # Data

        A dataset is split in two. Each dataset is cleaned; no data set is perfect.

    Good:
        # Data

        A dataset is split in two. Each dataset is cleaned; no dataset is perfect.
    """
    spelled = workspace.once(_spelled)
    for use in _of_kind(page, "term"):
        form = spelled.forms.get(plain_text(_on_one_line(use)))
        choice = spelled.choices.get(use.key)
        if form is None or choice is None or form.spelling == choice.spelling:
            continue
        right = inflected(choice.spelling, form.word_class)[form.inflection]
        right = _recased(right, use.written)
        yield Finding(
            use.span,
            f"“{_on_one_line(use)}” is spelled “{right}” elsewhere in this book"
            f" ({_times(choice.times)}, this way {_times(spelled.counts[use.key][form.spelling])})",
            f"Write “{right}”, or settle the spelling with prose.spellings.",
            _fix(use, right),
            related=(Related(choice.path, choice.line, f"“{choice.spelling}” stands here first"),),
        )


class _Form(NamedTuple):
    """A spelling of a term and which of its inflected forms this is."""

    spelling: str
    word_class: WordClass
    inflection: int


class _Choice(NamedTuple):
    """The spelling that a book uses, how often, and where first."""

    spelling: str
    times: int
    path: str
    line: int


class _Spelled(NamedTuple):
    """How a book spells its terms: what each form is, and by term the choice and the counts."""

    forms: Mapping[str, _Form]
    choices: Mapping[str, _Choice]
    counts: Mapping[str, Counter[str]]


def _spelled(workspace: Workspace) -> _Spelled:
    known = list(terms(workspace.configuration.prose.terms))
    forms: dict[str, _Form] = {}
    for term in known:
        for spelling in term.spellings:
            for inflection, text in enumerate(inflected(spelling, term.word_class)):
                forms.setdefault(plain_text(text), _Form(spelling, term.word_class, inflection))
    counts: dict[str, Counter[str]] = {}
    first: dict[str, tuple[str, int]] = {}
    for path, use in workspace.uses("term"):
        form = forms.get(plain_text(_on_one_line(use)))
        if form is not None:
            counts.setdefault(use.key, Counter())[form.spelling] += 1
            first.setdefault(form.spelling, (path, use.line))
    choices = {}
    for term in known:
        counted = counts.get(term.spellings[0])
        if counted:
            spelling = max(term.spellings, key=lambda one: counted[one])
            choices[term.spellings[0]] = _Choice(spelling, counted[spelling], *first[spelling])
    return _Spelled(forms, choices, counts)


@workspace_rule("P012", "other-english", Severity.WARNING, fixable=True)
def other_english(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """A word is spelled as in the English of the book.

    `prose.english` says which that is: `american`, `british`, `australian` or `canadian`. If it does
    not, the book decides, also when only some of its files are checked: its English is the one to
    which the fewest of its words are foreign. Then a word is reported only if the book is clearly
    in no English that spells it so: such an English would have twice as many foreign words, and
    three at least. A book that is as much British as American needs the setting.

    Only what is plainly foreign is reported: "organize" and "organise" are both British. Names keep
    their spelling, and so do quotations and titles of pages on the web that are linked.

    Bad:
        # Plots

        The color of a point shows its label, and the color of a line its kind. Gray is any other
        label. A colour of your own is set by its name.

    Good:
        # Plots

        The color of a point shows its label, and the color of a line its kind. Gray is any other
        label. A color of your own is set by its name.
    """
    settled = workspace.configuration.prose.english
    book = workspace.once(_english_of_book) if settled is None else _English(settled)
    for use in _of_kind(page, "english"):
        spellings = own_spellings()[use.key]
        right_in = ENGLISHES.keys() - spellings.keys()
        if book.english in right_in or not book.others.isdisjoint(right_in):
            continue
        right = _recased(spellings[book.english], use.written)
        why = "" if settled else ", as most of this book is written"
        yield Finding(
            use.span,
            f"“{use.written}” is spelled “{right}” in {ENGLISHES[book.english]} English{why}",
            f"Write “{right}”; prose.english says in which English the book is.",
            _fix(use, right),
        )


class _English(NamedTuple):
    """The English of a book, and the others that it may as well be in."""

    english: English
    others: frozenset[English] = frozenset()


def _english_of_book(workspace: Workspace) -> _English:
    foreign: Counter[English] = Counter()
    for _, use in workspace.uses("english"):
        foreign.update(own_spellings()[use.key].keys())
    english = min(ENGLISHES, key=lambda one: foreign[one])
    most = max(_FEWEST_WORDS, 2 * foreign[english])
    return _English(english, frozenset(one for one in ENGLISHES if foreign[one] < most))


def _of_kind(page: Page, kind: UseKind) -> Iterator[Use]:
    return (use for use in page.uses if use.kind == kind)


def _on_one_line(use: Use) -> str:
    return use.written.replace("\n", " ")


def _recased(right: str, written: str) -> str:
    """The right spelling with a capital letter at its start if the wrong one has one.

    Where each of several words has one, as in the title of a chapter, each word gets one; and all
    letters are capitals where all were.
    """
    if right.islower() and written.isupper() and len(written) > 1:
        return right.upper()
    words = _WORD.findall(written)
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return _WORD.sub(lambda word: word[0][0].upper() + word[0][1:], right)
    return right[0].upper() + right[1:] if written[0].isupper() else right


def _fix(use: Use, right: str) -> Fix | None:
    """The replacement; none across lines, where it would have to join them."""
    if "\n" in use.written:
        return None
    return Fix(f"Write “{right}”", (Edit(use.span, right),), safe=False)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
