"""Spreadsheets give their questions as people lay them out, and what cannot be read is told with what to do."""

import io
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from jawab.onboarding import faq_sheets
from jawab.onboarding.errors import OnboardingError
from jawab.onboarding.faq_files import read_rows
from jawab.text.language import Lang

HEAD = ("question", "answer", "lang", "id")


def book(*rows, **sheets):
    """A workbook's bytes: rows of its first sheet, and more sheets by their names."""
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for title, of_sheet in sheets.items():
        sheet = made.create_sheet(title)
        for row in of_sheet:
            sheet.append(row)
    return saved(made)


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rows(tmp_path, content, name="f.xlsx"):
    file = tmp_path / name
    file.write_bytes(content)
    return [(row.question, row.answer, row.lang, row.id, row.place) for row in read_rows(file)]


def test_a_table_is_read_wherever_it_stands_and_empty_rows_are_passed_over(tmp_path):
    content = book(
        ("پرسش‌های فروشگاه",),
        (),
        (None, "پرسش", "پاسخ", "زبان", "شناسه", "یادداشت"),
        (None, "ساعت کار؟", "۹ تا ۱۷\nهر روز", "fa", 7, date(2026, 1, 1)),
        (),
        (None, "متى تعملون؟\u200f", "يوميًا", "AR", 7.0),
        (None, None, "پاسخ تنها"),
    )
    assert rows(tmp_path, content) == [
        ("ساعت کار؟", "۹ تا ۱۷\nهر روز", Lang.FA, "7", "sheet 'Sheet', row 4"),
        ("متى تعملون؟", "يوميًا", Lang.AR, "7", "sheet 'Sheet', row 6"),
        ("", "پاسخ تنها", None, None, "sheet 'Sheet', row 7"),
    ]


def test_a_row_may_hold_a_question_in_several_languages(tmp_path):
    content = book(("id", "question_fa", "answer_fa", "Question AR", "answer-ar"), ("gift", "آ؟", "ب", "ت؟", "ث"))  # fmt: skip
    assert [row[:4] for row in rows(tmp_path, content)] == [
        ("آ؟", "ب", Lang.FA, "gift"),
        ("ت؟", "ث", Lang.AR, "gift"),
    ]


def test_every_sheet_with_the_columns_is_read_but_hidden_ones(tmp_path):
    made = Workbook()
    made.active.append(("January", 100))
    for title, state in (("one", "visible"), ("two", "visible"), ("old", "hidden")):
        sheet = made.create_sheet(title)
        sheet.append(HEAD)
        sheet.append((f"{title}?", "a"))
        sheet.sheet_state = state
    assert [row[0] for row in rows(tmp_path, saved(made))] == ["one?", "two?"]


def test_of_merged_cells_the_first_has_the_text(tmp_path):
    made = Workbook()
    for row in (("Our questions", None), HEAD, ("Q?", "a", "en", "x"), (None, "b", "fa", None)):
        made.active.append(row)
    made.active.merge_cells("A1:D1")
    made.active.merge_cells("A3:A4")
    assert [row[:4] for row in rows(tmp_path, saved(made))] == [
        ("Q?", "a", Lang.EN, "x"),
        ("", "b", Lang.FA, None),
    ]


def test_a_formula_is_its_value(tmp_path):
    content = book(HEAD, ("Q?", '="a"&"b"'), ('=A2&""', '=B2&""'))
    with pytest.raises(OnboardingError, match="row 2: the formula under 'answer' has no value"):
        rows(tmp_path, content)
    # As Excel keeps it: the formula and what it came to; in the last row there is nothing to be read.
    reckoned = replaced(content, "xl/worksheets/sheet1.xml", b'<f>"a"&amp;"b"</f><v />', b'<f>"a"&amp;"b"</f><v>ab</v>')  # fmt: skip
    reckoned = replaced(reckoned, "xl/worksheets/sheet1.xml", b'r="B2"', b'r="B2" t="str"')
    assert [row[:2] for row in rows(tmp_path, reckoned)] == [("Q?", "ab")]


