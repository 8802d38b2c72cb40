"""Order numbers, phones, e-mails: values in one form, offsets in the raw text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.text.entities import KINDS, extract
from jawab.text.lang import Lang

TABLE = [
    ("سفارش ۱۲۳۴۵۶۷۸ کجاست", [("order_number", "12345678", "۱۲۳۴۵۶۷۸")]),
    ("رقم الطلب #١٢٣٤٥٦٧٨٩", [("order_number", "123456789", "١٢٣٤٥٦٧٨٩")]),
    ("order no. 1234 5678 is late", [("order_number", "12345678", "1234 5678")]),
    ("شماره سفارش: 1234-5678", [("order_number", "12345678", "1234-5678")]),
    ("سفارش۱۲۳۴۵۶۷۸", [("order_number", "12345678", "۱۲۳۴۵۶۷۸")]),
    ("1234567", []),
    ("1234567890", []),
    ("1234 5678", []),
    ("مبلغ 12345678 تومان", [("amount", "12345678 IRT", "12345678 تومان")]),
    ("DK12345678", []),
    ("شماره من 09121234567 است", [("phone", "+989121234567", "09121234567")]),
    ("۰۹۱۲ ۱۲۳ ۴۵۶۷", [("phone", "+989121234567", "۰۹۱۲ ۱۲۳ ۴۵۶۷")]),
    ("+98 (912) 123-4567", [("phone", "+989121234567", "+98 (912) 123-4567")]),
    ("00989121234567", [("phone", "+989121234567", "00989121234567")]),
    ("جوالي ٠٥٠١٢٣٤٥٦٧", [("phone", "+966501234567", "٠٥٠١٢٣٤٥٦٧")]),
    ("+966 50 123 4567", [("phone", "+966501234567", "+966 50 123 4567")]),
    ("00966501234567", [("phone", "+966501234567", "00966501234567")]),
    ("021-91000100", []),
    ("021 61930600", []),
    ("+4915112345678", []),
    ("mail Me@Example.COM.", [("email", "me@example.com", "Me@Example.COM")]),
    (
        "order 12345678 phone 0501234567 a@b.co",
        [
            ("order_number", "12345678", "12345678"),
            ("phone", "+966501234567", "0501234567"),
            ("email", "a@b.co", "a@b.co"),
        ],
    ),
    ("a12345678@b.co", [("email", "a12345678@b.co", "a12345678@b.co")]),
    (
        "12345678 و 87654321",
        [("order_number", "12345678", "12345678"), ("order_number", "87654321", "87654321")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_what_a_text_names_is_found_in_one_form_and_with_its_place(text, expected):
    found = [(e.kind, e.value, text[e.start : e.end]) for e in extract(text, lang=Lang.FA)]
    assert found == expected


def test_a_shop_has_its_own_order_numbers():
    found = extract("my order SQ-20417 and 12345678", lang=Lang.EN, order_number="SQ-[0-9]{5}")
    assert [(e.value, e.start) for e in found] == [("SQ-20417", 9)]


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789۰۹٠٥+-() @a.\u200cسفارش#\ud800"), max_size=60))
def test_entities_lie_in_the_text_in_order(text):
    at = 0
    for entity in extract(text, lang=Lang.AR):
        assert at <= entity.start < entity.end <= len(text)
        at = entity.end


@pytest.mark.parametrize("piece", ["1", "12 34 ", "1-", "+", "a@", "a@b.", "09121234567 ", "#1 "])
def test_a_huge_text_is_searched(piece):
    extract(piece * (100_000 // len(piece)), lang=Lang.FA)


TODAY = date(2026, 11, 26)  # a Thursday
NAMED = [
    ("۲ میلیون و ۵۰۰ هزار تومان دادم", Lang.FA, [("amount", "2500000 IRT", "۲ میلیون و ۵۰۰ هزار تومان")]),
    ("قیمتش ۱٬۲۵۰٬۰۰۰ ریال بود", Lang.FA, [("amount", "1250000 IRR", "۱٬۲۵۰٬۰۰۰ ریال")]),
    ("یک میلیون تومن", Lang.FA, [("amount", "1000000 IRT", "یک میلیون تومن")]),
    ("500 toman", Lang.FA, [("amount", "500 IRT", "500 toman")]),
    ("دفعت ٣ آلاف ريال", Lang.AR, [("amount", "3000 SAR", "٣ آلاف ريال")]),
    ("ألف ريال", Lang.AR, [("amount", "1000 SAR", "ألف ريال")]),
    ("100 gneh", Lang.AR, [("amount", "100 EGP", "100 gneh")]),
    ("50 درهم و 20 دينار كويتي", Lang.AR, [("amount", "50 AED", "50 درهم"), ("amount", "20 KWD", "20 دينار كويتي")]),
    ("it was $49.90", Lang.EN, [("amount", "49.90 USD", "$49.90")]),
    ("USD 30 and 1,200 riyals", Lang.EN, [("amount", "30 USD", "USD 30"), ("amount", "1200 SAR", "1,200 riyals")]),
    ("هزار تا کار دارم", Lang.FA, []),
    ("یه کیف پول", Lang.FA, []),
    ("۱۴۰۵/۸/۲۰", Lang.FA, [("date", "2026-11-11", "۱۴۰۵/۸/۲۰")]),
    ("20 آبان", Lang.FA, [("date", "2026-11-11", "20 آبان")]),
    ("۲۰م آبان ماه ۱۴۰۴", Lang.FA, [("date", "2025-11-11", "۲۰م آبان ماه ۱۴۰۴")]),
    ("20 aban", Lang.FA, [("date", "2026-11-11", "20 aban")]),
    ("٣ رمضان", Lang.AR, [("date", "2027-02-10", "٣ رمضان")]),
    ("٣ ربيع الأول ١٤٤٨", Lang.AR, [("date", "2026-08-16", "٣ ربيع الأول ١٤٤٨")]),
    ("1448/9/3", Lang.AR, [("date", "2027-02-10", "1448/9/3")]),
    ("5/11/2026", Lang.AR, [("date", "2026-11-05", "5/11/2026")]),
    ("11/20/2026", Lang.EN, [("date", "2026-11-20", "11/20/2026")]),
    ("2026-11-05", Lang.EN, [("date", "2026-11-05", "2026-11-05")]),
    ("٥ تشرين الثاني 2026", Lang.AR, [("date", "2026-11-05", "٥ تشرين الثاني 2026")]),
    ("November 5th, 2026", Lang.EN, [("date", "2026-11-05", "November 5th, 2026")]),
    ("on 2 January", Lang.EN, [("date", "2027-01-02", "2 January")]),
    ("31/2/2026", Lang.EN, []),
    ("دیروز رسید", Lang.FA, [("date", "2026-11-25", "دیروز")]),
    ("diruz", Lang.FA, [("date", "2026-11-25", "diruz")]),
    ("سه روز پیش", Lang.FA, [("date", "2026-11-23", "سه روز پیش")]),
    ("پنج‌شنبه گذشته", Lang.FA, [("date", "2026-11-19", "پنج‌شنبه گذشته")]),
    ("طلبته أمس", Lang.AR, [("date", "2026-11-25", "أمس")]),
    ("embare7", Lang.AR, [("date", "2026-11-25", "embare7")]),
    ("قبل ٣ أيام", Lang.AR, [("date", "2026-11-23", "قبل ٣ أيام")]),
    ("يوم السبت الماضي", Lang.AR, [("date", "2026-11-21", "السبت الماضي")]),
    ("yesterday or 2 weeks ago", Lang.EN, [("date", "2026-11-25", "yesterday"), ("date", "2026-11-12", "2 weeks ago")]),
    ("next Friday", Lang.EN, [("date", "2026-11-27", "next Friday")]),
    ("تهران", Lang.FA, [("city", "Tehran", "تهران")]),
    ("به بندر عباس یا خرم‌آباد", Lang.FA, [("city", "Bandar Abbas", "بندر عباس"), ("city", "Khorramabad", "خرم‌آباد")]),
    ("be esfahan miferestin", Lang.FA, [("city", "Isfahan", "esfahan")]),
    ("للرياض ولدبي وبجدة", Lang.AR, [("city", "Riyadh", "للرياض"), ("city", "Dubai", "دبي"), ("city", "Jeddah", "جدة")]),
    ("Cairo and Abu Dhabi", Lang.EN, [("city", "Cairo", "Cairo"), ("city", "Abu Dhabi", "Abu Dhabi")]),
    ("تیکت JW-K37-W9F2", Lang.FA, [("ticket_reference", "JW-K37-W9F2", "JW-K37-W9F2")]),
    ("jw k۳۷ w۹f۲", Lang.FA, [("ticket_reference", "JW-K37-W9F2", "jw k۳۷ w۹f۲")]),
    ("JW-K73-W9F2", Lang.EN, []),
    ("order 20261105 on 5.11.2026", Lang.EN, [("order_number", "20261105", "20261105"), ("date", "2026-11-05", "5.11.2026")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lang", "expected"), NAMED, ids=[row[0] for row in NAMED])
def test_money_days_places_and_tickets(text, lang, expected):
    entities = extract(text, lang=lang, today=TODAY)
    assert [(e.kind, e.value, text[e.start : e.end]) for e in entities] == expected


def test_without_a_today_only_whole_dates_are_read():
    text = "دیروز، 20 آبان، شنبه، ۱۴۰۵/۸/۲۰، 3 روز پیش"
    assert [e.value for e in extract(text, lang=Lang.FA)] == ["2026-11-11"]


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["۲", "12", "1405/8/20", "هزار", "میلیون", "و", "تومان", "$", "آبان", "2026", ",", "th",
             "دیروز", "أمس", "last", "friday", "روز", "پیش", "قبل", "الرياض", "بندر", "عباس", "jw", "k37", "w9f2", "\u200c"]
        ),
        max_size=25,
    ),
    st.sampled_from(list(Lang)),
)  # fmt: skip
def test_whatever_stands_side_by_side_entities_keep_apart(words, lang):
    at = 0
    text = " ".join(words)
    for entity in extract(text, lang=lang, today=TODAY):
        assert entity.kind in KINDS
        assert at <= entity.start < entity.end <= len(text)
        at = entity.end


@pytest.mark.parametrize(
    "piece",
    ["1,", "1,234", "1/", "1/1/", "هزار ", "1 و ", "20 ", "aban ", "jw-", "JWK37", "شنبه ", "ال", "a1", "بندر "],
)  # fmt: skip
def test_the_search_for_names_reads_any_length(piece):
    extract(piece * (100_000 // len(piece)), lang=Lang.AR, today=TODAY)
