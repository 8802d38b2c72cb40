"""What is new in a mail: examples written for this test, in the ways that mail programs quote."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.channels.mail.quotes import said

FA = "هنوز به دستم نرسیده، چه کار کنم؟"
AR = "لم يصلني الطلب حتى الآن، ماذا أفعل؟"
EN = "It still has not arrived. What should I do?"
RLM = "\u200f"

ANSWERED = {
    "gmail fa": (
        FA,
        f"{FA}\n\nدر تاریخ پنجشنبه ۵ آذر ۱۴۰۵، ۱۰:۰۰ پشتیبانی فروشگاه <help@shop.example>\nنوشت:\n\n> سلام\n>\n> درخواستتان ثبت شد.",
    ),
    "gmail fa, with marks of direction": (
        FA,
        f"{FA}\n\n{RLM}در تاریخ پنجشنبه ۵ آذر، پشتیبانی <{RLM}help@shop.example{RLM}> نوشت:{RLM}\n\nسلام",
    ),
    "written has been, fa": (FA, f"{FA}\nدر ۲۶ نوامبر ۲۰۲۶ پشتیبانی نوشته است:\n> سلام"),
    "gmail ar": (
        AR,
        f"{AR}\n\nفي الخميس، 26 نوفمبر 2026 في 10:00 ص تمت كتابة ما يلي بواسطة خدمة العملاء <help@shop.example>:\n\n> أهلًا بكم",
    ),
    "apple ar": (AR, f"{AR}\n\nكتب خدمة العملاء في ٢٦ نوفمبر ٢٠٢٦، الساعة ١٠:٠٠ ص:\n\nأهلًا بكم"),
    "ar, the day first": (AR, f"{AR}\nبتاريخ 26/11/2026 كتبت خدمة العملاء:\n> أهلًا"),
    "gmail en, wrapped": (
        EN,
        f"{EN}\n\nOn Thu, Nov 26, 2026 at 10:00 AM The very long name of a shop's support <\nhelp@shop.example> wrote:\n\n> Hello\n> we have it",
    ),
    "apple en": (EN, f"{EN}\n\nOn 26 Nov 2026, at 10:00, Support wrote:\n\nHello\nwe have it"),
    "thunderbird": (EN, f"{EN}\n\nOn 26/11/2026 10:00, Support wrote:\n> Hello\n>> older"),
    "outlook en": (
        EN,
        f"{EN}\n\n-----Original Message-----\nFrom: Support\nSent: Thursday\nTo: me\nSubject: Your request\n\nHello",
    ),
    "outlook fa": (FA, f"{FA}\n\n-----پیام اصلی-----\nاز: پشتیبانی\nبه: من\n\nسلام"),
    "outlook ar": (AR, f"{AR}\n\n-----الرسالة الأصلية-----\nمن: خدمة العملاء\nإلى: أنا\n\nأهلًا"),
    "outlook's headers alone": (
        EN,
        f"{EN}\n\nFrom: Support <help@shop.example>\nSent: Thursday, November 26\nTo: Sara\nSubject: RE: Shoes\n\nHello",
    ),
    "headers in persian": (
        FA,
        f"{FA}\n\nاز: پشتیبانی <help@shop.example>\nارسال شده: پنجشنبه ۵ آذر\nبه: سارا\nموضوع: کفش\n\nسلام",
    ),
    "headers in arabic": (
        AR,
        f"{AR}\n\nمن: خدمة العملاء <help@shop.example>\nتم الإرسال: الخميس\nإلى: سارة\nالموضوع: الحذاء\n\nأهلًا",
    ),
    "a line of outlook.com": (EN, f"{EN}\n{'_' * 32}\nFrom: Support\nHello"),
    "lines quoted and nothing else": (FA, f"> سلام\n> درخواستتان ثبت شد.\n\n{FA}"),
    "answers between the lines": (
        "On the 20th.\n\nYes, please.",
        "On 26 Nov 2026 Support wrote:\n> When did you order?\n\nOn the 20th.\n\n> Shall we send another?\nYes, please.",
    ),
    "a signature by the standard": (EN, f"{EN}\n-- \nSara Ahmadi\n+98 912 123 4567"),
    "a telephone's, fa": (FA, f"{FA}\n\nارسال شده از آیفون من"),
    "a telephone's, ar": (AR, f"{AR}\n\nتم الإرسال من الـ iPhone الخاص بي"),
    "a telephone's, en": (EN, f"{EN}\n\nSent from my Galaxy"),
    "closed with respect, fa": (FA, f"{FA}\n\nبا احترام\nسارا احمدی\nشرکت نمونه"),
    "closed with greetings, ar": (AR, f"{AR}\n\nمع خالص التحية،\nسارة الأحمد"),
    "closed with regards, en": (EN, f"{EN}\n\nKind regards,\nSara\n0912 123 4567"),
}


@pytest.mark.parametrize(("new", "text"), ANSWERED.values(), ids=ANSWERED.keys())
def test_only_what_is_new_remains(new, text):
    assert said(text) == new


@pytest.mark.parametrize(
    "text",
    [
        "در سایت نوشته بود ارسال رایگان است، چرا پول گرفتید؟",
        "كتب المندوب على الفاتورة رقمًا خاطئًا، ماذا أفعل؟",
        "On Monday I wrote to you and nobody answered.",
        "از: تهران\nمی‌خواهم بدانم به شیراز هم می‌فرستید یا نه؟",
        "With kind regards to your team I ask again where my order is.",
        "5 > 3 is what your discount says, yet I paid more.",
    ],
)
def test_words_that_look_like_a_quote_are_kept(text):
    assert said(text) == text


def test_a_mail_that_is_all_quote_is_kept_whole():
    assert said("> سلام\n> کفش من کجاست؟") == "> سلام\n> کفش من کجاست؟"
    forwarded = "---------- Forwarded message ---------\nFrom: Shop\n\nYour parcel is late."
    assert said(forwarded) == forwarded


@settings(deadline=None)
@given(st.text())
def test_it_takes_any_text_and_never_makes_nothing_of_words(text):
    found = said(text)

    assert set(found) <= set(text) | {"\n"}
    assert bool(found) == bool(text.strip())


def test_a_long_mail_is_read_to_its_end():
    text = "\n".join(["On and on it goes <a@b.example> without an end"] * 1_000)

    assert said(text) == text
