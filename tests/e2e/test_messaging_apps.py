"""Every messaging app through the real three processes: a question, a ticket with a photo, a person and the bot again.

One system has an account of each app, whose server is on loopback; their pauses between messages are the real ones. Digikala's shoppers write in Persian, Souq's in Arabic.
"""

from __future__ import annotations

import re
from types import SimpleNamespace

import httpx
import pytest

from ..fakes.phones.apps import APPS, Apps
from ..unit.desk.colleague import PASSWORD, Colleague
from ..unit.desk.pictures import photo
from ..unit.desk.running import Running, eventually
from .conftest import hire_sara, running_system
from .moved_clock import MovedClock

WORKING = "2026-11-24T11:00+03:30"  # a Tuesday, in both shops' hours
PATIENCE = 60
REFERENCE = re.compile(r"JW-\w{3}-\w{4}")
DIGITS = {"digikala": "۰۱۲۳۴۵۶۷۸۹", "souq": "٠١٢٣٤٥٦٧٨٩"}
QUESTIONS = {
    "fa": ("چجوری جنسی که خریدم رو پس بدم", "مرجوع"),
    "ar": ("كيف أرجّع المنتج؟", "إرجاع"),
}
WISH = {"digikala": "می‌خوام با یه آدم حرف بزنم", "souq": "أريد التحدث مع موظف"}
QUEUE = {"digikala": "صف", "souq": "الانتظار"}


class Shopper:
    """A person with a phone: does something, and waits for what the shop says to it."""

    def __init__(self, phone):
        self.phone = phone
        self._before = 0

    def say(self, text):
        self._before = len(self.phone.entries)
        self.phone.say(text)
        return self

    def send_photo(self):
        self._before = len(self.phone.entries)
        self.phone.photo(photo())
        return self

    def choose(self, title):
        """Tap it; or where the app shows a numbered list, write its number as one does in this language."""
        offered = [one for one in self.phone.choices if title in one.title]
        if not offered:
            return self.say(self._number(title))
        self._before = len(self.phone.entries)
        self.phone.tap(offered[-1].id)
        return self

    def hears(self, words):
        """Wait until the shop has said this."""
        try:
            eventually(lambda: words in self.heard, within=PATIENCE)
        except AssertionError:
            pytest.fail(f"waited for {words}, but heard:\n{self.heard}")
        return self

    @property
    def heard(self):
        """All that was said since the last thing they did."""
        return "\n".join(one.text for one in self.phone.entries[self._before :] if not one.mine)

    def _number(self, title):
        (number,) = re.findall(rf"^(\d+)\. .*{re.escape(title)}", self.heard, re.M)
        return str(int(number)).translate(str.maketrans("0123456789", DIGITS[self.phone.shop]))


@pytest.fixture(scope="module")
def apps():
    apps = Apps()
    with Running(apps.app) as server:
        yield apps.at(server.url)


@pytest.fixture(scope="module")
def serving(apps, tmp_path_factory):
    var = tmp_path_factory.mktemp("var")
    apps.write_accounts(var / "channels.yml")
    clock = MovedClock(tmp_path_factory.mktemp("clock") / "offset")
    clock.check()
    clock.to(WORKING)
    with running_system(var, clock, JAWAB_CHANNEL_POLL="0.1") as system:
        apps.bring_to(system.desk)
        yield system


@pytest.fixture(scope="module")
def agent(serving):
    """Sara, who is there."""
    hire_sara(serving)
    with httpx.Client(base_url=serving.desk, timeout=PATIENCE, trust_env=False) as http:
        body = {"login": "sara", "password": PASSWORD}
        session = http.post("/api/v1/agent/session", json=body).json()
        yield Colleague(SimpleNamespace(http=http), session["agent"]["id"], session["token"])


@pytest.fixture(params=APPS)
def shopper(request, apps, serving):
    return Shopper(apps.phone(request.param))


