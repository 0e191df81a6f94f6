"""What the rules about the words of a whole book say where their fixtures cannot show it."""

import pytest

from mlsd_lint.fixes.applying import apply
from projects import diagnose, write_files


def _config(text):
    return {"mlsd-lint.toml": f"[prose]\n{text}\n"}


def _found(folder, code, files):
    write_files(folder, files)
    return diagnose(folder, code)


def _mended(folder, code, text, config=""):
    found = _found(folder, code, {"page.md": text, **_config(config)})
    return apply(text, [one.fix for one in found if one.fix]).text


def test_the_book_decides_about_one_of_its_files(tmp_path):
    few = "# One\n\nA dataset, and another dataset.\n"
    many = "# Two\n\nA data set, a data set, and data sets.\n"
    write_files(tmp_path, {"one.md": few, "two.md": many})
    found = diagnose(tmp_path, "P011", [tmp_path / "one.md"])
    assert [one.path for one in found] == ["one.md", "one.md"]
    assert found[0].message == (
        "“dataset” is spelled “data set” elsewhere in this book (3 times, this way 2 times)"
    )
    assert [(one.path, one.line) for one in found[0].related] == [("two.md", 3)]


def test_a_term_that_is_spelled_in_one_way_is_not_reported(tmp_path):
    assert _found(tmp_path, "P011", {"page.md": "# A\n\nData sets, a data set.\n"}) == []


def test_an_enforced_spelling_wins_over_the_majority(tmp_path):
    text = "# A\n\nA data set, a data set, a dataset, a data-set.\n"
    config = '[prose.spellings]\n"data set" = "dataset"\n'
    write_files(tmp_path, {"page.md": text, "mlsd-lint.toml": config})
    found = diagnose(tmp_path, "P009,P011")
    assert [(one.code, one.start.column) for one in found] == [
        ("P009", 3),
        ("P009", 15),
        ("P011", 38),
    ]
    assert found[-1].message.startswith("“data-set” is spelled “dataset”")


@pytest.mark.parametrize(
    ("english", "wrong"),
    [
        (
            "american",
            ["colour", "centre", "labelled", "organise", "analyse", "defence", "skilful", "tyre"],
        ),
        ("british", ["color", "center", "labeled", "analyze", "defense", "skillful"]),
        ("canadian", ["color", "center", "labeled", "organise", "analyse", "defense", "tyre"]),
        (
            "australian",
            ["color", "center", "labeled", "organize", "analyze", "defense", "skillful"],
        ),
    ],
)
def test_each_english_has_its_own_words(tmp_path, english, wrong):
    words = (
        "color colour center centre labeled labelled organize organise analyze analyse defense "
        "defence skillful skilful tire tyre analyses catalog catalogue advise exercise practice"
    )
    text = "# A\n\n" + "".join(f"- the {word} here\n" for word in words.split())
    found = _found(tmp_path, "P012", {"page.md": text, **_config(f'english = "{english}"')})
    assert [one.excerpt.text.split()[2] for one in found] == sorted(
        set(words.split()) & set(wrong), key=words.split().index
    )


BRITISH = "# One\n\nThe colour of the centre. We analyse behaviour, organise and modelled it.\n"
AMERICAN = "# Two\n\nThe color of the center. We analyze behavior, organize and modeled it.\n"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([BRITISH, BRITISH], []),
        ([AMERICAN, AMERICAN], []),
        ([BRITISH, "A color.\n"], [("“color”", "“colour”", "British")]),
        ([AMERICAN, "A tyre.\n"], [("“tyre”", "“tire”", "American")]),
        # as much one as the other, and too little to tell
        ([BRITISH, AMERICAN], []),
        (["A color, a colour.\n", "A color.\n"], []),
        (["A color, a colour, a center.\n", "Gray.\n"], [("“colour”", "“color”", "American")]),
        # what is at home in several of the Englishes that the book may be in
        ([BRITISH, "We organize it.\n"], []),
        (["Colour, centre, analyze, defence, organize.\n"], []),
        ([AMERICAN.replace("yz", "ys")], [("“analyse”", "“analyze”", "American")]),
        (["We organize, normalize, optimize and organise it.\n"], []),
    ],
)
def test_the_book_decides_in_which_english_it_is(tmp_path, texts, expected):
    files = {f"page-{number}.md": text for number, text in enumerate(texts)}
    words = [one.message.split() for one in _found(tmp_path, "P012", files)]
    assert [(said[0], said[3], said[5]) for said in words] == expected


def test_a_british_book_has_nothing_to_say_of_its_words(tmp_path):
    write_files(tmp_path, {"page.md": BRITISH + "\nAn anonymised tokeniser whilst ageing.\n"})
    assert diagnose(tmp_path, "P003,P004,P012,P016") == []


def test_the_book_decides_about_the_english_of_one_of_its_files(tmp_path):
    write_files(tmp_path, {"one.md": "A color.\n", "two.md": BRITISH})
    (found,) = diagnose(tmp_path, "P012", [tmp_path / "one.md"])
    assert (found.path, found.message) == (
        "one.md",
        "“color” is spelled “colour” in British English, as most of this book is written",
    )


@pytest.mark.parametrize(
    ("code", "config", "text", "expected"),
    [
        (
            "P009",
            'spellings = { "data set" = "dataset" }',
            "Data Sets, data sets",
            "Datasets, datasets",
        ),
        ("P009", 'spellings = { "on prem" = "on-premises" }', "# On Prem\n", "# On-Premises\n"),
        ("P009", 'spellings = { "ok" = "okay" }', "OK, Ok, ok", "OKAY, Okay, okay"),
        ("P009", 'spellings = { Ok = "OK" }', "Ok, ok", "OK, ok"),
        ("P010", "", "Huggingface's Pytorch", "Hugging Face's PyTorch"),
        ("P011", "", "fine-tune, fine-tune, Finetuning", "fine-tune, fine-tune, Fine-tuning"),
        ("P011", "", "overfit, overfit, over-fitted", "overfit, overfit, overfitted"),
        ("P011", "", "A/B test, A/B test, AB tests", "A/B test, A/B test, A/B tests"),
        ("P012", 'english = "american"', "Centred colours", "Centered colors"),
    ],
)
def test_fixes_keep_case_and_inflection(tmp_path, code, config, text, expected):
    assert _mended(tmp_path, code, text, config) == expected


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_nothing_is_joined_across_lines(tmp_path, ending):
    text = f"# A{ending}{ending}Dataset, dataset, data{ending}set.{ending}"
    found = _found(tmp_path, "P011", {"page.md": text})
    assert [one.fix for one in found] == [None]
    assert found[0].message.startswith("“data set” is spelled “dataset”")


def test_a_word_of_the_vocabulary_is_right(tmp_path):
    files = {
        "page.md": "# A\n\nPytorch, Javascript and the colour grey.\n",
        "vocabulary.txt": "Pytorch\ncolour\n",
        **_config('english = "american"'),
    }
    assert [one.message.split()[0] for one in _found(tmp_path, "P010,P012", files)] == [
        "“Javascript”",
        "“grey”",
    ]


def test_settings_decide_against_the_names_that_are_known(tmp_path):
    files = {"page.md": "# A\n\nPytorch.\n", **_config('spellings = { PyTorch = "Pytorch" }')}
    assert _found(tmp_path, "P009,P010", files) == []