def replaced(content, part, old, new):
    """The same file with other bytes in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for each in before.namelist():
            told = before.read(each)
            assert each != part or old in told, told
            after.writestr(each, told.replace(old, new) if each == part else told)
    return out.getvalue()


@pytest.mark.parametrize("answer", [date(2026, 3, 20), 0.5, True, "#N/A"], ids=str)
def test_what_is_no_text_is_named_with_its_place(tmp_path, answer):
    with pytest.raises(OnboardingError) as told:
        rows(tmp_path, book(HEAD, ("ok?", "ok"), ("Q?", answer)))
    assert "sheet 'Sheet', row 3" in str(told.value)
    assert "under 'answer' is no text" in str(told.value)
    assert "'Text'" in str(told.value)


def test_macros_are_not_looked_at(tmp_path):
    content = book(HEAD, ("Q?", "a"))
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    assert [row[0] for row in rows(tmp_path, out.getvalue(), "f.xlsm")] == ["Q?"]


def packed(part, size):
    out = io.BytesIO(book(HEAD, ("Q?", "a")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts, parts.open(part, "w") as into:
        for _ in range(size // 1_000_000):
            into.write(bytes(1_000_000))
    return out.getvalue()


def test_a_small_file_that_unpacks_to_a_large_one_is_not_unpacked(tmp_path, monkeypatch):
    content = packed("xl/media/image1.png", 60_000_000)
    assert len(content) < 100_000
    monkeypatch.setattr(
        zipfile.ZipFile, "open", lambda *_, **__: pytest.fail("a part has been unpacked")
    )
    with pytest.raises(
        OnboardingError, match="larger than 50 MB when unpacked; copy its questions"
    ):
        rows(tmp_path, content)


def test_a_file_of_20_mb_is_refused_without_being_read_whole(tmp_path):
    file = tmp_path / "f.xlsx"
    with file.open("wb") as into:
        into.truncate(20_000_000)
        into.write(b"PK")
    with pytest.raises(OnboardingError, match="larger than 10 MB; split it"):
        read_rows(file)


def test_a_row_far_down_does_not_keep_anybody_waiting(tmp_path):
    content = replaced(book(HEAD, ("Q?", "a")), "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="99999999999"')  # fmt: skip
    with pytest.raises(OnboardingError, match="goes on below row 50000; copy its questions"):
        rows(tmp_path, content)


def test_a_cell_far_to_the_right_takes_no_room(tmp_path):
    content = replaced(book(HEAD, ("Q?", "a", "en")), "xl/worksheets/sheet1.xml", b'r="C2"', b'r="ZZZ2"')  # fmt: skip
    assert [row[:3] for row in rows(tmp_path, content)] == [("Q?", "a", None)]


def test_what_a_file_says_of_its_size_is_not_believed(tmp_path):
    content = book(HEAD, ("Q?", "a"))
    for told in (b'ref="A1:A1"', b'ref="A1:XFD1048576"'):
        content = replaced(content, "xl/worksheets/sheet1.xml", b'ref="A1:D2"', told)
        assert [row[:2] for row in rows(tmp_path, content)] == [("Q?", "a")]
        content = replaced(content, "xl/worksheets/sheet1.xml", told, b'ref="A1:D2"')


def test_entities_of_xml_are_refused(tmp_path):
    bomb = (
        b'<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><worksheet'
    )
    content = replaced(book(HEAD, ("Q?", "a")), "xl/worksheets/sheet1.xml", b"<worksheet", bomb)
    with pytest.raises(OnboardingError, match="no XLSX that can be read"):
        rows(tmp_path, content)


def test_more_rows_than_an_faq_has_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(faq_sheets, "_ROWS", 3)
    content = book(HEAD, *(("Q?", "a") for _ in range(4)))
    with pytest.raises(OnboardingError, match="goes on below row 3; copy its questions"):
        rows(tmp_path, content)


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("f.xlsx", b"PK", "save it again as XLSX"),
        ("f.xlsx", b"question,answer\nx,y", "save it again as XLSX"),
        ("f.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "without a password"),
        ("f.xlsx", b"", "is empty"),
        ("f.xlsx", book(("Month", "Sum"), ("May", 5)), "name the columns question and answer"),
        ("f.xlsx", book(HEAD), "name the columns question and answer"),
        ("f.xls", b"\xd0\xcf\x11\xe0", "of spreadsheets XLSX is read"),
        ("f.ods", b"PK", "of spreadsheets XLSX is read"),
    ],
    ids=[
        "cut off",
        "a CSV",
        "an older Excel's",
        "empty",
        "other columns",
        "a head alone",
        "xls",
        "ods",
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(tmp_path, name, content, remedy):
    with pytest.raises(OnboardingError) as told:
        rows(tmp_path, content, name)
    assert remedy in str(told.value)
    assert name in str(told.value)


WHOLE = book(HEAD, ("Q?", "a", "en", "x"), ("متى؟", "يوميًا", "ar", "y"))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8
    ),
    st.integers(0, 200),
)
def test_a_damaged_file_is_read_or_refused_but_never_falls_over(tmp_path, changes, cut):
    damaged = bytearray(WHOLE)
    for at, byte in changes:
        damaged[at] = byte
    with suppress(OnboardingError):
        rows(tmp_path, bytes(damaged[: len(damaged) - cut]))
