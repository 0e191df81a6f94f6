"""Many passages in one text, and the way back to each of them."""

from hypothesis import given
from hypothesis import strategies as st

from languagetool_fakes import text_of
from mlsd_lint.prose.engine import Passage
from mlsd_lint.prose.languagetool import batching
from mlsd_lint.prose.languagetool.batching import batches

TEXTS = st.text(st.sampled_from("ab. \ufffc😀é\n"), min_size=1, max_size=40)
PASSAGES = st.lists(TEXTS.map(lambda text: Passage("paragraph", text)), min_size=1, max_size=12)


@given(PASSAGES, st.integers(20, 400))
def test_no_batch_is_longer_than_the_server_takes(passages, limit):
    for batch in batches(passages, limit):
        text = text_of(batch.data)
        meant = text.replace("\ufffc", "Dummy99")
        assert _units(meant) <= limit


@given(PASSAGES, st.integers(20, 400))
def test_the_pieces_are_the_passages_in_order(passages, limit):
    put_together = []
    for batch in batches(passages, limit):
        for piece in batch.pieces:
            if piece.start == 0:
                put_together.append("")
            assert piece.start == len(put_together[-1])
            put_together[-1] += piece.text
    assert put_together == [passage.text for passage in passages]


@given(PASSAGES, st.data())
def test_a_place_in_a_batch_leads_to_the_place_in_its_piece(passages, data):
    (batch,) = batches(passages, 100_000)
    index = data.draw(st.integers(0, len(passages) - 1))
    text = passages[index].text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    before = "\n\n".join([passage.text for passage in passages[:index]] + [text[:start]])
    whole = text_of(batch.data)
    assert whole.startswith(before)
    placed = batch.placed(_units(before), _units(text[start:end]))
    assert placed == (index, (start, end))


def test_what_reaches_into_the_next_passage_has_no_place():
    (batch,) = batches([Passage("paragraph", "ab"), Passage("paragraph", "cd")], 100)
    assert batch.placed(1, 2) is None
    assert batch.placed(2, 2) is None
    assert batch.placed(0, 0) is None
    assert batch.placed(4, 2) == (1, (0, 2))


def test_batches_are_of_a_size_that_is_answered_soon():
    passages = [Passage("paragraph", "a" * 990)] * 8
    assert [len(batch.pieces) for batch in batches(passages, 100_000)] == [4, 4]
    assert batching.BATCH_CHARACTERS == 4_000


def _units(text):
    return len(text.encode("utf-16-le")) // 2
