"""Tokens: true offsets, no character lost."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jawab.text.characters import ZWNJ
from jawab.text.lang import Lang
from jawab.text.tokens import tokenize

ANY = st.text(st.characters(exclude_categories=()), max_size=60)


@settings(deadline=None)
@given(ANY, st.sampled_from(list(Lang)), st.booleans())
@example("سفارش #1234 کی\u00a0می\u200cرسه؟", Lang.FA, False)
@example("don't  \ud83d go\n\r\u2028x", Lang.EN, False)
@example("a" * 250 + " ب" + "!?" * 80, Lang.AR, False)
def test_tokens_lie_in_the_raw_text_in_order_and_lose_nothing(text, lang, latin):
    at = 0
    for token in tokenize(text, lang=lang, latin=latin):
        assert token.start >= at
        assert token.start < token.end
        assert text[token.start : token.end] == token.text
        assert not text[at : token.start].strip()
        at = token.end
    assert not text[at:].strip()


TABLE = [
    (Lang.FA, "سفارشم #1234 کجاست؟", ["سفارشم", "#", "1234", "کجاست", "؟"]),
    (Lang.FA, f"می{ZWNJ}خواهم کالا را", [f"می{ZWNJ}خواهم", "کالا", "را"]),
    (Lang.FA, "خواهم رفت", ["خواهم", "رفت"]),
    (Lang.AR, "أين طلبي؟", ["أين", "طلبي", "؟"]),
    (Lang.EN, "Where's my order?", ["Where", "'s", "my", "order", "?"]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), TABLE, ids=[row[1] for row in TABLE])
def test_a_text_is_split_into_its_tokens(lang, text, expected):
    assert [token.text for token in tokenize(text, lang=lang)] == expected


def test_the_lemma_is_the_folded_token():
    assert [token.lemma for token in tokenize("شلون أرجع طلبيتي؟", lang=Lang.AR)] == [
        "كيف",
        "ارجع",
        "طلبي",
        "",
    ]


def test_the_lemma_of_a_latin_token_is_in_the_native_script():
    lemmas = [token.lemma for token in tokenize("mikham pas bedam", lang=Lang.FA, latin=True)]
    assert lemmas == ["میخواهم", "پس", "بدهم"]


@pytest.mark.parametrize("piece", ["🙂", "a", "!?", "a.", "سلام", "1:", "('", "http://"])
@pytest.mark.parametrize("lang", list(Lang))
def test_ten_thousand_characters_without_a_blank_are_split(piece, lang):
    text = piece * (10_000 // len(piece))
    assert "".join(token.text for token in tokenize(text, lang=lang)) == text
