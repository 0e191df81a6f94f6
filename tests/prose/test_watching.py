"""Where the words are found that a book should agree about, and where they are not."""

import pickle
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import ROOT, SHARED
from marked import marked, parsed
from mlsd_lint.config.prose import ProseSettings
from mlsd_lint.markdown import RefusedError
from mlsd_lint.prose import vocabulary
from mlsd_lint.prose.extraction import blocks
from mlsd_lint.prose.watching import load_watched, uses, watched
from mlsd_lint.prose.words.englishes import ENGLISHES, own_spellings
from mlsd_lint.prose.words.products import wrong_names
from mlsd_lint.prose.words.terms import inflected, plain_text, terms

SETTINGS = ProseSettings(
    english="american",
    spellings={"Github": "GitHub", "on prem": "on-premises", "c++": "C++"},
    terms=(("training set", "train set"),),
)
WATCHED = watched(SETTINGS, vocabulary.parse("Kubeflow\ntokenizer\n"))
_BREAK = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t>]*")

PIECES = [
    *(
        "data set",
        "data",
        "meta ",
        "set",
        "datasets",
        " ",
        "Github",
        "e-mail",
        "E-Mails",
        "on",
        "prem",
    ),
    *("colour", "Pytorch", "numpy", "c++", "Kubeflow", "tokenizers", "train", "LSTM", "(LSTM)"),
    *("fine-tune", "fine-", "tuned", "İ", "ſet", "ﬁne", "naïve", "e‑mail", "data\u00a0set"),
    *("\n", "\r\n", "\r", "\n\n", "  \n", "\\\n", "\t", "> ", "- ", "1. ", "    ", "# ", "|"),
    *(
        "| a | b |\n|-|-|\n",
        "[^a]",
        "[^a]: ",
        "*",
        "**",
        "_",
        "`",
        "[",
        "](u)",
        "](http://a.b)",
        "![",
        "\\",
    ),
    *(
        "&amp;",
        "&nbsp;",
        "&#45;",
        "😀",
        "👩‍👧",
        '"',
        "“",
        "”",
        ".",
        ",",
        "/",
        "-",
        "<b>",
        "</b>",
        "<br>",
    ),
]


def _uses(text):
    document = parsed(text)
    return document.source, uses(document, blocks(document), WATCHED)


def assert_laws(source, found):
    """What holds for the uses of every document."""
    assert list(found) == sorted(found, key=lambda use: use.span)
    ends = {}
    for use in found:
        under = source.slice(use.span)
        assert use.written == under if use.kind == "vocabulary" else _BREAK.sub("\n", under)
        assert use.line == source.position(use.span.start).line
        assert use.span.start >= ends.get(use.kind, 0), "uses of a kind do not overlap"
        if use.kind not in {"vocabulary", "acronym", "expansion"}:
            ends[use.kind] = use.span.end
            assert plain_text(use.written.replace("\n", " ")) in WATCHED.forms


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example("> a data\nset")
@example("a data&nbsp;set")
@example("a data\r\n\tset")
@example("İİ data set")
def test_every_document(text):
    try:
        source, found = _uses(text)
    except RefusedError:
        return
    assert_laws(source, found)


def _real():
    folders = (SHARED / "corpora", ROOT / "content", ROOT / "answers", ROOT / "docs")
    return sorted(file for folder in folders for file in folder.rglob("*.md"))


