"""Every variant learns and guesses; the whole pipeline is the one of config.yml."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.ablation import Rows, nearest, read_once, unfolded, variants
from benchmarks.growth import made_up
from benchmarks.nlu import line
from benchmarks.stock import pipeline
from jawab.text.analysis import analyze
from jawab.text.language import Lang
from jawab.understanding.settings import PipelineSettings

WHOLE = PipelineSettings.from_file(Path(__file__).parents[3] / "config.yml")
TEXTS = {
    "track": ["سفارشم کجاست", "سفارش من کی می‌رسد", "sefaresham kojast"],
    "return": ["مرجوعی چطوره", "چطور کالا را پس بدهم", "chetori pas bedam"],
}
CHANCE = np.random.default_rng(1)


def rows():
    analyses = [analyze(text, prior=Lang.FA) for texts in TEXTS.values() for text in texts]
    intents = [intent for intent, texts in TEXTS.items() for _ in texts]
    vectors = CHANCE.normal(size=(6, 8)).astype(np.float32) * 0.1
    vectors[:3, 0] += 1
    vectors[3:, 1] += 1
    return Rows(analyses, intents, vectors)


@pytest.mark.parametrize("variant", variants(WHOLE), ids=lambda variant: variant.name)
def test_every_variant_tells_what_it_was_taught(variant):
    taught = rows()
    assert variant.guesses(taught, taught) == taught.intents


def test_the_whole_pipeline_comes_first_and_no_other_is_like_it():
    whole, *others = variants(WHOLE)
    assert whole.settings == WHOLE
    assert all((v.settings, v.seen) != (whole.settings, whole.seen) for v in others)
    assert len({v.name for v in others}) == len(others)


def test_the_nearest_example_gives_its_intent():
    taught = rows()
    assert nearest(taught, taught.take([5, 0])) == ["return", "track"]


def test_unfolded_text_is_as_typed():
    analysis = analyze("Sefaresham كجاست", prior=Lang.FA)
    assert unfolded(analysis).folded == "sefaresham كجاست"


def test_read_once_keeps_the_native_reading_alone():
    analysis = analyze("sefaresham kojast", prior=Lang.FA)
    assert analysis.latin
    assert not read_once(analysis).latin
    assert read_once(analysis).folded == analysis.folded


def test_made_up_intents_are_ten_questions_each_and_always_the_same():
    words = [f"واژه{number}" for number in range(80)]
    made = made_up(words, intents=3)
    assert [row.intent for row in made].count("intent_1") == 10
    assert made == made_up(words, intents=3)


def test_stock_rasa_has_the_epochs_it_is_given_in_both_its_networks():
    epochs = {part["name"]: part["epochs"] for part in pipeline(7) if "epochs" in part}
    assert epochs == {"DIETClassifier": 7, "ResponseSelector": 7}


def test_a_table_is_headed_by_its_columns_once():
    row = {"set": "x", "rows": 3}
    assert line(row, first=True).splitlines() == ["| set | rows |", "|---|---|", "| x | 3 |"]
    assert line(row, first=False) == "| x | 3 |"
