"""Finglish and Arabizi into their own scripts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.text.folding import fold
from jawab.text.lang import Lang
from jawab.text.transliteration import candidates, to_native

FINGLISH = [
    ("salam sefaresham nareside", "سلام سفارشم نرسیده"),
    ("chetori mishe ba poshtibani tamas gereft", "چطوری میشه با پشتیبانی تماس گرفت"),
    ("chejoori jensi ke kharidam ro pas bedam", "چجوری جنسی که خریدم رو پس بدم"),
    ("mikham sefareshamo laghv konam", "میخوام سفارشمو لغو کنم"),
    ("poolam key bar migarde", "پولم کی بر میگرده"),
    ("hazine ersal cheghadr mishe", "هزینه ارسال چقدر میشه"),
    ("in kala garanti dare?", "این کالا گارانتی داره"),
    ("khaste shodam", "خسته شدم"),
    ("ghabool nist", "قبول نیست"),
    ("zhakat", "ژاکت"),
    ("aali bood", "عالی بود"),
    ("ketabam koja raft", "کتابم کجا رفت"),
    ("ghalamam", "قلمم"),
]
ARABIZI = [
    ("shlon a3ref raqam el talab", "شلون اعرف رقم الطلب"),
    ("wein talabi", "وين طلبي"),
    ("3ayez arga3 el montag", "عايز ارجع المنتج"),
    ("fein el order bta3i", "فين الاوردر بتاعي"),
    ("7abibi 5alas", "حبيبي خلاص"),
    ("mafi sha7n", "مافي شحن"),
    ("6alabi ma wasalni", "طلبي ما وصلني"),
    ("3'ali", "غالي"),
    ("el ma2as sagheer", "المقاس صغير"),
    ("9abr", "صبر"),
    ("kif 2e2dar a7ki ma3kom", "كيف اقدر احكي معكم"),
]


@pytest.mark.parametrize(("latin", "native"), FINGLISH, ids=[row[0] for row in FINGLISH])
def test_finglish_is_read_as_persian(latin, native):
    assert fold(to_native(latin, lang=Lang.FA), lang=Lang.FA) == fold(native, lang=Lang.FA)


@pytest.mark.parametrize(("latin", "native"), ARABIZI, ids=[row[0] for row in ARABIZI])
def test_arabizi_is_read_as_arabic(latin, native):
    assert fold(to_native(latin, lang=Lang.AR), lang=Lang.AR) == fold(native, lang=Lang.AR)


@pytest.mark.parametrize(
    "kept",
    [
        "me.and-you@example.com",
        "https://example.com/a?b=c",
        "www.example.ir/kala",
        "digikala.com",
        "12345678",
        "۱۲۳۴",
        "#DKC123",
        "DKC-123456",
        "iphone",
        "پشتیبانی",
    ],
)
@pytest.mark.parametrize("lang", list(Lang))
def test_addresses_numbers_codes_and_brands_stay(kept, lang):
    assert kept in to_native(f"salam {kept} , 3", lang=lang)


def test_english_is_left_alone():
    assert to_native("where is my order", lang=Lang.EN) == "where is my order"
    assert candidates("order", lang=Lang.EN) == ()


def test_candidates_are_ranked_and_different():
    found = candidates("shir", lang=Lang.FA)
    assert found[0][0] == "شیر"
    assert len({native for native, _ in found}) == len(found) <= 12


@pytest.mark.parametrize("lang", [Lang.FA, Lang.AR])
@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_string_can_be_transliterated(lang, text):
    assert isinstance(to_native(text, lang=lang), str)


@pytest.mark.parametrize("piece", ["a", "sh", "'", "9", "a.", "a@", "khoob ", "_", "mikhaham"])
@pytest.mark.parametrize("lang", [Lang.FA, Lang.AR])
def test_a_huge_text_is_transliterated(piece, lang):
    to_native(piece * (20_000 // len(piece)), lang=lang)
