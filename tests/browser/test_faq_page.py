"""The page of questions in a real Chromium: search, links, the way into the chat, and no script at all."""

import pytest

from jawab.text.characters import fold_letters
from jawab.text.language import Lang

ZWNJ = "\u200c"
TATWEEL = "\u0640"
FATHA = "\u064e"
RIGHT_TO_LEFT_MARK = "\u200f"
ODD = [
    f"می{ZWNJ}خواهم",
    "كتابِ علي",
    "کتابی",
    "إلى المكتبةِ أُخرى آخر مسؤول شيء",
    f"طل{TATWEEL}{TATWEEL}بي{FATHA}",
    "۱۲۳ ١٢٣ 123 ۱٬۲۳۴ 1,234 ١٬٢٣٤",
    "سفارش۱۲ 12سفارش ORDER12",
    "ÉCOLE don't Straße ΣΊΣΥΦΟΣ",
    "ﻻ ﷲ ﺔ ﭘ",
    f"{RIGHT_TO_LEFT_MARK}سلام! 😀👍🏽 (خوب؟)",
    "پ چ گ ژ ڤ ڨ ڭ ې ے ۀ ہ ھ ە ٱ",
    "१२३ ๑๒๓",
    "",
    "   ",
]
SIZES = {"phone": (390, 844), "desktop": (1280, 800)}


@pytest.fixture
def visit_faq(chromium, desk):
    """Open a page; fails on a script's error and on anything the policy had to stop."""
    contexts, complaints = [], []

    def come(path="/faq/digikala", size="phone", **more):
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height}, **more)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.goto(desk.url + path)
        return page

    yield come
    for context in contexts:
        context.close()
    assert complaints == []


def found(page):
    return page.locator("#found details").evaluate_all("all => all.map((e) => e.id)")


@pytest.mark.parametrize("lang", list(Lang))
def test_the_page_folds_letters_as_the_server_does(visit_faq, knowledge, lang):
    page = visit_faq(f"/faq/souq?lang={lang.value}")
    texts = [*ODD]
    for question in knowledge.questions.values():
        texts += [question.title[lang], question.answer[lang]]
        texts += [example.text for example in question.examples]
    folded = page.evaluate(
        """async (texts) => {
          const { folder } = await import("/static/faq/fold.js");
          const letters = JSON.parse(document.getElementById("questions").dataset.letters);
          return texts.map(folder(letters));
        }""",
        texts,
    )
    wrong = [
        (text, got, fold_letters(text, lang=lang))
        for text, got in zip(texts, folded, strict=True)
        if got != fold_letters(text, lang=lang)
    ]
    assert wrong == []
    assert len(texts) > 500


@pytest.mark.parametrize(
    ("path", "typed", "first"),
    [
        ("/faq/digikala", "مرجوع", "returns_how"),
        ("/faq/digikala", "مرجوع كنم", "returns_how"),
        ("/faq/digikala", f"می{ZWNJ}توانم كالاهای", "order_change"),
        ("/faq/digikala", "هزينة ارسال", "delivery_cost"),
        ("/faq/souq", "أرجع", "returns_how"),
        ("/faq/souq", "ارجع منتج", "returns_how"),
        ("/faq/souq", "رسوم التوصیل", "delivery_cost"),
        ("/faq/souq?lang=en", "RETURN an item", "returns_how"),
    ],
)
def test_typing_finds_the_question_whatever_keyboard_it_came_from(visit_faq, path, typed, first):
    page = visit_faq(path)
    asked = []
    page.on(
        "request",
        lambda request: (
            request.resource_type in ("fetch", "xhr", "document") and asked.append(request.url)
        ),
    )
    page.locator("#query").press_sequentially(typed)
    page.locator("#found details").first.wait_for()
    assert first in found(page)[:3]
    assert page.locator("#all").is_hidden()
    assert [url for url in asked if "/api/v1/shops/" not in url] == []


