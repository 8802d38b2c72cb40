"""What a find shows, and what of it is marked."""

import pytest

from jawab.support.search.marks import WIDTH, marked
from jawab.support.search.terms import wanted


def hits(text, query):
    return [piece.text for piece in marked(text, wanted(query)) if piece.hit]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        pytest.param("كتابِ من کجاست", "کتاب", ["كتابِ"], id="the word as it was written"),
        pytest.param("أين فاتورة الطلبيّة؟", "فاتوره طلبيه", ["فاتورة"], id="each word by itself"),
        pytest.param("می‌خوام پس بدم", "می خوام", ["می‌خوام"], id="joined by a joint"),
        pytest.param("می خوام پس بدم", "میخوام", ["می خوام"], id="apart, asked for joined"),
        pytest.param("زنگ به ۰۹۱۲ ۱۲۳ ۴۵۶۷ بزنید", "09121234567", ["۰۹۱۲ ۱۲۳ ۴۵۶۷"], id="a phone"),
        pytest.param("بازگشت jw-k37-w9f2.", "K37W9F2", ["jw-k37-w9f2"], id="a reference"),
        pytest.param("وقت و بی‌وقت", "و", ["و"], id="a word of one letter is that word alone"),
        pytest.param("سلام", "کفش", [], id="found by something that is not in the text"),
    ],
)
def test_what_was_looked_for_is_marked_as_it_was_written(text, query, expected):
    assert hits(text, query) == expected


def test_pieces_make_the_whole_of_a_short_text():
    text = "کفش قرمز و کفش آبی"
    assert "".join(piece.text for piece in marked(text, wanted("کفش"))) == text


def test_a_long_text_is_cut_around_the_first_hit():
    text = "سلام " * 200 + "کفش من" + " خداحافظ" * 200
    pieces = marked(text, wanted("کفش"))
    shown = "".join(piece.text for piece in pieces)
    assert "کفش من" in shown
    assert len(shown) < WIDTH + 20
    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")
