import pytest

from jawab.text.language import Lang
from jawab.understanding.decision import Outcome
from jawab.understanding.evaluation import (
    EvaluationError,
    Judged,
    Row,
    calibration_error,
    figures,
    read_rows,
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
    ],
)
def test_a_wrong_file_is_named_with_line_and_remedy(tmp_path, content, complaint):
    file = tmp_path / "rows.tsv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=complaint):
        read_rows(file, known=KNOWN)
