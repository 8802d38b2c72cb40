"""The ticket form through the real three processes, with a clock that is moved: answers right and wrong, questions in between,
changes of mind, closed hours and closing days, a pause that ends Rasa's session.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import httpx
import pytest

from ..unit.desk import pictures

WORKING = "2026-11-24T11:00+03:30"
NIGHT = "2026-11-25T03:15+03:30"
NOWRUZ = "2027-03-22T12:00+03:30"
REFERENCE = re.compile(r"JW-\w{3}-\w{4}")


class Shopper:
    """A shopper who fills in a form: says, presses by the words on a button, and looks at what is asked."""

    def __init__(self, system, shop, lang=None):
        self.system = system
        self.conversation = system.converse(shop, lang)
        self.replies = []

    def say(self, *texts):
        for text in texts:
            self.replies = self.conversation.say(text)
        return self

    def press(self, title):
        ids = [b["id"] for m in self.replies for b in m["buttons"] if title in b["title"]]
        self.replies = self.conversation.say(button=ids[0])
        return self

    def send_photo(self):
        base = f"{self.system.desk}/api/v1/conversations/{self.conversation.id}"
        headers = self.conversation.headers
        file = {"file": ("kafsh.jpg", pictures.photo(), "image/jpeg")}
        id = httpx.post(f"{base}/attachments", files=file, headers=headers, timeout=30).json()["id"]
        answer = httpx.post(
            self.conversation.url,
            params={"wait": "true"},
            json={"client_id": "photo", "attachments": [id]},
            headers=headers,
            timeout=60,
        )
        assert answer.status_code == 200, answer.text
        self.replies = answer.json()["replies"]
        return self

    @property
    def text(self):
        return "\n".join(message["text"] for message in self.replies)

    @property
    def asked(self):
        form = self.replies[-1].get("form")
        return form["field"] if form else None

    @property
    def reference(self):
        return REFERENCE.search(self.text)[0]

    def status(self, **who):
        url = f"{self.system.desk}/api/v1/tickets/{self.reference}/status"
        return httpx.post(url, json=who, timeout=10)


def test_a_ticket_is_opened_in_persian_with_a_mistake_a_question_and_a_change_of_mind(
    system, clock
):
    clock.to(WORKING)
    shopper = Shopper(system, "digikala").say("چطوری کالا رو مرجوع کنم؟", "یه تیکت برام باز کن")
    assert shopper.asked == "topic"
    assert "خدمات پس از فروش و مرجوعی" in shopper.text
    shopper.say("بله").press("بازگشت پول")
    assert shopper.asked == "message"
    shopper.say("کفشم سایزم نبود، سه هفته است پسش دادم و پولم برنگشته")
    assert shopper.say("۱۲۳۴").asked == "order_number"
    assert shopper.say("هزینه ارسال چقدره؟").asked == "order_number"
    assert len(shopper.replies) == 2
    assert shopper.say("۱۲۳۴۵۶۷۸").asked == "name"
    shopper.say("سارا احمدی")
    assert shopper.say("۰۹۱۲۱۲۳").asked == "phone"
    assert "۰۹۱۲۱۲۳۴۵۶۷" in shopper.text
    assert shopper.say("۰۹۱۲ ۱۲۳ ۴۵۶۷").asked == "email"
    assert shopper.say("ندارم", "ندارم").asked == "confirmed"
    assert shopper.say("شماره رو اشتباه گفتم").asked == "phone"
    assert shopper.say("09127654321").asked == "confirmed"
    assert "۰۹۱۲۷۶۵۴۳۲۱" in shopper.text
    shopper.say("آره ثبتش کن")
    assert shopper.asked is None
    ticket = shopper.status(phone="09127654321").json()
    assert ticket["promised"] in shopper.text
    assert (ticket["topic"], ticket["subtopic"], ticket["state"]) == (
        "after_sales",
        "refund",
        "new",
    )
    assert shopper.status(phone="09121234567").status_code == 404
    reference = shopper.reference
    assert reference in shopper.say("تیکتم به کجا رسید؟").text


def test_an_arabic_ticket_with_a_photo_and_arabic_digits(system, clock):
    clock.to(WORKING)
    shopper = Shopper(system, "souq").say("افتح لي تذكرة").press("الدفع").press("كود الخصم")
    shopper.say("كود الخصم لا يعمل عندي منذ يومين").press("لا يوجد")
    assert shopper.say("اسمي محمد العتيبي").asked == "phone"
    assert shopper.say("٠٥٠١٢٣").asked == "phone"
    assert shopper.say("٠٥٠١٢٣٤٥٦٧").asked == "email"
    assert shopper.say("mohammad@example").asked == "email"
    assert shopper.say("Mohammad@Example.com").asked == "files"
    assert shopper.send_photo().asked == "confirmed"
    assert "mohammad@example.com" in shopper.text
    assert shopper.say("لا").press("الاسم").asked == "name"
    assert shopper.say("محمد سالم العتيبي").asked == "confirmed"
    shopper.say("نعم")
    assert shopper.status(email="mohammad@example.com").json()["state"] == "new"


def test_what_the_first_ticket_told_is_not_asked_for_the_second(system, clock):
    clock.to(WORKING)
    shopper = Shopper(system, "digikala", "en").say("open a ticket for me").press("Something else")
    shopper.say("Your packaging is far too large", "none", "Jane Doe", "jane@example.com", "none")
    first = shopper.say("yes").reference
    shopper.say("open a ticket for me").press("Payment").press("Discount code")
    shopper.say("The code of my newsletter does not work", "none")
    assert shopper.asked == "files"
    assert "jane@example.com" in shopper.say("none").text
    assert shopper.say("yes").reference != first


@pytest.mark.parametrize(
    ("shop", "begin", "steps", "stop"),
    [
        ("digikala", "یه تیکت باز کن", [], "بی‌خیال"),
        ("digikala", "یه تیکت باز کن", ["پرداخت", "کیف پول و کارت هدیه"], "بی‌خیال، نمی‌خوام"),
        ("souq", "افتح لي تذكرة", ["الدفع", "كود الخصم", "الكود لا يعمل"], "إلغاء"),
    ],
    ids=["at the topic", "at the free message", "at the order number"],
)
def test_stop_ends_it_and_nothing_is_opened(system, clock, shop, begin, steps, stop):
    clock.to(WORKING)
    shopper = Shopper(system, shop).say(begin, *steps, stop)
    assert (shopper.asked, len(shopper.replies)) == (None, 1)
    assert not REFERENCE.search(shopper.text)
    assert shopper.say(begin).asked == "topic"


def test_the_confirming_message_sent_four_times_opens_one_ticket(system, clock):
    clock.to(WORKING)
    shopper = Shopper(system, "digikala", "en").say("open a ticket for me").press("Something else")
    shopper.say("Your packaging is far too large", "none", "Jane Doe", "j@example.com", "none")
    body = {"client_id": "yes", "text": "yes"}

    def send(_):
        return httpx.post(
            shopper.conversation.url,
            params={"wait": "true"},
            json=body,
            headers=shopper.conversation.headers,
            timeout=60,
        )

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    told = {REFERENCE.search(answer.json()["replies"][0]["text"])[0] for answer in answers}
    assert len(told) == 1
    assert len(REFERENCE.findall(shopper.say("what is the state of my ticket").text)) == 1


def test_souqs_complaint_has_four_steps_and_ends_in_a_ticket(system, clock):
    clock.to(WORKING)
    shopper = Shopper(system, "souq").say("كيف أقدم شكوى؟")
    assert re.findall(r"(?m)^(\d)\. ", shopper.text) == ["1", "2", "3", "4"]
    assert shopper.press("تسجيل شكوى").asked == "subtopic"
    assert "بشأن بائع" in [button["title"] for button in shopper.replies[-1]["buttons"]]


# Hours and closing days: no agent is signed in, so a ticket is the way at any time; why differs


@pytest.mark.parametrize(
    ("moment", "shop", "lang", "asks", "why"),
    [
        pytest.param(NIGHT, "digikala", "fa", "می‌خوام با یه آدم حرف بزنم", "امروز ساعت ۹:۰۰", id="at night"),
        pytest.param(NOWRUZ, "digikala", "fa", "می‌خوام با یه آدم حرف بزنم", "نوروز", id="at Nowruz"),
        pytest.param(NOWRUZ, "digikala", "en", "I want to talk to a person", "Nowruz", id="at Nowruz in English"),
        pytest.param("2026-09-23T12:00+03:00", "souq", "ar", "أريد التحدث مع موظف", "اليوم الوطني", id="on the national day"),
    ],
)  # fmt: skip
def test_outside_hours_a_ticket_takes_a_persons_place(system, clock, moment, shop, lang, asks, why):
    clock.to(moment)
    shopper = Shopper(system, shop, lang).say(asks)
    assert why in shopper.text
    assert shopper.asked == "topic"


def test_on_a_closing_day_the_answer_is_promised_for_after_it(system, clock):
    now = clock.to(NOWRUZ)
    shopper = Shopper(system, "digikala", "en").say("I want to talk to a person")
    shopper.press("Something else").say("My gift arrived opened", "none", "Jane Doe")
    shopper.say("jane@example.org", "none", "yes")
    ticket = shopper.status(email="jane@example.org").json()
    due = datetime.fromisoformat(ticket["due_at"].replace("Z", "+00:00"))
    assert due - now > timedelta(days=2)
    assert ticket["promised"] in shopper.text


def test_anger_and_nobody_there_makes_a_pressing_ticket(system, clock):
    clock.to(NIGHT)
    shopper = Shopper(system, "digikala", "en").say("you are useless, this is a disgrace")
    assert shopper.asked == "topic"
    assert "sorry" in shopper.replies[0]["text"].lower()


# A pause


def test_an_answer_after_rasas_session_ended_goes_on_with_the_form(system, clock):
    clock.to(WORKING)
    shopper = Shopper(system, "digikala").say("یه تیکت باز کن", "پرداخت", "کد تخفیف")
    shopper.say("کد تخفیفم کار نمی‌کند", "ندارم")
    before = shopper.conversation.sessions()
    clock.forward(timedelta(minutes=61))
    shopper.say("یه تیکت باز کن")
    assert shopper.conversation.sessions() == before + 1
    assert shopper.asked == "name"
    shopper.say("سارا احمدی", "09121112233", "ندارم", "ندارم")
    assert "کد تخفیفم کار نمی‌کند" in shopper.text
    assert shopper.say("بله").reference


# How a ticket stands, from another conversation


def test_a_ticket_is_shown_elsewhere_for_its_phone_only(system, clock):
    clock.to(WORKING)
    opened = Shopper(system, "digikala", "en").say("open a ticket for me").press("Something else")
    opened.say(
        "Where is my refund letter", "none", "Jane Doe", "09123334455", "none", "none", "yes"
    )
    reference = opened.reference
    other = Shopper(system, "digikala", "en").say("what is the state of my ticket")
    other.say(reference.lower().replace("-", " "), "09120000000")
    assert reference not in other.text
    other.say(reference, "۰۹۱۲۳۳۳۴۴۵۵")
    assert reference in other.text
