"""The demo shops say what was published of the shops they stand for."""

from __future__ import annotations

import re

from jawab.text.language import Lang

from .shop_answers import (
    DIGITS,
    SHOPS,
    knowledge,
    one,
)


def test_digikalas_phones_answer_around_the_clock():
    answer = one("contact_phone", "digikala", Lang.FA)
    assert "021-91000100" in answer
    assert "021-6193000" in answer
    assert "شبانه‌روزی" in answer
    assert knowledge().shop("digikala").channel("phone").hours.always


def test_digikalas_e_mail_and_seller_line_are_the_published_ones():
    for lang in Lang:
        assert "info@digikala.com" in one("contact_email", "digikala", lang)
        assert "021-61930600" in one("seller_support", "digikala", lang)
    assert "هر روز ۸:۰۰ تا ۲۴:۰۰" in one("seller_support", "digikala", Lang.FA)


def test_digikalas_four_ways_of_returning_are_digikalas_alone():
    ways = {
        Lang.FA: ("سایت", "اپلیکیشن", "تماس با ما", "داخلی ۱"),
        Lang.AR: ("الموقع", "التطبيق", "اتصل بنا", "التحويلة 1"),
        Lang.EN: ("Website", "App", "Contact us", "extension 1"),
    }
    for lang, told in ways.items():
        digikala, souq = (one("returns_how", shop, lang) for shop in SHOPS)
        steps = "۱۲۳۴" if lang is Lang.FA else "1234"
        assert re.findall(r"(?m)^(\d)\. ", digikala) == list(steps)
        assert [way for way in told if way not in digikala] == []
        assert "021-6193000" in digikala
        assert told[2] not in souq
        assert told[3] not in souq


def test_digikala_is_closed_on_public_holidays():
    assert "نوروز" in one("contact_hours", "digikala", Lang.FA, "Nowruz")
    assert "تعطیل" in one("contact_phone", "digikala", Lang.FA, "Nowruz")


def test_souqs_hours_are_the_published_ones():
    answer = one("contact_hours", "souq", Lang.AR)
    assert "من 9 صباحًا إلى 9 مساءً" in answer
    assert "من 9 صباحًا إلى 11 مساءً" in answer
    for channel in ("email", "social"):
        assert knowledge().shop("souq").channel(channel).hours.always


def test_souqs_promised_times_are_the_published_ones():
    answer = one("contact_response_time", "souq", Lang.AR)
    for promised in ("5 دقائق", "24 ساعة", "دقيقة واحدة"):
        assert promised in answer
    assert re.search(r"1\s*(?:-|–|إلى|حتى)\s*3 ساعات", answer)


def test_souqs_history_is_the_published_one():
    for lang, amazon in {Lang.FA: "آمازون", Lang.AR: "أمازون", Lang.EN: "Amazon"}.items():
        answer = one("about_shop", "souq", lang).translate(DIGITS)
        assert [fact for fact in ("2005", "2017", amazon) if fact not in answer] == []


def test_souq_says_whether_it_is_open_now():
    assert "متاحة الآن" in one("contact_hours", "souq", Lang.AR)
    assert "مغلقة الآن" in one("contact_phone", "souq", Lang.AR, "night")
    assert "اليوم الوطني" in one("contact_hours", "souq", Lang.AR, "the Saudi National Day")


def test_dates_stand_in_the_shops_calendar_beside_the_gregorian():
    assert re.search(
        "[۰-۹]+ دی ۱۴۰۵ \\([۰-۹]+ دسامبر ۲۰۲۶\\)", one("contact_holidays", "digikala", Lang.FA)
    )
    assert re.search(r"1448 هـ \(\d+ [^ ]+ 2027\)", one("contact_holidays", "souq", Lang.AR))
