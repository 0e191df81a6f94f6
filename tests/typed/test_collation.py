"""Alphabetical order: the laws of an order, and what readers of each language expect."""

from __future__ import annotations

from itertools import combinations, pairwise
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.typed.collation import collation_key, known_locale, out_of_order

LOCALES = (
    *("", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hr", "hu", "is", "it"),
    *("lt", "lv", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk"),
)
locales = st.sampled_from(LOCALES)
texts = st.text(max_size=8) | st.text(
    st.sampled_from("aAbcChHdzZlLjJnNsSyYiIİıoOäÄöåÅæøéñčßłдий 0129-.#+'\u030a\u0308\u030c\u0301"),
    max_size=6,
)
entries = st.lists(st.text(st.sampled_from("abAB1 é-"), max_size=3), max_size=9)


def _in_order(words: str, locale: str = "") -> bool:
    """Whether the words, separated by two spaces, are in order, and no two of them equal."""
    keys = [collation_key(word, locale) for word in words.split("  ")]
    return all(first < second for first, second in pairwise(keys))


@given(texts, texts, texts, locales)
def test_any_two_texts_have_an_order_and_it_holds_together(first, second, third, locale):
    one, two, three = (collation_key(text, locale) for text in (first, second, third))
    assert (one < two) + (one == two) + (one > two) == 1
    assert (one == two) == (normalize("NFC", first) == normalize("NFC", second))
    if one <= two <= three:
        assert one <= three


@given(texts, locales)
def test_the_form_of_unicode_makes_no_difference(text, locale):
    composed, taken_apart = normalize("NFC", text), normalize("NFD", text)
    assert collation_key(text, locale) == collation_key(composed, locale)
    assert collation_key(text, locale) == collation_key(taken_apart, locale)


@given(
    st.text(st.sampled_from("abcxyzåéñ")),
    st.text(st.sampled_from("abcxyzåéñ"), min_size=1),
    locales,
)
def test_a_beginning_stands_before_the_whole(beginning, rest, locale):
    assert collation_key(beginning, locale) < collation_key(beginning + rest, locale)


@pytest.mark.parametrize(
    "words",
    [
        "Autokeras  auto-sklearn  Ax",
        "C  C#  C++  Caffe",
        "DeepForest  Deep Lake  DeepSpeed",
        "data  Data  DATA  database",
        "auto ml  auto-ml  autoML",
        "cafe  café  Café  cafes",
        "rest  resume  Resumé  résumé",
        "3D  10x  100  a",
        "Python 2  Python 3.9  Python 3.11  Python for all",
        "Q1  Q2  Q10  Quarto",
        "file 007  file 7  file 8",
        "\u0665  6",
        "1.2.9  1.2.10  1.3",
        "AE  Æ  af",
        "Straffe  Strasse  Straße  Strata",
        "old  Øre  Øst  other",
        "Lab  Łódź  Lux",
        "zeta  Ωmega  Ωmicron  Яблоко  日本",
        "ёлка  ель  иней  йога",
        "🚀 Alpha  Beta  “Gamma”",
        "काम  काला  किताब",
        "가  가나  각",
        "ﬁle  film",
        "Ａlpha  beta",
        "…  a",
        "Hawaiʻi  Hawaiian",
        "❤ alpha  ❤️ beta",
    ],
)
def test_the_order_of_no_language_in_particular(words):
    assert _in_order(words)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("sv", "Mylla  Myller  Müller  Mz  z  å  ä  ö"),
        ("sv", "zebra  ånga  Åre  Älg  Æsop  ö  Øre  öst"),
        ("fi", "z  å  ä  ö"),
        ("da", "z  æ  ä  ø  ö  å  Aarhus  Åse"),
        ("nb", "Zoo  Ærlig  Østfold  Ås"),
        ("nn", "z  æ  ø  å"),
        ("no", "z  æ  ø  å"),
        ("es", "nube  nz  ñandú  o"),
        ("es", "calle  camino  chico  cielo"),
        ("de", "Arbeit  Ärger  Art  Zug"),
        ("de", "Mulde  Muller  Müller  Mus"),
        ("pl", "a  ą  b  c  ć  d  e  ę  f  l  ł  m  n  ń  o  ó  p  s  ś  t  z  ź  ż"),
        ("pl", "lz  łaska  ma"),
        ("cs", "c  cz  č  čz  d  ď  e  h  hz  ch  chz  i"),
        ("cs", "r  ř  s  š  t  ť  u  ú  ů  z  ž"),
        ("cs", "Hz  Chleba  CHYBA  i"),
        ("sk", "a  az  ä  b  h  hz  ch  i  o  oz  ô  p"),
        ("hr", "c  č  ć  d  dz  dž  đ  e  l  lz  lj  m  nz  nj  o  š  t  z  ž"),
        ("sl", "c  č  d  s  š  t  z  ž"),
        ("hu", "cz  cs  d  dy  dz  dzs  e  gz  gy  h  lz  ly  nz  ny  o"),
        ("hu", "o  ó  oz  ö  ő  p  sz  szz  t  tz  ty  u  ü  ű  v  z  zs"),
        ("hu", "ast  aszony  asszony  aszt  at"),
        ("tr", "c  ç  d  g  ğ  h  ı  i  j  o  ö  p  s  ş  t  u  ü  v"),
        ("tr", "Ilgaz  ırmak  Irmak  İlk  izmir  İzmir"),
        ("et", "s  š  z  ž  t  u  v  w  õ  ä  ö  ü  x  y"),
        ("lt", "c  č  ia  yb  ic  j  s  š  z  ž"),
        ("lv", "c  č  g  ģ  h  i  y  j  k  ķ  l  ļ  n  ņ  s  š  z  ž"),
        ("is", "a  az  á  d  ð  e  é  i  í  o  ó  u  ú  y  ý  z  þ  æ  ö  å"),
        ("ro", "a  ă  â  b  i  î  j  s  sz  ș  t  tz  ț  u"),
        ("uk", "г  ґ  д  е  є  ж  и  і  ї  й  к"),
        ("ru", "е  ё  ж  и  й  к"),
        ("el", "α  ά  αβ  ω"),
        ("fr", "cote  coté  côte  côté  coter"),
        ("sv", "ch  ci  co"),
    ],
)
def test_the_letters_of_a_language_stand_where_its_alphabet_has_them(locale, words):
    assert _in_order(words, locale)
    assert _in_order(normalize("NFD", words), locale)


