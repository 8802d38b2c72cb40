import numpy as np
import pytest
from scipy import sparse

from jawab.understanding.classifier import (
    ClassifierSettings,
    LinearClassifier,
    TooFewIntents,
    fit_temperature,
    softmax,
)


def rows(*values):
    return sparse.csr_matrix(np.array(values, dtype=np.float32))


EXAMPLES = rows([1, 0, 0], [0.9, 0.1, 0], [0, 1, 0], [0, 0.9, 0.1], [0, 0, 1], [0.1, 0, 0.9])
LABELS = ["a", "a", "b", "b", "c", "c"]


@pytest.fixture
def fitted():
    classifier = LinearClassifier(ClassifierSettings(held_out=0.5))
    classifier.fit(EXAMPLES, LABELS)
    return classifier


def test_it_learns_what_it_was_shown(fitted):
    assert [fitted.rank(EXAMPLES[i])[0].intent for i in range(6)] == LABELS


def test_probabilities_sum_to_one_and_rank_downwards(fitted):
    ranked = fitted.rank(EXAMPLES[0])
    assert sum(c.confidence for c in ranked) == pytest.approx(1, abs=1e-5)
    assert [c.confidence for c in ranked] == sorted((c.confidence for c in ranked), reverse=True)


def test_two_intents_are_enough():
    classifier = LinearClassifier(ClassifierSettings(held_out=0.5))
    classifier.fit(EXAMPLES[:4], LABELS[:4])
    assert classifier.rank(EXAMPLES[0])[0].intent == "a"


def test_one_intent_is_too_few():
    with pytest.raises(TooFewIntents):
        LinearClassifier(ClassifierSettings()).fit(EXAMPLES[:2], ["a", "a"])


def test_saved_and_loaded_it_ranks_the_same(fitted, tmp_path):
    fitted.save(tmp_path)
    loaded = LinearClassifier.load(tmp_path)
    for i in range(6):
        before, after = fitted.rank(EXAMPLES[i]), loaded.rank(EXAMPLES[i])
        assert [c.intent for c in before] == [c.intent for c in after]
        assert [c.confidence for c in before] == pytest.approx(
            [c.confidence for c in after], abs=1e-3
        )


def test_the_temperature_recovers_a_known_scale():
    rng = np.random.default_rng(5)
    logits = rng.normal(0, 2, (4000, 5)).astype(np.float32)
    truth = np.array([rng.choice(5, p=softmax(row) / softmax(row).sum()) for row in logits])
    assert fit_temperature(logits / 3, truth) == pytest.approx(3, rel=0.1)
