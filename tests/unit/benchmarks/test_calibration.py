"""Temperatures make of scores what they say."""

import numpy as np
import pytest

from benchmarks.ablation import Rows
from benchmarks.calibration import calibration, error
from jawab.text.analysis import analyze
from jawab.text.language import Lang
from jawab.understanding.classifier import ClassifierSettings
from jawab.understanding.settings import PipelineSettings

SETTINGS = PipelineSettings(classifier=ClassifierSettings(networks=0, few_an_intent=0))


def test_nine_of_ten_right_at_nine_tenths_is_no_error():
    sure, right = np.full(1000, 0.9), np.arange(1000) % 10 > 0
    found = error(sure, right)
    assert found.mean == pytest.approx(0, abs=1e-9)
    assert found.low <= found.high < 0.03


def test_certainty_that_is_wrong_is_all_error():
    assert error(np.ones(50), np.zeros(50, dtype=bool)).mean == 1


def test_margins_are_no_probabilities_until_a_temperature_is_fitted():
    words = {"a": "سفارش کجاست", "b": "مرجوعی کالا", "c": "ساعت پشتیبانی"}
    chance = np.random.default_rng(2)
    intents = [intent for intent in words for _ in range(40)]
    analyses = [analyze(f"{words[intent]} {n}", prior=Lang.FA) for n, intent in enumerate(intents)]
    vectors = chance.normal(size=(len(intents), 4)).astype(np.float32)
    rows = Rows(analyses, intents, vectors)
    found = calibration(SETTINGS, rows, rows)
    assert found.accuracy == found.accuracy_at_one == 1
    assert found.error.mean < 0.1 < found.error_at_one.mean
