"""What comes out of files that are right."""

from __future__ import annotations

import dataclasses
import time
from datetime import date

import pytest

from jawab.knowledge import (
    Audience,
    Example,
    InvalidKnowledge,
    Knowledge,
    KnowledgeError,
    Reckoning,
)
from jawab.text.language import Lang


def test_a_right_project_has_no_problems(project):
    assert project.messages() == []


def test_questions_come_in_the_order_of_their_topic_files(knowledge: Knowledge):
    assert list(knowledge.questions) == ["contact_hours", "returns_how"]
    assert knowledge.topics["returns"].questions == ("returns_how",)
    assert knowledge.topics["returns"].title[Lang.AR] == "الإرجاع"


def test_a_question_carries_titles_answers_and_examples(knowledge: Knowledge):
    question = knowledge.questions["returns_how"]
    assert question.topic == "returns"
    assert question.title[Lang.FA] == "چطور مرجوع کنم؟"
    assert question.answer[Lang.EN].endswith("Phone: {phone}")
    assert question.related == ("contact_hours",)


def test_examples_are_one_a_line_and_blank_lines_are_nothing(knowledge: Knowledge):
    assert knowledge.questions["returns_how"].examples == (
        Example("چگونه کالا را مرجوع کنم؟", Lang.FA, "formal"),
        Example("شرایط پس دادن جنس", Lang.FA, "formal"),
        Example("chetori pas bedam", Lang.FA, "finglish"),
        Example("كيف أعيد المنتج؟", Lang.AR, "msa"),
        Example("how do I return an item", Lang.EN, "plain"),
    )


def test_acts_are_read_in_the_same_form(knowledge: Knowledge):
    assert knowledge.acts["greet"].examples[1] == Example("السلام عليكم", Lang.AR, "msa")


def test_a_profile_is_read_whole(knowledge: Knowledge):
    shop = knowledge.shop("bazaar")
    assert shop.language is Lang.FA
    assert shop.zone.key == "Asia/Tehran"
    assert shop.calendar is Reckoning.JALALI
    assert shop.order_number.fullmatch("12345678")
    assert shop.top_questions == ("contact_hours",)
    assert shop.closing_days.public_holidays
    assert shop.closing_days.own[0].date == date(2026, 11, 25)
    assert shop.facts["return_window"][Lang.AR] == "خلال 7 أيام"


def test_an_address_may_be_a_list_a_text_or_absent(knowledge: Knowledge):
    channels = knowledge.shop("bazaar").channels
    assert channels["phone"].address == ("021-1110000", "021-2220000")
    assert channels["seller_phone"].address == ("021-3330000",)
    assert channels["chat"].address == ()


def test_only_the_shoppers_channels_are_listed_to_shoppers(knowledge: Knowledge):
    shop = knowledge.shop("bazaar")
    assert [channel.id for channel in shop.shoppers_channels] == ["phone", "chat"]
    assert shop.channels["seller_phone"].audience is Audience.SELLER


def test_what_is_loaded_cannot_be_written_to(knowledge: Knowledge):
    with pytest.raises(dataclasses.FrozenInstanceError):
        knowledge.shop("bazaar").site = "https://other.example"
    for table in (
        knowledge.questions,
        knowledge.shops,
        knowledge.shop("bazaar").channels,
        knowledge.questions["returns_how"].answer,
    ):
        with pytest.raises(TypeError):
            table["x"] = "y"


def test_a_byte_order_mark_from_an_editor_is_no_problem(project):
    text = (project.root / "data/faq/returns.yml").read_bytes()
    project.write("data/faq/returns.yml", b"\xef\xbb\xbf" + text)
    assert "returns_how" in project.load().questions


def test_loading_wrong_files_raises_every_error_at_once(project):
    project.edit("data/shops/bazaar.yml", "country: IR", "country: XX")
    project.edit("data/dialogue/acts.yml", "en: {plain: hello}", "")
    with pytest.raises(InvalidKnowledge) as raised:
        project.load()
    assert isinstance(raised.value, KnowledgeError)
    assert len(raised.value.problems) == 2
    assert "data/shops/bazaar.yml: 'bazaar' has the unknown country 'XX'" in str(raised.value)
    assert "data/dialogue/acts.yml: 'greet' has no English examples" in str(raised.value)


def test_warnings_do_not_stop_loading(project):
    project.edit(
        "data/faq/returns.yml",
        "شرایط پس دادن جنس",
        "شرایط پس دادن جنس\n          شرایط پس دادن جنس!",
    )
    assert "warning" in project.messages()[0]
    assert project.load().questions["returns_how"].examples


def test_loading_finds_a_line_under_two_ids_without_folding(project):
    project.edit("data/faq/returns.yml", "how do I return an item", "When are  you open")
    with pytest.raises(InvalidKnowledge, match="also stands under 'contact_hours'"):
        project.load()


def test_loading_leaves_spellings_under_two_ids_to_validation(project):
    project.edit("data/faq/returns.yml", "شرایط پس دادن جنس", "ساعت كاري شما چيست")
    assert project.load().questions
    assert "also stands under 'contact_hours'" in project.messages()[0]


def test_two_thousand_examples_load_in_no_time(project):
    words = ["کالا", "سفارش", "پول", "ارسال", "فاکتور", "تخفیف", "کارت", "آدرس", "زمان", "قیمت"]
    lines = [
        f"{words[n % 10]} {words[n // 10 % 10]} {words[n // 100 % 10]} {n}" for n in range(2000)
    ]
    block = "\n".join(" " * 10 + line for line in lines)
    project.edit("data/faq/returns.yml", "          چگونه کالا را مرجوع کنم؟", block)
    began = time.perf_counter()
    project.load()
    assert time.perf_counter() - began < 5


def test_a_shops_colour_and_picture_may_be_named(project):
    project.edit(
        "data/shops/bazaar.yml",
        "country: IR",
        'country: IR\naccent: "#00AAFF"\nlogo: /static/a.svg',
    )
    shops = project.load().shops
    assert (shops["bazaar"].accent, shops["bazaar"].logo) == ("#00aaff", "/static/a.svg")
    assert shops["dukkan"].accent.startswith("#")
    assert shops["dukkan"].logo is None
