"""Lines for paper: broken in reading order, joined, ordered, and drawable whatever was written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jawab.text.printing import lines, printable, reads_rightwards

EVERYTHING = range(0x11_0000)


def read_back(line):
    """A drawn right-to-left line in reading order, in letters as typed."""
    return unicodedata.normalize("NFKC", line[::-1])


def drawn(text, width=1000, **more):
    return list(lines(printable(text, EVERYTHING), width, len, **more))


def test_persian_is_joined_and_ordered_from_right_to_left():
    (line,) = drawn("می‌خواهم پس بدهم")
    assert line[-1] == "\ufee3"  # meem as it begins a word, drawn at the right
    assert read_back(line) == "میخواهم پس بدهم"


def test_latin_words_numbers_and_brackets_stand_as_they_are_read():
    (line,) = drawn("سفارش (Nike) ۱۲۳ رسید")
    assert "(Nike)" in line
    assert line.index("۱۲۳") < line.index("(Nike)")


def test_brackets_around_persian_in_an_english_line_keep_their_side():
    (line,) = drawn("see (سلام) there")
    assert line.startswith("see (")
    assert line.endswith(") there")


def test_a_long_text_begins_with_its_beginning():
    first, second = drawn("یک دو سه چهار", width=7)
    assert read_back(first) == "یک دو"
    assert read_back(second) == "سه چهار"


@pytest.mark.parametrize("text", ["ا" * 900, "x" * 901, "سلام " * 300])
def test_no_line_is_wider_than_the_paper_and_no_letter_is_lost(text):
    found = drawn(text, width=40)
    assert max(map(len, found)) <= 40
    assert len("".join(found).replace(" ", "")) == len(drawn(text, width=10**6)[0].replace(" ", ""))


def test_signs_that_a_font_lacks_are_named_or_boxed():
    font = frozenset(range(0x20, 0x700))
    assert printable("👍🏽 ok", font) == "[thumbs up sign] ok"
    assert printable("漢", font) == "□"


def test_tricks_of_direction_and_piled_marks_are_gone():
    assert printable("a\u202eb\u2066c", EVERYTHING) == "abc"
    assert printable("س" + "\u0651" * 50, EVERYTHING) == "س\u0651\u0651"


@pytest.mark.parametrize(("text", "rightwards"), [("Hi سلام", True), ("۱۲ سلام Hi", False)])
def test_a_paragraph_is_read_from_where_its_first_letter_is(text, rightwards):
    assert reads_rightwards(text) is rightwards


@given(st.text(alphabet=st.characters(), max_size=80), st.integers(1, 30))
def test_whatever_is_written_is_drawn_within_the_paper(text, width):
    for line in drawn(text, width=width):
        assert "\u034f" not in line
        assert "\n" not in line
