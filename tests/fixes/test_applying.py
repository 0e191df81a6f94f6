from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.diagnostics import PlacedEdit, PlacedFix
from mlsd_lint.fixes.applying import (
    FileChangedError,
    apply,
    outside_unchanged,
    replace_file,
    unified_diff,
)
from mlsd_lint.source import Source, Span


def edit(text, start, end, replacement):
    source, span = Source("a.md", text), Span(start, end)
    return PlacedEdit(
        span, source.position(start), source.position(end), source.slice(span), replacement
    )


def fix(text, *edits, safe=True):
    return PlacedFix("mend it", safe, tuple(edit(text, *one) for one in edits))


def test_edits_are_applied_at_their_spans():
    text = "\ufeff1. a\r\n1. b 🙂\r\n1. c\r\n"
    result = apply(text, [fix(text, (7, 8, "2"), (15, 16, "3"))])
    assert result.text == "\ufeff1. a\r\n2. b 🙂\r\n3. c\r\n"
    assert len(result.fixes) == 1
    assert [one.replacement for one in result.edits] == ["2", "3"]


def test_a_fix_whose_text_has_changed_is_left_out():
    seen = fix("see Readme.md", (4, 13, "README.md"))
    assert apply("saw readme.md", [seen]).fixes == ()
    assert apply("see", [seen]).text == "see"


def test_a_fix_is_applied_as_a_whole_or_not_at_all():
    text = "one two three"
    first = fix(text, (4, 7, "2"))
    second = fix(text, (0, 3, "1"), (8, 13, "3"))
    assert apply(text, [first, second]).text == "1 2 3"
    colliding = fix(text, (5, 6, "W"), (8, 13, "3"))
    result = apply(text, [first, colliding])
    assert (result.text, result.fixes) == ("one 2 three", (first,))


def test_what_a_rejected_fix_claimed_is_free_again():
    text = "one two three"
    first, rejected, third = (
        fix(text, (0, 3, "1")),
        fix(text, (1, 2, "N"), (8, 13, "drei")),
        fix(text, (8, 13, "3")),
    )
    assert apply(text, [third, rejected, first]).text == "1 two 3"
    backwards = PlacedFix("mend it", rejected.safe, rejected.edits[::-1])
    assert apply(text, [third, backwards, first]).text == "1 two 3"


def test_two_insertions_at_one_place_are_two_passes():
    text = "ab"
    left, right = fix(text, (1, 1, "X")), fix(text, (1, 1, "Y"))
    assert apply(text, [right, left]).fixes == (left,)
    assert apply(text, [fix(text, (0, 1, "A")), left]).text == "AXb"


def test_an_insertion_is_in_the_way_of_what_starts_at_its_place():
    text = "abcd"
    insertion, replacement = fix(text, (1, 1, "X")), fix(text, (1, 3, "Y"))
    assert apply(text, [replacement, insertion]).fixes == (insertion,)


def test_a_later_edit_of_an_earlier_fix_is_in_the_way():
    text = "abcdefgh"
    first, second = fix(text, (0, 1, "A"), (5, 8, "F")), fix(text, (3, 6, "D"))
    assert apply(text, [second, first]).fixes == (first,)


def test_a_fix_that_overlaps_itself_or_has_no_edit_is_left_out():
    text = "abcdef"
    assert apply(text, [fix(text, (0, 3, "x"), (2, 4, "y")), fix(text)]).fixes == ()


def test_what_changed_elsewhere_is_noticed():
    text = "one two"
    edits = [edit(text, 4, 7, "2")]
    assert outside_unchanged(text, "one 2", edits)
    for wrong in ("One 2", "one 2 ", "one two", "one  2", ""):
        assert not outside_unchanged(text, wrong, edits)
    assert not outside_unchanged(
        "abcd", "xycd", [*[edit("abcd", 0, 2, "x")], edit("abcd", 1, 2, "y")]
    )


pieces = st.sampled_from([*"ab12. \n\t🙂é\ufeff", "\r\n"])
texts = st.lists(pieces, max_size=40).map("".join)


@st.composite
def texts_and_fixes(draw):
    """A text and fixes that do not touch each other, each of one or more edits."""
    text = draw(st.sampled_from(["", "\ufeff"])) + draw(texts)
    starts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, limit in zip(starts, [*starts, len(text)][1:], strict=True):
        end = draw(st.integers(start, max(start, limit)))
        edits.append((start, end, draw(st.text(st.sampled_from("xy\r\n🙂"), max_size=3))))
    owners = [draw(st.integers(0, 3)) for _ in edits]
    groups = [
        [one for one, owner in zip(edits, owners, strict=True) if owner == group]
        for group in range(4)
    ]
    return text, [fix(text, *group) for group in groups if group]


