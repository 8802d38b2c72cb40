"""The project's own files: every answer of every shop, in every language, at several moments.

An answer may hold the facts of its own shop only: no name, number, address or hour of the other one.
"""

from __future__ import annotations

import re
import time
from datetime import datetime
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from jawab.knowledge import Knowledge, load, problems
from jawab.knowledge.rendering import PLAIN
from jawab.text.language import Lang

ROOT = Path(__file__).parents[3]
TOPICS = {
    "contact": "channels hours phone email live_chat ticket response_time holidays compare social express",
    "seller": "support panel join",
    "order": "place track cancel change change_address invoice late wrong_item damaged_item "
    "missing_item number",
    "delivery": "time cost methods area reschedule",
    "payment": "methods cod failed installments discount_code gift_card wallet",
    "returns": "how conditions cost status exchange",
    "refund": "how time",
    "account": "register login password edit delete",
    "product": "availability authenticity warranty review price",
}
QUESTIONS = {f"{topic}_{name}" for topic, names in TOPICS.items() for name in names.split()} | {
    "faq_page",
    "policy_privacy",
    "complaint_how",
    "about_shop",
}
ACTS = set(
    [
        "greet",
        "goodbye",
        "thanks",
        "affirm",
        "deny",
        "help",
        "bot_challenge",
        "talk_to_human",
        "open_ticket",
        "ticket_status",
        "frustrated",
        "stop",
        "change_language",
        "other_support",
        "out_of_scope",
    ]
)
SHOPS = ("digikala", "souq")
MOMENTS = {
    "a working hour": "2026-11-24T11:00+03:30",
    "night": "2026-11-25T03:15+03:30",
    "an evening before a holiday": "2026-12-22T23:30+03:30",
    "Nowruz": "2027-03-22T12:00+03:30",
    "the Saudi National Day": "2026-09-23T12:00+03:00",
    "Eid al-Fitr in both countries": "2027-03-10T12:00+03:00",
}
# As shoppers and editors spell the shops, beside the names in the profiles.
SPELLINGS = {
    "digikala": (
        "دیجی کالا",
        "دیجیکالا",
        "ديجي كالا",
        "ديجيكالا",
        "دیجی‌کالا",
        "digikala",
        "digi kala",
    ),
    "souq": ("سوق دات کام", "سوق دوت كوم", "سوق.كوم", "سوق كوم", "سوق", "souq", "souq.com"),
}

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_LETTERS = str.maketrans("يىك", "ییک")
_PHONE = re.compile(r"\+?\d(?:[ \u00a0().\u200c–-]*\d){6,}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<!\w)@[\w.]+")
_SITE = re.compile(r"https?://\S+")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)")
_ARABIC_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?::(\d\d))? (صباحًا|ظهرًا|مساءً|منتصف الليل)")


@cache
def knowledge() -> Knowledge:
    return load(ROOT)


@cache
def answers(shop: str, lang: Lang) -> dict[tuple[str, str], str]:
    """Every answer of one shop in one language, by question and moment."""
    return {
        (question, name): knowledge().answer(
            question, shop=shop, lang=lang, now=datetime.fromisoformat(moment)
        )
        for question, (name, moment) in product(knowledge().questions, MOMENTS.items())
    }


def one(question: str, shop: str, lang: Lang, moment: str = "a working hour") -> str:
    return answers(shop, lang)[question, moment]


every_answer = pytest.mark.parametrize(
    ("shop", "lang"), list(product(SHOPS, Lang)), ids=lambda value: getattr(value, "value", value)
)


def plain(text: str) -> str:
    """The text without the differences between spellings of one name."""
    return re.sub(r"[\s\u200c]+", " ", text).translate(_LETTERS).lower()


def numbers(shop: str) -> set[str]:
    return {
        re.sub(r"\D", "", address)
        for channel in knowledge().shop(shop).channels.values()
        for address in channel.address
        if re.fullmatch(r"[\d +()-]+", address)
    }


def others(shop: str) -> list[str]:
    return [other for other in SHOPS if other != shop]


def foreign_names(text: str, shop: str) -> set[str]:
    """Names of other shops in the text, however they are spelt."""
    names = {
        plain(name)
        for other in others(shop)
        for name in (*SPELLINGS[other], *knowledge().shop(other).name.values())
    }
    alternatives = "|".join(re.escape(name) for name in sorted(names))
    return set(re.findall(rf"(?<!\w)(?:{alternatives})(?!\w)", plain(text)))


