"""Keyboard, screen reader, large letters, little motion: axe-core's rules and what no rule can check."""

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FOCUSED = "() => document.activeElement.shadowRoot?.activeElement"


def violations(shopper):
    """What axe-core finds in the widget, in words."""
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = Axe().run(shopper.page, context="jawab-widget", options=options)
    return [
        f"{violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def focus_of(shopper):
    """The focused element inside the widget: its label or its class; "page" when it is the shop's."""
    return shopper.page.evaluate(
        f"() => {{ const found = ({FOCUSED})(); if (found) return found.getAttribute('aria-label') ?? found.className;"
        " return document.activeElement === document.body ? 'body' : 'page'; }"
    )


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize(("shop", "lang"), [("digikala", "fa"), ("souq", "ar"), ("souq", "en")])
def test_axe_finds_nothing(visit, rasa, shop, lang, size, colours):
    rasa.reply = lambda q: [
        {
            "text": "021-91000100\n• a@b.example",
            "buttons": [{"title": "B", "payload": "x", "intent": "refund_how"}],
        },
        {"custom": rasa.custom(q)},
    ]
    shopper = visit(shop=shop, lang=lang, size=size, colours=colours, open=False)
    assert violations(shopper) == []
    shopper.open()
    assert violations(shopper) == []
    shopper.say("؟")
    shopper.message("bot").nth(1).wait_for()
    shopper.find("input[type=file]").set_input_files(
        [{"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%"}]
    )
    shopper.find(".upload .bad").wait_for()
    shopper.message("bot").last.locator(".act.down").click()
    shopper.find(".why").wait_for()
    shopper.context.set_offline(True)
    shopper.find(".away .notice:not(:empty)").wait_for()
    assert violations(shopper) == []
    shopper.find(".head .tool").first.click()
    assert violations(shopper) == []


@pytest.mark.parametrize(
    ("lang", "question"), [("fa", "چطور کالا را مرجوع کنم؟"), ("ar", "كيف أرجع منتجًا؟")]
)
def test_everything_is_done_with_the_keyboard_alone(visit, rasa, lang, question):
    shopper = visit(lang=lang, open=False)
    page = shopper.page
    shopper.launcher.focus()
    page.keyboard.press("Enter")
    shopper.message("bot").first.wait_for()
    assert "field" in shopper.page.evaluate(f"({FOCUSED})().className")
    page.keyboard.type("سلام")
    page.keyboard.press("Enter")
    shopper.answered("سلام")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("x")
    assert shopper.field.input_value() == "\nx"
    shopper.find(".head .tool").first.focus()
    page.keyboard.press("Enter")
    shopper.sheet.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the third topic
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # its first question
    shopper.message("shopper", question).wait_for()
    page.keyboard.press("Escape")
    shopper.panel.wait_for(state="hidden")
    assert shopper.launcher.evaluate("button => button.getRootNode().activeElement === button")


def test_escape_goes_back_one_step_at_a_time(visit):
    shopper = visit()
    shopper.find(".head .tool").first.click()
    shopper.sheet.wait_for()
    shopper.page.keyboard.press("Escape")
    shopper.sheet.wait_for(state="hidden")
    assert shopper.panel.is_visible()
    shopper.page.keyboard.press("Escape")
    shopper.panel.wait_for(state="hidden")


def test_on_a_phone_the_focus_stays_in_the_chat(visit):
    shopper = visit(size="phone")
    assert focus_of(shopper) == "title"
    seen = set()
    for _ in range(40):
        shopper.page.keyboard.press("Tab")
        seen.add(focus_of(shopper))
    assert "page" not in seen
    assert {"بستن گفت‌وگو", "پرسشتان را بنویسید…"} <= seen
    shopper.find("[aria-label='بستن گفت‌وگو']").first.click()
    assert focus_of(shopper) == "گفت‌وگو با دیجی‌کالا"
    assert shopper.page.evaluate("document.documentElement.style.overflow") == ""


def test_on_a_desktop_the_shops_page_stays_in_reach(visit):
    shopper = visit()
    shopper.page.locator("#buy").focus()
    assert focus_of(shopper) == "page"
    assert shopper.panel.is_visible()


def test_only_new_messages_are_announced(visit):
    shopper = visit()
    spoken = shopper.find("[role=log]")
    shopper.ask("یک")
    spoken.locator("p", has_text="دستیار: پاسخ: یک").wait_for(state="attached")
    assert spoken.get_attribute("aria-live") == "polite"
    shopper.page.reload()
    shopper.ask("دو")
    spoken.locator("p", has_text="پاسخ: دو").wait_for(state="attached")
    assert spoken.locator("p").all_inner_texts() == ["دستیار: پاسخ: دو"]


def test_nothing_moves_for_those_who_asked_for_it(visit):
    shopper = visit(motion="reduce")
    shopper.ask("سلام")
    running = "() => document.querySelector('jawab-widget').shadowRoot.getAnimations().length"
    assert shopper.page.evaluate(running) == 0


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_letters_of_twice_the_size_cut_nothing_off(visit, size):
    shopper = visit(size=size)
    shopper.ask("سلام")
    before = shopper.find(".bubble").first.evaluate("e => getComputedStyle(e).fontSize")
    shopper.root.evaluate(
        "root => root.style.fontSize = '2em'"
    )  # what a reader's own size does to `medium`
    assert (
        shopper.find(".bubble").first.evaluate("e => getComputedStyle(e).fontSize")
        == f"{2 * float(before[:-2]):g}px"
    )
    width = shopper.page.viewport_size["width"]
    for part in (
        shopper.panel,
        shopper.field,
        shopper.find(".send"),
        shopper.find(".head .tool").last,
    ):
        box = part.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width + 0.5
    cut = shopper.find(".body").evaluate("body => body.scrollWidth > body.clientWidth")
    assert not cut
    assert shopper.find(".body").bounding_box()["height"] > 100


def test_buttons_are_large_enough_for_a_thumb(visit):
    shopper = visit(size="phone")
    for button in shopper.find(".panel button:visible").all():
        box = button.bounding_box()
        least = 24 if "act" in button.get_attribute("class") else 40
        assert min(box["width"], box["height"]) >= least, button.evaluate("e => e.outerHTML")


def test_on_a_phone_the_window_ends_where_the_keyboard_begins(visit):
    shopper = visit(size="phone")
    shopper.page.evaluate(
        "() => { Object.defineProperty(visualViewport, 'height', { value: 500 });"
        " visualViewport.dispatchEvent(new Event('resize')); }"
    )
    assert shopper.panel.bounding_box()["height"] == 500
    field = shopper.field.bounding_box()
    assert field["y"] + field["height"] <= 500