@given(texts_and_fixes(), st.randoms(use_true_random=False))
def test_fixes_that_do_not_touch_are_all_applied_in_any_order(drawn, random):
    text, fixes = drawn
    shuffled = random.sample(fixes, len(fixes))
    result = apply(text, fixes)
    assert apply(text, shuffled) == result
    assert sorted(result.fixes) == sorted(fixes)
    assert outside_unchanged(text, result.text, result.edits)


@given(texts_and_fixes())
def test_reverting_gives_the_text_back(drawn):
    text, fixes = drawn
    result = apply(text, fixes)
    shift, back = 0, []
    for one in result.edits:
        start = one.span.start + shift
        end = start + len(one.replacement)
        back.append(edit(result.text, start, end, one.expected))
        shift += len(one.replacement) - len(one.expected)
    # One fix for each edit: two that met at one place become two passes.
    reverted = result.text
    for one in reversed(back):
        reverted = apply(reverted, [PlacedFix("undo", safe=True, edits=(one,))]).text
    assert reverted == text


@given(
    texts, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9), st.sampled_from(["", "x"])))
)
def test_whatever_is_applied_is_all_that_changed(text, drawn):
    fixes = [
        fix(text, (min(start, len(text)), min(start + length, len(text)), new))
        for start, length, new in drawn
    ]
    result = apply(text, fixes)
    assert outside_unchanged(text, result.text, result.edits)
    assert apply(text, fixes[::-1]) == result
    for one in result.edits:
        assert text[one.span.start : one.span.end] == one.expected


@given(texts_and_fixes(), st.integers(0, 60), st.sampled_from("zé"))
def test_one_more_character_is_noticed(drawn, place, extra):
    text, fixes = drawn
    result = apply(text, fixes)
    place = min(place, len(result.text))
    spoilt = result.text[:place] + extra + result.text[place:]
    assert not outside_unchanged(text, spoilt, result.edits)


def test_a_diff_is_a_patch(tmp_path):
    old, new = "a\r\nb\x0bc\nlast", "a\r\nB\x0bc\nlast\n"
    patch = unified_diff("docs/page.md", old, new)
    assert patch.startswith(
        "--- a/docs/page.md\n+++ b/docs/page.md\n@@ -1,3 +1,3 @@\n a\r\n-b\x0bc\n"
    )
    assert "\\ No newline at end of file\n" in patch
    git = shutil.which("git")
    if git is None:
        pytest.skip("needs git to apply the patch")
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs/page.md"
    page.write_bytes(old.encode())
    subprocess.run(
        [git, "apply", "--whitespace=nowarn", "-"],
        input=patch.encode(),
        cwd=tmp_path,
        check=True,
    )
    assert page.read_bytes() == new.encode()


def test_no_change_is_no_diff():
    assert unified_diff("a.md", "a\n", "a\n") == ""


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path):
    page = tmp_path / "page.md"
    page.write_bytes(b"\xef\xbb\xbfold\r\n")
    page.chmod(0o640)
    replace_file(page, b"\xef\xbb\xbfold\r\n", b"\xef\xbb\xbfnew\r\n")
    assert page.read_bytes() == b"\xef\xbb\xbfnew\r\n"
    assert stat.S_IMODE(page.stat().st_mode) == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["page.md"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real/page.md", tmp_path / "page.md"
    target.write_bytes(b"old")
    link.symlink_to("real/page.md")
    replace_file(link, b"old", b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_file_that_has_changed_is_left_alone(tmp_path):
    page = tmp_path / "page.md"
    page.write_bytes(b"somebody else's")
    with pytest.raises(FileChangedError, match=r"page\.md has changed"):
        replace_file(page, b"old", b"new")
    assert page.read_bytes() == b"somebody else's"
    assert [one.name for one in tmp_path.iterdir()] == ["page.md"]


def test_a_file_that_is_gone_is_not_made_again(tmp_path):
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "page.md", b"old", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    page = tmp_path / "page.md"
    page.write_bytes(b"old")

    def fail(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        replace_file(page, b"old", b"new")
    assert page.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["page.md"]


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="a mode keeps nobody out here (root, or Windows)",
)
def test_a_read_only_file_is_not_replaced(tmp_path):
    page = tmp_path / "page.md"
    page.write_bytes(b"old")
    page.chmod(0o444)
    with pytest.raises(PermissionError):
        replace_file(page, b"old", b"new")
    assert page.read_bytes() == b"old"
