import pytest
from hypothesis import given
from hypothesis import strategies as st

from jawab.text.language import Lang
from jawab.understanding.decision import Outcome
from jawab.understanding.evaluation import (
    EvaluationError,
    Judged,
    Row,
    calibration_error,
    evaluate_rows,
    figures,
    measure,
    read_rows,
    report,
)

KNOWN = {"returns_how", "refund_how", "out_of_scope"}


def judged(meant, *, first, answered=None, outcome=Outcome.ANSWERED, confidence=0.9):
    return Judged(Row("…", meant, Lang.FA, "formal"), first, confidence, outcome, answered)


def test_only_an_answer_at_once_counts_as_accurate():
    rows = [
        judged("returns_how", first=("returns_how",), answered="returns_how"),
        judged("returns_how", first=("returns_how", "refund_how"), outcome=Outcome.OFFERED),
        judged("returns_how", first=("refund_how", "returns_how"), answered="refund_how"),
        judged("returns_how", first=(), outcome=Outcome.NOT_UNDERSTOOD),
    ]
    assert figures(rows) == {
        "rows": 4,
        "accuracy": 0.25,
        "top3": 0.75,
        "refused": 0.25,
        "offered": 0.25,
    }


@pytest.mark.parametrize(
    ("answered", "outcome", "right"),
    [
        pytest.param("out_of_scope", Outcome.ANSWERED, True, id="declined"),
        pytest.param(None, Outcome.NOT_UNDERSTOOD, True, id="not understood"),
        pytest.param(None, Outcome.OFFERED, True, id="offered, not answered"),
        pytest.param(
            "returns_how", Outcome.ANSWERED, False, id="answered with a question's answer"
        ),
    ],
)
def test_out_of_scope_is_right_when_not_answered_with_another_intent(answered, outcome, right):
    row = judged("out_of_scope", first=("out_of_scope",), answered=answered, outcome=outcome)
    assert row.right is right


def test_taking_a_question_for_out_of_scope_is_a_refusal():
    row = judged("returns_how", first=("out_of_scope",), answered="out_of_scope")
    assert row.refused
    assert not row.right


def test_perfect_confidence_has_no_calibration_error():
    rows = [
        judged("returns_how", first=("returns_how",), answered="returns_how", confidence=1.0)
    ] * 4
    assert calibration_error(rows) == 0.0


def test_overconfidence_is_measured():
    right = judged("returns_how", first=("returns_how",), answered="returns_how", confidence=0.95)
    wrong = judged("returns_how", first=("refund_how",), answered="refund_how", confidence=0.95)
    assert calibration_error([right, wrong]) == pytest.approx(0.45)


def test_rows_are_read_with_quotes_left_alone(tmp_path):
    file = tmp_path / "rows.tsv"
    file.write_text(
        'text\tintent\tlang\tvariety\nگفتن "نه\tfaq/returns_how\tfa\tcolloquial\n', encoding="utf-8"
    )
    assert read_rows(file, known=KNOWN) == [Row('گفتن "نه', "returns_how", Lang.FA, "colloquial")]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param("a\tb\n", "first line must be", id="no header"),
        pytest.param(
            "text\tintent\tlang\tvariety\nx\treturns_how\tfa\n", ":2: 3 cells", id="cells"
        ),
        pytest.param("text\tintent\tlang\tvariety\nx\tnone\tfa\tv\n", "'none' is no id", id="id"),
        pytest.param(
            "text\tintent\tlang\tvariety\nx\treturns_how\tde\tv\n", "use fa, ar or en", id="lang"
        ),
        pytest.param(
            "text\tintent\tlang\tvariety\n\n\nx\treturns_how\tde\tv\n",
            r"rows\.tsv:4: .* use fa",
            id="the line after empty ones",
        ),
        pytest.param("", "first line must be", id="nothing"),
    ],
)
def test_a_wrong_file_is_named_with_line_and_remedy(tmp_path, content, complaint):
    file = tmp_path / "rows.tsv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=complaint):
        read_rows(file, known=KNOWN)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(EvaluationError, match="cannot be read"):
        read_rows(tmp_path / "none.tsv", known=KNOWN)
    (tmp_path / "rows.tsv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EvaluationError, match="cannot be read"):
        read_rows(tmp_path / "rows.tsv", known=KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("سلام\u2028چطور", id="line separator"),
        pytest.param("a\x0bb\x0cc\x1cd\x85e", id="separators of old"),
        pytest.param("a\rb", id="a lone carriage return"),
        pytest.param("x" * 140_000, id="longer than csv's limit"),
        pytest.param("\u200cمی\u200cخواهم ", id="invisible characters and blanks"),
    ],
)
def test_a_pasted_text_stays_one_cell_as_it_is(tmp_path, text):
    file = tmp_path / "rows.tsv"
    file.write_bytes(f"text\tintent\tlang\tvariety\r\n{text}\treturns_how\tfa\tv\r\n".encode())
    assert read_rows(file, known=KNOWN) == [Row(text, "returns_how", Lang.FA, "v")]


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path):
    file = tmp_path / "rows.tsv"
    file.write_text("text\tintent\tlang\tvariety\nx\treturns_how\tfa\tv\n", "utf-8-sig")
    assert len(read_rows(file, known=KNOWN)) == 1


