"""Data sets of others: reading, drawing a few shots, and the report's form."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jawab.text.language import Lang
from jawab.understanding.benchmark import DatasetError, draw, read_dataset, run_benchmark
from jawab.understanding.model import Labelled

ROWS = [
    ("أين طلبي", "track"),
    ("وين الطلب", "track"),
    ("متى توصل الشحنة", "track"),
    ("أريد إرجاع المنتج", "return"),
    ("ابي ارجع الطلب", "return"),
    ("إعادة البضاعة", "return"),
]


def written(path, rows):
    path.write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def train_file(tmp_path):
    return written(tmp_path / "train.tsv", ROWS)


def test_a_headerless_file_is_read_as_it_is(tmp_path):
    file = tmp_path / "rows.tsv"
    file.write_bytes('\ufeffقال "نعم"\tyes\textra\r\n\r\nلا\u2028لا\t no \r\n'.encode())
    assert read_dataset(file, lang=Lang.AR) == [
        Labelled('قال "نعم"', "yes", Lang.AR),
        Labelled("لا\u2028لا", "no", Lang.AR),
    ]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param("x\ty\nonly a text\n", r"rows\.tsv:2: text and label", id="no tab"),
        pytest.param("x\ty\n\n\nz\t \n", r"rows\.tsv:4: text and label", id="an empty label"),
        pytest.param("", "holds no rows", id="nothing"),
        pytest.param("\n \n", "holds no rows", id="blank lines"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, content, complaint):
    file = tmp_path / "rows.tsv"
    file.write_text(content, "utf-8")
    with pytest.raises(DatasetError, match=complaint):
        read_dataset(file, lang=Lang.AR)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(DatasetError, match=r"none\.tsv: cannot be read"):
        read_dataset(tmp_path / "none.tsv", lang=Lang.AR)
    (tmp_path / "bytes.tsv").write_bytes(b"\xff\xfe")
    with pytest.raises(DatasetError, match=r"bytes\.tsv: cannot be read"):
        read_dataset(tmp_path / "bytes.tsv", lang=Lang.AR)


MANY = [Labelled(f"t{n}", f"label{n % 3}", Lang.AR) for n in range(40)]


def test_so_many_are_drawn_of_each_label():
    drawn = draw(MANY, shots=5, seed=1)
    assert Counter(example.intent for example in drawn) == {f"label{n}": 5 for n in range(3)}
    assert len({example.text for example in drawn}) == 15


def test_one_seed_draws_the_same_and_another_does_not():
    assert draw(MANY, shots=5, seed=1) == draw(MANY, shots=5, seed=1)
    assert draw(MANY, shots=5, seed=1) != draw(MANY, shots=5, seed=2)


@given(st.integers(1, 50), st.integers())
def test_a_label_with_fewer_gives_all_it_has(shots, seed):
    drawn = Counter(example.intent for example in draw(MANY, shots=shots, seed=seed))
    have = Counter(example.intent for example in MANY)
    assert drawn == {label: min(shots, count) for label, count in have.items()}


def test_the_report_has_the_form_that_programs_rely_on(tmp_path, train_file, settings):
    test_file = written(tmp_path / "test.tsv", [("طلبي وين", "track"), ("؟", "return")])
    result = run_benchmark(train_file, [test_file], lang=Lang.AR, settings=settings)
    assert list(result) == ["train_rows", "labels", "fit_seconds", "tests"]
    assert (result["train_rows"], result["labels"]) == (6, 2)
    assert list(result["tests"]) == [str(test_file)]
    (test,) = result["tests"].values()
    assert list(test) == ["rows", "accuracy", "macro_f1", "ms_per_text_p50"]
    assert (test["rows"], test["accuracy"]) == (2, 0.5)
    assert test["ms_per_text_p50"] > 0


def test_a_drawn_benchmark_learns_from_what_was_drawn(train_file, settings):
    result = run_benchmark(
        train_file, [train_file], lang=Lang.AR, settings=settings, shots=2, seed=3
    )
    assert result["train_rows"] == 4


def test_two_runs_of_one_seed_agree(train_file, settings):
    first, second = (
        run_benchmark(train_file, [train_file], lang=Lang.AR, settings=settings, shots=2, seed=5)
        for _ in range(2)
    )
    for report in (first, second):
        del report["fit_seconds"]
        for test in report["tests"].values():
            del test["ms_per_text_p50"]
    assert first == second


def test_one_label_alone_is_refused(tmp_path, settings):
    file = written(tmp_path / "one.tsv", [("a", "x"), ("b", "x")])
    with pytest.raises(DatasetError, match=r"one\.tsv: holds one label"):
        run_benchmark(file, [file], lang=Lang.AR, settings=settings)


def test_a_test_file_is_read_before_anything_is_learnt(train_file, tmp_path, settings):
    unusable = replace(settings, ngrams=None)
    with pytest.raises(DatasetError):
        run_benchmark(train_file, [tmp_path / "none.tsv"], lang=Lang.AR, settings=unusable)
