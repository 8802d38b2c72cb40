"""What a shopper asks, is offered, attaches and thinks of it, in both directions and on both sizes."""

import io
import threading

import pytest
from PIL import Image

from .desk_and_shop import eventually

BOTH_SIZES = pytest.mark.parametrize("size", ["phone", "desktop"])


def photo(width=900, height=600):
    """A JPEG."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), (190, 18, 60)).save(file, "JPEG")
    return {"name": "کفش.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


@BOTH_SIZES
@pytest.mark.parametrize(
    ("shop", "lang", "direction", "welcome"),
    [
        ("digikala", "fa", "rtl", "به دیجی‌کالا خوش آمدید"),
        ("souq", "ar", "rtl", "أهلًا وسهلًا بكم"),
        ("souq", "en", "ltr", "Hello and welcome"),
    ],
)
def test_the_chat_welcomes_in_the_pages_language(visit, size, shop, lang, direction, welcome):
    shopper = visit(shop=shop, lang=lang, size=size)
    assert shopper.root.get_attribute("dir") == direction
    assert welcome in shopper.texts("bot")[0]
    assert shopper.find(".welcome .chip").count() == 3
    box, (width, height) = shopper.panel.bounding_box(), shopper.page.viewport_size.values()
    if size == "phone":
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, width, height)
    else:
        assert (box["x"] < width / 2) == (direction == "rtl")
        assert box["y"] >= 0
        assert box["y"] + box["height"] < shopper.launcher.bounding_box()["y"]


@BOTH_SIZES
def test_a_question_is_asked_and_answered(visit, size):
    shopper = visit(size=size)
    shopper.ask("چطور پس بدهم؟")
    assert shopper.texts("shopper") == ["چطور پس بدهم؟"]
    assert shopper.field.input_value() == ""
    shopper.typing.wait_for(state="hidden")


def test_a_suggestion_is_one_press_away_and_older_ones_are_out_of_use(visit, rasa):
    rasa.reply = lambda q: [
        {"text": "کدام؟", "buttons": [{"title": "این", "payload": "x", "intent": "refund_how"}]},
        {"custom": rasa.custom(q)},
    ]
    shopper = visit()
    shopper.find(".welcome .chip").nth(1).click()
    shopper.message("bot", "کدام؟").wait_for()
    assert rasa.asked[-1]["metadata"]["button"] == {"intent": "returns_how"}
    assert shopper.texts("shopper") == ["چطور کالا را مرجوع کنم؟"]
    assert all(chip.is_disabled() for chip in shopper.find(".welcome .chip").all())
    newest = shopper.find(".chip:enabled")
    assert newest.all_inner_texts() == ["این"]
    newest.click()
    shopper.message("bot", "کدام؟").nth(1).wait_for()
    assert rasa.asked[-1]["metadata"]["button"] == {"intent": "refund_how"}


def test_the_menu_leads_on_to_telegram_by_a_link_in_the_chat(visit, rasa):
    shopper = visit(shop="souq", lang="ar")
    shopper.find(".row.all").click()
    shopper.sheet.locator(".row", has_text="المتابعة في تيليجرام").click()
    shopper.sheet.wait_for(state="hidden")
    link = shopper.message("bot").nth(1).locator("a")
    link.wait_for()
    assert link.get_attribute("href").startswith("https://t.me/souq_bot?start=jw-")
    assert shopper.texts("shopper") == ["المتابعة في تيليجرام"]
    assert rasa.asked == []


def test_topics_lead_to_their_questions_and_a_question_is_asked(visit, rasa):
    shopper = visit(shop="souq", lang="ar")
    shopper.find(".row.all").click()
    shopper.sheet.locator(".row", has_text="الإرجاع واسترداد المبلغ").click()
    shopper.sheet.locator(".row", has_text="كيف أرجع منتجًا؟").click()
    shopper.sheet.wait_for(state="hidden")
    shopper.message("bot").nth(1).wait_for()
    assert shopper.texts("shopper") == ["كيف أرجع منتجًا؟"]
    assert rasa.asked[-1]["metadata"]["button"] == {"intent": "returns_how"}


def test_typing_is_shown_and_ends_with_the_answer(visit, rasa):
    gate = threading.Event()
    rasa.then(gate)
    shopper = visit()
    shopper.say("سلام")
    shopper.typing.wait_for()
    gate.set()
    shopper.answered("سلام")
    shopper.typing.wait_for(state="hidden")


def test_typing_ends_when_the_line_is_lost(visit, rasa):
    rasa.then(threading.Event())
    shopper = visit()
    shopper.say("سلام")
    shopper.typing.wait_for()
    shopper.context.set_offline(True)
    shopper.typing.wait_for(state="hidden")
    shopper.context.set_offline(False)
    shopper.typing.wait_for()


def test_numbers_codes_and_addresses_keep_their_order(visit, rasa):
    rasa.reply = lambda q: [
        {
            "text": "زنگ بزنید: ۰۲۱-۹۱۰۰۰۱۰۰ یا +966 11 234 5678\n• info@digikala.com\niPhone 15 را پس دادم\nOrder AB-123"
        },
        {"custom": rasa.custom(q)},
    ]
    shopper = visit()
    shopper.say("تلفن؟")
    answer = shopper.message("bot").nth(1)
    answer.wait_for()
    assert answer.locator("bdi").all_inner_texts() == [
        "۰۲۱-۹۱۰۰۰۱۰۰", "+966 11 234 5678", "info@digikala.com", "15", "AB-123",
    ]  # fmt: skip
    assert [link.get_attribute("href") for link in answer.locator("a").all()] == [
        "tel:02191000100", "tel:+966112345678", "mailto:info@digikala.com",
    ]  # fmt: skip
    directions = answer.locator("p").evaluate_all(
        "all => all.map((p) => getComputedStyle(p).direction)"
    )
    assert directions == ["rtl", "rtl", "rtl", "ltr"]
    assert answer.locator("p").last.get_attribute("dir") == "auto"


def test_a_phone_number_is_never_broken_at_the_end_of_a_line(visit, rasa):
    numbers = " و ".join(f"021-9100{n:04}" for n in range(40))
    rasa.reply = lambda q: [{"text": numbers}, {"custom": rasa.custom(q)}]
    shopper = visit(size="phone")
    shopper.say("تلفن؟")
    links = shopper.message("bot").nth(1).locator("a")
    links.last.wait_for()
    assert links.evaluate_all("all => all.map((link) => link.getClientRects().length)") == [1] * 40


def test_markup_is_shown_as_it_was_typed(visit):
    shopper = visit()
    markup = "<img src=x onerror=alert(1)><b>hi</b>"
    shopper.ask(markup)
    assert shopper.texts("shopper") == [markup]
    assert shopper.find(".bubble img, .bubble b").count() == 0


def test_an_answer_is_copied(visit):
    shopper = visit()
    shopper.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shopper.ask("سلام")
    shopper.message("bot").last.locator(".copy").click()
    shopper.page.wait_for_function(
        "async () => (await navigator.clipboard.readText()) === 'پاسخ: سلام'"
    )


@BOTH_SIZES
def test_a_bad_answer_is_marked_with_its_reason(visit, desk, size):
    shopper = visit(size=size)
    shopper.ask("سلام")
    last = desk.store.last_message_id(shopper.conversation["id"])
    answer = shopper.message("bot").nth(1)  # the offer of a person comes below it
    answer.locator(".act.down").click()
    assert answer.locator(".why .chip").count() == 4
    answer.locator(".why .chip", has_text="کامل نبود").click()
    answer.locator(".why textarea").fill("هزینه را نگفت")
    answer.locator(".submit").click()
    answer.get_by_text("ممنون از نظرتان").wait_for()
    assert answer.locator(".act.down").get_attribute("aria-pressed") == "true"
    kept = desk.services.feedback.of(last)
    assert (kept.value.value, kept.reason.value, kept.comment) == (
        "down",
        "incomplete",
        "هزینه را نگفت",
    )


def test_a_good_answer_stays_marked_over_a_reload(visit):
    shopper = visit()
    shopper.ask("سلام")
    shopper.message("bot").last.locator(".act.up").click()
    shopper.message("bot").last.get_by_text("ممنون").wait_for()
    shopper.page.reload()
    shopper.answered("سلام")
    assert shopper.message("bot").last.locator(".act.up").get_attribute("aria-pressed") == "true"


def test_a_desk_that_asks_for_no_feedback_shows_none(visit):
    shopper = visit()
    shopper.ask("سلام")
    shopper.page.route(
        "**/feedback",
        lambda r: r.fulfill(status=404, json={}, headers={"Access-Control-Allow-Origin": "*"}),
    )
    shopper.message("bot").last.locator(".act.up").click()
    shopper.find(".act.up").wait_for(state="detached")


def test_new_messages_are_counted_on_the_closed_button(visit, rasa):
    gate = threading.Event()
    rasa.then(gate)
    shopper = visit()
    shopper.say("سلام")
    eventually(lambda: rasa.asked)
    shopper.page.keyboard.press("Escape")
    shopper.panel.wait_for(state="hidden")
    assert shopper.badge.is_hidden()
    gate.set()
    shopper.badge.wait_for()
    assert shopper.badge.inner_text() == "۱"
    assert shopper.launcher.get_attribute("aria-label") == "گفت‌وگو با دیجی‌کالا، پیام تازه: ۱"
    shopper.launcher.click()
    shopper.badge.wait_for(state="hidden")


def test_a_photo_is_sent_and_seen(visit):
    shopper = visit(size="phone")
    shopper.find("input[type=file]").set_input_files([photo(3000, 2000)])
    shopper.find(".upload canvas").wait_for()
    shopper.find(".upload", "بارگذاری شد").wait_for()
    shopper.say("کفشم این‌طور رسید")
    shown = shopper.message("shopper").locator("img")
    shown.wait_for()
    shopper.page.wait_for_function(
        "() => document.querySelector('jawab-widget').shadowRoot.querySelector('.files img').naturalWidth > 0"
    )
    assert shown.get_attribute("alt") == "کفش.jpg"
    assert shown.evaluate("image => image.naturalWidth") <= 2048
    assert shopper.find(".upload").count() == 0


def test_a_photo_may_go_without_words(visit):
    shopper = visit()
    shopper.find("input[type=file]").set_input_files([photo()])
    shopper.find(".upload", "بارگذاری شد").wait_for()
    shopper.find(".send").click()
    shopper.message("shopper").locator("img").wait_for()


def test_an_upload_shows_how_far_it_is_and_can_be_cancelled(visit):
    shopper = visit()
    shopper.page.route("**/attachments", lambda route: None)  # never answered
    shopper.find("input[type=file]").set_input_files([photo()])
    shopper.find(".upload progress").wait_for()
    shopper.field.fill("با عکس")
    assert shopper.find(".send").is_disabled()
    shopper.find(".upload button").click()
    shopper.find(".upload").wait_for(state="detached")
    assert shopper.find(".send").is_enabled()
    assert shopper.field.evaluate("field => field.getRootNode().activeElement === field")


def test_what_cannot_be_sent_says_why(visit):
    shopper = visit(open=False)
    shopper.page.wait_for_function("(key) => localStorage[key]", arg="jawab.digikala.shop")
    shopper.page.evaluate(
        "(key) => { const shop = JSON.parse(localStorage[key]); shop.uploads.video_bytes = 3e6;"
        " shop.uploads.per_message = 3; localStorage[key] = JSON.stringify(shop); }",
        "jawab.digikala.shop",
    )
    shopper.page.reload()
    shopper.open()
    for name, kind, content, why in (
        ("a.pdf", "application/pdf", b"%PDF", "فقط عکس و ویدیو"),
        ("b.mp4", "video/mp4", bytes(3_000_001), "بیشتر از ۳ مگابایت"),
        ("c.mp4", "video/mp4", b"no video", ""),  # by the desk, in its own words
    ):
        file = {"name": name, "mimeType": kind, "buffer": content}
        shopper.find("input[type=file]").set_input_files([file])
        shopper.find(".upload", name).locator(".bad", has_text=why).wait_for()
    shopper.find("input[type=file]").set_input_files([photo()] * 4)
    shopper.find(".upload .bad", "بیشتر از ۳ فایل").wait_for()
    shopper.find(".upload", "بارگذاری شد").nth(2).wait_for()
    shopper.say("سه عکس")
    shopper.message("shopper").locator("img").nth(2).wait_for()
    assert shopper.message("shopper").locator("img, .file").count() == 3


def test_a_refused_message_says_why_and_comes_back_to_be_mended(visit):
    shopper = visit()
    shopper.say("س" * 4001)
    failed = shopper.find(".message.failed")
    failed.wait_for()
    assert "4000" in failed.locator(".foot").inner_text()
    failed.locator(".again").click()
    assert len(shopper.field.input_value()) == 4001
    assert shopper.find(".message.failed").count() == 0