def foreign_numbers(text: str, shop: str) -> set[str]:
    """Phone numbers that are not the shop's own, and pieces of another shop's, in any script and grouping."""
    ascii_text, own = text.translate(_DIGITS), numbers(shop)
    found = {re.sub(r"\D", "", number) for number in _PHONE.findall(ascii_text)} - own
    runs = re.findall(r"\d+", re.sub(r"[ \u200c().–-]", "", ascii_text))
    for other in others(shop):
        for number in numbers(other):
            for tail in (number, number.removeprefix("021")):
                if any(tail in run for run in runs) and not any(tail in mine for mine in own):
                    found.add(tail)
    return found


def foreign_addresses(text: str, shop: str) -> set[str]:
    """E-mail addresses, handles and sites that are not the shop's own."""
    profile = knowledge().shop(shop)
    own = {address for channel in profile.channels.values() for address in channel.address}
    own |= {
        handle
        for fact in profile.facts.values()
        for one_language in fact.values()
        for handle in _HANDLE.findall(one_language)
    }
    found = {*_EMAIL.findall(text), *_HANDLE.findall(text)} - own
    return found | {site for site in _SITE.findall(text) if not site.startswith(profile.site)}


def clock_times(text: str) -> set[int]:
    """Every time of day in a text («۲۱:۰۰», «9 مساءً»), in minutes after midnight."""
    text = text.translate(_DIGITS)
    found = set()
    for hour, minute, part in _ARABIC_CLOCK.findall(text):
        afternoon = 0 if part in ("صباحًا", "منتصف الليل") else 12
        found.add((int(hour) % 12 + afternoon) * 60 + int(minute or 0))
    rest = _ARABIC_CLOCK.sub("", text)
    return found | {int(hour) * 60 + int(minute) for hour, minute in _CLOCK.findall(rest)}


def foreign_times(text: str, shop: str) -> set[int]:
    """Times of day at which none of the shop's channels opens or closes."""
    own = {
        minute % 1440
        for channel in knowledge().shop(shop).channels.values()
        for day in channel.hours.days
        for span in day
        for minute in (span.start, span.end)
    }
    return {minute % 1440 for minute in clock_times(text)} - own


def test_the_files_have_no_errors():
    assert [str(problem) for problem in problems(ROOT) if not problem.warning] == []


def test_every_id_of_the_catalogue_is_there_and_no_other():
    assert len(QUESTIONS) == 58
    assert set(knowledge().questions) == QUESTIONS
    assert set(knowledge().acts) == ACTS
    assert tuple(knowledge().shops) == SHOPS


def test_every_question_leads_to_related_ones():
    assert [q.id for q in knowledge().questions.values() if not 1 <= len(q.related) <= 4] == []


def test_every_shop_offers_three_questions_in_its_welcome():
    assert {len(shop.top_questions) for shop in knowledge().shops.values()} == {3}


@every_answer
def test_no_answer_names_another_shop(shop: str, lang: Lang):
    leaks = {key: foreign_names(text, shop) for key, text in answers(shop, lang).items()}
    assert {key: leak for key, leak in leaks.items() if leak} == {}


@every_answer
def test_every_phone_number_in_an_answer_is_the_shops_own(shop: str, lang: Lang):
    leaks = {key: foreign_numbers(text, shop) for key, text in answers(shop, lang).items()}
    assert {key: leak for key, leak in leaks.items() if leak} == {}


@every_answer
def test_every_address_and_site_in_an_answer_is_the_shops_own(shop: str, lang: Lang):
    leaks = {key: foreign_addresses(text, shop) for key, text in answers(shop, lang).items()}
    assert {key: leak for key, leak in leaks.items() if leak} == {}


@every_answer
def test_every_hour_in_an_answer_is_the_shops_own(shop: str, lang: Lang):
    leaks = {key: foreign_times(text, shop) for key, text in answers(shop, lang).items()}
    assert {key: leak for key, leak in leaks.items() if leak} == {}