ROWS = [
    Row("چطور کالا را پس بدهم", "returns_how", Lang.FA, "formal"),
    Row("sefaresham kojast", "order_track", Lang.FA, "finglish"),
    Row("وين طلبي", "order_track", Lang.AR, "gulf"),
    Row("؟؟؟", "order_track", Lang.AR, "noisy"),
    Row("hello", "returns_how", Lang.EN, "plain"),
    Row("...", "out_of_scope", Lang.EN, "plain"),
]
GROUP = {"rows", "accuracy", "top3", "refused", "offered"}


@pytest.fixture(scope="module")
def result(understander):
    return evaluate_rows(ROWS, understander)


def test_the_report_has_the_form_that_programs_rely_on(result):
    assert list(result) == [
        "rows",
        "in_scope",
        "out_of_scope",
        "by_lang",
        "by_variety",
        "by_intent",
        "ece",
        "errors",
    ]
    groups = [result["in_scope"], result["out_of_scope"]]
    for section in ("by_lang", "by_variety", "by_intent"):
        groups += result[section].values()
    assert all(set(group) == GROUP for group in groups)
    assert set(result["by_lang"]) == {"fa", "ar", "en"}
    assert "fa/finglish" in result["by_variety"]
    assert set(result["by_intent"]) == {"returns_how", "order_track", "out_of_scope"}
    assert result["rows"] == len(ROWS)
    assert result["in_scope"]["rows"] == 5
    assert isinstance(result["ece"], float)


def test_every_error_tells_what_was_meant_and_what_was_done(result):
    keys = ["text", "lang", "variety", "expected", "predicted", "confidence", "outcome"]
    assert [list(error) for error in result["errors"]] == [keys] * len(result["errors"])
    (silent,) = [error for error in result["errors"] if error["text"] == "؟؟؟"]
    assert (silent["predicted"], silent["confidence"]) == (None, 0.0)
    assert silent["outcome"] == "not_understood"
    assert "..." not in [error["text"] for error in result["errors"]]


def test_the_tables_can_be_printed(result):
    text = report(result)
    assert "fa/finglish" in text
    assert "expected calibration error" in text


def test_no_rows_make_an_empty_report():
    empty = measure([])
    assert empty["in_scope"] == {
        "rows": 0,
        "accuracy": None,
        "top3": None,
        "refused": None,
        "offered": None,
    }
    assert (empty["ece"], empty["errors"]) == (0.0, [])
    assert report(empty)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["returns_how", "refund_how", "out_of_scope"]),
            st.sampled_from(["returns_how", "refund_how", "out_of_scope"]),
            st.sampled_from(Outcome),
            st.floats(0, 1),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_every_figure_is_a_fraction(cases):
    rows = [
        judged(
            meant,
            first=(best,),
            outcome=outcome,
            answered=best if outcome is Outcome.ANSWERED else None,
            confidence=confidence,
        )
        for meant, best, outcome, confidence in cases
    ]
    group = figures(rows)
    assert all(0 <= group[name] <= 1 for name in GROUP - {"rows"})
    assert group["refused"] + group["offered"] <= 1 + 1e-9
    assert 0 <= calibration_error(rows) <= 1
