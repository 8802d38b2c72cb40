"""Nothing of a shopper's own comes into an example."""

import pytest

from jawab.learning.masking import masked
from jawab.text.language import Lang


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("شماره‌ام ۰۹۳۵۱۱۱۲۲۳۳ است", Lang.FA, "شماره‌ام ۰۹۱۲۰۰۰۰۰۰۰ است"),
        ("رقمي ٠٥٠١٢٣٤٥٦٧", Lang.AR, "رقمي ٠٩١٢٠٠٠٠٠٠٠"),
        ("call +98 935 111 2233 now", Lang.EN, "call 09120000000 now"),
        ("mail bob.smith@shop.example please", Lang.EN, "mail name@example.com please"),
        ("سفارش ۹۸۷۶۵۴۳۲ نرسید", Lang.FA, "سفارش ۱۲۳۴۵۶۷۸ نرسید"),
        ("تیکت jw-k37-w9f2 چی شد", Lang.FA, "تیکت JW-X22-2222 چی شد"),
        ("کارت 6037 9911 2233 4455 رو زدم", Lang.FA, "کارت 0000 0000 0000 0000 رو زدم"),
        ("خط ثابت 02188776655", Lang.FA, "خط ثابت 00000000000"),
        ("My name is John Smith, where is it", Lang.EN, "My name is Sara, where is it"),
        ("اسم من رضا کریمی است", Lang.FA, "اسم من سارا است"),
        ("اسمي خالد وأريد استرجاع المبلغ", Lang.AR, "اسمي سارة وأريد استرجاع المبلغ"),
        ("esmam reza hast", Lang.FA, "esmam سارا hast"),
        ("دو خط\nدر یک پیام", Lang.FA, "دو خط در یک پیام"),
    ],
)
def test_what_is_ones_own_gives_way(text, lang, expected):
    assert masked(text, lang=lang) == expected


@pytest.mark.parametrize("text", ["گوشی 128 گیگ ۱۴ پرو", "تا 10 روز", "مدل ۱۴۰۵"])
def test_numbers_that_tell_of_nobody_stay(text):
    assert masked(text, lang=Lang.FA) == text