@pytest.mark.parametrize(
    ("shop", "planted"),
    [
        ("souq", "با دیجی کالا تماس بگیرید"),
        ("souq", "تواصلوا مع ديجي كالا"),
        ("souq", "دیجیکالا"),
        ("souq", "DigiKala's app"),
        ("digikala", "سوق دات‌کام"),
        ("digikala", "خدمة عملاء سوق دوت كوم"),
        ("digikala", "on Souq"),
    ],
)
def test_a_planted_name_is_found(shop: str, planted: str):
    assert foreign_names(planted, shop)


@pytest.mark.parametrize(
    "planted",
    [
        "021-91000100",
        "۰۲۱-۹۱۰۰۰۱۰۰",
        "٩١٠٠٠١٠٠ – ٠٢١",
        "6193000",
        "021 619 30 00",
        "+98 21 9100 0100",
        "(021) 6193-0600",
    ],
)
def test_a_planted_number_is_found(planted: str):
    assert foreign_numbers(f"تماس {planted} بگیرید", "souq")


@pytest.mark.parametrize(
    "planted", ["info@digikala.com", "https://digikala.example", "@digikala_example"]
)
def test_a_planted_address_is_found(planted: str):
    assert foreign_addresses(f"تماس: {planted}", "souq")


@pytest.mark.parametrize(
    ("shop", "planted"),
    [
        ("digikala", "تا ساعت ۲۱:۰۰"),
        ("digikala", "حتى الساعة 9 مساءً"),
        ("digikala", "until 21:00"),
        ("souq", "هر روز ۸:۰۰ تا ۲۴:۰۰"),
        ("souq", "من 8 صباحًا"),
    ],
)
def test_a_planted_hour_is_found(shop: str, planted: str):
    assert foreign_times(planted, shop)


@every_answer
def test_answers_are_plain_text_without_leftovers(shop: str, lang: Lang):
    leftovers = re.compile(
        r"[{}<>`]|\*\*|\]\(|None|MappingProxy|[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
    )
    for key, text in answers(shop, lang).items():
        assert not leftovers.search(text), (key, leftovers.search(text))
        assert text == text.strip(), key
        assert "  " not in text, key
        assert "\n\n\n" not in text, key


@every_answer
def test_answers_are_in_the_script_of_their_language(shop: str, lang: Lang):
    for key, text in answers(shop, lang).items():
        if lang is Lang.EN:
            # What stands on a shop's own buttons is quoted as it stands there.
            assert not re.search("[\u0600-\u06ff]", re.sub("«[^»]*»", "", text)), key
            assert re.search("[a-z]{3}", text), key
        elif lang is Lang.FA:
            assert not set("يىكة") & set(text), key
            assert set("یک") & set(text), key
        else:
            assert not set("یکگچپژ") & set(text), key
            assert set("يةأ") & set(text), key


@every_answer
def test_digits_are_those_of_the_language(shop: str, lang: Lang):
    for key, text in answers(shop, lang).items():
        if lang is not Lang.FA:
            assert not re.search("[۰-۹٠-٩]", text), key
            continue
        for copied in (_SITE, _EMAIL, _HANDLE, _PHONE, re.compile(r"(?m)^\d+\. ")):
            text = copied.sub("", text)
        assert not re.search("[0-9٠-٩]", text), (key, text)


@every_answer
def test_every_word_of_the_assistant_can_be_said(shop: str, lang: Lang):
    now = datetime.fromisoformat(MOMENTS["a working hour"])
    profile = knowledge().shop(shop)
    for key, texts in knowledge().words.texts.items():
        names = set(re.findall(r"\{([a-z_]+)\}", texts[lang])) - {*PLAIN, *profile.channels}
        values = dict.fromkeys(names, "X")
        said = knowledge().say(key, shop=shop, lang=lang, now=now, **values)
        assert said, key
        assert not re.search("[{}]", said), key


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
        assert len(re.findall(r"(?m)^[1-4]\. ", digikala)) == 4
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
        answer = one("about_shop", "souq", lang).translate(_DIGITS)
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


def test_loading_and_answering_are_quick():
    began = time.perf_counter()
    loaded = load(ROOT)
    assert time.perf_counter() - began < 4  # about one second on two quiet cores
    now = datetime.fromisoformat(MOMENTS["a working hour"])
    asked = list(product(loaded.questions, loaded.shops, Lang))
    began = time.perf_counter()
    for question, shop, lang in asked:
        loaded.answer(question, shop=shop, lang=lang, now=now)
    assert (time.perf_counter() - began) / len(asked) < 0.001
