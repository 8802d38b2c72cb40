"""E-mail through the real three processes: a mail is answered with a ticket, and both sides go on in the thread."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from email.policy import SMTP

import httpx
import pytest

from ..unit.desk.colleague import PASSWORD
from ..unit.desk.pictures import photo
from ..unit.desk.running import eventually
from .conftest import hire_sara, running_system
from .moved_clock import MovedClock

SHOP = "info@digikala.example"
PATIENCE = 60


@pytest.fixture(scope="module")
def mailing(tmp_path_factory, out, door):
    clock = MovedClock(tmp_path_factory.mktemp("clock") / "offset")
    settings = {
        "JAWAB_SMTP_URL": out.url,
        "JAWAB_MAIL_FROM": "notices@digikala.example",
        "JAWAB_MAIL_ADDRESSES": f"digikala={SHOP}",
        "JAWAB_MAIL_LISTEN": f"127.0.0.1:{door}",
        "JAWAB_DELIVERY_POLL": "0.1",
    }
    with running_system(tmp_path_factory.mktemp("var"), clock, **settings) as running:
        yield running


@pytest.fixture(scope="module")
def agent(mailing):
    """An agent's side of the API."""
    hire_sara(mailing)
    session = {"login": "sara", "password": PASSWORD}
    base = f"{mailing.desk}/api/v1/agent"
    token = httpx.post(f"{base}/session", json=session, timeout=PATIENCE).json()["token"]
    with httpx.Client(
        base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE
    ) as client:
        yield client


def send(door, text, *, subject, answers=None, file=None):
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = "نرگس رضایی <narges@example.com>", SHOP
    mail["Subject"], mail["Message-ID"] = subject, f"<{abs(hash(text))}@example.com>"
    if answers is not None:
        mail["In-Reply-To"] = answers["Message-ID"]
    mail.set_content(text)
    if file:
        mail.add_attachment(file, maintype="image", subtype="jpeg", filename="کفش.jpg")
    with smtplib.SMTP("127.0.0.1", door, timeout=PATIENCE) as smtp:
        smtp.send_message(mail, "narges@example.com", [SHOP])
    return mail


def received(out, number):
    return eventually(lambda: len(out.box.mails) >= number and out.box.mails[number - 1], within=90)


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def test_from_a_question_by_mail_to_an_agents_answer(mailing, out, door, agent):
    send(door, "سلام، چطوری کالا رو مرجوع کنم؟", subject="مرجوعی")
    first = received(out, 1)
    (ticket,) = agent.get("/tickets").json()["tickets"]

    assert first["Subject"] == f"Re: مرجوعی ({ticket['reference']})"
    assert "مرجوع" in text_of(first)
    assert "اگر جوابتان همین بود" in text_of(first)
    assert 'dir="rtl"' in first.get_body(("html",)).get_content()

    quoted = "\n".join(f"> {line}" for line in text_of(first).splitlines())
    follow = send(
        door,
        f"حل نشد، این هم عکسش\n\nدر تاریخ پنجشنبه ۵ آذر پشتیبانی <{SHOP}> نوشت:\n{quoted}",
        subject=f"Re: {first['Subject']}",
        answers=first,
        file=photo(),
    )
    path = f"/tickets/{ticket['reference']}"
    said = eventually(
        lambda: [one for one in agent.get(path).json()["history"] if one["what"] == "reply"],
        within=PATIENCE,
    )
    assert said[0]["data"]["text"] == "حل نشد، این هم عکسش"

    body = {"client_id": "a1", "text": "فردا پیک می‌آید."}
    assert agent.post(f"{path}/reply", json=body).is_success
    answer = received(out, 2)
    assert "فردا پیک می‌آید." in text_of(answer)
    assert answer["In-Reply-To"] == follow["Message-ID"]
    assert first["Message-ID"] in answer["References"]
    assert len(out.box.mails) == 2


def test_what_is_no_question_of_the_faq_is_taken_up_by_people(out, door, mailing):
    before = len(out.box.mails)
    send(door, "می‌خوام با یه آدم حرف بزنم", subject="درخواست")

    text = text_of(received(out, before + 1))
    assert "ایمیلتان رسید" in text
