"""Which blocks are English."""

import pytest

from marked import parsed
from mlsd_lint.prose.extraction import blocks
from mlsd_lint.prose.languages import mostly_latin


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain words.", True),
        ("12 % — …", False),
        ("12 %", True),
        ("A naïve café, “quoted”", True),
        ("Andrew Ng’s course (吴恩达) is a start", True),
        ("Москва слезам не верит", False),
        ("The word Москва is Russian", True),
        ("使用 Memcached 或 Redis 进行缓存", False),
        ("設計、SQL。", False),
        ("한국어 문장", False),
        ("العَرَبِيَّة", False),
        ("ภาษาไทย and", False),
    ],
)
def test_the_script_of_a_text(text, expected):
    assert mostly_latin(text) is expected


def _english(text):
    return [(block.text, block.english) for block in blocks(parsed(text))]


def test_a_declared_language_holds_in_its_element():
    text = (
        'One\n\n<div lang="fr">\n\nDeux\n\n<p lang="en-US">\n\nThree\n\n</p>\n\nQuatre\n\n</div>\n\n'
        "<div>\n\nFive\n\n</div>\n\n<DIV LANG=DE>\n\nSechs\n\n<div>\n\nSieben\n\n</div>\n\nAcht\n\n</DIV>\n\nNine"
    )
    assert _english(text) == [
        ("One", True),
        ("Deux", False),
        ("Three", True),
        ("Quatre", False),
        ("Five", True),
        ("Sechs", False),
        ("Sieben", False),
        ("Acht", False),
        ("Nine", True),
    ]


def test_a_tag_that_is_not_closed_declares_nothing():
    assert _english('<div lang="fr">\n\nOne\n\n<br lang="de"/> two </b>') == [
        ("One", True),
        ("\n two ", True),
    ]


def test_another_script_is_not_english():
    assert _english("One\n\n中文的句子\n\n- два слова") == [
        ("One", True),
        ("中文的句子", False),
        ("два слова", False),
    ]
