"""A shopper's words go through every door of the real three processes, Rasa and the actions fail too, and then every log and
`/metrics` is searched: nothing of theirs is there, and one number leads through all three.
"""

from __future__ import annotations

import json
import re
import signal
import smtplib
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

import httpx
import psutil
import pytest

from jawab.channels import accounts

from ..fakes.bot_api import FakeBotApi
from ..unit.desk.running import Running, eventually
from .conftest import running_system
from .moved_clock import MovedClock

SHOP = "info@digikala.example"
BOT_TOKEN, BOT_SECRET = "4242:fake-token-of-the-bot", "a-secret-nobody-can-guess"
WORD, NAME = "زرافه‌نشان", "بهارک پیمان‌نژاد"
PHONE, EMAIL, CARD = "09351234987", "zarafe.neshan@example.com", "6037991111111112"
SENTENCE = f"{WORD} ام، {PHONE} و {EMAIL} و کارت {CARD}، {NAME}"
# What must stand nowhere, in the forms in which it could.
PIECES = (WORD, NAME, PHONE[1:], EMAIL, CARD, CARD[:12], "zarafe", "giraffe")
PATIENCE = 90


def forms(piece):
    return {piece, json.dumps(piece)[1:-1], quote(piece), repr(piece.encode())[2:-1]}


@pytest.fixture(scope="module")
def bot():
    server = FakeBotApi()
    server.bot(BOT_TOKEN)
    with Running(server.app) as running:
        server.url = running.url
        yield server


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory, bot, out, door):
    """The system with a bot and mail."""
    var = tmp_path_factory.mktemp("var")
    account = {
        "app": "telegram",
        "shop": "digikala",
        "token": BOT_TOKEN,
        "secret": BOT_SECRET,
        "base_url": bot.url,
        "updates": "poll",
    }
    accounts.write(var / "channels.yml", {"telegram": account})
    settings = {
        "JAWAB_CHANNELS_FILE": str(var / "channels.yml"),
        "JAWAB_SMTP_URL": out.url,
        "JAWAB_MAIL_FROM": "notices@digikala.example",
        "JAWAB_MAIL_ADDRESSES": f"digikala={SHOP}",
        "JAWAB_MAIL_LISTEN": f"127.0.0.1:{door}",
        "JAWAB_DELIVERY_POLL": "0.1",
        "JAWAB_RASA_TIMEOUT": "3",
        "JAWAB_GIVE_UP_AFTER": "4",
    }
    clock = MovedClock(tmp_path_factory.mktemp("clock") / "offset")
    with running_system(var, clock, **settings) as running:
        yield running


def log_of(system, name):
    return (system.var / "log" / f"{name}.log").read_text("utf-8", "replace")


def child(system, word):
    """One of the three processes."""
    children = psutil.Process(system.process.pid).children()
    return next(each for each in children if word in " ".join(each.cmdline()))


def by_chat(system):
    chat = system.converse("digikala")
    for text in (SENTENCE, f"/restart {SENTENCE}", f"شماره سفارشم {CARD}", SENTENCE * 20):
        chat.say(text)
    chat.say("می‌خوام تیکت ثبت کنم")
    for answer in (NAME, EMAIL, PHONE, SENTENCE):
        chat.say(answer)
    refused = {"client_id": PHONE, "text": SENTENCE * 200}
    httpx.post(chat.url, json=refused, headers=chat.headers, timeout=PATIENCE)
    httpx.get(f"{system.desk}/api/v1/{PHONE}", params={"q": SENTENCE}, timeout=PATIENCE)


def by_form(system):
    chat = system.converse("digikala")
    form = {
        "client_id": "f1",
        "topic": "delivery",
        "name": NAME,
        "phone": PHONE,
        "email": EMAIL,
        "message": SENTENCE,
    }
    path = chat.url.replace("/messages", "/tickets")
    opened = httpx.post(path, json=form, headers=chat.headers, timeout=PATIENCE)
    assert opened.is_success, opened.text
    wrong = {**form, "client_id": "f2", "phone": f"{PHONE}99", "email": WORD}
    assert httpx.post(path, json=wrong, headers=chat.headers, timeout=PATIENCE).is_client_error


def by_mail(out, door):
    """A mail, and its answer awaited; then one that the server of the shopper refuses."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = f"{NAME} <{EMAIL}>", SHOP
    mail["Subject"], mail["Message-ID"] = f"مرجوعی {WORD}", "<giraffe@example.com>"
    mail.set_content(SENTENCE)
    with smtplib.SMTP("127.0.0.1", door, timeout=PATIENCE) as smtp:
        smtp.send_message(mail, EMAIL, [SHOP])
    eventually(lambda: out.box.mails, within=PATIENCE)


def by_app(bot):
    customer = bot.customer(700, bot=bot.bot(BOT_TOKEN), name=NAME)
    for text in (SENTENCE, "چطوری کالا رو مرجوع کنم؟"):
        before = len(customer.texts)
        customer.say(text)
        eventually(lambda before=before: len(customer.texts) > before, within=PATIENCE)
    before = len(customer.texts)
    contact = {"phone_number": PHONE, "first_name": NAME, "user_id": 700}
    customer.send(contact=contact)
    eventually(lambda: len(customer.texts) > before, within=PATIENCE)


def while_parts_fail(system):
    """The actions die in the middle, then Rasa does; shoppers write on and hear something."""
    for part in ("actions", "jawab.nlu.server"):
        chat = system.converse("digikala")
        chat.say("سلام")
        child(system, part).send_signal(signal.SIGKILL)
        assert chat.say(SENTENCE)
        chat.say(f"{WORD} هنوز هستید؟")
    eventually(lambda: httpx.get(f"{system.desk}/readyz", timeout=5).status_code == 200, within=200)


def test_nothing_of_a_shopper_is_in_any_log(everywhere, bot, out, door):
    by_chat(everywhere)
    by_form(everywhere)
    by_mail(out, door)
    by_app(bot)
    while_parts_fail(everywhere)

    written = {path.name: path.read_text("utf-8", "replace") for path in logs(everywhere)}
    numbers = httpx.get(f"{everywhere.desk}/metrics", timeout=PATIENCE)
    assert "jawab_turns_total" in numbers.text
    written["/metrics"] = numbers.text
    assert {"desk.log", "rasa.log", "actions.log", "run.log"} <= set(written)
    assert "turn.apologised" in written["desk.log"] or "attempt_failed" in written["desk.log"]
    found = [
        (name, piece)
        for name, content in written.items()
        for piece in PIECES
        for form in forms(piece)
        if form in content
    ]
    assert found == []
    for secret in (BOT_TOKEN, BOT_SECRET):
        assert [name for name, content in written.items() if secret in content] == []


def logs(system):
    return [*(system.var / "log").glob("*.log"), system.var / "run.log"]


def test_one_number_leads_through_all_three_processes(everywhere):
    chat = everywhere.converse("digikala")
    chat.say("هزینه ارسال چقدره؟")
    (asked,) = [said for said in chat.transcript() if said["author"] == "shopper"]
    number = re.compile(rf"\bmessage={asked['id']}\b")
    desk, rasa, actions = (
        [line for line in log_of(everywhere, name).splitlines() if number.search(plain(line))]
        for name in ("desk", "rasa", "actions")
    )
    assert any("turn.answered" in line for line in desk)
    assert any("turn.answered ms=" in line for line in rasa)
    assert any("action.ran action=action_answer_faq status=200" in line for line in actions)


def plain(line):
    """A line without its colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", line)
