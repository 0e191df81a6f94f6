from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mlsd_lint.prose.blocks import Block, Segment
from mlsd_lint.prose.vocabulary import VocabularyError, load, parse, used, uses, word_span
from mlsd_lint.prose.vocabulary_layout import add, sections
from mlsd_lint.prose.word_forms import WORD, sort_key, wrong_word
from mlsd_lint.rules.vocabulary import superfluous, unused, wrong_lines
from mlsd_lint.source import BOM, Source, Span

NAMES = (
    "C++",
    "C#",
    "Node.js",
    ".NET",
    "back-propagation",
    "GPT-4",
    "R&D",
    "I/O",
    "O'Reilly",
    "Ctrl+C",
)

characters = st.sampled_from("abcsxyzABSéÉßıİ’'‑-.+#&/_0129e\u0301 \u00a0\t\u200b,#")
words = st.one_of(
    st.sampled_from(
        [*NAMES, "ss", "ß", "kubeflow", "Kubeflow", "LLM", "LLMs", "tokenizer", "tokenizers"]
    ),
    st.text(characters, min_size=1, max_size=8),
).filter(lambda word: wrong_word(word) is None)
lines = st.one_of(
    words,
    st.builds("{}  # {}".format, words, words),
    st.builds("# {}".format, words),
    st.sampled_from(["", " ", "data lake", "wrong,", "\x0c"]),
)
texts = st.builds(
    lambda mark, lines, newline, last: mark + newline.join(lines) + last,
    st.sampled_from(["", BOM]),
    st.lists(lines, max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\n"]),
)


def texts_of(vocabulary):
    return [entry.text for entry in vocabulary.entries]


def said(findings):
    return [(one.message, one.help) for one in findings]


def block(text):
    return Block("paragraph", text, (Segment(0, text, Span(0, len(text)), equal=True),))


def contents(text):
    """The lines of a text without their endings, and without what follows the last ending."""
    source = Source("", text)
    found = [source.line(number) for number in range(1, len(source.line_starts) + 1)]
    return found if found[-1] else found[:-1]


def test_reads_words_comments_and_blank_lines_with_their_places():
    text = f"{BOM}# Tools\r\n\r\n  Kubeflow\t# by Google\r\nC#\rNode.js # runs C#\n#Spark"
    vocabulary = parse(text, "book/words.txt")
    assert [(one.text, one.line) for one in vocabulary.entries] == [
        ("Kubeflow", 3),
        ("C#", 4),
        ("Node.js", 5),
    ]
    assert [vocabulary.source.slice(one.span) for one in vocabulary.entries] == texts_of(vocabulary)
    assert vocabulary.source.path == "book/words.txt"
    assert not vocabulary.wrong


@pytest.mark.parametrize(
    ("line", "message", "advice"),
    [
        ("data lake", "“data lake” is more than one word", "Make each word an entry of its own"),
        ("a\u00a0b", "“a\u00a0b” is more than one word", "Make each word an entry of its own"),
        ("Kubeflow,", "“Kubeflow,” is no word", "Write “Kubeflow”."),
        ("etc.", "“etc.” is no word", "Write “etc”."),
        ("“LLM”", "““LLM”” is no word", "Write “LLM”."),
        ("---", "“---” is no word", "Remove it."),
        ("a\u200bb", "“a�b” holds a character that is not seen (U+200B)", "Type the word anew."),
        ("a\x00b", "“a�b” holds a character that is not seen (U+0000)", "Type the word anew."),
    ],
)
def test_a_line_that_is_no_word_is_reported_at_its_place(line, message, advice):
    vocabulary = parse(f"LLM\n  {line}  # why\n")
    (wrong,) = vocabulary.wrong
    assert (wrong.line, wrong.message) == (2, message)
    assert wrong.help.startswith(advice)
    assert vocabulary.source.slice(wrong.span) == line
    assert texts_of(vocabulary) == ["LLM"]
    assert said(wrong_lines(vocabulary)) == [(wrong.message, wrong.help)]


@pytest.mark.parametrize("name", NAMES)
def test_names_with_signs_are_words_within_a_sentence(name):
    assert [match[0] for match in WORD.finditer(f"(Use {name}, not “{name}”.)")] == [
        "Use",
        name,
        "not",
        name,
    ]


@pytest.mark.parametrize(
    ("entry", "right", "wrong"),
    [
        ("tokenizer", "tokenizer Tokenizer TOKENIZER tokenizers Tokenizers’", "tokenizerses"),
        ("kubernetes", "Kubernetes kubernetes' Kubernetes’s", "kubernetess kubernete"),
        ("LLM", "LLM LLMs LLM's LLMs' LLM’s", "llm LLMS Llm LLMes"),
        ("OS", "OSes", "OSs os"),
        ("GPT-4", "GPT-4s GPT‑4 GPT‐4’s", "gpt-4 GPT 4"),
        ("PyTorch", "PyTorch PyTorch's", "pytorch PyTorchs PyTorches"),
        ("softmax", "softmaxes Softmax", "softmaxs"),
        ("entropy", "entropies", "entropys"),
        ("relay", "relays", "relaies"),
        ("c++", "C++ c++", "c++s c+ c"),
        ("O’Reilly", "O'Reilly OʼReilly O’Reilly's", "Oreilly"),
        ("Zoë", "Zoë Zoe\u0308 Zoë's", "Zoe"),
        ("straße", "Straße STRASSE", "strase"),
    ],
)
def test_what_an_entry_makes_right(entry, right, wrong):
    vocabulary = parse(entry)
    assert {word: vocabulary.entry_for(word) for word in right.split()} == dict.fromkeys(
        right.split(), entry
    )
    assert [word for word in wrong.split() if vocabulary.knows(word)] == []


def test_a_word_is_explained_by_its_own_entry_first():
    vocabulary = parse("llm\nLLM\ntokenizer\ntokenizers\n")
    assert vocabulary.entry_for("LLM") == "LLM"
    assert vocabulary.entry_for("Llm") == "llm"
    assert vocabulary.entry_for("Tokenizers") == "tokenizers"


@given(texts)
def test_every_entry_is_known_and_found_in_a_text(text):
    vocabulary = parse(text)
    for entry in vocabulary.entries:
        assert vocabulary.knows(entry.text)
        assert [match[0] for match in WORD.finditer(f"({entry.text})")] == [entry.text]
        (use,) = uses(f"“{entry.text}”.", vocabulary)
        assert use[1:] == (1, 1 + len(entry.text))


@given(words, words)
def test_lower_case_is_right_in_any_case_and_nothing_else_is(entry, word):
    # Letters whose case is a matter of language (ı and İ of Turkish) have no other case here.
    assume(not {"ı", "İ"} & {*entry, *word})
    vocabulary = parse(entry)
    if entry == entry.lower():
        assert vocabulary.knows(word) == vocabulary.knows(word.lower())
        assert vocabulary.knows(entry.upper())
    elif vocabulary.knows(word):
        assert word.lower() != word


@given(texts)
def test_every_line_is_read_once(text):
    vocabulary = parse(text)
    numbers = [one.line for one in (*vocabulary.entries, *vocabulary.wrong)]
    assert len(set(numbers)) == len(numbers)
    source = vocabulary.source
    spans = [word_span(source, number + 1) for number in range(len(source.line_starts))]
    assert {one.span for one in (*vocabulary.entries, *vocabulary.wrong)} == {
        span for span in spans if span.start < span.end
    }


@given(texts)
def test_what_is_superfluous_can_be_removed(text):
    vocabulary = parse(text)
    needless = {one.entry for one in vocabulary.superfluous}
    kept = parse("\n".join(one.text for one in vocabulary.entries if one not in needless))
    assert all(kept.knows(entry.text) for entry in vocabulary.entries)
    assert not kept.superfluous


def test_entries_that_differ_in_nothing_but_their_letters_are_one():
    vocabulary = parse("straße\nstrasse\nO’Neil\nO'Neil\nZoe\u0308\nZoë\nZoë\n")
    assert [(one.entry.line, one.by.line) for one in vocabulary.superfluous] == [
        (2, 1),
        (4, 3),
        (6, 5),
        (7, 5),
    ]


@given(texts)
def test_the_fingerprint_is_that_of_the_words(text):
    vocabulary = parse(text)
    turned = parse("\n".join(reversed([f"{one}  # {one}" for one in texts_of(vocabulary)])))
    assert vocabulary.fingerprint == turned.fingerprint
    assert vocabulary.fingerprint != parse(f"{text}\nsomething-else").fingerprint


def test_words_are_found_in_compounds_and_the_longest_entry_wins():
    vocabulary = parse("js\nNode.js\nKubeflow\nC++\nC\n.NET\nback-prop\nI/O\n")
    text = "Kubeflow-native I/O for C++/C, Node.js-based back-prop-like ASP.NET or .NET-ish"
    found = [(use.entry, text[use.start : use.end]) for use in uses(text, vocabulary)]
    assert found == [
        ("Kubeflow", "Kubeflow"),
        ("I/O", "I/O"),
        ("C++", "C++"),
        ("C", "C"),
        ("Node.js", "Node.js"),
        ("back-prop", "back-prop"),
        (".NET", ".NET"),
    ]


@given(texts, st.lists(st.one_of(words, st.sampled_from(" -./_")), max_size=8).map("".join))
def test_uses_are_in_order_and_known(text, prose):
    vocabulary = parse(text)
    end = 0
    for use in uses(prose, vocabulary):
        assert end <= use.start < use.end <= len(prose)
        assert vocabulary.entry_for(prose[use.start : use.end]) == use.entry
        assert vocabulary.knows_at(prose, use.start, use.end)
        end = use.end


@pytest.mark.parametrize(
    ("text", "flagged", "known"),
    [
        ("We run Node.js here", "js", True),
        ("We run Node.js here", "Node", True),
        ("We run Nodes.js here", "js", False),
        ("snake_kubeflow", "kubeflow", True),
        ("kubeflow/Kubeflow", "kubeflow/Kubeflow", True),
        ("kubeflow-natively", "kubeflow-natively", False),
        ("kubeflow-natively", "kubeflow", True),
        ("kubeflows’ pods", "kubeflows’", True),
        ("no … word", "…", False),
    ],
)
def test_what_an_engine_cuts_out_of_a_word_is_known_with_the_word(text, flagged, known):
    vocabulary = parse("Node.js\nkubeflow\n")
    start = text.index(flagged)
    assert vocabulary.knows_at(text, start, start + len(flagged)) is known


def test_nothing_is_known_to_an_empty_vocabulary(tmp_path):
    vocabulary = load(tmp_path / "vocabulary.txt")
    assert not vocabulary.entries
    assert not vocabulary.knows("")
    assert not vocabulary.knows_at("a b", 0, 1)
    assert not list(uses("a b", vocabulary))
    assert not vocabulary.superfluous


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    file = tmp_path / "vocabulary.txt"
    file.write_bytes(b"LLM\nZo\xeb\n")
    with pytest.raises(VocabularyError, match=r"vocabulary\.txt is not UTF-8 text \(line 2\)"):
        load(file)
    with pytest.raises(VocabularyError, match=r"cannot read the vocabulary .*directory"):
        load(tmp_path)
    with pytest.raises(VocabularyError, match="cannot read the vocabulary"):
        load(tmp_path / "a\0b")


def test_entries_that_nothing_uses_are_reported_once():
    vocabulary = parse("Kubeflow\nAirflow\nairflow\nKubeflow\nLLM\nLLMs\n", "words.txt")
    entries = used([block("Kubeflow's LLMs"), block("and Spark")], vocabulary)
    assert entries == {"Kubeflow", "LLMs"}
    remove = "Remove it."
    assert said(unused(vocabulary, entries)) == [
        ("no document uses “airflow” of the vocabulary", remove),
    ]
    assert said(superfluous(vocabulary)) == [
        ("“Airflow” needs no entry: “airflow” in line 3 makes it right", remove),
        ("“Kubeflow” is in the vocabulary already, in line 1", remove),
        ("“LLMs” needs no entry: “LLM” in line 5 makes it right", remove),
    ]
    assert [(one.related[0].path, one.related[0].line) for one in superfluous(vocabulary)] == [
        ("words.txt", 3),
        ("words.txt", 1),
        ("words.txt", 5),
    ]


@given(texts, st.lists(words, max_size=8))
def test_what_remains_of_a_vocabulary_makes_the_same_words_right(text, prose):
    vocabulary = parse(text)
    known = [word for word in prose if vocabulary.knows(word)]
    entries = {vocabulary.entry_for(word) for word in known}
    reported = {one.span for one in (*unused(vocabulary, entries), *superfluous(vocabulary))}
    kept = parse("\n".join(one.text for one in vocabulary.entries if one.span not in reported))
    assert all(kept.knows(word) for word in known)
    assert not list(unused(kept, {kept.entry_for(word) for word in known}))


@given(texts, st.lists(words, max_size=5))
def test_adding_keeps_every_other_line(text, new):
    result = add(text, new)
    extra = Counter(contents(result.text)) - Counter(contents(text))
    if extra.pop("", 0):  # it sets the first words of all off from the comments above
        assert not any(section.words for section in sections(Source("", text)))
    assert extra == Counter(result.added)
    assert not Counter(contents(text)) - Counter(contents(result.text))
    assert result.text.startswith(BOM) == text.startswith(BOM)


@given(texts, st.lists(words, max_size=5))
def test_adding_makes_the_words_right_and_none_superfluous(text, new):
    result = add(text, new)
    before, after = parse(text), parse(result.text)
    assert all(after.knows(word) for word in new)
    assert len(result.added) + len(result.known) <= len(new)
    assert {known.entry for known in result.known} <= set(texts_of(after))
    added = set(result.added)
    assert added.isdisjoint(one.entry.text for one in after.superfluous)
    assert after.wrong == () or len(after.wrong) == len(before.wrong)


@given(texts, st.lists(words, max_size=5))
def test_adding_again_changes_nothing(text, new):
    once = add(text, new).text
    again = add(once, [*new, *new])
    assert again.text == once
    assert again.added == ()


@given(texts, st.lists(words, min_size=1, max_size=5))
def test_every_section_is_in_order_after_adding(text, new):
    result = add(text, new)
    assume(result.added)
    for section in sections(Source("", result.text)):
        keys = [sort_key(one.word) for one in section.words]
        assert keys == sorted(keys)


@given(texts)
def test_the_sections_hold_every_line(text):
    source = Source("", text)
    found = [
        line.text + line.ending
        for section in sections(source)
        for line in (
            *section.heading,
            *(line for word in section.words for line in word.lines),
            *section.tail,
        )
    ]
    assert "".join(found) == text.removeprefix(BOM)


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ("", ["b", "A"], "A\nb\n"),
        ("# Words\n", ["b"], "# Words\n\nb\n"),
        ("# Words\n\n\n", ["b"], "# Words\n\n\nb\n"),
        ("# Words\nb", ["a"], "# Words\na\nb\n"),
        ("d\nb\n\nz\nx\n", ["y"], "b\nd\n\nx\ny\nz\n"),
        ("a\n# of c\nc  # see\n", ["b"], "a\nb\n# of c\nc  # see\n"),
        ("c  # see\na\n", ["b"], "a\nb\nc  # see\n"),
        ("# Tools\nx\nz\n# Names\na\nc\n", ["b"], "# Tools\nx\nz\n# Names\na\nb\nc\n"),
        ("a\r\n\r\n# end\r\n", ["b"], "a\r\nb\r\n\r\n# end\r\n"),
        ("a\n# end\n", ["b"], "a\nb\n# end\n"),
        (f"{BOM}b\n", ["a"], f"{BOM}a\nb\n"),
        ("Zeta\nalpha\n", ["Älpha", "O’Neil"], "alpha\nO'Neil\nZeta\nÄlpha\n"),
    ],
)
def test_words_go_where_a_reader_looks_for_them(before, new, after):
    assert add(before, new).text == after


def test_a_word_that_is_right_already_is_not_added():
    result = add("LLM\n", ["LLMs", "tokenizers", "tokenizer", "LLM", "Tokenizer"])
    assert result.added == ("tokenizer",)
    assert [tuple(one) for one in result.known] == [
        ("LLMs", "LLM"),
        ("tokenizers", "tokenizer"),
        ("LLM", "LLM"),
        ("Tokenizer", "tokenizer"),
    ]
