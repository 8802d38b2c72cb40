"""Every variant learns and guesses; the whole pipeline is the one of config.yml."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.ablation import (
    WEIGHTS,
    Rows,
    also_with_typos,
    chosen_by_folds,
    nearest,
    variants,
    ways,
)
from benchmarks.nlu import line
from benchmarks.seen import as_it_is, not_transliterated, one_sound, read_once, unfolded, with_stems
from benchmarks.stock import pipeline
from jawab.text.analysis import analyze
from jawab.text.language import Lang
from jawab.understanding.settings import PipelineSettings

pytestmark = pytest.mark.slow  # it teaches many times

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


@pytest.mark.parametrize("way", ways(WHOLE).items(), ids=lambda way: way[0])
def test_every_way_to_learn_tells_what_it_was_taught(way):
    taught = rows()
    assert way[1](taught)(taught) == taught.intents


def test_the_whole_pipeline_comes_first_and_no_other_is_like_it():
    whole, *others = variants(WHOLE)
    assert whole.settings == WHOLE
    assert (whole.seen, whole.taught(rows()).intents) == (as_it_is, rows().intents)
    assert len({(v.settings, v.seen, v.taught) for v in variants(WHOLE)}) == len(others) + 1
    assert len({v.name for v in others}) == len(others)


def test_the_nearest_example_gives_its_intent():
    taught = rows()
    assert nearest(taught)(taught.take([5, 0])) == ["return", "track"]


def test_of_several_near_examples_most_decide():
    taught = rows()
    odd = Rows(taught.analyses, ["return", *taught.intents[1:]], taught.vectors)
    assert nearest(odd)(odd.take([0])) == ["return"]
    assert nearest(odd, most=3)(odd.take([0])) == ["track"]


def test_examples_with_typos_come_beside_the_clean_ones():
    taught = rows()
    both = also_with_typos(taught)
    assert both.intents == [*taught.intents, *taught.intents]
    assert [each.raw for each in both.analyses[:6]] == [each.raw for each in taught.analyses]
    assert all(a.raw != b.raw for a, b in zip(both.analyses[:6], both.analyses[6:], strict=True)), (
        "a typo that leaves the word as it was"
    )
    assert (both.vectors[6:] == taught.vectors).all()


def test_the_folds_choose_among_the_weights():
    chosen = chosen_by_folds(WHOLE, rows())
    assert chosen.classifier.vectors_weight in WEIGHTS
    assert chosen.ngrams == WHOLE.ngrams


def test_unfolded_text_is_as_typed():
    analysis = analyze("Sefaresham كجاست", prior=Lang.FA)
    assert unfolded(analysis).folded == "sefaresham كجاست"


def test_read_once_keeps_the_native_reading_alone():
    analysis = analyze("sefaresham kojast", prior=Lang.FA)
    assert analysis.latin
    assert not read_once(analysis).latin
    assert read_once(analysis).folded == analysis.folded


def test_what_is_not_transliterated_stays_latin_and_the_rest_as_it_is():
    latin, native = (analyze(text, prior=Lang.FA) for text in ("sefaresham kojast", "سفارشم"))
    assert not_transliterated(latin).folded == "sefaresham kojast"
    assert not_transliterated(native) == native


@pytest.mark.parametrize(
    ("text", "lang", "stem"),
    [("سفارش‌های", Lang.FA, "سفارش"), ("الطلبات", Lang.AR, "طلب"), ("my orders", Lang.EN, "order")],
)
def test_stems_stand_behind_the_words(text, lang, stem):
    analysis = analyze(text, prior=lang)
    assert with_stems(analysis).folded.startswith(analysis.folded)
    assert stem in with_stems(analysis).folded.split()[len(analysis.folded.split()) :]


def test_letters_of_one_sound_become_one():
    wrong, right = (analyze(text, prior=Lang.FA) for text in ("مرجوئی", "غذا و قضا"))
    assert one_sound(wrong).folded == wrong.folded
    assert one_sound(right).folded.split()[0] == one_sound(right).folded.split()[-1]


def test_stock_rasa_has_the_epochs_it_is_given_in_both_its_networks():
    epochs = {part["name"]: part["epochs"] for part in pipeline(7) if "epochs" in part}
    assert epochs == {"DIETClassifier": 7, "ResponseSelector": 7}


def test_a_table_is_headed_by_its_columns_once():
    row = {"set": "x", "rows": 3}
    assert line(row, first=True).splitlines() == ["| set | rows |", "|---|---|", "| x | 3 |"]
    assert line(row, first=False) == "| x | 3 |"
