"""Which language a shopper asks for, in the spellings people use."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.text.language import Lang
from jawab.understanding.language_request import requested_language

NAMED = {
    Lang.FA: {
        "Persian": [
            "میشه فارسی حرف بزنی؟",
            "پارسی لطفاً",
            "به‌فارسی بگو",
            "فارسیش کن",
            "فارسیه دیگه",
            "فارسی!!!",
            "«فارسی»",
        ],
        "an Arabic keyboard": ["فارسى", "زبان فارسي"],
        "Arabic": [
            "تكلم فارسي لو سمحت",
            "بالفارسي",
            "بالفارسية",
            "حوّل للفارسية",
            "إلى الفارسي",
            "وبالفارسي",
            "الفارســية من فضلك",
        ],
        "English": ["speak Persian please", "in FARSI", "Farsi, please", "persian?"],
        "Finglish": ["farsi harf bezan", "lotfan parsi sohbat kon", "farsi bego", "farsio mikham"],
        "Arabizi": ["7ki farsi", "bil farsi", "belfarsi"],
    },
    Lang.AR: {
        "Persian": ["میشه عربی حرف بزنی؟", "زبان عربی", "به‌عربی", "عربیش کن", "عربیه"],
        "an Arabic keyboard": ["عربى"],
        "Arabic": [
            "تكلم عربي",
            "بالعربي",
            "بالعربى",
            "بالعربية",
            "العربية",
            "للعربية",
            "باللغه العربيه",
            "عَرَبِيّ",
            "بالعربيـــة",
            "والعربية",
        ],
        "English": ["speak arabic", "ARABIC!", "arabic/please"],
        "Finglish": ["arabi harf bezan", "be arabi"],
        "Arabizi": ["3arabi", "bel 3arabi", "bl3arabi", "bil3arabi", "bel3araby", "e7ki b3arabi"],
    },
    Lang.EN: {
        "Persian": ["انگلیسی حرف بزن", "به‌انگلیسی", "انگلیش"],
        "an Arabic keyboard": ["انگليسي"],
        "Arabic": [
            "تكلم إنجليزي",
            "انجليزي",
            "بالإنجليزي",
            "بالانجليزية",
            "الإنجليزية",
            "للإنجليزية",
            "اللغة الانجليزيه",
            "انجلش",
        ],
        "English": ["speak english", "English please", "ENGLISH", "in english?"],
        "Finglish": ["inglisi", "englisi harf bezan", "engilisi"],
        "Arabizi": ["ingilizi", "bel enjlizi"],
    },
}

MORE_SPELLINGS = {
    Lang.AR: ["3rby", "3rbi"],
    Lang.EN: [
        "اینگلیسی",
        "إنكليزي",
        "بالإنكليزية",
        "انقليزي",
        "بالانقليزي",
        "انجليش",
        "englsh",
        "engelisi",
        "inglizi",
        "bel inglizi",
        "bil engleezy",
        "englizi",
    ],
}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        pytest.param(text, lang, id=f"{lang.value} in {how}: {text}")
        for lang, ways in NAMED.items()
        for how, texts in ways.items()
        for text in texts
    ]
    + [
        pytest.param(text, lang, id=f"{lang.value}: {text}")
        for lang, texts in MORE_SPELLINGS.items()
        for text in texts
    ],
)
def test_a_language_is_known_by_its_names(text, lang):
    assert requested_language(text) is lang


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("؟!", id="punctuation"),
        pytest.param("زبان رو عوض کن", id="no name, Persian"),
        pytest.param("غيّر اللغة", id="no name, Arabic"),
        pytest.param("zabano avaz kon", id="no name, Finglish"),
        pytest.param("فارسی یا عربی؟", id="two"),
        pytest.param("english or arabic", id="two in English"),
        pytest.param("deutsch bitte", id="one we do not speak"),
        pytest.param("بالتركية", id="Turkish"),
        pytest.param("عربستان", id="a country"),
        pytest.param("arabica coffee", id="coffee"),
        pytest.param("قهوه عربیکا", id="coffee in Persian"),
        pytest.param("parsing", id="a longer word"),
    ],
)
def test_no_one_language_is_named(text):
    assert requested_language(text) is None


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_asked(text):
    assert requested_language(text) in (None, *Lang)


@settings(deadline=None)
@given(st.text(alphabet="بپتثجچ xyz !؟«،\u200c", max_size=20), st.sampled_from(list(Lang)))
def test_words_around_a_name_do_not_hide_it(around, lang):
    name = NAMED[lang]["English"][0]
    assert requested_language(f"{around} {name} {around}") is lang
