"""Questions and answers are found in files as spreadsheets, programs and sites leave them."""

import json

import pytest

from jawab.onboarding.errors import OnboardingError
from jawab.onboarding.faq_files import read_rows
from jawab.text.language import Lang

PAGE = """<!doctype html><html lang="ar-SA"><head>
<script>var a = "</div>";</script>
<script type="application/ld+json">{not json</script>
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "Organization", "name": "x"},
{"@type": ["WebPage", "FAQPage"], "mainEntity": [
 {"@type": "Question", "name": "هل تغلّفون الهدايا؟",
  "acceptedAnswer": {"@type": "Answer", "text": "<p>نعم &amp; مجانًا:</p><ul><li>ورق</li><li>شريط</li></ul><style>p{}</style>"}},
 {"@type": "Question", "name": "أين\u200f متجركم؟", "acceptedAnswer": [{"@type": "Answer", "text": "في جدة.
قرب البحر"}]}]}]}</script></head><body>?</body></html>
"""


def rows(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [(row.question, row.answer, row.lang, row.id) for row in read_rows(file)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [("", "utf-8"), ("\ufeff", "utf-8"), ("\ufeff", "utf-16-le")],
    ids=["plain", "bom", "utf-16"],
)
def test_a_csv_is_read_however_it_was_saved(tmp_path, delimiter, ends, mark, encoding):
    lines = (
        ("question", "answer", "lang", "id"),
        ("ساعت کار؟", '"۹ تا ۱۷, هر روز; جز جمعه"', "fa", "h"),
        ("متى تعملون؟", '"يوميًا\nمن ""9"" إلى 5"', "AR", "h"),
    )
    text = mark + ends.join(delimiter.join(line) for line in lines) + ends
    assert rows(tmp_path, "f.csv", text.encode(encoding)) == [
        ("ساعت کار؟", "۹ تا ۱۷, هر روز; جز جمعه", Lang.FA, "h"),
        ("متى تعملون؟", 'يوميًا\nمن "9" إلى 5', Lang.AR, "h"),
    ]


@pytest.mark.parametrize(
    "head", ["پرسش,پاسخ", "السؤال,الجواب", "Question,Answer", "sep=,\nQ,A", "\n\nquestion,answer"]
)
def test_columns_may_be_called_by_their_names_in_three_languages(tmp_path, head):
    assert rows(tmp_path, "f.csv", f"{head}\nx?,y\n") == [("x?", "y", None, None)]


def test_a_row_may_hold_a_question_in_several_languages(tmp_path):
    text = "id,question_fa,answer_fa,question AR,answer-ar,extra\ngift,آ؟,ب,ت؟,ث,5\n,ج؟,د,,,\n"
    assert rows(tmp_path, "f.csv", text) == [
        ("آ؟", "ب", Lang.FA, "gift"),
        ("ت؟", "ث", Lang.AR, "gift"),
        ("ج؟", "د", Lang.FA, "line 3"),
    ]


@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: {"version": 2, "faq": x}])
def test_json_is_a_list_of_questions_or_holds_one(tmp_path, wrap):
    entries = [{"question": "Q?", "answer": "a\u200f\nb", "lang": "en"}, "noise", {"title": "آ؟", "پاسخ": "ب", "n": [1]}]  # fmt: skip
    assert rows(tmp_path, "f.json", json.dumps(wrap(entries))) == [
        ("Q?", "a\nb", Lang.EN, None),
        ("آ؟", "ب", None, None),
    ]


def test_a_saved_page_gives_what_it_tells_search_engines(tmp_path):
    assert rows(tmp_path, "f.html", PAGE) == [
        ("هل تغلّفون الهدايا؟", "نعم & مجانًا:\n• ورق\n• شريط", Lang.AR, None),
        ("أين متجركم؟", "في جدة.\nقرب البحر", Lang.AR, None),
    ]


def test_json_ld_in_a_file_of_its_own_is_read_too(tmp_path):
    document = {"@type": "FAQPage", "mainEntity": {"@type": "Question", "name": "Q?", "acceptedAnswer": {"text": "a"}}}  # fmt: skip
    assert rows(tmp_path, "f.json", json.dumps(document)) == [("Q?", "a", None, None)]


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("f.csv", b"", "is empty"),
        ("f.csv", b" \n\n", "is empty"),
        ("f.csv", b"PK\x03\x04\x00\x00question,answer", "is no text"),
        ("f.csv", "question,answer\nهل؟,نعم".encode("cp1256"), "save it as 'CSV UTF-8'"),
        ("f.csv", b"\xff\xfea", "save it as 'CSV UTF-8'"),
        ("f.csv", b'question,answer\n"x,y', "is no CSV"),
        ("f.csv", b"a b c\nd e f", "name the columns question and answer"),
        ("f.csv", b"question,answer\nx?,\n", "name the columns question and answer"),
        ("f.csv", b"question,answer", "name the columns question and answer"),
        ("f.json", b"{", "is no JSON"),
        ("f.json", b"[" * 100_000, "is no JSON"),
        ("f.json", b"7", '[{"question": '),
        ("f.html", b"<html><h1>FAQ</h1>", "FAQPage"),
        ("f.pdf", b"%PDF", "save it as one of .csv"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(tmp_path, name, content, remedy):
    with pytest.raises(OnboardingError) as told:
        rows(tmp_path, name, content)
    assert remedy in str(told.value)
    assert name in str(told.value)


def test_half_a_letter_of_json_is_left_out_for_no_file_can_hold_it(tmp_path):
    content = r'[{"question": "Q\ud800?", "answer": "a\ud83d"}]'
    assert rows(tmp_path, "f.json", content) == [("Q?", "a", None, None)]


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(OnboardingError, match="name a file that is there"):
        read_rows(tmp_path / "f.csv")