def test_everyday_words_find_a_question_too(visit_faq):
    page = visit_faq()
    page.locator("#query").fill("پولمو کی پس میدین")
    assert set(found(page)[:5]) & {"refund_how", "refund_time"}


def test_clearing_the_search_puts_everything_back_in_order(visit_faq):
    page = visit_faq()
    before = page.locator("details.question").evaluate_all("all => all.map((e) => e.id)")
    page.locator("#query").fill("پول")
    assert 0 < len(found(page)) < len(before)
    assert "پرسش" in page.locator("#count").inner_text()
    page.locator("#query").fill("")
    after = page.locator("#all details.question").evaluate_all("all => all.map((e) => e.id)")
    assert after == before
    assert page.locator("#count").inner_text() == ""


def test_nothing_found_says_so_and_leads_to_the_chat(visit_faq):
    page = visit_faq()
    page.locator("#query").fill("qwxzqwxz")
    assert page.locator("#nothing").is_visible()
    assert page.locator("#ask").is_visible()


@pytest.mark.parametrize("size", SIZES)
def test_a_link_to_a_question_opens_it_in_sight(visit_faq, size):
    page = visit_faq("/faq/souq#refund_time", size=size)
    question = page.locator("#refund_time")
    page.wait_for_function("() => document.getElementById('refund_time').open")
    page.wait_for_function(
        """() => {
          const { top } = document.getElementById("refund_time").getBoundingClientRect();
          return top >= 0 && top < innerHeight;
        }"""
    )
    assert question.locator(".answer").is_visible()
    page.evaluate("location.hash = 'returns_how'")
    page.wait_for_function("() => document.getElementById('returns_how').open")


def test_a_questions_address_can_be_copied(visit_faq, desk):
    page = visit_faq("/faq/souq?lang=en", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#returns_how summary").click()
    page.locator("#returns_how a.link").click()
    page.locator("#told", has_text="copied").wait_for()
    address = f"{desk.url}/faq/souq?lang=en#returns_how"
    assert page.evaluate("navigator.clipboard.readText()") == address
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_function("() => document.getElementById('returns_how').open")


def test_a_search_can_be_linked_to(visit_faq):
    page = visit_faq("/faq/digikala?q=مرجوع")
    assert "returns_how" in found(page)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/faq/digikala", "/faq/souq", "/faq/souq?lang=en"])
def test_nothing_is_wider_than_the_screen(visit_faq, path, size):
    page = visit_faq(path, size=size)
    page.locator("details.question").evaluate_all("all => all.forEach((e) => { e.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_the_questions_can_still_be_read(visit_faq):
    page = visit_faq("/faq/digikala", java_script_enabled=False)
    assert page.locator("#search").is_hidden()
    page.locator("#returns_how summary").click()
    assert page.locator("#returns_how .answer").is_visible()
    page.locator("#ask").click()
    assert page.url.endswith("/chat/digikala?lang=fa")


def test_asking_opens_the_widget(visit_faq):
    page = visit_faq("/faq/souq", size="desktop")
    page.wait_for_function("() => Boolean(window.jawab?.open)")
    page.evaluate("window.jawab.open = () => { document.body.dataset.asked = 'yes'; }")
    page.locator("#ask").click()
    page.wait_for_function("() => document.body.dataset.asked === 'yes'")
    assert "/faq/souq" in page.url


def test_the_search_is_a_key_away_and_everything_by_keyboard(visit_faq):
    page = visit_faq("/faq/souq?lang=en", size="desktop")
    page.keyboard.press("/")
    page.keyboard.type("gift card")
    page.keyboard.press("Enter")
    assert page.locator("#found details").first.get_attribute("open") is not None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/demo/digikala", "/demo/souq?lang=en"])
def test_the_demo_shop_fits_the_screen_and_brings_the_widget(visit_faq, path, size):
    page = visit_faq(path, size=size)
    page.locator("jawab-widget").wait_for(state="attached")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".good").count() == 8
