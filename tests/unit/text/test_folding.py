"""Folding: one form for what people type in many ways."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jawab.text.characters import TATWEEL, ZWJ, ZWNJ, fold_letters, fold_letters_of_each
from jawab.text.folding import fold
from jawab.text.lang import Lang

RLM = "\u200f"
ANY = st.text(st.characters(exclude_categories=()), max_size=80)
PERSIAN = st.lists(
    st.sampled_from(
        [
            "می",
            "نمی",
            "ها",
            "های",
            "رو",
            "را",
            "تر",
            "ام",
            "ه",
            "ههه",
            "ن",
            "خوام",
            "خوا",
            "خواهم",
            "سلاممم",
            "کتاب",
            "کتابها",
            "چه",
            "جوری",
            "طوری",
            "این",
            "کجاس",
            "یه",
            "خورده",
            "ساپورت",
            "تومن",
            "هستش",
            "بده",
            "بدم",
            "پسش",
            "خخخ",
            "ا",
            "اا",
        ]
    )
).map(" ".join)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(f"می{ZWNJ}خواهم", id="joint"),
        pytest.param("میخواهم", id="joined"),
        pytest.param("می خواهم", id="apart"),
        pytest.param("ميخواهم", id="arabic-keyboard"),
        pytest.param("میخوام", id="colloquial"),
        pytest.param("می خوام", id="colloquial-apart"),
        pytest.param("میخوااااام", id="emphasis"),
        pytest.param(f"م{TATWEEL}یخوام", id="tatweel"),
        pytest.param(f"مِی{ZWNJ}خواهَم", id="harakat"),
        pytest.param(f"{RLM}میخام{ZWJ}", id="bidi-mark-and-misspelling"),
    ],
)
def test_i_want_has_one_persian_form(typed):
    assert fold(typed, lang=Lang.FA) == "میخواهم"


PERSIAN_PAIRS = [
    ("چجوری", "چطور"),
    ("چه جوری", "چطور"),
    (f"چه{ZWNJ}جوری", "چطور"),
    ("چه طور", "چطور"),
    ("کجاس", "کجاست"),
    ("سفارشمو", "سفارشم را"),
    ("سفارشم رو", "سفارشم را"),
    ("پولمون", "پولمان"),
    ("کتاب ها", "کتابها"),
    (f"کتاب{ZWNJ}های", "کتابهای"),
    ("بزرگ ترین", "بزرگترین"),
    ("خسته ام", "خستهام"),
    ("میگه", "میگوید"),
    ("نمیتونم", "نمیتوانم"),
    ("نمی تونین", "نمیتوانید"),
    ("بدم", "بدهم"),
    ("بشه", "بشود"),
    ("نرم افزار", "نرم افزار"),
    ("اگه", "اگر"),
    ("دیگه", "دیگر"),
    ("خونه", "خانه"),
    ("مرسی", "ممنون"),
    ("رو", "رو"),
    ("مسئول", "مسیول"),
    ("۱۲۳٬۴۵۶ تومن", "123456 تومان"),
    ("سفارش۱۲۳", "سفارش 123"),
    ("سلام!!! 🙂 خوبین؟", "سلام خوبین"),
]


@pytest.mark.parametrize(("typed", "form"), PERSIAN_PAIRS, ids=[p[0] for p in PERSIAN_PAIRS])
def test_persian_is_folded_into_one_form(typed, form):
    assert fold(typed, lang=Lang.FA) == form


ARABIC_PAIRS = [
    ("شلون", "كيف"),
    ("إزاي", "كيف"),
    ("كيف", "كيف"),
    ("وين", "اين"),
    ("فين", "اين"),
    ("أين", "اين"),
    ("ابغى", "اريد"),
    ("ابي", "اريد"),
    ("عايز", "اريد"),
    ("عاوزة", "اريد"),
    ("بدي", "اريد"),
    ("إيمتى", "متي"),
    ("امتى", "متي"),
    ("متی", "متي"),
    ("ليش", "لماذا"),
    ("ليه", "لماذا"),
    ("هسا", "الان"),
    ("الحين", "الان"),
    ("دلوقتي", "الان"),
    ("وابغى", "واريد"),
    ("طلبيييي", "طلبي"),
    ("المكتبةُ", "المكتبه"),
    ("إلغاء", "الغا"),
    ("الغاء", "الغا"),
    (f"م{TATWEEL * 3}رحبا", "مرحبا"),
    ("کیف", "كيف"),
    ("\ufee3\ufeae\ufea3\ufe92\ufe8e", "مرحبا"),
    ("١٢٣٬٤٥٦ ريال", "123456 ريال"),
    ("لو سمحت", "من فضلك"),
]


@pytest.mark.parametrize(("typed", "form"), ARABIC_PAIRS, ids=[p[0] for p in ARABIC_PAIRS])
def test_arabic_is_folded_into_one_form(typed, form):
    assert fold(typed, lang=Lang.AR) == form


ENGLISH_PAIRS = [
    ("Pleeeease", "please"),
    ("helllooo", "hello"),
    ("goooood", "good"),
    ("can't", "can not"),
    ("can\u2019t", "can not"),
    ("CAFÉ", "cafe"),
    ("wher is my oder", "where is my order"),
    ("ＦＵＬＬ１２", "full12"),
    ("1,000,000", "1000000"),
]


@pytest.mark.parametrize(("typed", "form"), ENGLISH_PAIRS, ids=[p[0] for p in ENGLISH_PAIRS])
def test_english_is_folded_into_one_form(typed, form):
    assert fold(typed, lang=Lang.EN) == form


def test_arabic_yeh_survives_arabic_folding_and_becomes_persian_in_persian():
    assert fold("علي", lang=Lang.AR) == "علي"
    assert fold("علي", lang=Lang.FA) == "علی"


@settings(deadline=None)
@given(ANY, st.sampled_from(list(Lang)))
@example("هههه ها", Lang.FA)
@example("وو و", Lang.AR)
def test_folding_twice_changes_nothing(text, lang):
    once = fold(text, lang=lang)
    assert fold(once, lang=lang) == once


@given(PERSIAN)
@settings(max_examples=300, deadline=None)
def test_folding_persian_parts_twice_changes_nothing(text):
    once = fold(text, lang=Lang.FA)
    assert fold(once, lang=Lang.FA) == once


@pytest.mark.parametrize(
    "piece",
    [
        "ا",
        "ها ",
        "می ",
        "a",
        "aaab",
        "🙂",
        "\u0301\u0323",
        "ﷺ",
        ",1",
        "هههه ها ",
        "1ا",
        "چه ",
        "\ud800",
    ],
)
@pytest.mark.parametrize("lang", list(Lang))
def test_a_huge_text_folds(piece, lang):
    fold(piece * (100_000 // len(piece)), lang=lang)


@settings(deadline=None)
@given(ANY, st.sampled_from(list(Lang)))
def test_the_form_holds_only_words_and_single_blanks(text, lang):
    form = fold(text, lang=lang)
    assert form == " ".join(form.split())
    assert all(c == " " or c.isalnum() for c in form)


@given(st.lists(ANY.filter(lambda word: "ꙮ" not in word), max_size=6), st.sampled_from(Lang))
@example(["1", ",234", "۱۲", "كتابِ", "ﷺ", "", "\n"], Lang.AR)
@example(["a" + "\u0327\u0301" * 300, "\u0301b"], Lang.EN)
def test_many_words_fold_as_each_does_by_itself(words, lang):
    assert fold_letters_of_each(words, lang=lang) == [
        fold_letters(word, lang=lang) for word in words
    ]
