"""Answers and the bot's own words, filled for a shop, a language and a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from jawab.knowledge import ClosingDays, Knowledge, WeeklyHours
from jawab.knowledge.errors import (
    BadTemplate,
    NaiveClock,
    Unfillable,
    UnknownChannel,
    UnknownQuestion,
    UnknownShop,
    UnknownWords,
)
from jawab.knowledge.rendering import Occasion, render
from jawab.knowledge.template import Placeholder, parse
from jawab.text.language import Lang

TEHRAN = ZoneInfo("Asia/Tehran")
NOON = datetime(2026, 11, 24, 12, tzinfo=TEHRAN)  # a Tuesday; the 25th is a closing day
NIGHT = datetime(2026, 11, 23, 23, tzinfo=TEHRAN)
EVE = datetime(2026, 11, 24, 22, tzinfo=TEHRAN)
CLOSING_DAY = datetime(2026, 11, 25, 10, tzinfo=TEHRAN)


def filled(knowledge: Knowledge, text: str, lang: Lang, now=NOON, shop="bazaar") -> str:
    return render(text, Occasion(knowledge.shop(shop), lang, now))


def test_an_answer_is_the_template_filled_with_the_shops_facts(knowledge: Knowledge):
    assert knowledge.answer("returns_how", shop="bazaar", lang=Lang.FA, now=NOON) == (
        "کالا را تا ۷ روز به بازارک برگردانید.\nتلفن: 021-1110000 و 021-2220000"
    )
    assert knowledge.answer("returns_how", shop="bazaar", lang=Lang.AR, now=NOON) == (
        "أعيدوا المنتج خلال 7 أيام إلى بازارك.\nالهاتف: 021-1110000 و021-2220000"
    )
    assert knowledge.answer("returns_how", shop="bazaar", lang=Lang.EN, now=NOON) == (
        "Return the item to Bazaarak within 7 days.\nPhone: 021-1110000 and 021-2220000"
    )


def test_a_shops_own_answer_goes_before_the_template(knowledge: Knowledge):
    assert knowledge.answer("returns_how", shop="dukkan", lang=Lang.AR, now=NOON) == (
        "دكان يأخذ المنتج من بابكم."
    )


def test_the_same_question_at_another_hour_has_another_answer(knowledge: Knowledge):
    at_noon = knowledge.answer("contact_hours", shop="bazaar", lang=Lang.FA, now=NOON)
    at_night = knowledge.answer("contact_hours", shop="bazaar", lang=Lang.FA, now=NIGHT)
    assert at_noon == "هر روز ۹:۰۰ تا ۲۱:۰۰\nالان باز است، تا ساعت ۲۱:۰۰."
    assert at_night == "هر روز ۹:۰۰ تا ۲۱:۰۰\nالان بسته است؛ فردا ساعت ۹:۰۰ باز می‌شود."


@pytest.mark.parametrize(
    ("now", "fa", "ar", "en"),
    {
        "open": (
            NOON,
            "الان باز است، تا ساعت ۲۱:۰۰.",
            "الخدمة متاحة الآن، حتى الساعة 9 مساءً.",
            "Open now, until 21:00.",
        ),
        "closed for the night": (
            NIGHT,
            "الان بسته است؛ فردا ساعت ۹:۰۰ باز می‌شود.",
            "الخدمة مغلقة الآن، وتعود غدًا الساعة 9 صباحًا.",
            "Closed now; opens tomorrow at 9:00.",
        ),
        "before opening": (
            NIGHT.replace(hour=7),
            "الان بسته است؛ امروز ساعت ۹:۰۰ باز می‌شود.",
            "الخدمة مغلقة الآن، وتعود اليوم الساعة 9 صباحًا.",
            "Closed now; opens today at 9:00.",
        ),
        "the evening before a closing day": (
            EVE,
            "الان بسته است؛ فردا هم به مناسبت «انبارگردانی» تعطیل است و "
            "پنج‌شنبه ۵ آذر (۲۶ نوامبر) ساعت ۹:۰۰ باز می‌شود.",
            "الخدمة مغلقة الآن، وغدًا أيضًا (يوم الجرد)، "
            "وتعود يوم الخميس 5 آذر (26 نوفمبر) الساعة 9 صباحًا.",
            "Closed now, and tomorrow for stocktaking; "
            "opens on Thursday 5 Azar (26 November) at 9:00.",
        ),
        "a closing day": (
            CLOSING_DAY,
            "امروز به مناسبت «انبارگردانی» تعطیل است؛ فردا ساعت ۹:۰۰ باز می‌شود.",
            "الخدمة مغلقة اليوم (يوم الجرد)، وتعود غدًا الساعة 9 صباحًا.",
            "Closed today for stocktaking; opens tomorrow at 9:00.",
        ),
    }.values(),
    ids=["open", "night", "before opening", "eve", "closing day"],
)
def test_the_status_says_open_or_closed_and_why(knowledge: Knowledge, now, fa, ar, en):
    told = [filled(knowledge, "{status.phone}", lang, now) for lang in Lang]
    assert told == [fa, ar, en]


def test_around_the_clock_is_said_and_the_closing_day_to_come(knowledge: Knowledge):
    assert filled(knowledge, "{status.chat}", Lang.EN, NOON) == (
        "Open now, around the clock. Closed tomorrow for stocktaking."
    )
    assert filled(knowledge, "{status.chat}", Lang.FA, CLOSING_DAY) == (
        "امروز به مناسبت «انبارگردانی» تعطیل است؛ فردا باز می‌شود."
    )


def test_an_opening_past_midnight_ends_tomorrow(knowledge: Knowledge):
    now = datetime(2026, 11, 24, 20, tzinfo=ZoneInfo("Asia/Riyadh"))
    assert filled(knowledge, "{status.phone}", Lang.AR, now, "dukkan") == (
        "الخدمة متاحة الآن، حتى غدًا الساعة 2 صباحًا."
    )


def test_a_channel_that_never_opens_is_not_promised(knowledge: Knowledge):
    shop = knowledge.shop("bazaar").with_hours("phone", WeeklyHours.parse({"fri": "closed"}))
    assert render("{status.phone}", Occasion(shop, Lang.FA, NOON)).startswith("فعلاً بسته است")


def test_hours_and_promises_of_a_channel_are_words(knowledge: Knowledge):
    text = "{hours.phone} | {response.phone} | {hours.seller_phone}"
    assert filled(knowledge, text, Lang.FA) == (
        "هر روز ۹:۰۰ تا ۲۱:۰۰ | حداکثر ۵ دقیقه | شنبه ۸:۰۰ تا ۲۴:۰۰؛ "
        "پنج‌شنبه ۸:۰۰ تا ۱۲:۰۰ و ۱۶:۰۰ تا ۲۰:۰۰؛ یکشنبه، دوشنبه، سه‌شنبه، چهارشنبه و جمعه تعطیل"
    )


def test_channels_are_a_line_each_for_shoppers_only(knowledge: Knowledge):
    assert filled(knowledge, "{channels}", Lang.AR) == (
        "• الهاتف: 021-1110000 و021-2220000 – كل يوم من 9 صباحًا إلى 9 مساءً – "
        "وقت الاستجابة: خلال 5 دقائق\n"
        "• الدردشة: على مدار الساعة، كل أيام الأسبوع"
    )


def test_status_without_a_channel_is_a_line_for_each(knowledge: Knowledge):
    assert filled(knowledge, "{status}", Lang.EN) == (
        "• Phone: 021-1110000 and 021-2220000 – Open now, until 21:00.\n"
        "• Chat: Open now, around the clock. Closed tomorrow for stocktaking."
    )


def test_open_channels_are_those_open_right_now(knowledge: Knowledge):
    assert filled(knowledge, "{open_channels}", Lang.EN, NIGHT) == (
        "• Chat: around the clock, every day"
    )


def test_when_no_channel_is_open_the_first_to_open_is_told(knowledge: Knowledge):
    assert filled(knowledge, "{open_channels}", Lang.FA, CLOSING_DAY) == (
        "همین حالا هیچ‌یک از راه‌های ارتباطی باز نیست.\nزودتر از همه: چت، فردا."
    )


def test_holidays_are_the_next_closing_days_with_dates(knowledge: Knowledge):
    lines = filled(knowledge, "{holidays}", Lang.FA, datetime(2027, 3, 1, tzinfo=TEHRAN)).split(
        "\n"
    )
    assert lines == [
        "• دوشنبه ۱۰ اسفند ۱۴۰۵ (۱ مارس ۲۰۲۷): شهادت حضرت علی (ع) (تخمینی)",
        "• از چهارشنبه ۱۹ اسفند ۱۴۰۵ (۱۰ مارس ۲۰۲۷) تا پنج‌شنبه ۲۰ اسفند ۱۴۰۵ (۱۱ مارس ۲۰۲۷): "
        "عید فطر (تخمینی)",
        "• شنبه ۲۹ اسفند ۱۴۰۵ (۲۰ مارس ۲۰۲۷): روز ملی شدن صنعت نفت",
        "• از یکشنبه ۱ فروردین ۱۴۰۶ (۲۱ مارس ۲۰۲۷) تا چهارشنبه ۴ فروردین ۱۴۰۶ (۲۴ مارس ۲۰۲۷): "
        "نوروز",
        "• پنج‌شنبه ۱۲ فروردین ۱۴۰۶ (۱ آوریل ۲۰۲۷): روز جمهوری اسلامی",
    ]


def test_a_shop_without_closing_days_says_so(knowledge: Knowledge):
    assert filled(knowledge, "{holidays}", Lang.EN, shop="dukkan") == (
        "No closing days are announced."
    )


def test_words_take_the_values_of_the_call(knowledge: Knowledge):
    said = knowledge.say("ticket_opened", shop="bazaar", lang=Lang.FA, now=NOON, reference="J-17")
    assert said == "تیکت J-17 ثبت شد."


def test_values_of_the_call_are_not_filled_again(knowledge: Knowledge):
    said = knowledge.say(
        "ticket_opened", shop="bazaar", lang=Lang.EN, now=NOON, reference="{phone}"
    )
    assert said == "Ticket {phone} is open."


def test_the_bots_words_name_the_shop(knowledge: Knowledge):
    assert knowledge.say("welcome", shop="dukkan", lang=Lang.EN, now=NOON) == "Welcome to Dukkan."


def test_a_value_that_is_not_given_is_named(knowledge: Knowledge):
    with pytest.raises(Unfillable, match="reference"):
        knowledge.say("ticket_opened", shop="bazaar", lang=Lang.EN, now=NOON)


def test_unknown_names_are_refused(knowledge: Knowledge):
    with pytest.raises(UnknownQuestion, match="refund_how"):
        knowledge.answer("refund_how", shop="bazaar", lang=Lang.FA, now=NOON)
    with pytest.raises(UnknownShop, match="there are: bazaar, dukkan"):
        knowledge.answer("returns_how", shop="basar", lang=Lang.FA, now=NOON)
    with pytest.raises(UnknownWords, match="farewell"):
        knowledge.say("farewell", shop="bazaar", lang=Lang.FA, now=NOON)
    with pytest.raises(UnknownChannel, match="fax"):
        knowledge.shop("bazaar").channel("fax")


@pytest.mark.parametrize(
    "text", ["{fax}", "{hours.fax}", "{facts.none}", "{response.chat}", "{chat}", "{hours.phone.x}"]
)
def test_what_cannot_be_filled_is_never_said(knowledge: Knowledge, text):
    with pytest.raises((Unfillable, BadTemplate)):
        filled(knowledge, text, Lang.EN)


def test_a_clock_without_a_zone_is_refused(knowledge: Knowledge):
    with pytest.raises(NaiveClock):
        knowledge.answer("contact_hours", shop="bazaar", lang=Lang.FA, now=datetime(2026, 11, 24))


def test_an_owners_override_is_a_new_value(knowledge: Knowledge):
    bazaar = knowledge.shop("bazaar")
    longer = bazaar.with_hours("phone", WeeklyHours.parse({"every_day": "08:00-24:00"}))
    changed = knowledge.with_shop(replace(longer, closing_days=ClosingDays()))
    assert "۸:۰۰ تا ۲۴:۰۰" in changed.answer("contact_hours", shop="bazaar", lang=Lang.FA, now=NOON)
    assert "باز است" in changed.answer(
        "contact_hours", shop="bazaar", lang=Lang.FA, now=CLOSING_DAY
    )
    assert "۹:۰۰ تا ۲۱:۰۰" in knowledge.answer(
        "contact_hours", shop="bazaar", lang=Lang.FA, now=NOON
    )


def test_an_overridden_channel_keeps_its_place(knowledge: Knowledge):
    bazaar = knowledge.shop("bazaar")
    assert list(bazaar.with_hours("phone", WeeklyHours.parse("always")).channels) == list(
        bazaar.channels
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("تلفن {shop}", ("تلفن ", Placeholder("shop"))),
        ("{hours.live_chat}", (Placeholder("hours", "live_chat"),)),
        ("", ()),
        ("بدون جای خالی", ("بدون جای خالی",)),
    ],
    ids=["plain", "of a channel", "empty", "none"],
)
def test_a_template_is_split_at_its_placeholders(text, parts):
    assert parse(text) == parts


@pytest.mark.parametrize("text", ["{", "}", "{}", "{{shop}}", "{Shop}", "{a.b.c}", "{ shop }"])
def test_malformed_braces_are_refused(text):
    with pytest.raises(BadTemplate):
        parse(text)