@pytest.mark.parametrize("path", _real(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_real_file(path):
    text = path.read_text("utf-8")
    source, found = _uses(text)
    assert_laws(source, found)
    source, with_crlf = _uses("\ufeff" + text.replace("\n", "\r\n"))
    assert_laws(source, with_crlf)
    assert [one[:3] for one in with_crlf] == [one[:3] for one in found]


FOUND = {
    "several words": "A ⟦data set⟧, ⟦data-sets⟧.",
    "across a line": "A ⟦data\nset⟧ and so on.",
    "across lines of a quote": "> A ⟦data\n> set⟧, ⟦data\nset⟧.",
    "across lines of a nested list": "- a\n  - A ⟦data\n    set⟧ is.",
    "in a table, behind emoji": "| 😀 ⟦dataset⟧ | b |\n|-|-|\n| a \\| ⟦data set⟧ | ⟦c++⟧ |",
    "in emphasis": "**⟦data set⟧** and *⟦Github⟧*.",
    "in headings and footnotes": "# ⟦Data sets⟧\n\nA[^1]\n\n[^1]: ⟦datasets⟧",
    "text and alternative text of links": "[⟦Github⟧](https://a.b) ![a ⟦dataset⟧](a.png)",
    "titles of own pages": "[How ⟦data sets⟧ are made for us](data.md)",
    "in any case": "⟦On prem⟧, ⟦ON PREM⟧, ⟦on prem⟧.",
    "possessives": "⟦Github⟧'s ⟦dataset⟧’s ⟦Pytorch⟧'s",
    "compounds": "a ⟦Pytorch⟧-based one, ⟦Github⟧/GitLab, a ⟦colour⟧-blind one",
    "typographic hyphens": "by ⟦e‑mail⟧",
    "no word twice": "the ⟦meta data⟧ set, a ⟦data set⟧-point",
    "the longest": "a ⟦non-linear⟧ one, ⟦hyper-parameters⟧",
    "at the beginning of sentences": "⟦Colours⟧ are here. ⟦Grey⟧ is one. “⟦E-mail⟧ ",
}
NOT_FOUND = {
    "in code": "`data set` and <code>Github</code>\n\n    Github\n",
    "in addresses": "<https://Github.com> [a](Github) www.Github.com a@Github.com",
    "right ones": "GitHub, PyTorch, NumPy, C++, color, spaCy, macOS.",
    "names with their first letter raised": "NumPy. SpaCy is one. Scikit-learn too.",
    "names in capitals": "NUMPY and PYTORCH",
    "parts of identifiers": "my_dataset, dataset_a, @Github, #Github, dataset.csv, np.dataset",
    "lower case in paths and commands": "numpy/numpy, -numpy, github-actions, pip install numpy",
    "lower case as a link": "[numpy](https://a.b/numpy)",
    "quotations": '"Pytorch" and “a data set of ours” and «colour»',
    "titles of pages on the web": "[How data sets are made on Github](https://a.b)",
    "names of things": "The Oxford Data Set, a Centre for Colour, the Labour Party.",
    "with markup within": "data **set**, **G**ithub, data<b>set",
    "across a hard break": "data  \nset",
    "within other words": "metadatasetter, Githubber, discolour\u00adise",
    "words of classes": "A DataSet, an eMail",
    "in another language": '<div lang="de">\n\nEin dataset in Github\n\n</div>',
    "without letters": "++, --",
}


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_found(text):
    plain, expected = marked(text)
    source, found = _uses(plain)
    assert [source.slice(one.span) for one in found] == [source.slice(one) for one in expected]
    assert [one.span for one in found] == expected


@pytest.mark.parametrize("text", NOT_FOUND.values(), ids=NOT_FOUND)
def test_not_found(text):
    assert [one for one in _uses(text)[1] if one.kind != "vocabulary"] == []


def test_the_vocabulary_is_used_wherever_it_stands():
    text = "“Kubeflow” [is a title of one](https://a.b) **token**izers Kubeflow\n\n`tokenizer`"
    source, found = _uses(text)
    assert [(one.kind, one.key, one.written) for one in found] == [
        ("vocabulary", "Kubeflow", "Kubeflow"),
        ("vocabulary", "tokenizer", "token**izers"),
    ]
    assert source.slice(found[1].span) == "token**izers"


def test_what_is_watched_can_be_sent_and_written_down():
    sent = pickle.loads(pickle.dumps(WATCHED))  # noqa: S301  # just written
    assert sent.forms == WATCHED.forms
    described = '["american", {"Github": "GitHub"}, [["a b", "ab"]], ["XYZ"], "word\\n"]'
    again = load_watched(described)
    assert again is load_watched(described)
    assert again.forms["github"][0].key == "GitHub"
    assert again.forms["abs"][0].key == "a b"
    assert "XYZ" in again.known_acronyms
    assert again.vocabulary.knows("word")


def test_empty_settings_of_all_kinds_are_harmless():
    odd = ProseSettings(spellings={"": "a", "–": "—", "x": ""}, terms=((), ("",), ("a", "")))
    document = parsed("a – x s Github's\n")
    assert uses(document, blocks(document), watched(odd, vocabulary.parse("")))


def test_no_word_list_contradicts_itself():
    wrong = {(form, name) for name, form, exactly in wrong_names() if exactly}
    names = {name for name, _, _ in wrong_names()}
    assert names.isdisjoint(form for form, _ in wrong)
    assert len(dict(wrong)) == len(wrong)
    assert len(names) >= 200
    for word, spellings in own_spellings().items():
        assert spellings.keys() < ENGLISHES.keys(), "a word is right somewhere"
        for english, right in spellings.items():
            assert right != word
            assert english not in own_spellings().get(right, {})
    spellings = [one for term in terms(()) for one in term.spellings]
    assert len(spellings) == len(set(spellings))
    forms = [
        (form, term.spellings[0])
        for term in terms(())
        for one in term.spellings
        for form in dict.fromkeys(inflected(one, term.word_class))
    ]
    assert len({form for form, _ in forms}) == len(forms)


REPEATED = {
    "terms": "data set ",
    "beginnings of terms": "data data-",
    "quotation marks": '"Github “',
    "opening marks": "«“Github ",
    "spaces and words": "((((Github",
    "names": "Data Set ",
    "links": "[Github](https://a.b) ",
    "lines": "data\nset ",
    "acronyms": "LSTM (LSTM) ",
    "shouts": "LSTM RNNS ",
    "acronyms in parentheses": "((LSTM",
    "explanations": "LSTM: or is - ",
    "words of the vocabulary": "Kubeflow-",
    "not ASCII": "İ data set ",
}


@pytest.mark.parametrize("text", REPEATED.values(), ids=REPEATED)
def test_repeated(text):
    """Nothing is timed: where each repetition looked at all the others, no test would end."""
    _uses("# A\n\n# B\n\n# C\n\n" + text * 20_000)


def test_very_many_different_acronyms():
    letters = "ABCDEFGHIJ"
    words = [
        a + b + c + d + "Q" for a in letters for b in letters for c in letters for d in letters
    ]
    text = "# A\n\n# B\n\n# C\n\n" + "\n\n".join(f"the {word} is" for word in words)
    assert sum(one.kind == "acronym" for one in _uses(text)[1]) == len(words)


def test_very_many_headings():
    text = "# A\n\n" + "## A heading\n\nThe ABCDEQ is.\n\n## A b c d e q\n\n" * 5_000
    assert [one.key for one in _uses(text)[1] if one.kind == "acronym"] == ["ABCDEQ"]