def test_two_letters_are_one_only_where_no_accent_parts_them():
    assert _in_order("cha  d", "es")
    assert _in_order("cȟ  d  h  ch", "cs")
    assert _in_order("aå  ab", "da") is False
    assert _in_order("ab  aå  b  å", "da")


def test_the_dot_of_an_i_counts_in_turkish_alone():
    assert collation_key("I", "tr")[0] == collation_key("ı", "tr")[0]
    assert collation_key("İ", "tr")[0] == collation_key("i", "tr")[0]
    assert collation_key("I\u0307", "tr") == collation_key("İ", "tr")
    assert collation_key("I")[0] == collation_key("i")[0] == collation_key("İ")[0]


def test_a_number_may_be_as_long_as_it_likes():
    assert _in_order(f"{'9' * 5000}  1{'0' * 5000}")


@pytest.mark.parametrize("locale", [*LOCALES, "sv-SE", "sv_FI", "SV", "de-Latn-DE-1996"])
def test_a_language_is_known_with_and_without_a_country(locale):
    assert known_locale(locale)


@pytest.mark.parametrize("locale", ["xx", "swedish", "-", "-sv", " sv", "s"])
def test_a_language_without_an_alphabet_is_not_known(locale):
    assert not known_locale(locale)
    assert collation_key("Å", locale) == collation_key("Å")


def test_a_country_changes_no_order():
    assert collation_key("Å", "sv-SE") == collation_key("Å", "sv") != collation_key("Å", "en-SE")


# --- what has to move ---


def _sorted(words: list[str]) -> bool:
    return all(collation_key(one) <= collation_key(two) for one, two in pairwise(words))


def _without(words: list[str], indexes: list[int]) -> list[str]:
    return [word for index, word in enumerate(words) if index not in indexes]


@given(entries)
def test_nothing_has_to_move_exactly_where_all_is_in_order(words):
    assert (not out_of_order(words)) == _sorted(words)


@given(entries)
def test_without_what_has_to_move_the_rest_is_in_order_and_nothing_less_would_do(words):
    moved = out_of_order(words)
    assert moved == sorted(set(moved))
    assert _sorted(_without(words, moved))
    if moved:
        fewer = combinations(range(len(words)), len(moved) - 1)
        assert not any(_sorted(_without(words, list(indexes))) for indexes in fewer)


@given(entries)
def test_of_equal_choices_the_first_entries_stay(words):
    moved = out_of_order(words)
    choices = combinations(range(len(words)), len(moved))
    assert moved == max(
        list(indexes) for indexes in choices if _sorted(_without(words, list(indexes)))
    )


def test_what_has_to_move_depends_on_the_language():
    towns = ["Avesta", "Zinkgruvan", "Åmål", "Örebro"]
    assert out_of_order(towns, "sv-SE") == []
    assert out_of_order(towns, "de") == [2, 3]


def test_the_one_entry_in_the_wrong_place_is_named():
    assert out_of_order(["Airflow", "Argo", "Zenml", "Dagster", "Flyte", "Kubeflow"]) == [2]
    assert out_of_order(["Prefect", "Metaflow"]) == [1]
    assert out_of_order(["Ray", "Ray", "ray"]) == [2]
    assert out_of_order([]) == []


def test_a_long_list_upside_down_is_looked_through():
    words = [f"entry {number}" for number in range(20_000, 0, -1)]
    assert out_of_order(words) == list(range(1, 20_000))
