import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.similarity import LONG_ENOUGH, NearIndex, jaccard, trigrams

texts = st.text(alphabet="ابتک ", min_size=0, max_size=30)


def test_equal_texts_are_wholly_alike():
    assert jaccard(trigrams("سفارش من کجاست"), trigrams("سفارش من کجاست")) == 1.0


def test_texts_without_a_common_trigram_are_not_alike():
    assert jaccard(trigrams("سفارش"), trigrams("فاتورة")) == 0.0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("میخواهم اکانتم را پاک کنم", True, id="the same"),
        pytest.param("من میخواهم اکانتم را پاک کنم", True, id="one word more"),
        pytest.param("میخواهم رمزم را عوض کنم", False, id="another wish"),
    ],
)
def test_a_nearly_equal_long_text_is_found(text, found):
    index = NearIndex(["میخواهم اکانتم را پاک کنم"], threshold=0.8)
    assert bool(index.near(text)) is found


@pytest.mark.parametrize(("text", "found"), [("اين طلبي", True), ("اين طلبك", False)])
def test_a_short_text_is_found_only_when_equal(text, found):
    index = NearIndex(["اين طلبي"], threshold=0.1)
    assert bool(index.near(text)) is found


def test_the_likest_comes_first():
    index = NearIndex(["where is my order now", "where is my order"], threshold=0.5)
    assert [at for at, _ in index.near("where is my order")] == [1, 0]


@given(st.lists(texts, max_size=12), texts, st.sampled_from([0.5, 0.8, 0.9, 1.0]))
def test_the_index_finds_what_comparing_all_would_find(known, text, threshold):
    def same(other):
        if len(text) <= LONG_ENOUGH:
            return other == text
        near = jaccard(trigrams(text), trigrams(other)) >= threshold
        return len(other) > LONG_ENOUGH and near

    found = {at for at, _ in NearIndex(known, threshold=threshold).near(text)}
    assert found == {at for at, other in enumerate(known) if same(other)}
