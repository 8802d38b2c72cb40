"""A shopper in a real Chromium, on both shops' chat and demo pages, answered by the real assistant."""

import re

import pytest

from ..chromium import running_chromium

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def chromium():
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def ask(chromium, system):
    """Open a shop's chat page, type a question, return the page and the text of the answer."""
    contexts = []

    def ask_on(shop, question):
        context = chromium.new_context(viewport=PHONE)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{system.desk}/chat/{shop}")
        page.locator(".message.bot").first.wait_for()
        page.locator("#text").fill(question)
        page.locator("#text").press("Enter")
        answer = page.locator(".message.bot .bubble").nth(1)
        answer.wait_for(timeout=30_000)
        return page, answer.inner_text()

    yield ask_on
    for context in contexts:
        context.close()


def test_the_persian_page_tells_digikalas_four_ways_of_returning(ask):
    page, answer = ask("digikala", "چجوری جنسی که خریدم رو پس بدم")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert all(f"{n}." in answer for n in "۱۲۳۴")
    assert "021-6193000" in answer


def test_the_arabic_page_tells_souqs_hours_and_whether_it_is_open_now(ask):
    page, answer = ask("souq", "متى تفتحون خدمة العملاء؟")
    assert page.locator("html").get_attribute("lang") == "ar"
    assert "9 صباحًا" in answer
    assert "11 مساءً" in answer
    assert re.search("متاحة الآن|مغلقة الآن", answer)
    assert "021" not in answer


def test_a_question_in_another_language_is_answered_in_that_language(ask):
    _, answer = ask("digikala", "what is your support phone number?")
    assert "021-91000100" in answer
    assert not re.search("[پچژگ]", answer)


@pytest.mark.parametrize(
    ("shop", "question", "expected"),
    [
        ("digikala", "چجوری جنسی که خریدم رو پس بدم", "021-6193000"),
        ("souq", "متى تفتحون خدمة العملاء؟", "9 صباحًا"),
    ],
)
def test_the_widget_on_the_demo_shops_page_answers(chromium, system, shop, question, expected):
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{system.desk}/demo/{shop}")
    page.locator("jawab-widget .launcher").click()
    page.locator("jawab-widget .message.bot").first.wait_for(timeout=30_000)
    page.locator("jawab-widget .field").fill(question)
    page.locator("jawab-widget .field").press("Enter")
    answer = page.locator("jawab-widget .message.bot").nth(1)
    answer.wait_for(timeout=30_000)
    assert expected in answer.inner_text()
    context.close()


def test_a_related_question_is_answered_at_a_press(ask):
    page, answer = ask("souq", "كيف أسترد فلوسي؟")
    page.locator(".message.bot").nth(1).locator("..").locator(".chip").last.click()
    page.locator(".message.bot .bubble").nth(2).wait_for(timeout=30_000)
    assert page.locator(".message.bot .bubble").nth(2).inner_text() != answer
