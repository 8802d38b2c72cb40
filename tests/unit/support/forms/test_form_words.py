"""The few words a form listens for, in three languages and in Latin letters."""

import pytest

from jawab.support.forms import words as form_words
from jawab.support.forms.ticket_form import Field
from jawab.text.language import Lang


@pytest.mark.parametrize(
    "text",
    [
        "بله",
        "آره درسته",
        "باشه ثبت کن",
        "are",
        "نعم، سجلها",
        "أيوه تمام",
        "aywa",
        "yes",
        "Yes, please",
        "OK",
    ],
)
def test_a_yes_is_heard(text):
    assert form_words.says_yes(text)
    assert not form_words.says_no(text)


@pytest.mark.parametrize(
    "text", ["نه", "نخیر", "na", "لا", "لأ", "لا شكرا", "no", "No thanks", "nope"]
)
def test_a_no_is_heard(text):
    assert form_words.says_no(text)
    assert not form_words.says_yes(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("بله قربان ولی من هنوز بسته‌ام را ندارم", id="more than a yes"),
        pytest.param("yesterday it broke", id="yes within a word"),
        pytest.param("nothing came", id="no within a word"),
        pytest.param("نعمان", id="a name that begins so"),
        pytest.param("", id="nothing"),
        pytest.param("؟!", id="signs only"),
    ],
)
def test_other_words_are_neither_yes_nor_no(text):
    assert not form_words.says_yes(text)
    assert not form_words.says_no(text)


@pytest.mark.parametrize(
    "text",
    [
        "ندارم",
        "ایمیل ندارم",
        "لازم نیست",
        "nadaram",
        "ليس لدي",
        "ما عندي",
        "معنديش إيميل",
        "ma 3andi",
        "skip",
        "I don't have one",
        "none",
    ],
)
def test_nothing_to_give_is_heard(text):
    assert form_words.leaves_out(text)


@pytest.mark.parametrize("text", ["سارا احمدی", "محمد العتيبي", "12345678", "sara@example.com"])
def test_an_answer_leaves_nothing_out(text):
    assert not form_words.leaves_out(text)


@pytest.mark.parametrize(
    "text", ["لغو", "بی‌خیال", "ولش کن", "bikhial", "إلغاء", "خلاص", "stop", "Cancel", "never mind!"]
)
def test_a_bare_wish_to_stop_ends_the_form(text):
    assert form_words.ends(text)


@pytest.mark.parametrize(
    "text", ["سفارشم رو لغو کن", "إلغاء الطلب", "cancel my order", "the bus stop"]
)
def test_a_longer_wish_is_no_wish_to_end_the_form(text):
    assert not form_words.ends(text)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("شماره رو اشتباه گفتم", Field.PHONE),
        ("شمارمو عوض کن", Field.PHONE),
        ("شماره سفارش غلطه", Field.ORDER_NUMBER),
        ("ایمیلم اشتباهه", Field.EMAIL),
        ("اسمم رو تغییر بده", Field.NAME),
        ("موضوع رو عوض کنید", Field.TOPIC),
        ("متن پیام رو اصلاح کنم", Field.MESSAGE),
        ("shomaram eshtebah bood, avaz kon mobile ro", Field.PHONE),
        ("رقمي غلط", Field.PHONE),
        ("عدّل الإيميل", Field.EMAIL),
        ("الاسم خطأ", Field.NAME),
        ("رقم الطلب غلط", Field.ORDER_NUMBER),
        ("غيّر الموضوع", Field.TOPIC),
        ("change the e-mail", Field.EMAIL),
        ("my phone number is wrong", Field.PHONE),
        ("fix the order number", Field.ORDER_NUMBER),
        ("I made a mistake in my name", Field.NAME),
    ],
)
def test_what_is_to_be_changed_is_understood(text, field):
    assert form_words.wants_change(text)
    assert form_words.fields_named(text)[0] is field


@pytest.mark.parametrize("text", ["سارا احمدی", "09121234567", "نعم", "my order never came"])
def test_an_answer_changes_nothing(text):
    assert not form_words.wants_change(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("سارا احمدی", "سارا احمدی"),
        ("من سارا احمدی هستم", "سارا احمدی"),
        ("اسمم سارا احمدی است.", "سارا احمدی"),
        ("esmam Sara Ahmadi", "Sara Ahmadi"),
        ("اسمي محمد العتيبي", "محمد العتيبي"),
        ("أنا فاطمة", "فاطمة"),
        ("My name is Jane Doe", "Jane Doe"),
        ("it's Jane", "Jane"),
        ("اسم", "اسم"),
    ],
)
def test_a_name_is_freed_of_the_words_around_it(text, name):
    assert form_words.bare_name(text) == name


OPTIONS = {
    "delivery": {Lang.FA: "ارسال و تحویل", Lang.AR: "الشحن والتوصيل", Lang.EN: "Delivery"},
    "express": {Lang.FA: "ارسال فوری", Lang.AR: "التوصيل السريع", Lang.EN: "Express delivery"},
    "returns": {
        Lang.FA: "خدمات پس از فروش و مرجوعی",
        Lang.AR: "خدمات ما بعد البيع والإرجاع",
        Lang.EN: "After-sales service and returns",
    },
}


@pytest.mark.parametrize(
    ("text", "lang", "option"),
    [
        pytest.param("ارسال و تحويل", Lang.FA, "delivery", id="the other keyboard's letters"),
        pytest.param("مرجوعی", Lang.FA, "returns", id="one telling word"),
        pytest.param("فوری", Lang.FA, "express", id="another telling word"),
        pytest.param("الإرجاع", Lang.AR, "returns", id="without its conjunction"),
        pytest.param("DELIVERY", Lang.EN, "delivery", id="a whole title that is part of another"),
        pytest.param("returns", Lang.EN, "returns", id="in English"),
        pytest.param("Delivery", Lang.FA, "delivery", id="another language's title"),
        pytest.param("۲", Lang.FA, "express", id="its number in Persian digits"),
        pytest.param("٣", Lang.AR, "returns", id="its number in Arabic digits"),
    ],
)
def test_an_option_is_found_by_what_people_write(text, lang, option):
    assert form_words.option_named(text, OPTIONS, lang) == option


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        pytest.param("ارسال", Lang.FA, id="a word of two"),
        pytest.param("التوصيل", Lang.AR, id="a word of two in Arabic"),
        pytest.param("۹", Lang.FA, id="a number of none"),
        pytest.param("0", Lang.EN, id="no number"),
        pytest.param("و", Lang.FA, id="a word that tells nothing"),
        pytest.param("کجاست", Lang.FA, id="a word of none"),
        pytest.param("", Lang.FA, id="nothing"),
        pytest.param("9" * 50, Lang.EN, id="a long number"),
    ],
)
def test_what_names_no_single_option_is_none(text, lang):
    assert form_words.option_named(text, OPTIONS, lang) is None
