"""Sparse features: which readings, which n-grams, and the numbers they become."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.text.analysis import analyze
from jawab.text.language import Lang
from jawab.understanding.ngrams import MAX_WORDS, NgramSettings, NgramVectorizer, ngrams_of, views

TEXTS = {
    "سفارشم کجاست": Lang.FA,
    "sefaresham kojast": Lang.FA,
    "وين طلبي": Lang.AR,
    "wein talabi": Lang.AR,
    "where is my order": Lang.EN,
}
ANALYSES = [analyze(text, prior=lang) for text, lang in TEXTS.items()]


@pytest.fixture(scope="module")
def fitted():
    vectorizer = NgramVectorizer(NgramSettings())
    vectorizer.fit(ANALYSES)
    return vectorizer


def row(vectorizer, text, lang=Lang.FA):
    return vectorizer.transform([analyze(text, prior=lang)])


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        pytest.param("سفارشم کجاست؟", Lang.FA, 1, id="Persian"),
        pytest.param("وين طلبي؟", Lang.AR, 1, id="Arabic"),
        pytest.param("where is my order", Lang.EN, 1, id="English"),
        pytest.param("sefaresham kojast", Lang.FA, 2, id="Finglish, also as typed"),
        pytest.param("wein talabi 3ndkom", Lang.AR, 2, id="Arabizi, also as typed"),
    ],
)
def test_a_message_is_read_in_one_form_and_latin_spellings_in_two(text, lang, expected):
    assert len(views(analyze(text, prior=lang))) == expected


def test_finglish_shares_features_with_persian_and_with_finglish(fitted):
    typed = row(fitted, "sefaresham kojast")
    assert (typed @ row(fitted, "سفارشم کجاست").T).toarray()[0, 0] > 0.3
    assert (typed @ row(fitted, "sefaresh kojas").T).toarray()[0, 0] > 0.3


def test_ngrams_are_words_pairs_and_runs_within_words():
    settings = NgramSettings(char_ngrams=(3, 3), word_ngrams=(1, 2))
    assert list(ngrams_of("ab cd", settings)) == [
        "w:ab",
        "w:cd",
        "w:ab cd",
        " ab",
        "ab ",
        " cd",
        "cd ",
    ]


def test_a_word_shorter_than_the_longest_run_keeps_its_shorter_ones():
    grams = list(ngrams_of("a", NgramSettings(char_ngrams=(2, 5), word_ngrams=(1, 1))))
    assert grams == ["w:a", " a", "a ", " a "]


def test_only_the_first_words_of_a_very_long_text_count():
    settings = NgramSettings(word_ngrams=(1, 1))
    long = " ".join(f"w{n}" for n in range(MAX_WORDS + 50))
    assert f"w:w{MAX_WORDS - 1}" in ngrams_of(long, settings)
    assert f"w:w{MAX_WORDS}" not in ngrams_of(long, settings)


def test_known_texts_are_rows_of_length_one(fitted):
    rows = fitted.transform(ANALYSES)
    assert rows.shape == (len(ANALYSES), fitted.size)
    assert rows.dtype == np.float32
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1))
    assert np.allclose(lengths, 1, atol=1e-5)


@pytest.mark.parametrize("text", ["", "؟؟؟", "ქართული", "日本語", "🙂", "\ud800"])
def test_a_text_without_a_known_ngram_is_a_row_of_zeros(fitted, text):
    unknown = row(fitted, text)
    assert unknown.shape == (1, fitted.size)
    assert unknown.nnz == 0


def test_no_messages_are_no_rows(fitted):
    assert fitted.transform([]).shape == (0, fitted.size)


def test_of_too_many_ngrams_the_most_frequent_are_kept():
    few = NgramVectorizer(NgramSettings(most=20))
    few.fit([*ANALYSES, *(analyze(f"سفارش {word}", prior=Lang.FA) for word in ("من", "تو", "او"))])
    assert few.size == 20
    assert row(few, "سفارش").nnz > 0
    assert row(few, "where").nnz < row(few, "سفارش").nnz


def test_learning_twice_gives_the_same_numbers_whatever_the_order(fitted):
    again = NgramVectorizer(NgramSettings())
    again.fit(ANALYSES[::-1])
    assert (again.transform(ANALYSES) != fitted.transform(ANALYSES)).nnz == 0


def test_saved_and_loaded_it_gives_the_same_rows(fitted, tmp_path):
    fitted.save(tmp_path)
    loaded = NgramVectorizer.load(tmp_path)
    assert loaded.settings == fitted.settings
    assert (loaded.transform(ANALYSES) != fitted.transform(ANALYSES)).nnz == 0


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(list(Lang)))
def test_any_text_is_a_sorted_row_of_finite_numbers(text, lang):
    vectorizer = NgramVectorizer(NgramSettings())
    vectorizer.fit(ANALYSES)
    (found,) = vectorizer.transform([analyze(text, prior=lang)])
    assert list(found.indices) == sorted(set(found.indices))
    assert np.isfinite(found.data).all()
