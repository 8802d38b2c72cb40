"""Made-up intents, and what it costs to learn and to read them."""

from pathlib import Path

import pytest

from benchmarks.growth import PARSED, fresh, grow, made_up, megabytes, reading, shaped
from jawab.text.frequencies import frequencies
from jawab.text.language import Lang
from jawab.understanding.settings import PipelineSettings

WHOLE = PipelineSettings.from_file(Path(__file__).parents[3] / "config.yml")


@pytest.fixture(scope="module")
def words():
    return [word for word in list(frequencies(Lang.FA))[:400] if len(word) > 2]


def test_made_up_intents_are_ten_questions_each_and_always_the_same(words):
    made = made_up(words, intents=3)
    assert [row.intent for row in made].count("intent_1") == 10
    assert made == made_up(words, intents=3)


def test_a_model_of_one_round_has_the_size_of_one_that_was_taught(words):
    grown = grow(words, intents=4, settings=WHOLE)
    quick = megabytes(shaped(words, intents=4, settings=WHOLE))
    assert quick == pytest.approx(grown.megabytes, rel=0.1, abs=0.1)
    assert grown.train_seconds > 0


def test_every_model_is_timed(words):
    models = [shaped(words, intents=size, settings=WHOLE) for size in (3, 6)]
    times = reading(models, words)
    assert len(times) == 2
    assert min(times) > 0


def test_no_text_is_read_twice(words):
    texts = [text for turn in fresh(words, rounds=PARSED, readers=4) for text in turn]
    assert len(texts) == len(set(texts)) == 4 * PARSED
