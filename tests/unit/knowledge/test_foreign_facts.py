"""No shop's answers hold another's name, number, address or hours; each search finds what is planted."""

from __future__ import annotations

import pytest

from jawab.text.language import Lang

from .shop_answers import (
    answers,
    every_answer,
    foreign_addresses,
    foreign_names,
    foreign_numbers,
    foreign_times,
)


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
