"""The widget's ticket form: asked, mended, sent, and kept when something goes wrong."""

import pytest

from .test_conversation import photo

BOTH_SIZES = pytest.mark.parametrize("size", ["phone", "desktop"])


class Form:
    """The form in front of a shopper."""

    def __init__(self, shopper):
        self.shopper = shopper
        self.element = shopper.find(".ticket")
        self.send = self.element.locator(".submit")

    def field(self, name):
        return self.element.locator(f"#ticket-{name}")

    def wrong(self, name):
        return self.element.locator(f"#ticket-{name}-wrong")

    def fill(self, **answers):
        for name, answer in answers.items():
            field = self.field(name)
            if name in ("topic", "subtopic"):
                field.select_option(answer)
            else:
                field.fill(answer)


@pytest.fixture
def form(visit):
    """`form(lang="ar")`: a shopper opens the form by the menu."""

    def opened(**visitor):
        shopper = visit(**visitor)
        shopper.find(".head .tool").first.click()
        shopper.find(".sheet .options .row").first.click()
        form = Form(shopper)
        form.field("topic").wait_for()
        return form

    return opened


GOOD = {
    "topic": "after_sales",
    "subtopic": "returns",
    "message": "کفش سایزم نبود.",
    "order_number": "۱۲۳۴۵۶۷۸",
    "name": "سارا احمدی",
    "phone": "۰۹۱۲۱۲۳۴۵۶۷",
}


@BOTH_SIZES
@pytest.mark.parametrize(
    ("shop", "lang"), [("digikala", "fa"), ("souq", "ar"), ("souq", "en")], ids=["fa", "ar", "en"]
)
def test_a_ticket_is_opened_and_its_reference_shown(form, desk, size, shop, lang):
    filled = form(size=size, shop=shop, lang=lang)
    filled.fill(**GOOD)
    filled.send.click()
    reference = filled.element.locator(".reference")
    reference.wait_for()
    (ticket,) = desk.services.tickets.of_conversation(filled.shopper.conversation["id"])
    assert reference.inner_text() == ticket.reference
    assert (ticket.order_number, ticket.phone) == ("12345678", "+989121234567")
    filled.element.locator(".chips .submit").click()
    filled.shopper.message("bot", ticket.reference).wait_for()


def test_every_mistake_is_told_under_its_field_and_nothing_is_lost(form):
    filled = form()
    filled.fill(topic="after_sales", phone="12", email="نه")
    filled.send.click()
    for name in ("message", "order_number", "name", "phone", "email"):
        filled.wrong(name).filter(has_text=".").wait_for()
        assert filled.field(name).get_attribute("aria-invalid") == "true"
    assert filled.field("topic").get_attribute("aria-invalid") == "false"
    assert filled.field("phone").input_value() == "12"
    filled.fill(**{**GOOD, "email": ""})
    filled.send.click()
    filled.element.locator(".reference").wait_for()


def test_without_a_topic_the_form_says_so(form):
    filled = form()
    filled.send.click()
    filled.wrong("topic").filter(has_text=".").wait_for()
    assert filled.field("topic").evaluate("field => field.matches(':focus')")


def test_what_was_written_outlives_a_reload(form):
    filled = form()
    filled.fill(**GOOD)
    page = filled.shopper.page
    page.reload()
    filled.shopper.find(".head .tool").first.click()
    filled.shopper.find(".sheet .options .row").first.click()
    filled.field("subtopic").wait_for()
    assert {name: filled.field(name).input_value() for name in GOOD} == GOOD


def test_a_form_sent_again_after_a_lost_answer_opens_one_ticket(form, desk):
    filled = form()
    filled.fill(**GOOD)
    dropped = []

    def lose(route):
        if not dropped:
            dropped.append(route.fetch())
            return route.abort()
        return route.continue_()

    filled.shopper.page.route("**/tickets", lose)
    filled.send.click()
    filled.element.locator(".fields > .wrong").filter(has_text=".").wait_for()
    filled.send.click()
    filled.element.locator(".reference").wait_for()
    assert dropped[0].status == 201
    assert len(desk.services.tickets.of_conversation(filled.shopper.conversation["id"])) == 1


def test_a_photo_goes_with_the_ticket(form, desk):
    filled = form()
    filled.fill(**GOOD)
    filled.element.locator("input[type=file]").set_input_files(photo())
    filled.element.locator(".upload [role=status]").wait_for()
    filled.send.click()
    filled.element.locator(".reference").wait_for()
    (ticket,) = desk.services.tickets.of_conversation(filled.shopper.conversation["id"])
    assert len(ticket.attachments) == 1


def test_an_order_number_is_asked_where_the_topic_needs_one(form):
    filled = form(lang="en")
    number = filled.field("order_number")
    assert number.get_attribute("required") is None
    filled.fill(topic="after_sales")
    assert number.get_attribute("required") is not None
    filled.fill(topic="account")
    assert number.get_attribute("required") is None


def test_escape_leads_back_to_the_chat(form):
    filled = form()
    filled.field("message").press("Escape")
    filled.element.wait_for(state="hidden")
    assert filled.shopper.panel.is_visible()


def test_on_a_page_with_a_strict_policy_the_form_comes_too(form, desk):
    filled = form(kind="strict")
    filled.fill(**GOOD)
    filled.send.click()
    filled.element.locator(".reference").wait_for()


def test_the_page_of_questions_opens_the_form(chromium, desk):
    context = chromium.new_context(locale="fa")
    page = context.new_page()
    page.goto(f"{desk.url}/faq/digikala")
    page.locator("jawab-widget").wait_for(state="attached")
    page.locator(".button.plain").click()
    page.locator("jawab-widget #ticket-topic").wait_for()
    context.close()


def test_the_chat_shows_how_far_the_bots_form_is_and_readies_the_field(visit, rasa):
    form = {"id": "ticket", "field": "phone", "input": "tel", "step": 3, "steps": 7}
    rasa.reply = lambda q: [{"text": "شماره موبایلتان؟"}, {"custom": rasa.custom(q, form=form)}]
    shopper = visit()
    assert shopper.find(".steps").is_hidden()
    shopper.say("تیکت")
    shopper.find(".steps", "گام ۳ از ۷").wait_for()
    assert shopper.field.evaluate("field => [field.inputMode, field.autocomplete]") == [
        "tel",
        "tel",
    ]
    rasa.reply = lambda q: [{"text": "ثبت شد."}, {"custom": rasa.custom(q)}]
    shopper.say("۰۹۱۲۱۲۳۴۵۶۷")
    shopper.find(".steps").wait_for(state="hidden")