@pytest.mark.parametrize("lang", QUESTIONS)
def test_a_question_is_answered_in_its_language(shopper, lang):
    question, answer = QUESTIONS[lang]
    shopper.say(question).hears(answer)


def fill_in_persian(shopper):
    shopper.say("یه تیکت برام باز کن").hears("موضوع درخواستتان چیست")
    shopper.choose("خدمات پس از فروش و مرجوعی").hears("دقیق‌تر")
    shopper.choose("مرجوع کردن کالا").hears("ماجرا")
    shopper.say("کفشی که خریدم سایزم نیست و می‌خواهم پس بدهم").hears("شماره سفارش")
    shopper.say("۱۲۳۴۵۶۷۸").hears("نام و نام خانوادگی")
    shopper.say("سارا احمدی").hears("شماره موبایل")
    shopper.choose("ارسال شماره موبایل من").hears("ایمیل")
    shopper.choose("ندارم").hears("عکس یا ویدیو")
    shopper.send_photo().hears("عکس و ویدیو: ۱")
    shopper.choose("بله، ثبت شود").hears("شماره پیگیری")


def fill_in_arabic(shopper):
    shopper.say("افتح لي تذكرة").hears("ما موضوع طلبكم")
    shopper.choose("خدمات ما بعد البيع والإرجاع").hears("لنكن أدق")
    shopper.choose("إرجاع").hears("اشرحوا")
    shopper.say("الحذاء الذي اشتريته ليس مقاسي وأريد إرجاعه").hears("رقم")
    shopper.say("١٢٣٤٥٦٧٨").hears("اسمكم الكامل")
    # Their number WhatsApp has told, so that no other way to reach them is asked for.
    shopper.say("اسمي نورة العتيبي").hears("صورة أو فيديو")
    shopper.send_photo().hears("الصور والفيديوهات: 1")
    shopper.choose("نعم، سجّلوه").hears("رقم المتابعة")


def test_a_return_becomes_a_ticket_with_a_photo(shopper, agent):
    (fill_in_arabic if shopper.phone.shop == "souq" else fill_in_persian)(shopper)
    reference = REFERENCE.search(shopper.heard)[0]

    ticket = agent.get(f"/tickets/{reference}")
    assert ticket["topic"] == "after_sales"
    assert ticket["phone"] == f"+{shopper.phone.number}"
    assert ticket["order_number"] == "12345678"
    assert [file["type"] for file in ticket["attachments"]] == ["image/jpeg"]


def test_a_person_takes_over_and_gives_back(shopper, agent):
    agent.online()
    shop = shopper.phone.shop
    shopper.say(WISH[shop]).hears(QUEUE[shop])
    (waiting,) = agent.get("/queues")["waiting"]
    path = f"/conversations/{waiting['conversation_id']}"
    agent.post(f"{path}/claim")
    agent.post(f"{path}/messages", client_id="a1", text="سلام، الان نگاه می‌کنم")
    shopper.hears("سارا:\nسلام، الان نگاه می‌کنم")
    shopper.say("ممنون 🙏")
    eventually(
        lambda: [m for m in agent.get(path)["messages"] if m["text"] == "ممنون 🙏"], within=PATIENCE
    )
    agent.post(f"{path}/return")
    question, answer = QUESTIONS["ar" if shop == "souq" else "fa"]
    shopper.say(question).hears(answer)
    assert len([text for text in shopper.phone.texts if "سارا:" in text]) == 1


@pytest.mark.parametrize("two", ["2", "۲", "٢", "٢."], ids=["latin", "persian", "arabic", "dot"])
def test_a_number_picks_from_a_list_longer_than_the_apps_own(apps, serving, two):
    shopper = Shopper(apps.phone("whatsapp"))
    shopper.say("افتح لي تذكرة").hears("\n2. الشحن والتوصيل\n")
    assert shopper.phone.choices == ()
    shopper.say(two).hears("1. الطلب متأخر أو لم يصل\n")
