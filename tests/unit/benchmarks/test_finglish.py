"""The measurement of transliteration: distances, and what counts as a word found."""

import pytest

from benchmarks.finglish import Pair, distance, measure, read


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("", "", 0), ("کتاب", "کتاب", 0), ("کتاب", "کتب", 1), ("", "abc", 3), ("kitten", "sitting", 3)],
)  # fmt: skip
def test_distance_counts_letters_to_insert_delete_or_replace(one, other, steps):
    assert distance(one, other) == distance(other, one) == steps


def test_a_colloquial_form_that_folds_to_the_written_one_is_no_error():
    pair = Pair("mikham ketab", "می‌خواهم کتاب")
    assert measure([pair], folded=True).character_errors == 0
    assert measure([pair], folded=True).word_recall == 1
    assert measure([pair], folded=False).character_errors > 0


def test_lines_without_a_pair_are_left_out(tmp_path):
    file = tmp_path / "pairs.tsv"
    file.write_text("salam\tسلام\tfa-Latn\n\nalone\n\tسلام\n", "utf-8")
    assert read(file) == [Pair("salam", "سلام")]
    assert measure(read(file), folded=True).sentences == 1
