"""The pipeline without Rasa: trained on a handful of examples, saved, loaded, asked."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from jawab.text.language import Lang
from jawab.understanding.decision import Outcome
from jawab.understanding.model import Understander

QUESTIONS = [
    pytest.param("چطور کالا را پس بدهم؟", Lang.FA, "returns_how", id="fa"),
    pytest.param("كيف أرجع المنتج؟", Lang.AR, "returns_how", id="ar"),
    pytest.param("where is my order??", Lang.EN, "order_track", id="en"),
    pytest.param("sefaresham kojast", Lang.FA, "order_track", id="finglish"),
    pytest.param("wein talabi", Lang.AR, "order_track", id="arabizi"),
    pytest.param("salam", Lang.FA, "greet", id="greeting"),
]


def ranking(understander, text, prior=Lang.FA):
    return [(c.intent, c.confidence) for c in understander.understand(text, prior=prior).ranking]


@pytest.mark.parametrize(("text", "prior", "intent"), QUESTIONS)
def test_what_was_taught_is_understood(understander, text, prior, intent):
    understood = understander.understand(text, prior=prior)
    assert understood.best.intent == intent
    assert understood.analysis.lang is prior


def test_every_intent_is_ranked_with_probabilities_that_sum_to_one(understander):
    ranked = ranking(understander, "وين طلبي", Lang.AR)
    assert {intent for intent, _ in ranked} == {"returns_how", "order_track", "greet"}
    assert sum(confidence for _, confidence in ranked) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(
    "text", ["", "   ", "؟؟؟!!!", "\u200c\u200c", "🙂🙂", "\u064b\u064c", "...", "\ud800"]
)
def test_a_message_without_words_is_not_understood(understander, text):
    understood = understander.understand(text, prior=Lang.AR)
    assert understood.decision.outcome is Outcome.NOT_UNDERSTOOD
    assert understood.ranking == ()
    assert understood.best is None
    assert understood.analysis.lang is Lang.AR


def test_saved_and_loaded_it_ranks_the_same(understander, tmp_path):
    understander.save(tmp_path)
    loaded = Understander.load(ngrams=tmp_path, classifier=tmp_path)
    assert loaded.acts == understander.acts
    assert loaded.thresholds == understander.thresholds
    for text in ("چطور پس بدهم", "وين طلبي", "hello"):
        before, after = ranking(understander, text), ranking(loaded, text)
        assert [intent for intent, _ in before] == [intent for intent, _ in after]
        assert [c for _, c in before] == pytest.approx([c for _, c in after], abs=5e-3)


def test_one_seed_makes_one_model(examples, settings, understander):
    again = Understander.train(examples, settings=settings, acts=frozenset({"greet"}))
    for text in ("مرجوعی", "أين طلبي", "hello there", "چیزی دیگر"):
        before, after = ranking(understander, text), ranking(again, text)
        assert [intent for intent, _ in before] == [intent for intent, _ in after]
        assert [c for _, c in before] == pytest.approx([c for _, c in after], abs=1e-5)


def test_with_sentence_vectors_it_learns_saves_and_loads_too(examples, settings, tmp_path):
    with_vectors = replace(settings, vectors=True)
    made = Understander.train(examples, settings=with_vectors, acts=frozenset())
    made.save(tmp_path)
    loaded = Understander.load(ngrams=tmp_path, classifier=tmp_path)
    assert loaded.vectors
    assert ranking(loaded, "وين طلبي") == ranking(made, "وين طلبي")
    assert loaded.understand("كيف أرجع المنتج", prior=Lang.AR).best.intent == "returns_how"


def test_the_saved_files_hold_no_pickles(understander, tmp_path):
    understander.save(tmp_path)
    suffixes = {file.suffix for file in tmp_path.iterdir()}
    assert suffixes <= {".json", ".npy", ".npz"}
    for file in tmp_path.glob("*.json"):
        json.loads(file.read_text("utf-8"))


@hypothesis_settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80), prior=st.sampled_from(list(Lang)))
def test_any_text_gets_a_decision(understander, text, prior):
    understood = understander.understand(text, prior=prior)
    confidences = [c.confidence for c in understood.ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert set(understood.decision.intents) <= {c.intent for c in understood.ranking}
