"""The chat page in a real Chromium: what a shopper sees, loses and gets back."""

import json
import threading

import pytest

from .desk_and_shop import eventually


@pytest.fixture
def open_page(chromium, desk):
    """Open a page of the desk in a context of its own; fails on any error in its console."""
    contexts, complaints = [], []

    def open_one(path="/chat/digikala", context=None):
        if context is None:
            context = chromium.new_context(viewport={"width": 390, "height": 844})
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(desk.url + path)
        page.locator(".message.bot").first.wait_for()
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def say(page, text):
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def texts(page, author):
    return page.locator(f".message.{author} .bubble").all_inner_texts()


def answered(page, text):
    page.locator(".message.bot .bubble", has_text=f"پاسخ: {text}").wait_for()


def test_a_question_is_asked_and_answered(open_page):
    page = open_page()
    say(page, "چطور پس بدهم؟")
    answered(page, "چطور پس بدهم؟")
    assert texts(page, "shopper") == ["چطور پس بدهم؟"]
    assert page.locator("#text").input_value() == ""
    assert page.locator("#text").evaluate("e => e === document.activeElement")
    page.locator("#typing").wait_for(state="hidden")


@pytest.mark.parametrize(
    ("path", "lang", "direction"),
    [
        ("/chat/digikala", "fa", "rtl"),
        ("/chat/souq", "ar", "rtl"),
        ("/chat/souq?lang=en", "en", "ltr"),
    ],
)
def test_the_page_speaks_its_language_and_runs_its_way(open_page, path, lang, direction):
    page = open_page(path)
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (lang, direction)
    badge, fresh = page.locator(".bar .badge").bounding_box(), page.locator("#fresh").bounding_box()
    assert (badge["x"] > fresh["x"]) == (direction == "rtl")


def test_a_suggested_question_is_one_press_away(open_page, rasa):
    page = open_page()
    page.locator(".chip").nth(1).click()
    page.locator(".message.bot").nth(1).wait_for()
    assert rasa.asked[-1]["metadata"]["button"] == {"intent": "returns_how"}


def test_markup_is_shown_as_it_was_typed(open_page):
    page = open_page()
    markup = "<img src=x onerror=alert(1)><b>hi</b>"
    say(page, markup)
    answered(page, markup)
    assert texts(page, "shopper") == [markup]
    assert page.locator(".bubble img, .bubble b").count() == 0


def test_numbers_keep_their_order_inside_right_to_left_words(open_page, rasa):
    rasa.reply = lambda q: [
        {"text": "زنگ بزنید: 021-91000100 یا info@digikala.com\n• @shop_ir"},
        {"custom": rasa.custom(q)},
    ]
    page = open_page()
    say(page, "تلفن؟")
    page.locator(".message.bot").nth(1).wait_for()
    isolated = page.locator(".message.bot").nth(1).locator("bdi")
    assert isolated.all_inner_texts() == ["021-91000100", "info@digikala.com", "@shop_ir"]
    assert isolated.first.get_attribute("dir") == "ltr"
    assert page.locator(".bubble a").first.get_attribute("href") == "tel:02191000100"


def test_after_a_reload_the_conversation_is_still_there_once(open_page, rasa):
    gate = threading.Event()
    page = open_page()
    say(page, "یک")
    answered(page, "یک")
    rasa.then(gate)
    say(page, "دو")
    eventually(lambda: "دو" in rasa.texts)
    page.reload()
    page.locator("#typing").wait_for()
    gate.set()
    answered(page, "دو")
    assert texts(page, "shopper") == ["یک", "دو"]
    assert len(texts(page, "bot")) == 3


def test_what_is_typed_without_a_network_is_sent_once_when_it_is_back(open_page, rasa):
    page = open_page()
    page.context.set_offline(True)
    page.locator("#notice").wait_for()
    for text in ("یک", "دو"):
        say(page, text)
    assert page.locator(".message.sending").count() == 2
    page.context.set_offline(False)
    answered(page, "دو")
    assert texts(page, "shopper") == ["یک", "دو"]
    assert page.locator(".message.sending").count() == 0
    assert rasa.texts == ["یک", "دو"]


def test_a_confirmation_lost_on_the_way_makes_no_second_message(open_page, rasa):
    page = open_page()
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    page.route("**/messages", lose)
    say(page, "سلام")
    page.locator(".message.sending").wait_for(state="detached")
    answered(page, "سلام")
    assert lost
    assert texts(page, "shopper") == ["سلام"]
    assert rasa.texts == ["سلام"]


def test_what_was_not_sent_survives_a_reload(open_page, rasa):
    page = open_page()
    page.route("**/messages", lambda route: route.abort())
    say(page, "سلام")
    page.locator(".message.sending").wait_for()
    page.unroute("**/messages")
    page.reload()
    answered(page, "سلام")
    assert texts(page, "shopper") == ["سلام"]
    assert rasa.texts == ["سلام"]


def test_a_refused_message_says_why_and_comes_back_to_be_mended(open_page):
    page = open_page()
    say(page, "س" * 4001)
    failed = page.locator(".message.failed")
    failed.wait_for()
    assert "4000" in failed.locator(".under").inner_text()
    failed.locator(".retry").click()
    assert len(page.locator("#text").input_value()) == 4001
    assert page.locator(".message.failed").count() == 0


def test_two_tabs_of_one_conversation_show_the_same(open_page):
    first = open_page()
    kept = first.evaluate("() => Object.entries(sessionStorage)")
    first.context.add_init_script(
        "for (const [key, value] of " + json.dumps(kept) + ")"
        " if (!sessionStorage.getItem(key)) sessionStorage.setItem(key, value);"
    )
    second = open_page(context=first.context)
    say(first, "یک")
    answered(second, "یک")
    say(second, "دو")
    answered(first, "دو")
    assert texts(first, "shopper") == texts(second, "shopper") == ["یک", "دو"]


def test_a_new_conversation_begins_on_demand(open_page):
    page = open_page()
    say(page, "یک")
    answered(page, "یک")
    page.locator("#fresh").click()
    page.locator(".message.shopper").wait_for(state="detached")
    page.locator(".message.bot").wait_for()
    say(page, "دو")
    answered(page, "دو")
    assert texts(page, "shopper") == ["دو"]


def test_a_conversation_that_is_over_says_so_and_offers_a_new_one(open_page):
    page = open_page()
    page.route(
        "**/messages",
        lambda r: r.fulfill(
            status=401, json={"error": {"code": "token_expired", "message": "تمام شد"}}
        ),
    )
    say(page, "سلام")
    page.locator("#notice", has_text="تمام شد").wait_for()
    page.unroute("**/messages")
    page.locator("#notice button").click()
    page.locator(".message.shopper").wait_for(state="detached")
    assert page.locator("#text").input_value() == "سلام"
    say(page, "دوباره")
    answered(page, "دوباره")
